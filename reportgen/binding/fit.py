"""Strategic fit as inputs of the workbook: a weight per criterion, and a score per criterion and option."""

from collections.abc import Iterator

from reportgen import units
from reportgen.model.outline import CriterionOutline
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case

GROUP = "Strategic fit"
MOST = 5
WEIGHTS = Bounds(least=0, above=None, most=None, below=None, whole=False)
SCORES = Bounds(least=0, above=None, most=MOST, below=None, whole=False)


def criteria(case: Case) -> tuple[CriterionOutline, ...]:
    """Name the criteria of a case, numbered so that no two share a key."""
    return tuple(
        CriterionOutline(f"criterion_{number}", one.name)
        for number, one in enumerate(case.strategic_fit, start=1)
    )


def fit_rows(case: Case) -> Iterator[Assumption]:
    """Give a row for each weight and each score."""
    for outline, one in zip(criteria(case), case.strategic_fit, strict=True):
        yield _row(outline.weight, f"{one.name}: weight", one.weight, WEIGHTS, units.WEIGHT)
        for key, option in case.options.items():
            label = f"{one.name}: {option.short_name}"
            yield _row(outline.score(key), label, one.scores[key], SCORES, units.SCORE)


def fit_values(case: Case) -> dict[str, float]:
    """Give the weights and scores by their paths."""
    return {row.path: row.value for row in fit_rows(case)}


def _row(path: str, label: str, value: float, bounds: Bounds, unit: units.Unit) -> Assumption:
    # not given: a judgement, of which no source is asked
    return Assumption(
        path, label, GROUP, unit, float(value), None, None, "", "", None, "", given=False, reachable=False, bounds=bounds
    )  # fmt: skip
