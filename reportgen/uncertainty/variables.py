"""The random variables of a case: which assumptions have ranges, which are drawn as one, which risks may happen."""

from collections.abc import Mapping, Sequence
from math import inf

from reportgen.binding.together import moving_together, ranged
from reportgen.formula.nodes import At, as_node
from reportgen.model.case import BusinessCase
from reportgen.model.outline import Outline
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case
from reportgen.simulate.distributions import Range
from reportgen.simulate.variables import Event, Variables

MARGIN = 1e-6
"""The distance from an open bound at which values are clipped."""


def variables_of(
    case: Case, rows: Sequence[Assumption], lines: BusinessCase, values: Mapping[str, float]
) -> Variables:
    """Return the random variables: ranges of assumptions that effects reach, risks, and groups that are drawn as one."""
    return Variables(
        values,
        {row.path: _range(row) for row in ranged(rows)},
        _events(lines.outline, values),
        tuple(tuple(row.path for row in group) for group in moving_together(case, rows)),
        {row.path: limits(row.bounds) for row in rows},
        {path: At(line, as_node(1)) for option in lines.options for path, line in option.looked_up.items()},
    )


def limits(bounds: Bounds) -> tuple[float, float]:
    """Return the least and the greatest value within bounds, open bounds by a margin."""
    least = (
        bounds.least if bounds.least is not None else -inf if bounds.above is None else bounds.above + MARGIN
    )
    most = bounds.most if bounds.most is not None else inf if bounds.below is None else bounds.below - MARGIN
    return least, most


def _range(row: Assumption) -> Range:
    assert row.low is not None
    assert row.high is not None
    return Range(row.distribution, row.low, row.value, row.high)


def _events(outline: Outline, values: Mapping[str, float]) -> tuple[Event, ...]:
    effects = {run.name: run.effects for run in outline.purposes("risk")}
    return tuple(Event(risk.id, values[risk.probability], effects[risk.name]) for risk in outline.real_risks)
