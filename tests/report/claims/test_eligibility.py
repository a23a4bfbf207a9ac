"""Whoever may not be chosen is marked wherever options are ranked, and a mark or a scope left out is found."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from tests.report.claims.body import PrintedBody, body_of
from tests.report.claims.checker import faults
from tests.report.claims.eligibility_claims import MARK
from tests.report.claims.facts import Results
from tests.report.claims.lede_claims import lede_faults
from tests.report.claims.section_claims import section_faults
from tests.report.claims.small_cases import small
from tests.report.claims.table_claims import table_faults
from tests.report.claims.test_checker import page_of, results_of, titles_of

CASE = "cheapest not eligible"
SCOPES = (" of the eligible options", " eligible option", " of the eligible")


@cache
def printed() -> tuple[str, list[str], PrintedBody, Results]:
    """Return page, titles, body and results of a case whose cheapest option may not be chosen."""
    analysis = small(CASE)
    return page_of(analysis), titles_of(analysis), body_of(analysis), results_of(analysis)


def without(text: str, found: re.Match[str]) -> str:
    """Leave a passage out of a text."""
    return text[: found.start()] + text[found.end() :]


def uncaught(text: str, pattern: str, check: Callable[[str], list[str]]) -> list[str]:
    """List the passages of a text that may be left out one by one without a fault."""
    return [
        text[max(found.start() - 60, 0) : found.end()]
        for found in re.finditer(pattern, text)
        if not check(without(text, found))
    ]


@pytest.mark.slow
def test_the_paper_of_such_a_case_holds() -> None:
    """It says of each option ranked that may not be chosen that it may not, and names the eligible ones where it ranks these."""
    page, titles, body, results = printed()
    assert [*faults(page, results), *section_faults(titles, results), *lede_faults(body.texts, results)] == []
    assert table_faults(body.tables, results) == []


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [MARK, "|".join(SCOPES)], ids=["mark", "scope"])
def test_no_mark_and_no_scope_can_be_left_out(pattern: str) -> None:
    """Each mark and each "of the eligible options" that is left out of page, titles or leads is found: twenty falsehoods."""
    page, titles, body, results = printed()
    found = uncaught(page, pattern, lambda text: faults(text, results))
    for title in titles:
        found += uncaught(title, pattern, lambda text: section_faults([text], results))
    for where, lede in body.texts:
        found += uncaught(lede, pattern, lambda text, where=where: lede_faults(((where, text),), results))  # type: ignore[misc]
    assert found == []
    assert (
        sum(len(re.findall(pattern, text)) for text in (page, *titles, *(text for _, text in body.texts)))
        >= 5
    )


FALSE_TITLES = (
    "The total cost of Rented and run by us is 18.0 times that of Provider abroad",
    "The lowest total cost is that of Provider abroad (not eligible) at every volume shown",
    "The lowest total cost of the eligible options is that of Provider abroad (not eligible) at every volume shown",
    "Lowest running cost in the last year: Provider abroad, $2.5k a month",
    "Cumulative cost no higher than with Provider abroad (not eligible): Third provider from month 3",
    "In both price scenarios Bought by the token costs least before risk",
    "Before risk, Bought by the token is not the cheapest",
    "Stable service: Provider abroad from the start, Rented and run by us after 4 months",
    "Expected cost of leaving: from $3.0k (Provider abroad) to $18k (Run by us)",
    "Best strategic fit: Provider abroad, 4.0 of 5; the recommended option",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("title", FALSE_TITLES)
def test_a_title_that_ranks_who_may_not_be_chosen_is_caught(title: str) -> None:
    """Each of ten titles that rank an option without saying that it may not be chosen is a fault."""
    results = printed()[-1]
    assert section_faults([title], results) != []


@pytest.mark.slow
def test_a_mark_on_an_eligible_option_is_caught() -> None:
    """An option that may be chosen is not called otherwise, in a title, a lead or on the page."""
    page, titles, body, results = printed()
    name = "Rented and run by us"
    title = next(one for one in titles if one.startswith("The total cost of"))
    assert section_faults([title.replace(name, f"{name} (not eligible)")], results) != []
    marked = page.replace(f"is that of {name}", f"is that of {name} (not eligible)", 1)
    assert marked != page
    assert faults(marked, results) != []
    (where, lede) = next(one for one in body.texts if one[0] == "tco")
    wrong = lede.replace("Provider abroad (not eligible)", "Bought by the token (not eligible)")
    assert lede_faults(((where, wrong),), results) != []
