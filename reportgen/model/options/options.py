"""The lines of stage 1 for all options of a case, from the workload to each option's core."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import Line, Node, Ref, Total, as_node, maximum
from reportgen.model.budget import Budget, budget
from reportgen.model.exit import Exit, exit_cost, exit_of_mix
from reportgen.model.opportunity import Opportunity, opportunity, opportunity_of_mix
from reportgen.model.options import api, mix, on_prem, rented
from reportgen.model.options.basis import Basis
from reportgen.model.options.builder import OptionBuilder, Selection
from reportgen.model.options.ledger import Account, Ledger, ledger, own_account
from reportgen.model.options.part import Part, PartBuilder
from reportgen.model.outline import OptionOutline, Outline
from reportgen.model.prices import Tables
from reportgen.model.workload import SharedLines, shared_lines
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One option's lines and totals in a run; `tco` and `core` are tabulated over all runs."""

    outline: OptionOutline
    ledger: Ledger
    budget: Budget
    opportunity: Opportunity | None
    exit: Exit | None
    tco: Line
    core: Line
    run_rate: Node
    cost_per_m_tokens: Node
    go_live: Line
    """Of a mix, the last of its parts'."""
    open_parts: Mapping[str, tuple[str, ...]]
    """The keys of its parts that are not quantified, by "opportunity" and "exit"."""

    @property
    def key(self) -> str:
        """Return the option's key."""
        return self.outline.key

    @property
    def unquantified(self) -> tuple[str, ...]:
        """Return what is not quantified of it: "opportunity", "exit" (MODEL, "What is not known")."""
        return tuple(name for name, parts in self.open_parts.items() if parts)

    @property
    def opportunity_pv(self) -> Node | None:
        """Return the present value of displaced projects; None where not quantified, 0 where none apply."""
        if "opportunity" in self.unquantified:
            return None
        return self.opportunity.present if self.opportunity else as_node(0)

    @property
    def expected_exit_pv(self) -> Node | None:
        """Return the expected exit cost, discounted; None where not quantified, 0 where all of it is in use already."""
        if "exit" in self.unquantified:
            return None
        return Ref(self.exit.expected_pv) if self.exit else as_node(0)

    @property
    def lead_part(self) -> Part:
        """Return its only part, or the first part of a mix."""
        return self.ledger.parts[0]

    @property
    def months_block(self) -> Block:
        """Return the block of its sheet."""
        return self.ledger.block((self.budget.section,))

    @property
    def looked_up(self) -> Mapping[str, Line]:
        """Return its prices that a formula gives: the line whose first value is the price, by path."""
        return {} if self.outline.routes else self.ledger.parts[0].basis.looked_up


@dataclass(frozen=True, slots=True)
class StageOne:
    """The lines of stage 1: what all options share, what each has whatever it carries, and the options."""

    shared: SharedLines
    bases: Mapping[str, Basis]
    options: tuple[Option, ...]


def stage_one(outline: Outline, tables: Tables) -> StageOne:
    """Define the shared lines and every option, mixes last, because they show lines of the others."""
    shared = shared_lines(outline, dated=bool(tables))
    builders = {option.key: OptionBuilder(option, shared, tables) for option in outline.options}
    bases = {key: basis_of(builder) for key, builder in builders.items() if not builder.outline.routes}
    every = Selection(tuple(one.key for one in outline.workloads))
    single = {key: _single(basis, every, bases) for key, basis in bases.items()}
    found = {
        key: single[key] if key in single else _mixed(outline, builder, bases, single)
        for key, builder in builders.items()
    }
    return StageOne(shared, bases, tuple(found.values()))


def basis_of(builder: OptionBuilder) -> Basis:
    """Define what an option has whatever it carries, by its kind."""
    match builder.outline.kind:
        case "api":
            return api.basis(builder)
        case "self_hosted" | "platform":
            return rented.basis(builder)
        case "on_prem":
            return on_prem.basis(builder)
        case "mix":
            raise TypeError(f"{builder.outline.key} is a mix: its parts have a basis each")
    assert_never(builder.outline.kind)


def part_of(parts: PartBuilder) -> Part:
    """Define the lines of an option that depend on what it carries, by its kind."""
    match parts.builder.outline.kind:
        case "api":
            return api.part(parts)
        case "self_hosted" | "platform":
            return rented.part(parts)
        case "on_prem":
            return on_prem.part(parts)
        case "mix":
            raise TypeError(f"{parts.builder.outline.key} is a mix")
    assert_never(parts.builder.outline.kind)


def open_parts(parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the parts whose opportunity cost or exit nobody has estimated.

    A part of a mix that is in use already counts as estimated.
    """
    outlines = [part.builder.outline for part in parts]
    own_service = [one for one in outlines if one.kind in ("self_hosted", "on_prem")]
    in_use = [one for one in outlines if len(outlines) > 1 and one.until_live == one.key]
    return {
        "opportunity": tuple(one.key for one in own_service if not one.projects),
        "exit": tuple(one.key for one in outlines if not one.exit and one not in in_use),
    }


def _single(basis: Basis, every: Selection, bases: Mapping[str, Basis]) -> Option:
    """Define an option that stands for itself."""
    part = part_of(PartBuilder(basis, basis.builder, every, bases))
    drivers = Section("Drivers", (*basis.drivers, *part.drivers))
    lines = ledger(basis.builder, (own_account(part),), [drivers], bases)
    return _option(basis.builder, lines, opportunity(basis), exit_cost(part), basis.timing.go_live)


def _mixed(
    outline: Outline, builder: OptionBuilder, bases: Mapping[str, Basis], single: Mapping[str, Option]
) -> Option:
    """Define a mix: the sums of its parts, with what is known of all together only (MODEL, "Mix")."""
    accounts: list[Account] = []
    for key, selection in mix.selections(outline, builder.outline).items():
        own = bases[key].builder.part_of(builder.outline.key)
        accounts.append(mix.account(part_of(PartBuilder(bases[key], own, selection, bases))))
    go_live = builder.single(
        "go_live", "Go-live of the last part", units.MONTHS,
        maximum(*(account.go_live for account in accounts)),
    )  # fmt: skip
    sections = [Section("Drivers", (go_live,)), *(one.section for one in accounts if one.section)]
    lines = ledger(builder, tuple(accounts), sections, bases)
    left = [exit_cost(account.part, single[account.part.key].exit) for account in accounts]
    displaced = [single[account.part.key].opportunity for account in accounts]
    return _option(
        builder, lines,
        opportunity_of_mix(builder, [one for one in displaced if one]),
        exit_of_mix(builder, [one for one in left if one]), go_live,
    )  # fmt: skip


def _option(
    builder: OptionBuilder,
    lines: Ledger,
    displaced: Opportunity | None,
    exit_lines: Exit | None,
    go_live: Line,
) -> Option:
    """Define an option's totals (MODEL, "Totals" and "Risk scenarios": core)."""
    core = as_node(Total(lines.discounted))
    if displaced:
        core = core + displaced.present
    if exit_lines:
        core = core + exit_lines.expected_pv
    last_year = builder.shared.months.size // 12
    recurring: Node = Total(lines.cost, last_year)
    for residual in lines.residuals:
        recurring = recurring - Total(residual, last_year)
    return Option(
        builder.outline,
        lines,
        budget(builder, lines),
        displaced,
        exit_lines,
        builder.single("tco", f"TCO, {builder.outline.short_name}", units.MONEY, Total(lines.cost)),
        builder.single("core", f"Core, {builder.outline.short_name}", units.MONEY_PV, core),
        recurring / 12,
        Total(lines.cost) / Total(builder.shared.tokens),
        go_live,
        open_parts(lines.parts),
    )
