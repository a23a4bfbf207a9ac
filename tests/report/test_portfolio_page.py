"""The portfolio as a web page: cases side by side, each linked to its paper, under a policy that loads nothing."""

from dataclasses import replace
from datetime import date

from reportgen.compare.portfolio import Answer, OptionAnswer, Portfolio
from reportgen.files import templates
from reportgen.report.folders import Folders
from reportgen.report.portfolio import options_table, portfolio_page, portfolio_web_page

FOLDERS = Folders(templates())


def answer(case: str, title: str) -> Answer:
    """Answer a case with two options, the second of which is cheaper."""
    options = (OptionAnswer("api", "API", 200.0, 210.0), OptionAnswer("own", "Own", 100.0, 110.0))
    return Answer(
        case, title, date(2026, 12, 1), "USD", 3, "abc", options, "own", "robust", 120.0, ("a finding",)
    )


def page() -> str:
    """Render two cases, of which one has a paper."""
    both = Portfolio((answer("first", "The <first> case"), answer("second", "The second case")), ())
    return portfolio_web_page(both, FOLDERS, {"first": "first case.html"})


def test_each_case_is_linked_to_its_paper() -> None:
    """A case with a paper is a link to it, its title text; a case without one is no link."""
    html = page()
    assert '<a href="first%20case.html">The &lt;first&gt; case</a>' in html
    assert html.count("<a href=") == 1
    assert "The second case" in html


def test_an_option_that_fails_a_must_have_is_marked() -> None:
    """Cheaper than the recommended one, it stands first and is told not to be eligible."""
    one = replace(
        answer("first", "The first case"),
        options=(
            OptionAnswer("api", "API", 20.0, 21.0, eligible=False),
            OptionAnswer("own", "Own", 100.0, 110.0),
        ),
    )
    rows = options_table(Portfolio((one,), ())).rows
    assert [(row.head, row.cells[-1].words) for row in rows[1:]] == [
        ("API", "not eligible"),
        ("Own", "recommended"),
    ]


def test_it_needs_nothing_else() -> None:
    """Its fonts are in it, its one script and its style stand in the policy by their hashes."""
    html = page()
    assert "default-src 'none'" in html
    assert html.count("<script") == 1
    assert "script-src 'sha256-" in html
    assert "unsafe" not in html
    assert "url(fonts/" not in html


def test_the_paper_has_no_script() -> None:
    """What the PDF is made from has neither links to pages nor a policy."""
    html = portfolio_page(Portfolio((answer("first", "The first case"),), ()), FOLDERS)
    assert "<script" not in html
    assert "Content-Security-Policy" not in html
    assert '<a href="' not in html
