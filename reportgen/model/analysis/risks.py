"""Risk scenarios: each risk is a run, its impact the difference to the base case, its expected cost impact x probability."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import EnteredValues, Labels, Line, Node
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Risks:
    """The lines of the risk register, one position per risk, spare rows included; impacts and expected costs by option."""

    probability: Line
    impact: dict[str, Line]
    impact_core: dict[str, Line]
    expected: dict[str, Line]
    expected_core: dict[str, Line]
    blocks: tuple[Block, Block]


def risks(outline: Outline, options: tuple[Option, ...], what_if: Runs) -> Risks:
    """Define impacts and expected costs on TCO and on core (MODEL, "Risk scenarios")."""
    axis = Axis("risks", tuple(risk.name for risk in outline.risks), across=False)
    name = Line("risks.name", "Risk", units.TEXT, Labels(axis.labels, editable=True), axis)
    paths = tuple(risk.probability for risk in outline.risks)
    probability = Line("risks.probability", "Probability", units.SHARE, EnteredValues(paths), axis)
    number = what_if.numbers("risks.run", "Run no.", axis.labels, axis)
    short = {option.key: option.outline.short_name for option in options}

    def difference(table: Line) -> Node:
        return what_if.in_run(table, number) - what_if.in_base(table)

    def impact(kind: str, tables: dict[str, Line], unit: units.Unit) -> dict[str, Line]:
        return {
            key: Line(f"risks.{kind}.{key}", short[key], unit, difference(table), axis)
            for key, table in tables.items()
        }

    def expected(kind: str, impacts: dict[str, Line]) -> dict[str, Line]:
        return {
            key: Line(f"risks.{kind}.{key}", short[key], line.unit, probability * line, axis, total=True)
            for key, line in impacts.items()
        }

    impact_tco = impact("impact", what_if.tco, units.MONEY)
    impact_core = impact("impact_core", what_if.core, units.MONEY_PV)
    tco, core = expected("expected", impact_tco), expected("expected_core", impact_core)
    repeated_name = Line("risks.name_again", "Risk", units.TEXT, name.node(), axis)
    blocks = (
        Block("Risk register, on TCO", axis, _sections((name, probability, number), "TCO", impact_tco, tco)),
        Block("Risk register, on core", axis, _sections((repeated_name,), "core", impact_core, core)),
    )
    return Risks(probability, impact_tco, impact_core, tco, core, blocks)


def _sections(
    head: tuple[Line, ...], measure: str, impact: dict[str, Line], expected: dict[str, Line]
) -> tuple[Section, ...]:
    return (
        Section("", head),
        Section(f"Impact on {measure} if it happens", tuple(impact.values())),
        Section(f"Expected, on {measure}", tuple(expected.values())),
    )
