"""How the cost of a case grows with its size: fitted exponents, 1 where twice the size takes twice as long.

    python -m tests.benchmarks.growth WHAT

Each size is analysed in this process; the exponent is the slope of the logarithms.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from reportgen.assessment import analyse
from reportgen.binding.bound import bind
from reportgen.model.answer import evaluate
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from tests.benchmarks.pairs import sweep, unchanged
from tests.paths import CASES, INPUTS

SMALL = (INPUTS / "small.yaml").read_text(encoding="utf-8")
TIMES = 3
MOST = 1.1
"""The exponent that nothing exceeds."""


def years(size: int) -> str:
    """Return a case over some years."""
    return re.sub(r"years: \d+", f"years: {size}", SMALL)


def options(size: int) -> str:
    """Return a case with some options."""
    found = re.search(r"  gpu:\n(?:    .*\n)+", SMALL)
    assert found
    more = (
        found[0].replace("  gpu:", f"  gpu{n}:").replace("One rented GPU", f"GPU number {n}")
        for n in range(size - 2)
    )
    return SMALL.replace(found[0], found[0] + "".join(more))


def risks(size: int) -> str:
    """Return a case with some risks."""
    entry = "  - {{name: Risk number {n}, probability: 0.1, effects: [{{assumption: options.gpu.utilisation, multiply: 0.9}}]}}\n"
    return SMALL + "risks:\n" + "".join(entry.format(n=n) for n in range(size))


def ladder(size: int) -> str:
    """Return a case that is evaluated at some volumes, each a run."""
    return f"{SMALL}break_even: {{low: 50, high: 100000, points: {size}}}\n"


def workloads(size: int) -> str:
    """Return a case with some workloads."""
    one = re.search(r"workload: (\{.*\})\n", SMALL)
    assert one
    listed = "".join(f"  w{n}: {{name: Workload {n}, {one[1][1:]}\n" for n in range(size))
    return SMALL.replace(one[0], f"workloads:\n{listed}")


def draws(size: int) -> str:
    """Return a case with some futures."""
    return f"{SMALL}simulation: {{draws: {size}}}\n"


Build = Callable[[str], Callable[[], object]]


def _whole(text: str) -> Callable[[], object]:
    """Return the analysis of a case as work."""
    case, file = _loaded(text)
    return lambda: analyse(case, file)


def _runs(text: str) -> Callable[[], object]:
    """Return the evaluation of a case over all runs as work."""
    bound = bind(_loaded(text)[0])

    def work() -> None:
        done = evaluate(bound.lines, bound.values)
        done.number(done.case.decision.lead)

    return work


def _loaded(text: str) -> tuple[Case, Path]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text(text, encoding="utf-8")
        file.with_name("prices.yaml").write_bytes((INPUTS / "prices.yaml").read_bytes())
        return load_case(file), file


def _sweep(size: str) -> Callable[[], object]:
    return sweep(INPUTS / "one-billion-tokens.yaml", Path(), int(size))[0]


def _unchanged(size: str) -> Callable[[], object]:
    folder = TemporaryDirectory()
    work, _ = unchanged(CASES / "nothing_known.yaml", Path(folder.name), int(size))
    return lambda: (work(), folder)


SIZES: dict[str, tuple[Callable[[int], str], Build, tuple[int, ...], Callable[[int], float]]] = {
    "months": (years, _whole, (1, 2, 3, 5), lambda size: 12.0 * size),
    "options": (options, _whole, (2, 3, 4, 6, 8), float),
    "risks": (risks, _whole, (10, 20, 40, 80, 150), float),
    "runs": (ladder, _runs, (25, 50, 100, 200), float),
    "draws": (draws, _whole, (10_000, 40_000, 160_000), float),
    "workloads": (workloads, _whole, (2, 3, 4, 6), float),
    "variants": (str, _sweep, (2_500, 5_000, 10_000, 20_000), float),
    "cases": (str, _unchanged, (100, 200, 400, 800), float),
}
"""By what grows: the case of a size, the work, the sizes, and what a size counts for."""


def exponent(sizes: list[float], seconds: list[float]) -> float:
    """Return the slope of the logarithm of the time over that of the size."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def main(what: str) -> None:
    """Measure every size and print the exponent with the seconds of each."""
    text, work_of, sizes, counted = SIZES[what]
    seconds = []
    for size in sizes:
        work = work_of(text(size))
        work()
        seconds.append(min(_taken(work) for _ in range(TIMES)))
    found = {
        "exponent": exponent([counted(size) for size in sizes], seconds),
        "sizes": sizes,
        "seconds": seconds,
    }
    print(json.dumps(found))


def _taken(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main(sys.argv[1])
