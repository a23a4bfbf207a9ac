"""Analysis of a case with plan against actual, where it records months that have passed."""

from concurrent.futures import Executor
from pathlib import Path

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.schema.case import Case
from reportgen.workers import SERIAL


def analyse_with_actuals(case: Case, file: Path, executor: Executor = SERIAL) -> Analysis:
    """Analyse a case, plan against actual included where it records months that have passed."""
    if not case.actuals:
        return analyse(case, file, executor)
    from reportgen.actuals.report import actual_of

    return analyse(case, file, executor, actual_of(case))
