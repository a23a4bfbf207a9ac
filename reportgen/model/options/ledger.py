"""The ledger of an option: its cost by category and in total, from its parts and from what is known of all together."""

from collections.abc import Sequence

from reportgen import units
from reportgen.casing import first_lower
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    Input,
    Line,
    Node,
    Previous,
    Ref,
    Total,
    as_node,
    maximum,
    minimum,
    sum_terms,
)  # fmt: skip
from reportgen.model.options.basis import Costs
from reportgen.model.options.builder import OptionBuilder
from reportgen.model.options.part import Apis, Part
from reportgen.model.outline import OptionOutline
from reportgen.model.workload import VAT
from reportgen.runtime.records import dataclass

CATEGORY_TITLES = {
    "compute": "Compute",
    "supporting": "Supporting infrastructure",
    "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering",
    "interim": "Running both until go-live",
    "other": "One-off and other",
    "tax": "Tax not recovered",
}
"""The titles of the cost categories (MODEL, "Options"), in the order of display."""


@dataclass(frozen=True, slots=True)
class Account:
    """The lines of one part in its option's ledger: where the option is a mix, they stand on the sheet of the mix.

    `costs` are its lines of cost by category, `entered` those that are added up to the categories of the option; `taxed`
    is what tax that is not recovered is due on, without shortfalls; `waiting` the share of a month before go-live, None
    where nothing runs then.
    """

    part: Part
    costs: Costs
    entered: Costs
    taxed: Node
    waiting: Node | None
    go_live: Line
    section: Section | None = None

    def cost(self, name: str) -> tuple[Line, ...]:
        """Return its lines of cost with a name, at most one."""
        key = self.part.builder.key(name)
        return tuple(line for lines in self.costs.values() for line in lines if line.key == key)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All monthly lines of one option, up to its discounted cost."""

    outline: OptionOutline
    accounts: tuple[Account, ...]
    categories: dict[str, Line]
    cost: Line
    discounted: Line
    cumulative: Line
    category_sum: Line
    """The sum of the categories, against which the total is checked."""
    interim_staff: tuple[Line, ...]
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        """Return the option's key."""
        return self.outline.key

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return its parts: itself, or those of a mix."""
        return tuple(account.part for account in self.accounts)

    @property
    def residuals(self) -> tuple[Line, ...]:
        """Return the residual values of its owned machines."""
        return tuple(part.owned.residual for part in self.parts if part.owned)

    def cost_lines(self, name: str) -> tuple[Line, ...]:
        """Return the lines of cost of its parts with a name."""
        return tuple(line for account in self.accounts for line in account.cost(name))

    def block(self, more: Sequence[Section] = ()) -> Block:
        """Return the block of the option's sheet, with more sections at its end."""
        return Block(self.outline.name, self.cost.axis, (*self.sections, *more))


def own_account(part: Part) -> Account:
    """Return the account of an option that stands for itself."""
    costs = part.all_costs
    waiting = 1 - part.basis.timing.live if part.builder.outline.until_live else None
    return Account(
        part,
        costs,
        costs,
        taxed(part, sum_terms(costs["compute"]), costs["other"]),
        waiting,
        part.basis.timing.go_live,
    )


def taxed(part: Part, compute: Node, other: Sequence[Line]) -> Node:
    """Return what tax that is not recovered is due on, without shortfalls (MODEL, "All kinds")."""
    base = compute - part.owned.residual if part.owned else compute
    if part.supporting:
        base = base + part.supporting
    if part.interim_usage:
        base = base + part.interim_usage
    return sum_terms([base, *bought(other)])


def bought(other: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of one-off and other cost that are bought, not worked."""
    return tuple(line for line in other if line.key.rpartition(".")[2] in ("one_off", "other_cost"))


def ledger(
    builder: OptionBuilder, accounts: tuple[Account, ...], drivers: Sequence[Section], apis: Apis
) -> Ledger:
    """Define an option's cost by category and in total, discounted and cumulative, by month."""
    staff = interim_staff(builder, accounts, apis)
    paid, shortfalls = _shortfalls(builder, accounts)
    own: Costs = {"interim": staff, "other": shortfalls}
    sections = [*drivers, *([Section("Paid towards obligations", paid)] if paid else [])]
    categories: dict[str, Line] = {}
    for category, title in CATEGORY_TITLES.items():
        lines = (*_lines(accounts, category), *own.get(category, ()))
        if lines:
            total = builder.subtotal(category, f"Total {first_lower(title)}", sum_terms(lines))
            categories[category] = total
            shown = lines if len(accounts) == 1 else own.get(category, ())
            sections.append(Section(title, (*shown, total)))
    categories["tax"] = _tax(builder, accounts, categories["compute"], shortfalls)
    sections.append(Section(CATEGORY_TITLES["tax"], (categories["tax"],)))
    return _totals(builder, accounts, categories, staff, sections)


def _totals(
    builder: OptionBuilder,
    accounts: tuple[Account, ...],
    categories: dict[str, Line],
    staff: tuple[Line, ...],
    sections: list[Section],
) -> Ledger:
    """Define the totals of an option by month, and gather its ledger."""
    cost = builder.subtotal("cost", "Total cost", sum_terms(tuple(categories.values())), rank="total")
    discounted = builder.subtotal(
        "discounted", "Discounted cost", cost * builder.shared.discount, units.MONEY_PV
    )
    cumulative = builder.monthly("cumulative", "Cumulative cost", units.MONEY, Previous() + cost)
    totals = [Total(line) for line in categories.values()]
    category_sum = builder.single("categories", "Categories, added up", units.MONEY, sum_terms(totals))
    sections.append(Section("Result", (cost, discounted, cumulative, category_sum)))
    return Ledger(
        builder.outline, accounts, categories, cost, discounted, cumulative, category_sum, staff, tuple(sections)
    )  # fmt: skip


def _lines(accounts: tuple[Account, ...], category: str) -> tuple[Line, ...]:
    return tuple(line for account in accounts for line in account.entered.get(category, ()))


def interim_staff(builder: OptionBuilder, accounts: tuple[Account, ...], apis: Apis) -> tuple[Line, ...]:
    """Define the engineers of each api that serves until go-live, once however many parts use it (MODEL, "Mix")."""
    used: dict[str, list[Node]] = {}
    for account in accounts:
        api = account.part.builder.outline.until_live
        if api is not None and account.waiting is not None:
            used.setdefault(api, []).append(account.waiting)
    own = {account.part.key: account for account in accounts}
    lines = []
    for api, waiting in used.items():
        share = waiting[0] if len(waiting) == 1 else maximum(*waiting)
        if api in own and len(accounts) > 1:
            share = minimum(share, own[api].waiting or 1 - own[api].part.basis.timing.live)
        of_api = apis[api].builder
        name = "interim_staff" if len(accounts) == 1 else f"interim_staff_{api}"
        label = f"Engineers of {of_api.outline.short_name} until go-live"
        staff = of_api.input("ongoing_fte") * builder.shared.fte_month * share
        lines.append(builder.cost(name, label, staff))
    return tuple(lines)


def _shortfalls(
    builder: OptionBuilder, accounts: tuple[Account, ...]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Define what was paid so far to each api that spend is owed to, and the shortfall of each obligation."""
    paid: dict[str, Line] = {}
    shortfalls = []
    for one in builder.shared.obligations:
        api = one.outline.option
        if api not in paid:
            spent = sum_terms([node for account in accounts for node in paid_to(account.part, api)])
            label = (
                "Paid so far that counts" if len(builder.shared.obligations) == 1 else f"Paid so far to {api}"
            )
            paid[api] = builder.monthly(f"paid_{api}", label, units.MONEY, Previous() + spent)
        owed = maximum(0, Input(one.outline.amount) - paid[api])
        shortfalls.append(
            builder.cost(f"shortfall_{one.outline.id}", f"{one.outline.name}: shortfall", one.due * owed)
        )
    return tuple(paid.values()), tuple(shortfalls)


def paid_to(part: Part, api: str) -> list[Node]:
    """Return what a part pays an api: its own compute after credit, its usage until go-live, its spill."""
    outline, found = part.builder.outline, []
    if part.key == api and part.charged is not None:
        found.append(part.charged)
    if outline.until_live == api and part.interim_usage:
        found.append(Ref(part.interim_usage))
    if outline.spill_to == api and part.spill:
        found.append(Ref(part.spill))
    return found


def _tax(
    builder: OptionBuilder, accounts: tuple[Account, ...], compute: Line, shortfalls: tuple[Line, ...]
) -> Line:
    """Define the tax on what is bought that is not recovered; own staff bear none."""
    (account, *others) = accounts
    if not others:
        base: Node = taxed(account.part, as_node(compute), account.costs["other"])
    else:
        base = sum_terms([account.taxed for account in accounts])
    return builder.subtotal("tax", "Tax not recovered", Input(VAT) * sum_terms([base, *shortfalls]))
