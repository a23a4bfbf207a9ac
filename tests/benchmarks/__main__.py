"""Every part of the program beside its floor, measured in the same run; ratios, memory, growth, and other ways to the same end.

    python -m tests.benchmarks                     everything, some ten minutes
    python -m tests.benchmarks --quick --only steps
    python -m tests.benchmarks --store             the ratios become those that later runs are held against

JSON on stdout, the table on stderr. Ends with 1 where a ratio is more than a fifth above its stored one, or an exponent above 1.1.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.floors import FLOORS
from tests.benchmarks.measure import ENVIRONMENT, Taken, in_process
from tests.benchmarks.sizes import GROWTH, PAIRS
from tests.benchmarks.stored import SHORTEST, regressions, store, stored
from tests.paths import INPUTS, ROOT

PARTS = ("steps", "commands", "growth", "others", "profile")
MOST_GROWTH = 1.1
NEAR = 0.05
"""By how much an exponent may be above because the machine is busy."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What the program takes, and what its floor takes."""

    name: str
    program: Taken
    floor: Taken
    what: str

    @property
    def ratio(self) -> float:
        """Return the processor time of the program over that of its floor."""
        return self.program.processor / max(self.floor.processor, 1e-6)


def steps(case: Path, names: Sequence[str], *, quick: bool) -> Iterator[Pair]:
    """Measure steps of a build, searches and batches, each side in a process of its own."""
    for name in names:
        size = PAIRS[name]
        with TemporaryDirectory() as folder:
            program = in_process("pairs", name, str(case), folder, str(size.quick if quick else size.full))
            given = str(Path(folder) / "floor.pickle")
            floor = in_process("floors", name, given, str(size.times))
        yield Pair(name, program, floor, FLOORS[name][1])


def commands(case: Path, *, quick: bool) -> Iterator[Pair]:
    """Measure whole commands."""
    from tests.benchmarks.commands import commands as listed
    from tests.benchmarks.commands import measure

    with TemporaryDirectory() as folder:
        for command in listed(case, Path(folder), quick=quick):
            yield Pair(f"reportgen {command.name}", *measure(command, 2 if quick else 3), command.what)


def printed(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Print each pair as a line of the table, and give it on."""
    say(f"{'':<28}{'first':>8}{'again':>8}{'floor':>8}{'ratio':>8}{'MB':>7}{'floor':>7}   the floor")
    for one in pairs:
        say(
            f"{one.name:<28}{one.program.first:>7.2f}s{one.program.processor:>7.2f}s{one.floor.processor:>7.3f}s{one.ratio:>8.2f}"
            f"{one.program.memory:>7.0f}{one.floor.memory:>7.0f}   {one.what}"
        )
        yield one


def say(line: str) -> None:
    """Print a line for people."""
    print(line, file=sys.stderr, flush=True)


def output_of(module: str, argument: str) -> Any:
    """Return what a module of the benchmarks prints as JSON, in a process of its own."""
    words = [sys.executable, "-m", f"tests.benchmarks.{module}", argument]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True, env=ENVIRONMENT)
    return json.loads(done.stdout.splitlines()[-1])


def growth() -> dict[str, float]:
    """Print and return the exponent of each kind of growth."""
    out = {}
    for what in GROWTH:
        found = output_of("growth", what)
        out[what] = found["exponent"]
        seconds = ", ".join(
            f"{size}: {one:.2f} s" for size, one in zip(found["sizes"], found["seconds"], strict=True)
        )
        say(f"{what:<12} {found['exponent']:>6.2f}   {seconds}")
    return out


def instead(case: Path) -> dict[str, Any]:
    """Print and return what a user would do instead, each as a multiple of the program's own build."""
    from tests.benchmarks.others import others

    out: dict[str, Any] = {}
    first = None
    with TemporaryDirectory() as folder:
        for name, taken in others(case, Path(folder)):
            if isinstance(taken, str):
                say(f"{name:<52} left out: {taken}")
                out[name] = {"left_out": taken}
                continue
            first = first or taken
            share = taken.processor / first.processor
            say(
                f"{name:<52}{taken.processor:>7.2f} s of the processor{taken.memory:>6.0f} MB   {share:>5.2f} of ours"
            )
            out[name] = {**asdict(taken), "of_ours": share}
    return out


def main() -> int:
    """Measure the parts that are asked for; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", nargs="?", type=Path, default=INPUTS / "one-billion-tokens.yaml")
    parser.add_argument(
        "--only", choices=(*PARTS, *PAIRS), action="append", help="A part alone, or a step; may be repeated."
    )
    parser.add_argument("--quick", action="store_true", help="Small sizes.")
    parser.add_argument("--store", action="store_true", help="Store the ratios.")
    given = parser.parse_args()
    parts, case, size = given.only or PARTS, given.case.resolve(), "quick" if given.quick else "full"
    names = list(PAIRS) if "steps" in parts else [name for name in parts if name in PAIRS]
    pairs = [
        *(printed(steps(case, names, quick=given.quick)) if names else ()),
        *(printed(commands(case, quick=given.quick)) if "commands" in parts else ()),
    ]
    result: dict[str, Any] = {
        "size": size,
        "pairs": {one.name: {**asdict(one), "ratio": one.ratio} for one in pairs},
    }
    exponents = growth() if "growth" in parts else {}
    result |= {"growth": exponents} if exponents else {}
    result |= {"instead": instead(case)} if "others" in parts else {}
    if "profile" in parts:
        result["profile"] = output_of("profiled", str(case))
        for place, seconds in result["profile"].items():
            say(f"{place:<40}{seconds:>7.2f} s  {'▪' * round(seconds / 0.05)}")
    ratios = {one.name: one.ratio for one in pairs if one.floor.processor >= SHORTEST}
    worse = regressions(ratios, stored(size))
    worse += [
        f"{what} grows with exponent {one:.2f}" for what, one in exponents.items() if one > MOST_GROWTH + NEAR
    ]
    if given.store:
        store(size, ratios)
        worse = []
    print(json.dumps({**result, "regressions": worse}, indent=1))
    for sentence in worse:
        say(f"worse: {sentence}")
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
