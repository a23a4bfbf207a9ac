"""Risk scenarios: each risk is a run; its impact is what that run costs more, its expected cost the share of it."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import Axis, EnteredValues, Labels, Line
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline


@dataclass(frozen=True, slots=True)
class Risks:
    """The register's lines, one position per risk, spare rows included."""

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
    short = {option.key: option.outline.short_name for option in options}

    def impact(kind: str, tables: dict[str, Line], unit: units.Unit) -> dict[str, Line]:
        return {
            key: Line(
                f"risks.{kind}.{key}", short[key], unit, what_if.of(table, name) - what_if.base(table), axis
            )
            for key, table in tables.items()
        }

    def expected(kind: str, impacts: dict[str, Line]) -> dict[str, Line]:
        return {
            key: Line(f"risks.{kind}.{key}", short[key], line.unit, probability * line, axis, total=True)
            for key, line in impacts.items()
        }

    on_tco = impact("impact", what_if.tco, units.MONEY)
    on_core = impact("impact_core", what_if.core, units.MONEY_PV)
    tco, core = expected("expected", on_tco), expected("expected_core", on_core)
    again = Line("risks.name_again", "Risk", units.TEXT, name.node(), axis)
    on_cash = (
        Section("", (name, probability)),
        Section("Impact on TCO if it happens", tuple(on_tco.values())),
        Section("Expected, on TCO", tuple(tco.values())),
    )
    on_full = (
        Section("", (again,)),
        Section("Impact on core if it happens", tuple(on_core.values())),
        Section("Expected, on core", tuple(core.values())),
    )
    blocks = (Block("Risk register, on TCO", axis, on_cash), Block("Risk register, on core", axis, on_full))
    return Risks(probability, on_tco, on_core, tco, core, blocks)
