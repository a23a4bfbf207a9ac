"""The portfolio's pages: a table of every case's answer, totals by currency, changed recommendations, findings."""

from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from reportgen.casing import first_upper
from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.folders import Folders
from reportgen.report.live import SingleScript
from reportgen.report.parts import Cell, Row, Table, cells
from reportgen.report.web import self_contained
from reportgen.report.wording import in_words, join_list

NONE_ELIGIBLE = "none eligible"


def portfolio_page(portfolio: Portfolio, folders: Folders) -> str:
    """Render the portfolio as HTML for the PDF."""
    return _rendered(portfolio, folders, "pdf", ("report.css",), {})


def portfolio_web_page(portfolio: Portfolio, folders: Folders, links: Mapping[str, str]) -> str:
    """Render the portfolio as a web page of its own; `links` maps a case to the file of its paper."""
    sheets = ("report.css", "screen.css", "live.css")
    html = _rendered(portfolio, folders, "html", sheets, links)
    return self_contained(html, folders, SingleScript(folders.read("live/portfolio.js")))


def _rendered(
    portfolio: Portfolio, folders: Folders, medium: str, sheets: tuple[str, ...], links: Mapping[str, str]
) -> str:
    return folders.render(
        "portfolio.html.j2",
        medium=medium,
        style=Markup("\n".join(map(folders.read, sheets))),  # noqa: S704  style sheets, built-in or the user's
        title=portfolio_title(portfolio),
        portfolio=portfolio,
        changed_recommendations=changed_recommendations(portfolio),
        answers=answers_table(portfolio, links),
        options=options_table(portfolio),
        findings=[answer for answer in portfolio.answers if answer.findings],
    )


def portfolio_title(portfolio: Portfolio) -> str:
    """State the number of cases and the total cost of the recommended options, by currency."""
    count = len(portfolio.answers)
    sums = join_list([_printed_amount(portfolio.totals(c)["tco"], c) for c in portfolio.currencies])
    return (
        f"{first_upper(in_words(count, 'case'))}: what is recommended costs {sums}, nominal and before risk"
    )


def changed_recommendations(portfolio: Portfolio) -> tuple[str, ...]:
    """State which recommendations differ from the previous build, or that none does, or that there was none."""
    found = portfolio.flipped
    if found:
        return tuple(
            f"{a.title}: {a.best.name if a.best else NONE_ELIGIBLE}, it was {a.previous_name}." for a in found
        )
    if all(answer.before is None for answer in portfolio.answers):
        return ("These cases were built for the first time: there is nothing to compare with.",)
    return ("Every recommendation is that of last time.",)


def answers_table(portfolio: Portfolio, links: Mapping[str, str] | None = None) -> Table:
    """Return the table of answers, one row per case, linked to its paper where `links` has it, and a total per currency."""
    heads = (
        Cell("Recommended", number=False), Cell("How sure", number=False), Cell("Full cost"), Cell("TCO"), Cell("Budget at P80"),
        Cell("Findings"),
    )  # fmt: skip
    found = links or {}
    rows = [Row(_linked(answer, found.get(answer.case)), _cells(answer)) for answer in portfolio.answers]
    for currency in portfolio.currencies:
        totals = portfolio.totals(currency)
        sums = [_printed_amount(totals[key], currency) for key in ("full_cost", "tco", "budget")]
        blank = cells(("", ""), number=False)
        rows.append(Row(f"Total in {currency}", (*blank, *cells((*sums, ""))), "total"))
    return Table("Case", heads, tuple(rows), widths=(27.0, 18.0, 14.0, 11.0, 11.0, 10.0, 9.0))


def _linked(answer: Answer, file: str | None) -> str | Markup:
    """Return a case's title, as a link to its paper where there is one."""
    return Markup('<a href="{}">{}</a>').format(quote(file), escape(answer.title)) if file else answer.title


def _cells(answer: Answer) -> tuple[Cell, ...]:
    best = answer.best
    if best is None:
        return (
            Cell(NONE_ELIGIBLE, number=False),
            Cell("", number=False),
            *cells(("–", "–", "–", str(len(answer.findings)))),
        )
    budget = "–" if answer.budget is None else _printed_amount(answer.budget, answer.currency)
    amounts = (
        _printed_amount(best.full_cost, answer.currency),
        _printed_amount(best.tco, answer.currency),
        budget,
    )
    return (
        Cell(best.name, number=False),
        Cell(answer.verdict, number=False),
        *cells((*amounts, str(len(answer.findings)))),
    )


def options_table(portfolio: Portfolio) -> Table:
    """Return the table of all options, grouped by case, the lowest full cost first."""
    rows = []
    for answer in portfolio.answers:
        rows.append(Row(answer.title, (), "group"))
        for option in answer.ranked:
            amounts = (
                _printed_amount(option.full_cost, answer.currency),
                _printed_amount(option.tco, answer.currency),
            )
            mark = "" if option.eligible else "not eligible"
            mark = "recommended" if option.key == answer.recommended else mark
            rows.append(Row(option.name, (*cells(amounts), Cell(mark, number=False))))
    return Table("Option", (Cell("Full cost"), Cell("TCO"), Cell("Answer", number=False)), tuple(rows))


def _printed_amount(amount: float, currency: str) -> str:
    return money(amount, Notation(currency))
