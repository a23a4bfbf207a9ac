"""Opportunity cost: the value of displaced projects, apart from cash."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import Input, Line, Node, Total, as_node, maximum, sum_terms
from reportgen.model.options.basis import Basis
from reportgen.model.options.builder import OptionBuilder
from reportgen.model.outline import ProjectOutline
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An option's opportunity cost by project and month, and its nominal and present value."""

    projects: tuple[ProjectOutline, ...]
    shares: Mapping[str, Line]
    """The share of each month in which a project is displaced, by its id."""
    lines: tuple[Line, ...]
    """The value of each project."""
    by_month: Line
    discounted: Line
    nominal: Node
    present: Node
    block: Block


def opportunity(basis: Basis) -> Opportunity | None:
    """Define the value of the projects that an option displaces; None where there are none (MODEL, "Opportunity cost")."""
    builder, projects = basis.builder, basis.builder.outline.projects
    if not projects:
        return None
    by_time = _shares(basis)
    return _opportunity(builder, projects, {one.id: by_time[one.during] for one in projects})


def opportunity_of_mix(builder: OptionBuilder, parts: Sequence[Opportunity]) -> Opportunity | None:
    """Define the value of the projects that parts displace, each once, at the largest share of a part."""
    projects = {project.id: project for part in parts for project in part.projects}
    if not projects:
        return None
    shares = {}
    for project in projects.values():
        found = [part.shares[project.id] for part in parts if project.id in part.shares]
        shares[project.id] = found[0]
        if len(found) > 1:
            shares[project.id] = builder.monthly(
                f"away_{project.id}", f"{project.name}: largest share", units.SHARE_OF_MONTH, maximum(*found)
            )
    return _opportunity(builder, tuple(projects.values()), shares)


def _opportunity(
    builder: OptionBuilder, projects: tuple[ProjectOutline, ...], shares: Mapping[str, Line]
) -> Opportunity:
    """Define the value of displaced projects, given the share of each month in which each is displaced."""
    lines = tuple(_project(builder, project, shares[project.id]) for project in projects)
    by_month = builder.subtotal("opportunity_by_month", "Displaced value", sum_terms(lines))
    discounted = builder.subtotal(
        "opportunity_discounted",
        "Displaced value, discounted",
        by_month * builder.shared.discount,
        units.MONEY_PV,
    )
    own = tuple(line for line in dict.fromkeys(shares.values()) if line.key.startswith(builder.key("")))
    sections = (
        *([Section("Share of the month", own)] if own else []),
        Section("Projects", (*lines, by_month, discounted)),
    )
    block = Block(builder.outline.name, builder.shared.months, sections)
    return Opportunity(
        projects, shares, lines, by_month, discounted, Total(by_month), Total(discounted), block
    )


def _shares(basis: Basis) -> dict[str, Line]:
    """Define the share of each month in which projects are displaced, during deployment and during operation."""
    builder, timing = basis.builder, basis.timing
    end = as_node(timing.go_live) if basis.stable_at is None else basis.stable_at
    deploying = builder.shared.overlap(timing.lead, end)
    return {
        "deployment": builder.monthly("away", "Team away until stable", units.SHARE_OF_MONTH, deploying),
        "operation": builder.monthly("away_in_operation", "In operation", units.SHARE_OF_MONTH, timing.live),
    }


def _project(builder: OptionBuilder, project: ProjectOutline, share: Line) -> Line:
    path = f"opportunity.{project.id}"
    value = Input(f"{path}.monthly_value") * Input(f"{path}.confidence")
    return Line(
        f"{path}.{builder.outline.key}", project.name, units.MONEY, value * share, builder.shared.months, total=True
    )  # fmt: skip
