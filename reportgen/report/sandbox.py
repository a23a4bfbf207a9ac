"""The sandbox of templates: what a template of the user's may spend in loops, memory and output, and what it may call."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

SECONDS = 60.0
"""A paper takes less than one; a machine may be busy."""
TURNS = 2_000_000
"""Turns of loops of one rendering; the largest papers take some thousands."""
MEMORY = 2**30
"""Bytes that a rendering may take beyond what the program has."""
LONGEST = 1_000_000
"""Characters or entries that a multiplication may make, and digits of a power, at most."""
SPEND = "spend_a_turn"


class Budget:
    """What is left of turns and time."""

    def __init__(self) -> None:
        self._turns, self._end = TURNS, time.monotonic() + SECONDS

    def spend(self) -> None:
        """Count one turn of a loop. Raises SecurityError where there is none left."""
        self._turns -= 1
        if self._turns < 0:
            raise SecurityError(f"its loops take more than {TURNS:,} turns")
        if self._turns % 1000 == 0 and time.monotonic() > self._end:
            raise SecurityError(f"it takes longer than {SECONDS:.0f} seconds")


class Sandbox(SandboxedEnvironment):
    """jinja2's sandbox, in which loops and multiplications have an end."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        del self.globals["lipsum"]  # it makes as many words as it is asked for

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Return the code of a template in which every turn of a loop is counted."""
        for loop in source.find_all(nodes.For):
            call = nodes.Call(nodes.Name(SPEND, "load"), [], [], None, None)
            loop.body.insert(0, nodes.ExprStmt(call).set_lineno(loop.lineno))
        return super()._generate(source, name, filename, defer_init)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply, raise or format, unless the result would be huge."""
        if _size(operator, left, right) > LONGEST:
            raise SecurityError(f"{operator} would make a value that is too large")
        return super().call_binop(context, operator, left, right)


def _size(operator: str, left: Any, right: Any) -> float:
    """Return how large the result of an operator may become: entries, characters or digits; 0 for plain numbers."""
    match operator, left, right:
        case "*", (str() | list() | tuple()), int():
            return float(len(left) * right)
        case "*", int(), (str() | list() | tuple()):
            return float(left * len(right))
        case "**", int(), int():
            return float(abs(left).bit_length() * min(abs(right), LONGEST + 1))
        case "%", str(), _:
            digits = "".join(one if one.isdigit() else " " for one in left).split()
            return float(max((int(one[:9]) for one in digits), default=0))
    return 0.0


@contextmanager
def limited(sandbox: SandboxedEnvironment) -> Iterator[None]:
    """Render within the limits: turns and time are counted, memory is bounded where the system can."""
    spend: Callable[[], None] = Budget().spend
    sandbox.globals[SPEND] = spend
    with _memory_limit():
        yield


@contextmanager
def _memory_limit() -> Iterator[None]:
    """Bound the address space of this process to what it has and `MEMORY` more; Linux only."""
    size = Path("/proc/self/statm")
    before = None
    with suppress(ImportError, OSError, ValueError):
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS)
        wanted = int(size.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + MEMORY
        if before[0] == resource.RLIM_INFINITY or wanted < before[0]:
            resource.setrlimit(resource.RLIMIT_AS, (wanted, before[1]))
    try:
        yield
    finally:
        if before is not None:
            resource.setrlimit(resource.RLIMIT_AS, before)
