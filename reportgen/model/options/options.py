"""All options of a case, one after the other: the lines of stage 1, from the workload to each option's core."""

from dataclasses import dataclass
from typing import assert_never

from reportgen import units
from reportgen.formula.nodes import Line, Node, Total, as_node
from reportgen.model.exit import Exit, exit_cost
from reportgen.model.opportunity import Opportunity, opportunity
from reportgen.model.options import api, on_prem, platform, self_hosted
from reportgen.model.options.ledger import Desk, Ledger, Parts, ledger
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
    desks = {option.key: Desk(option, common, tables) for option in outline.options}
    priced = {key: api.usage(desk) for key, desk in desks.items() if desk.outline.kind == "api"}
    usages = {key: usage.fees for key, usage in priced.items()}
    names = {option.key: option.short_name for option in outline.options}
    out = []
    for key, desk in desks.items():
        parts = _parts(desk, priced.get(key), usages)
        interim = usages.get(desk.outline.until_live or "")
        out.append(_option(desk, parts, ledger(desk, parts, interim, names)))
    return common, tuple(out)


def _parts(desk: Desk, priced: api.Usage | None, usages: dict[str, Line]) -> Parts:
    spill = usages.get(desk.outline.spill_to or "")
    match desk.outline.kind:
        case "api":
            assert priced is not None
            return api.parts(desk, priced)
        case "self_hosted":
            return self_hosted.parts(desk, spill)
        case "on_prem":
            return on_prem.parts(desk, spill)
        case "platform":
            return platform.parts(desk, spill)
    assert_never(desk.outline.kind)


def _option(desk: Desk, parts: Parts, book: Ledger) -> Option:
    """Add an option up (MODEL, "Totals" and "Risk scenarios": core)."""
    displaced, leaving = opportunity(desk, parts), exit_cost(desk, parts)
    core = as_node(Total(book.discounted))
    if displaced:
        core = core + displaced.present
    if leaving:
        core = core + leaving.expected_pv
    last_year = desk.shared.months.size // 12
    settled: Node = Total(book.cost, last_year)
    if parts.residual:
        settled = settled - Total(parts.residual, last_year)
    return Option(
        desk.outline,
        book,
        displaced,
        leaving,
        desk.single("tco", f"TCO, {desk.outline.short_name}", units.MONEY, Total(book.cost)),
        desk.single("core", f"Core, {desk.outline.short_name}", units.MONEY_PV, core),
        settled / 12,
        Total(book.cost) / Total(desk.shared.tokens),
    )
