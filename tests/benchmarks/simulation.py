"""How long the simulation takes and what memory it needs, each count of draws in a process of its own.

    .venv/bin/python tests/benchmarks/simulation.py [CASE] [--runs 3]

Counted is what is added to a case that has been read and evaluated: drawing, evaluating, percentiles, drivers; and
apart from it the search for switching values. Seconds of the processor; memory is the peak of the whole process.
"""

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.evaluated import evaluated
from tests.paths import ROOT

DRAWS = (10_000, 100_000)


def best(run: Callable[[], object], runs: int) -> float:
    """Run something several times; give the fewest seconds of the processor."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def measured(case_file: Path, draws: int, runs: int) -> tuple[float, float, float]:
    """Give seconds of drawing, seconds of searching, and megabytes at the peak."""
    from reportgen.assessment import analyse
    from reportgen.binding.outline import labels
    from reportgen.schema.loading.load import load_case
    from reportgen.uncertainty.simulation import futures
    from reportgen.uncertainty.switching_values import eligible_ranking, switching_values
    from reportgen.uncertainty.variables import variables_of

    case = load_case(case_file)
    analysis = analyse(case, case_file)
    rows, done, options = analysis.assumptions, evaluated(analysis), analysis.results.options
    names = labels(case, rows) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, rows, done.case, done.values)
    settings = case.simulation.model_copy(update={"draws": draws})
    drawing = best(lambda: futures(done.case.options, options, variables, names, settings, None), runs)
    eligible = eligible_ranking(done.case.options, variables)
    searching = best(
        lambda: eligible and switching_values(eligible, rows, names, case.case.currency, {}), runs
    )
    return drawing, searching, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", nargs="?", type=Path, default=ROOT / "inputs" / "one-billion-tokens.yaml")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    for draws in DRAWS:
        with ProcessPoolExecutor(1) as pool:
            drawing, searching, memory = pool.submit(measured, arguments.case, draws, arguments.runs).result()
        print(
            f"{draws:>8,} draws: {drawing:.2f} s, switching values {searching:.2f} s, {memory:.0f} MB at the peak"
        )


if __name__ == "__main__":
    main()
