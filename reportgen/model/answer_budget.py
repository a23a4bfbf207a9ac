"""An option's budget, funding and payback in the base case, as plain values."""

from reportgen.formula.nodes import Line
from reportgen.model.budget import ROWS, Periods
from reportgen.model.evaluated import EvaluatedCase
from reportgen.model.options.options import Option
from reportgen.results.options import Budget, BudgetMonths, BudgetPeriod, Payback, PeakFunding

Row = tuple[float, ...]


def budget_result(evaluated: EvaluatedCase, option: Option) -> Budget:
    """Gather an option's budget by month, fiscal year and quarter."""
    books, sheet = option.budget, evaluated.case.budget
    none = (0.0,) * option.ledger.cost.axis.size
    depreciated = evaluated.case.shared.life is not None

    def row(line: Line | None) -> Row:
        return evaluated.series(line) if line else none

    def book_row(line: Line | None) -> Row | None:
        return row(line) if depreciated else None

    months = BudgetMonths(
        row(books.capital), row(books.operating), row(books.own_staff), row(books.recruitment), row(books.residual),
        book_row(books.depreciation), book_row(books.book_value), book_row(books.charge),
    )  # fmt: skip
    gain = evaluated.number(books.disposal_gain) if books.disposal_gain else 0.0
    return Budget(
        months,
        _periods(evaluated, sheet.years[option.key], evaluated.case.shared.fiscal_year),
        _periods(evaluated, sheet.quarters[option.key], evaluated.case.shared.fiscal_quarter),
        gain if depreciated else None,
    )


def _periods(evaluated: EvaluatedCase, periods: Periods, labels: Line) -> tuple[BudgetPeriod, ...]:
    """Gather one budget by period; `labels` names the period of each month."""
    by_month = [str(name) for name in evaluated.shown[labels][0]]
    names = list(dict.fromkeys(by_month))
    depreciated = evaluated.case.shared.life is not None
    none = (0.0,) * len(names)
    rows = {name: evaluated.series(line) for name, line in periods.rows.items()}
    book = evaluated.series(periods.book_value) if periods.book_value else none
    found = []
    for place, name in enumerate(names):
        year, _, quarter = name.removeprefix("FY").partition(" Q")
        capital, operating, staff, recruitment, residual, depreciation, charge = (
            rows.get(row, none)[place] for row in ROWS
        )
        found.append(
            BudgetPeriod(
                int(year), int(quarter) if quarter else None,
                by_month.index(name) + 1, len(by_month) - by_month[::-1].index(name),
                capital, operating, staff, recruitment, residual,
                depreciation if depreciated else None, charge if depreciated else None,
                book[place] if depreciated else None,
            )
        )  # fmt: skip
    return tuple(found)


def peak_funding(evaluated: EvaluatedCase, key: str) -> PeakFunding:
    """Gather the largest excess over the baseline, and its month; 0 and None for the baseline itself."""
    months = evaluated.case.months
    if key not in months.peak:
        return PeakFunding(0.0, None)
    amount = evaluated.number(months.peak[key])
    return PeakFunding(amount, int(evaluated.number(months.peak_month[key])) if amount > 0 else None)


def payback(evaluated: EvaluatedCase, key: str) -> Payback | None:
    """Gather the break-even month, and whether only the residual reaches it; None for the baseline."""
    line = evaluated.case.funding[key].payback
    if line is None:
        return None
    month = int(evaluated.number(evaluated.case.months.month[key]))
    reached = month if month <= evaluated.case.outline.months.size else None
    return Payback(reached, evaluated.number(line) > 0)
