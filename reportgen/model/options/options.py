"""The lines of stage 1 for all options of a case, from the workload to each option's core."""

from dataclasses import dataclass
from typing import assert_never

from reportgen import units
from reportgen.formula.nodes import Line, Node, Total, as_node
from reportgen.model.exit import Exit, exit_cost
from reportgen.model.opportunity import Opportunity, opportunity
from reportgen.model.options import api, on_prem, platform, self_hosted
from reportgen.model.options.ledger import Ledger, OptionBuilder, Parts, ledger
from reportgen.model.outline import OptionOutline, Outline
from reportgen.model.prices import Tables
from reportgen.model.workload import SharedLines, shared_lines


@dataclass(frozen=True, slots=True)
class Option:
    """One option's lines and totals in a run; `tco` and `core` are tabulated over all runs."""

    outline: OptionOutline
    ledger: Ledger
    opportunity: Opportunity | None
    exit: Exit | None
    tco: Line
    core: Line
    run_rate: Node
    cost_per_m_tokens: Node

    @property
    def key(self) -> str:
        """Return the option's key."""
        return self.outline.key

    @property
    def opportunity_pv(self) -> Node | None:
        """Return the present value of displaced projects; None where not quantified, 0 where none apply."""
        if self.opportunity:
            return self.opportunity.present
        return None if "opportunity" in self.outline.unquantified else as_node(0)


def options(outline: Outline, tables: Tables) -> tuple[SharedLines, tuple[Option, ...]]:
    """Define the shared lines and every option; the usage of api options comes first, because other options use it."""
    shared = shared_lines(outline.months, dated=bool(tables))
    builders = {option.key: OptionBuilder(option, shared, tables) for option in outline.options}
    usages = {
        key: api.usage_of(builder) for key, builder in builders.items() if builder.outline.kind == "api"
    }
    usage_costs = {key: usage.cost for key, usage in usages.items()}
    names = {option.key: option.short_name for option in outline.options}
    defined = []
    for key, builder in builders.items():
        parts = _parts(builder, usages.get(key), usage_costs)
        interim = usage_costs.get(builder.outline.until_live or "")
        defined.append(_option(builder, parts, ledger(builder, parts, interim, names)))
    return shared, tuple(defined)


def _parts(builder: OptionBuilder, usage: api.Usage | None, usage_costs: dict[str, Line]) -> Parts:
    """Define the parts of an option by its kind; `usage` is its own where it is an api."""
    spill = usage_costs.get(builder.outline.spill_to or "")
    match builder.outline.kind:
        case "api":
            assert usage is not None
            return api.parts(builder, usage)
        case "self_hosted":
            return self_hosted.parts(builder, spill)
        case "on_prem":
            return on_prem.parts(builder, spill)
        case "platform":
            return platform.parts(builder, spill)
    assert_never(builder.outline.kind)


def _option(builder: OptionBuilder, parts: Parts, lines: Ledger) -> Option:
    """Define an option's totals (MODEL, "Totals" and "Risk scenarios": core)."""
    displaced, exit_lines = opportunity(builder, parts), exit_cost(builder, parts)
    core = as_node(Total(lines.discounted))
    if displaced:
        core = core + displaced.present
    if exit_lines:
        core = core + exit_lines.expected_pv
    last_year = builder.shared.months.size // 12
    recurring: Node = Total(lines.cost, last_year)
    if parts.residual:
        recurring = recurring - Total(parts.residual, last_year)
    return Option(
        builder.outline,
        lines,
        displaced,
        exit_lines,
        builder.single("tco", f"TCO, {builder.outline.short_name}", units.MONEY, Total(lines.cost)),
        builder.single("core", f"Core, {builder.outline.short_name}", units.MONEY_PV, core),
        recurring / 12,
        Total(lines.cost) / Total(builder.shared.tokens),
    )
