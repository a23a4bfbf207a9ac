"""Section on the budget: when the money is spent, as capital and operating cost, by fiscal year."""

from collections.abc import Callable

from reportgen.report.parts import Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, names_level_with, same_as_printed
from reportgen.results.options import BudgetPeriod, OptionResult

Amount = Callable[[BudgetPeriod], float | None]

LINES: tuple[tuple[str, Amount, str], ...] = (
    ("Capital", lambda period: period.capital, ""),
    ("Operating", lambda period: period.operating, ""),
    ("of which own staff", lambda period: period.own_staff, "detail"),
    ("of which recruitment", lambda period: period.recruitment, "detail"),
    ("Machines sold at the end", lambda period: period.residual, ""),
)
BOOKED: tuple[tuple[str, Amount, str], ...] = (
    ("Depreciation", lambda period: period.depreciation, ""),
    ("Charge to profit and loss", lambda period: period.charge, ""),
    ("Book value at the end of the year", lambda period: period.book_value, ""),
)


def section(context: ViewContext) -> Section:
    """Return the section on the budget of the recommended option, or of the cheapest where none is recommended."""
    option = context.subject
    return Section(
        "budget", "Budget", _title(context, option), _lede(context, option), (_exhibit(context, option),)
    )


def cash_of(period: BudgetPeriod) -> float:
    """Return the cash of a period, what owned machines bring at the end taken off."""
    return period.capital + period.operating + period.residual


def _title(context: ViewContext, option: OptionResult) -> str:
    years = option.budget.fiscal_years
    if len(years) == 1:
        return f"{option.name} costs {context.figures.money(cash_of(years[0]))} in the fiscal year {years[0].year}"
    cash = [(str(year.year), cash_of(year)) for year in years]
    top = max(amount for _, amount in cash)
    most, dearest = context.figures.money(top), names_level_with(top, cash, context.figures.notation)
    if len(dearest) == len(years):
        return f"{option.name} costs {most} in each fiscal year"
    if len(dearest) > 1:
        return (
            f"{option.name} costs most in the fiscal years {join_at_most(dearest, 3, 'years')}: {most} each"
        )
    return f"{option.name} costs most in the fiscal year {dearest[0]}: {most}"


def _lede(context: ViewContext, option: OptionResult) -> Text:
    money, base = context.figures.money, context.baseline
    sentence = (
        "The same cash as in total cost, by fiscal year, named after the calendar year in which it ends."
    )
    if option.key == base.key:
        return sentence
    saving, peak = option.net_present_saving, option.peak_funding
    if same_as_printed(saving, 0.0, context.figures.notation):
        compared = f"Before risk its present value is that of {context.named(base)}."
    else:
        word = "less" if saving > 0 else "more"
        compared = (
            f"Before risk, in present value, it costs {money(abs(saving))} {word} than {context.named(base)}."
        )
    if peak.month is None:
        return f"{sentence} {compared} At no month's end has it cost more in all than {base.name} would have."
    return (
        f"{sentence} {compared} It is furthest behind at the end of {context.month(peak.month - 1)}, when it has cost "
        f"{money(peak.amount)} more in all than {base.name} would have."
    )


def _exhibit(context: ViewContext, option: OptionResult) -> Exhibit:
    years = option.budget.fiscal_years
    booked = BOOKED if option.budget.disposal_gain is not None else ()
    rows = [row for label, amount, kind in LINES if (row := _row(context, option, label, amount, kind))]
    rows.append(
        Row(
            "Cash in all",
            cells([_amount(context, cash_of(year)) for year in (*years,)] + [_amount(context, option.tco)]),
            "total",
        )
    )
    rows += [row for label, amount, kind in booked if (row := _row(context, option, label, amount, kind))]
    heads = cells([*(budget_year(context, year) for year in years), "In all"])
    subtitle = f"{option.name}, {context.unit.words}, nominal, before risk"
    title = "When the money is spent"
    table = Table(context.unit.words, heads, tuple(rows))
    sheets = f"sheet Budget, which has the other options and the quarters.{_rounding_note(context, option)}"
    return context.exhibit("budget", title, subtitle, sheets, table=table)


def _rounding_note(context: ViewContext, option: OptionResult) -> str:
    """Return the note on rounding where printed years do not add up to the whole, or the parts of a year to its cash."""
    years = option.budget.fiscal_years
    across = [
        ([amount(year) or 0.0 for year in years], sum(amount(year) or 0.0 for year in years))
        for label, amount, _ in (*LINES, *BOOKED)
        if not label.startswith("Book value")
    ]
    down = [([year.capital, year.operating, year.residual], cash_of(year)) for year in years]
    cash = ([cash_of(year) for year in years], option.tco)
    return context.rounding_note([*across, *down, cash], context.unit)


def budget_year(context: ViewContext, period: BudgetPeriod) -> str:
    """Name a fiscal year, with its months where it is not a whole one: "2027 (9 months)"."""
    months = period.last_month - period.first_month + 1
    return str(period.year) if months == 12 else f"{period.year} ({context.months(months)})"


def _row(context: ViewContext, option: OptionResult, label: str, amount: Amount, kind: str) -> Row | None:
    """Return a line of the budget; None where it is 0 in every year."""
    found = [amount(year) or 0.0 for year in option.budget.fiscal_years]
    if not any(found):
        return None
    total = "" if label.startswith("Book value") else _amount(context, sum(found))
    return Row(label, cells([*(_amount(context, one) for one in found), total]), kind)


def _amount(context: ViewContext, amount: float) -> Text:
    return context.figures.plain_text(amount, context.unit.number_format)
