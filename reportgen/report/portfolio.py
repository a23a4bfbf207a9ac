"""The portfolio's pages: every case's answer in a table, totals by currency, what flipped, findings."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.report.charts.money import money
from reportgen.report.figures import listed
from reportgen.report.parts import Cell, Row, Table, cells

NOBODY = "none eligible"


def portfolio_page(portfolio: Portfolio, templates: Path) -> str:
    """Render the portfolio as HTML."""
    environment = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    style = Markup((templates / "report.css").read_text(encoding="utf-8"))  # noqa: S704  our own style sheet
    return environment.get_template("portfolio.html.j2").render(
        style=style, title=title(portfolio), portfolio=portfolio, flips=flips(portfolio), answers=answers(portfolio),
        options=options(portfolio), findings=[a for a in portfolio.answers if a.findings],
    )  # fmt: skip


def title(portfolio: Portfolio) -> str:
    """Say what the portfolio comes to: how many cases, and what is recommended costs."""
    count = len(portfolio.answers)
    sums = listed([money(portfolio.totals(c)["tco"], c) for c in portfolio.currencies])
    return f"{count} {'case' if count == 1 else 'cases'}: what is recommended costs {sums}, nominal and before risk"


def flips(portfolio: Portfolio) -> tuple[str, ...]:
    """Say which answers are others than last time; that there was no last time, or that all stand."""
    found = portfolio.flipped
    if found:
        return tuple(f"{a.title}: {a.best.name if a.best else NOBODY}, it was {a.was}." for a in found)
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
        sums = [money(totals[key], currency) for key in ("full_cost", "tco", "budget")]
        blank = cells(("", ""), number=False)
        rows.append(Row(f"Total in {currency}", (*blank, *cells((*sums, ""))), "total"))
    return Table("Case", heads, tuple(rows), wide=True)


def _cells(answer: Answer) -> tuple[Cell, ...]:
    best = answer.best
    if best is None:
        return (
            Cell(NOBODY, number=False),
            Cell("", number=False),
            *cells(("–", "–", "–", str(len(answer.findings)))),
        )
    budget = "–" if answer.budget is None else money(answer.budget, answer.currency)
    amounts = (money(best.full_cost, answer.currency), money(best.tco, answer.currency), budget)
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
            amounts = (money(option.full_cost, answer.currency), money(option.tco, answer.currency))
            mark = "recommended" if option.key == answer.recommended else ""
            rows.append(Row(option.name, (*cells(amounts), Cell(mark, number=False))))
    return Table("Option", (Cell("Full cost"), Cell("TCO"), Cell("", number=False)), tuple(rows))
