"""The portfolio's pages: every case's answer in a table, totals by currency, what flipped, findings."""

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.folders import Folders
from reportgen.report.parts import Cell, Row, Table, cells
from reportgen.report.wording import in_words, listed

NOBODY = "none eligible"


def portfolio_page(portfolio: Portfolio, folders: Folders) -> str:
    """Render the portfolio as HTML."""
    return folders.render(
        "portfolio.html.j2",
        style=Markup(folders.read("report.css")),  # noqa: S704  a style sheet, ours or the user's own
        title=title(portfolio),
        portfolio=portfolio,
        changed_recommendations=changed_recommendations(portfolio),
        answers=answers(portfolio),
        options=options(portfolio),
        findings=[answer for answer in portfolio.answers if answer.findings],
    )


def title(portfolio: Portfolio) -> str:
    """Say what the portfolio comes to: how many cases, and what is recommended costs."""
    count = len(portfolio.answers)
    sums = listed([_amount(portfolio.totals(c)["tco"], c) for c in portfolio.currencies])
    return (
        f"{first_upper(in_words(count, 'case'))}: what is recommended costs {sums}, nominal and before risk"
    )


def changed_recommendations(portfolio: Portfolio) -> tuple[str, ...]:
    """Say which answers are others than last time; that there was no last time, or that all stand."""
    found = portfolio.flipped
    if found:
        return tuple(
            f"{a.title}: {a.best.name if a.best else NOBODY}, it was {a.previous_name}." for a in found
        )
    if all(answer.before is None for answer in portfolio.answers):
        return ("These cases were built for the first time: there is nothing to compare with.",)
    return ("Every recommendation is that of last time.",)


def answers(portfolio: Portfolio) -> Table:
    """Lay the answers out, a case per row, with a total per currency."""
    heads = (
        Cell("Recommended", number=False), Cell("How sure", number=False), Cell("Full cost"), Cell("TCO"), Cell("Budget at P80"),
        Cell("Findings"),
    )  # fmt: skip
    rows = [Row(answer.title, _cells(answer)) for answer in portfolio.answers]
    for currency in portfolio.currencies:
        totals = portfolio.totals(currency)
        sums = [_amount(totals[key], currency) for key in ("full_cost", "tco", "budget")]
        blank = cells(("", ""), number=False)
        rows.append(Row(f"Total in {currency}", (*blank, *cells((*sums, ""))), "total"))
    return Table("Case", heads, tuple(rows), widths=(27.0, 18.0, 14.0, 11.0, 11.0, 10.0, 9.0))


def _cells(answer: Answer) -> tuple[Cell, ...]:
    best = answer.best
    if best is None:
        return (
            Cell(NOBODY, number=False),
            Cell("", number=False),
            *cells(("–", "–", "–", str(len(answer.findings)))),
        )
    budget = "–" if answer.budget is None else _amount(answer.budget, answer.currency)
    amounts = (_amount(best.full_cost, answer.currency), _amount(best.tco, answer.currency), budget)
    return (
        Cell(best.name, number=False),
        Cell(answer.verdict, number=False),
        *cells((*amounts, str(len(answer.findings)))),
    )


def options(portfolio: Portfolio) -> Table:
    """Lay all options out, those of a case together, the lowest full cost first."""
    rows = []
    for answer in portfolio.answers:
        rows.append(Row(answer.title, (), "group"))
        for option in answer.ranked:
            amounts = (_amount(option.full_cost, answer.currency), _amount(option.tco, answer.currency))
            mark = "recommended" if option.key == answer.recommended else ""
            rows.append(Row(option.name, (*cells(amounts), Cell(mark, number=False))))
    return Table("Option", (Cell("Full cost"), Cell("TCO"), Cell("", number=False)), tuple(rows))


def _amount(amount: float, currency: str) -> str:
    return money(amount, Notation(currency))
