"""A case bound to the model: its assumptions, the outline, the lines, and the value of every input."""

from reportgen import units
from reportgen.binding.fit import fit_rows
from reportgen.binding.outline import outline_of
from reportgen.binding.prices import price_rows, price_values
from reportgen.model.case import BusinessCase, business_case
from reportgen.model.outline import spare_risks
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption, Bounds, assumptions
from reportgen.schema.case import Case

PROBABILITY = Bounds(least=0, above=None, most=1, below=None, whole=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """A case and the model defined for it."""

    case: Case
    assumptions: tuple[Assumption, ...]
    inputs: tuple[Assumption, ...]
    """The assumptions, and the inputs that only the workbook shows."""
    lines: BusinessCase
    values: dict[str, float]
    """The value of every input by its path."""


def bind(case: Case) -> Bound:
    """Define the model of a case and give every input its value."""
    rows = assumptions(case)
    inputs = (*rows, *_spare_rows(), *price_rows(case), *fit_rows(case))
    values = {row.path: row.value for row in inputs} | price_values(case)
    return Bound(case, rows, inputs, business_case(outline_of(case, rows)), values)


def _spare_rows() -> tuple[Assumption, ...]:
    """Give a row for the probability of each spare risk."""
    return tuple(
        Assumption(
            risk.probability, risk.name, "Risks", units.SHARE, 0.0, None, None, "", "", None, "",
            given=False, reachable=False, bounds=PROBABILITY,
        )
        for risk in spare_risks()
    )  # fmt: skip
