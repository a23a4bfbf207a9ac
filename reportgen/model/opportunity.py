"""Opportunity cost: the value of displaced projects, apart from cash."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import Input, Line, Node, Total, as_node, round_to, sum_terms
from reportgen.model.options.ledger import OptionBuilder, Parts
from reportgen.model.outline import ProjectOutline


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An option's opportunity cost by project and month, and its nominal and present value."""

    projects: tuple[Line, ...]
    by_month: Line
    discounted: Line
    nominal: Node
    present: Node
    block: Block


def opportunity(builder: OptionBuilder, parts: Parts) -> Opportunity | None:
    """Define the value of the projects that the option displaces; None where there are none (MODEL, "Opportunity cost")."""
    if not builder.outline.projects:
        return None
    shares = _shares(builder, parts)
    lines = tuple(_project(builder, project, shares[project.during]) for project in builder.outline.projects)
    by_month = builder.subtotal("opportunity_by_month", "Displaced value", sum_terms(lines))
    discounted = builder.subtotal(
        "opportunity_discounted",
        "Displaced value, discounted",
        by_month * builder.shared.discount,
        units.MONEY_PV,
    )
    used = tuple(dict.fromkeys(shares[project.during] for project in builder.outline.projects))
    sections = (Section("Share of the month", used), Section("Projects", (*lines, by_month, discounted)))
    block = Block(builder.outline.name, builder.shared.months, sections)
    return Opportunity(lines, by_month, discounted, Total(by_month), Total(discounted), block)


def _shares(builder: OptionBuilder, parts: Parts) -> dict[str, Line]:
    """Define the share of each month in which projects are displaced, during deployment and during operation."""
    end = parts.stable_at or as_node(parts.timing.go_live)
    deploying = builder.shared.overlap(round_to(builder.input("lead_time_months"), 6), end)
    return {
        "deployment": builder.monthly("away", "Team away until stable", units.SHARE_OF_MONTH, deploying),
        "operation": builder.monthly(
            "away_in_operation", "In operation", units.SHARE_OF_MONTH, parts.timing.live
        ),
    }


def _project(builder: OptionBuilder, project: ProjectOutline, share: Line) -> Line:
    path = f"opportunity.{project.id}"
    value = Input(f"{path}.monthly_value") * Input(f"{path}.confidence")
    return Line(f"{path}.cost", project.name, units.MONEY, value * share, builder.shared.months, total=True)
