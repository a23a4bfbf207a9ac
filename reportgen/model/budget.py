"""Budget, books and funding: the same cash as capital and operating, by fiscal period, and against the baseline."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import (  # fmt: skip
    At,
    Constant,
    Input,
    Labels,
    Line,
    Node,
    PerPosition,
    Previous,
    Ref,
    SumWhere,
    Total,
    absolute,
    all_of,
    as_node,
    maximum,
    sum_terms,
    where,
)
from reportgen.model.fiscal import in_order
from reportgen.model.options.builder import OptionBuilder
from reportgen.model.options.ledger import CATEGORY_TITLES, Ledger
from reportgen.model.workload import VAT, SharedLines
from reportgen.runtime.records import dataclass

ROWS = ("capital", "operating", "own_staff", "recruitment", "residual", "depreciation", "charge")
"""The lines of a budget that are added up by fiscal year and quarter."""

LEAST_PAY = 1e-9
"""What an engineer costs at least where a cost is divided by it."""

LABELS = {
    "capital": "Capital", "operating": "Operating", "own_staff": "Own staff, of operating", "recruitment": "Recruitment, of operating",
    "residual": "Residual value at the horizon", "depreciation": "Depreciation", "charge": "Charge to profit and loss",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Budget:
    """An option's cash as a budget, by month; lines are None where it owns nothing, or nothing is depreciated."""

    operating: Line
    own_staff: Line
    recruitment: Line
    fte: Line
    capital: Line | None = None
    residual: Line | None = None
    worth: Line | None = None
    depreciation: Line | None = None
    book_value: Line | None = None
    charge: Line | None = None
    disposal_gain: Line | None = None
    lines: tuple[Line, ...] = ()

    def row(self, name: str) -> Line | None:
        """Return a line by its name in ROWS."""
        found: Line | None = getattr(self, name)
        return found

    @property
    def section(self) -> Section:
        """Return the section of the option's sheet."""
        return Section("Budget and books", self.lines)


def budget(builder: OptionBuilder, ledger: Ledger) -> Budget:
    """Define an option's budget by month (MODEL, "Budget")."""
    staff = [*ledger.interim_staff, *ledger.cost_lines("migration")]
    engineers = [ledger.categories[name] for name in ("deployment", "ongoing")]
    own_staff = builder.subtotal(
        "own_staff", LABELS["own_staff"], sum_terms([*engineers, *staff]), rank="line"
    )
    recruited = ledger.cost_lines("recruitment")
    shared = len(recruited) == 1
    recruitment = (
        recruited[0] if shared else builder.cost("recruitment", LABELS["recruitment"], sum_terms(recruited))
    )
    *teams, fte = _headcount(builder, ledger, staff)
    shown = (own_staff, *teams, fte) if shared else (own_staff, *teams, fte, recruitment)
    owned = [part.owned for part in ledger.parts if part.owned]
    if not owned:
        operating = builder.cost("operating", LABELS["operating"], as_node(ledger.cost))
        charge = operating if builder.shared.life else None
        return Budget(operating, own_staff, recruitment, fte, charge=charge, lines=(operating, *shown))
    paid = sum_terms([one.bought for one in owned])
    capital = builder.cost("capital", LABELS["capital"], paid * (1 + Input(VAT)))
    residual, worth = owned[0].residual, owned[0].worth
    own: tuple[Line, ...] = (capital,)
    if len(owned) > 1:
        residual = builder.cost("residual", LABELS["residual"], sum_terms(ledger.residuals))
        total = sum_terms([one.worth for one in owned])
        worth = builder.monthly("worth", "What the machines would bring", units.MONEY, total)
        own = (capital, residual, worth)
    operating = builder.cost("operating", LABELS["operating"], ledger.cost - residual - capital)
    plain = Budget(
        operating, own_staff, recruitment, fte, capital, residual, worth, lines=(*own, operating, *shown)
    )
    return _with_books(builder, plain) if builder.shared.life else plain


def _headcount(builder: OptionBuilder, ledger: Ledger, staff: Sequence[Line]) -> tuple[Line, ...]:
    """Define how many engineers an option has, last; before it, where there are several, each of its teams at its own pay.

    `staff` is paid like an api's engineers.
    """
    counts = [
        sum_terms([line for name in ("deployment", "ongoing") for line in account.costs.get(name, ())])
        / maximum(account.part.basis.engineer, LEAST_PAY)
        for account in ledger.accounts
    ]
    others = [sum_terms(staff) / maximum(builder.shared.fte_month, LEAST_PAY)] if staff else []
    if len(counts) == 1:
        return (builder.monthly("fte", "Own staff", units.FTE, sum_terms([*counts, *others])),)
    teams = [
        builder.monthly(
            f"fte_{account.part.key}",
            f"Own staff, {account.part.basis.builder.outline.short_name}",
            units.FTE,
            count,
        )
        for account, count in zip(ledger.accounts, counts, strict=True)
    ]
    return (*teams, builder.monthly("fte", "Own staff", units.FTE, sum_terms([*teams, *others])))


def _with_books(builder: OptionBuilder, cash: Budget) -> Budget:
    """Add depreciation, book value, the charge to profit and loss, and the gain or loss on disposal."""
    shared, life, capital, worth = builder.shared, builder.shared.life, cash.capital, cash.worth
    assert life is not None
    assert capital is not None
    assert worth is not None
    so_far = builder.monthly("capital_so_far", "Capital so far", units.MONEY, Previous() + capital)
    written_off = where(shared.month > life, At(so_far, shared.month - life), 0)
    depreciation = builder.cost("depreciation", LABELS["depreciation"], (so_far - written_off) / life)
    book = builder.monthly("book_value", "Book value", units.MONEY, Previous() + capital - depreciation)
    charge = builder.cost("charge", LABELS["charge"], cash.operating + depreciation)
    end = as_node(shared.horizon)
    disposal = builder.single(
        "disposal_gain", "Gain on disposal at the horizon", units.MONEY, At(worth, end) - At(book, end)
    )
    return Budget(
        cash.operating, cash.own_staff, cash.recruitment, cash.fte, capital, cash.residual, worth, depreciation, book, charge,
        disposal, (*cash.lines, so_far, depreciation, book, charge, disposal),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Funding:
    """What an option saves against the baseline, and whether it pays back by cash."""

    net_present_saving: Line
    without_residual: tuple[Line, ...]
    """The cumulative cost beyond the baseline's at the horizon without the residual, and whether it is above 0."""
    payback: Line | None
    """Whether only the residual pays back; None for the baseline."""
    unpaid: Line | None = None
    """Whether cash alone does not pay it back; None for the baseline."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the sheet Budget; those of the peak stand on Cumulative."""
        found = (self.net_present_saving, *self.without_residual)
        return (*found, self.payback) if self.payback else found


def funding(
    shared: SharedLines,
    ledger: Ledger,
    books: Budget,
    baseline: Ledger,
    excess: Line | None,
    month: Line | None,
) -> Funding:
    """Define net present saving and payback (MODEL, "Budget").

    `excess` is the cumulative cost above the baseline's, `month` the break-even month; None for the baseline.
    """
    key, short = f"options.{ledger.key}", ledger.outline.short_name

    def single(name: str, label: str, unit: units.Unit, formula: Node) -> Line:
        return Line(f"{key}.{name}", f"{short}: {label}", unit, formula)

    saving = single(
        "net_present_saving", "net present saving", units.MONEY_PV,
        Total(baseline.discounted) - Total(ledger.discounted),
    )  # fmt: skip
    if excess is None or month is None:
        return Funding(saving, (), None)
    beyond: Node = At(excess, as_node(shared.horizon))
    if books.worth:
        beyond = beyond + At(books.worth, as_node(shared.horizon))
    without = single(
        "without_residual", "beyond the baseline at the horizon, residual left out", units.MONEY, beyond
    )
    tolerance = 1e-9 * maximum(1, absolute(At(baseline.cumulative, as_node(shared.horizon))))
    unpaid = single("unpaid", "not paid back by cash", units.FLAG, where(without > tolerance, 1, 0))
    at_end = all_of(absolute(month - shared.horizon) < 1, unpaid > 0)
    by_residual = single("payback", "paid by the residual alone", units.FLAG, where(at_end, 1, 0))
    return Funding(saving, (without, unpaid), by_residual, unpaid)


@dataclass(frozen=True, slots=True)
class Periods:
    """An option's budget by fiscal year or by quarter: rows by the names in ROWS, their cash, staff, and book value at the end."""

    rows: dict[str, Line]
    book_value: Line | None
    cash: Line
    fte: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines in the order of display."""
        return (*self.rows.values(), self.cash, self.fte, *((self.book_value,) if self.book_value else ()))


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """The sheet Budget, with each option's fiscal years and quarters by key."""

    years: dict[str, Periods]
    quarters: dict[str, Periods]
    sheet: Sheet


NOTE = "Cash before risk, run shown; fiscal years are named after the calendar year they end in"


def budget_sheet(
    shared: SharedLines,
    books: Sequence[tuple[Ledger, Budget]],
    fundings: Sequence[Funding],
    accounts: Mapping[str, str],
) -> BudgetSheet:
    """Lay out the budgets by fiscal year and quarter, then funding against the baseline, then the accounts.

    `accounts` has the account of each category that the case names one for.
    """
    years, year_block = _by_period("years", "By fiscal year", shared.fiscal_year, books)
    quarters, quarter_block = _by_period("quarters", "By quarter", shared.fiscal_quarter, books)
    lines = tuple(line for one in fundings for line in one.lines)
    cash = Block("Against the baseline, cash before risk", lines[0].axis, (Section("", lines),))
    booked = _accounts([ledger for ledger, _ in books], accounts)
    sheet = Sheet("Budget", "Budget, books and funding", NOTE, (year_block, quarter_block, cash, booked))
    return BudgetSheet(years, quarters, sheet)


def _by_period(
    key: str, title: str, labels: Line, books: Sequence[tuple[Ledger, Budget]]
) -> tuple[dict[str, Periods], Block]:
    """Define every option's budget on the axis of fiscal years or quarters; `labels` names the period of each month."""
    assert isinstance(labels.formula, Labels)
    by_month = labels.formula.texts
    names = in_order(by_month)
    axis = Axis(key, names)
    name = Line(f"budget.{key}.name", "Period", units.TEXT, Labels(names), axis)
    last = Line(
        f"budget.{key}.last", "Last month", units.MONTH_NUMBER,
        PerPosition(tuple(Constant(float(len(by_month) - by_month[::-1].index(one))) for one in names)), axis,
    )  # fmt: skip
    count = Line(
        f"budget.{key}.months", "Months", units.MONTHS,
        PerPosition(tuple(Constant(float(by_month.count(one))) for one in names)), axis,
    )  # fmt: skip
    head = _PeriodHead(labels, name, last, count)
    found = {ledger.key: _periods(f"budget.{key}.{ledger.key}", ledger, one, head) for ledger, one in books}
    sections = [Section("", (name, last, count))]
    sections += [Section(ledger.outline.short_name, found[ledger.key].lines) for ledger, _ in books]
    return found, Block(title, axis, tuple(sections))


@dataclass(frozen=True, slots=True)
class _PeriodHead:
    """The lines that all options share: the period of each month; name, last month and months of each period."""

    labels: Line
    name: Line
    last: Line
    count: Line


def _periods(key: str, ledger: Ledger, books: Budget, head: _PeriodHead) -> Periods:
    axis = head.name.axis

    def total(line: Line) -> Node:
        return SumWhere(line, head.labels, Ref(head.name))

    rows = {
        row: Line(f"{key}.{row}", LABELS[row], units.MONEY, total(line), axis)
        for row in ROWS
        for line in [books.row(row)]
        if line is not None
    }
    book = None
    if books.book_value:
        at_end = At(books.book_value, as_node(head.last))
        book = Line(f"{key}.book_value", "Book value at the end", units.MONEY, at_end, axis)
    cash = Line(f"{key}.cash", "Cash in all", units.MONEY, total(ledger.cost), axis, rank="subtotal")
    fte = Line(f"{key}.fte", "Own staff, on average", units.FTE, total(books.fte) / head.count, axis)
    return Periods(rows, book, cash, fte)


def _accounts(ledgers: Sequence[Ledger], named: Mapping[str, str]) -> Block:
    """Define the list of categories: the account that finance books each to, and what it comes to by option."""
    titles = tuple(CATEGORY_TITLES.values())
    axis = Axis("accounts", titles, across=False)
    name = Line("accounts.category", "Category", units.TEXT, Labels(titles), axis)
    booked = tuple(named.get(category, "") for category in CATEGORY_TITLES)
    account = Line("accounts.account", "Account", units.TEXT, Labels(booked, editable=True), axis)
    amounts = tuple(
        Line(
            f"accounts.{ledger.key}", ledger.outline.short_name, units.MONEY,
            PerPosition(tuple(_of_category(ledger, category) for category in CATEGORY_TITLES)), axis, total=True,
        )
        for ledger in ledgers
    )  # fmt: skip
    sections = (Section("", (name, account)), Section("Over the horizon, run shown", amounts))
    return Block("Accounts: where each category is booked", axis, sections)


def _of_category(ledger: Ledger, category: str) -> Node:
    line = ledger.categories.get(category)
    return Total(line) if line else Constant(0.0)
