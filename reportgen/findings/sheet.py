"""The Findings sheet of the workbook: findings on the inputs, static, as issued."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import IssuedValues, Labels, Line
from reportgen.model.analysis.simulation_sheet import STATIC
from reportgen.results.checks import Finding

NOTE = "What usually turns out otherwise than the inputs say, with its source and what it would cost to be wrong; as issued"
NOT_PRICED = "not priced"


def findings_sheet(found: Sequence[Finding], names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Return the sheet of findings, options by their short names; empty where there are none."""
    if not found:
        return ()
    titles = tuple(f"{names[one.option]}: {one.title}" if one.option else one.title for one in found)
    axis = Axis("findings", titles, across=False)

    def texts(key: str, label: str, cells: Sequence[str]) -> Line:
        return Line(f"findings.{key}", label, units.TEXT, Labels(tuple(cells)), axis)

    costs = tuple(NOT_PRICED if one.cost is None else one.cost for one in found)
    cost = Line("findings.cost", "More at the usual figure", units.MONEY_PV, IssuedValues(costs), axis)
    lines = (
        texts("title", "Finding", titles), cost,
        texts("detail", "Why", [one.detail for one in found]), texts("source", "Source", [one.source for one in found]),
    )  # fmt: skip
    block = Block("Findings on the inputs", axis, (Section("", lines),), STATIC)
    return (Sheet("Findings", "Findings", NOTE, (block,), role="output"),)
