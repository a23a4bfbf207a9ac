"""All options of a case, one after the other: the lines of stage 1, from the workload to each option's core."""

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
from reportgen.model.workload import Shared, shared


@dataclass(frozen=True, slots=True)
class Option:
    """Everything that one option adds up to in a run; `tco` and `core` are what every run repeats."""

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
        """Give the option's key."""
        return self.outline.key

    @property
    def opportunity_pv(self) -> Node | None:
        """Give the present value of displaced projects; None where not quantified, 0 where there are none."""
        if self.opportunity:
            return self.opportunity.present
        return None if "opportunity" in self.outline.unquantified else as_node(0)


def options(outline: Outline, tables: Tables) -> tuple[Shared, tuple[Option, ...]]:
    """Define every option of a case, the api options' prices first: others lean on them."""
    common = shared(outline.months, dated=bool(tables))
    builders = {option.key: OptionBuilder(option, common, tables) for option in outline.options}
    priced = {key: api.usage(builder) for key, builder in builders.items() if builder.outline.kind == "api"}
    usages = {key: usage.fees for key, usage in priced.items()}
    names = {option.key: option.short_name for option in outline.options}
    out = []
    for key, builder in builders.items():
        parts = _parts(builder, priced.get(key), usages)
        interim = usages.get(builder.outline.until_live or "")
        out.append(_option(builder, parts, ledger(builder, parts, interim, names)))
    return common, tuple(out)


def _parts(builder: OptionBuilder, priced: api.Usage | None, usages: dict[str, Line]) -> Parts:
    spill = usages.get(builder.outline.spill_to or "")
    match builder.outline.kind:
        case "api":
            assert priced is not None
            return api.parts(builder, priced)
        case "self_hosted":
            return self_hosted.parts(builder, spill)
        case "on_prem":
            return on_prem.parts(builder, spill)
        case "platform":
            return platform.parts(builder, spill)
    assert_never(builder.outline.kind)


def _option(builder: OptionBuilder, parts: Parts, book: Ledger) -> Option:
    """Add an option up (MODEL, "Totals" and "Risk scenarios": core)."""
    displaced, leaving = opportunity(builder, parts), exit_cost(builder, parts)
    core = as_node(Total(book.discounted))
    if displaced:
        core = core + displaced.present
    if leaving:
        core = core + leaving.expected_pv
    last_year = builder.shared.months.size // 12
    work_after: Node = Total(book.cost, last_year)
    if parts.residual:
        work_after = work_after - Total(parts.residual, last_year)
    return Option(
        builder.outline,
        book,
        displaced,
        leaving,
        builder.single("tco", f"TCO, {builder.outline.short_name}", units.MONEY, Total(book.cost)),
        builder.single("core", f"Core, {builder.outline.short_name}", units.MONEY_PV, core),
        work_after / 12,
        Total(book.cost) / Total(builder.shared.tokens),
    )
