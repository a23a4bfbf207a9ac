"""The random variables of a case: which assumptions have ranges, which are drawn as one, which risks may happen."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf

from reportgen.model.outline import Outline
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules
from reportgen.simulate.distributions import Range
from reportgen.simulate.variables import Event, Variables

MARGIN = 1e-6
"""The distance from an open bound at which values are clipped."""


def variables_of(
    case: Case, rows: Sequence[Assumption], outline: Outline, values: Mapping[str, float]
) -> Variables:
    """Return the random variables: ranges of assumptions that effects reach, risks, and groups that are drawn as one."""
    return Variables(
        values,
        {row.path: found for row in rows if row.reachable and (found := _range(row))},
        _events(outline, values),
        (*case.simulation.groups.values(), *_same_item(case)),
        {row.path: limits(row.bounds) for row in rows},
        frozenset(row.path for row in rows if row.from_price_book),
    )


def limits(bounds: Bounds) -> tuple[float, float]:
    """Return the least and the greatest value within bounds, open bounds by a margin."""
    least = (
        bounds.least if bounds.least is not None else -inf if bounds.above is None else bounds.above + MARGIN
    )
    most = bounds.most if bounds.most is not None else inf if bounds.below is None else bounds.below - MARGIN
    return least, most


def _range(row: Assumption) -> Range | None:
    if row.low is None or row.high is None:
        return None
    return Range(row.distribution, row.low, row.value, row.high)


def _events(outline: Outline, values: Mapping[str, float]) -> tuple[Event, ...]:
    effects = {run.name: run.effects for run in outline.purposes("risk")}
    return tuple(Event(risk.id, values[risk.probability], effects[risk.name]) for risk in outline.real_risks)


def _same_item(case: Case) -> Iterable[tuple[str, ...]]:
    """Group the prices that come from the same item of the price book."""
    items: dict[str, list[str]] = {}
    for schedule in schedules(case):
        items.setdefault(schedule.rates[0].item.id, []).append(schedule.path)
    return tuple(tuple(paths) for paths in items.values())
