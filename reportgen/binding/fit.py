"""The assumptions of strategic fit: a weight per criterion, and a score per criterion and option."""

from collections.abc import Iterator

from reportgen import units
from reportgen.model.outline import CriterionOutline
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case

GROUP = "Strategic fit"
HIGHEST_SCORE = 5
WEIGHTS = Bounds(least=0, above=None, most=None, below=None, whole=False)
SCORES = Bounds(least=0, above=None, most=HIGHEST_SCORE, below=None, whole=False)


def criteria(case: Case) -> tuple[CriterionOutline, ...]:
    """Return the criteria of a case; their keys are numbered, because names need not be unique."""
    return tuple(
        CriterionOutline(f"criterion_{number}", criterion.name)
        for number, criterion in enumerate(case.strategic_fit, start=1)
    )


def fit_rows(case: Case) -> Iterator[Assumption]:
    """Yield an assumption for each weight and each score."""
    for outline, criterion in zip(criteria(case), case.strategic_fit, strict=True):
        yield _row(outline.weight, f"{criterion.name}: weight", criterion.weight, WEIGHTS, units.WEIGHT)
        for key, option in case.options.items():
            label = f"{criterion.name}: {option.short_name}"
            yield _row(outline.score(key), label, criterion.scores[key], SCORES, units.SCORE)


def _row(path: str, label: str, value: float, bounds: Bounds, unit: units.Unit) -> Assumption:
    # not `given`: a judgement needs no source
    return Assumption(
        path, label, GROUP, unit, float(value), None, None, "", "", None, "", given=False, reachable=False, bounds=bounds
    )  # fmt: skip
