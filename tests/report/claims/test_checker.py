"""Every claim of the decision page follows from the results file, and a falsehood in it is caught."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from reportgen.analysis import Analysis
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import LAYOUTS, Fit, render_paper, sections
from reportgen.report.views.appendices.details import APPENDICES
from reportgen.report.views.context import ViewContext
from reportgen.results_file.write import record
from tests.agreement.cases import SHIPPED, analysis_of, each_case
from tests.report.claims.checker import faults, text_of
from tests.report.claims.facts import Results
from tests.report.claims.section_claims import section_faults
from tests.report.claims.small_cases import NAMES, small

BOUGHT, OWN = "Bought by the token", "Rented and run by us"


def page_of(analysis: Analysis) -> str:
    """Return the text of a decision page."""
    return text_of(render_paper(paper_of(analysis), Folders(templates()), first_page_only=True))


def titles_of(analysis: Analysis) -> list[str]:
    """Return the titles of the sections of a paper's body, and of all exhibits but those of the other appendices."""
    found = sections(ViewContext.from_paper(paper_of(analysis)))
    body = [section for section in found if section.id not in APPENDICES]
    titles = [
        title for section in body for title in (section.title, *(one.title for one in section.exhibits))
    ]
    return [" ".join(Markup(title).striptags().replace(" %", "%").split()) for title in titles]  # noqa: S704  texts of the program


def results_of(analysis: Analysis) -> Results:
    """Return the results file, as another program reads it."""
    found: Results = json.loads(json.dumps(record(analysis)))
    return found


@cache
def shipped() -> tuple[str, Results]:
    """Return page and results of the shipped case."""
    return page_of(analysis_of(SHIPPED)), results_of(analysis_of(SHIPPED))


@cache
def shipped_titles() -> list[str]:
    """Return the titles of the shipped case."""
    return titles_of(analysis_of(SHIPPED))


@each_case
def test_every_sentence_holds(case: Path) -> None:
    """No sentence of a decision page is false, and none is left unchecked."""
    assert faults(page_of(analysis_of(case)), results_of(analysis_of(case))) == []


@each_case
def test_every_title_holds(case: Path) -> None:
    """Nor is a title of a section or exhibit of the body."""
    assert section_faults(titles_of(analysis_of(case)), results_of(analysis_of(case))) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_small_cases_holds(name: str) -> None:
    """Nor on the pages of cases in which papers have gone wrong."""
    assert faults(page_of(small(name)), results_of(small(name))) == []


@pytest.mark.slow
@pytest.mark.parametrize("fit", [LAYOUTS[-5], LAYOUTS[-2]], ids=["short names", "fewest words"])
@each_case
def test_every_sentence_in_fewer_words_holds(case: Path, fit: Fit) -> None:
    """Nor where the page is so full that options have their short names, and texts of the case are cut at a word."""
    page = render_paper(paper_of(analysis_of(case)), Folders(templates()), fit=fit, first_page_only=True)
    assert faults(text_of(page), results_of(analysis_of(case)), overview=False) == []


FALSEHOODS = (
    (r"Recommended: Commercial API", "Recommended: Managed platform"),
    (r"Recommended: (\w+)", r"Untested: \1"),
    (r"API, 64% below", "API, 46% below"),
    (r"below the next in full", "below the next eligible option in full"),
    (r"(Recommended: .*economic cost)", r"\1, though $40k more in cash than Managed platform"),
    (r"Over three years", "Over two years"),
    (r"from January 2027", "from June 2027"),
    (r"Commercial API is \$107k, nominal", "Commercial API is $117k, nominal"),
    (r"\$165k less than Managed", "$156k less than Managed"),
    (r"\$165k less than Managed", "$165k more than Managed"),
    (r"less than Managed platform", "less than Managed platform (which fails a must-have)"),
    (r"highest total cost is that of Self-hosted GPUs", "highest total cost is that of Managed platform"),
    (r"engineers account for 70%", "engineers account for 69%"),
    (r"8\.6 times the first", "6.8 times the first"),
    (r"first estimate of \$136k", "first estimate of $163k"),
    (r"With expected risk and", "With expected risk, displaced projects and"),
    (r"full economic cost is \$102k", "full economic cost is $120k"),
    (r"the next, Managed platform, is", "the next, Self-hosted GPUs, is"),
    (r"in over 99% of 10,000", "in 79% of 10,000"),
    (r"of 10,000 simulated", "of 1,000 simulated"),
    (r"the answer is robust", "the answer is leaning"),
    (r"robust \(.*?\)", "robust (the lead is below 15%)"),
    (r"Approve by 10 December 2026 \$155k", "Approve by 10 December 2026 $107k"),
    (r"Approve by 10 December 2026", "Approve by 10 November 2026"),
    (r"plus \$47k contingency", "no contingency is added"),
    (r"enough in 80%", "enough in 90%"),
    (r"cost of leaving of \$5\.4k", "cost of leaving of $4.5k"),
    (r"above 4\.0 times the plan", "above 7.0 times the plan"),
    (r"change course above 7\.0 times", "change course above 8.6 times"),
    (r"\(6\.99bn tokens", "(8.6bn tokens"),
    (r"cost of Managed platform is then the lowest", "cost of Self-hosted GPUs is then the lowest"),
    (r"is then the lowest\.", "is then the lowest of the eligible options."),
    (r"(?m)^\$102k$", "$278k"),
    (r"over Managed platform", "over Self-hosted GPUs"),
    (r"Before risk, neither of the two price scenarios changes which", "Before risk, the one price scenario does not change which"),
    (r"None of the 32 ranges.*", "Volume above 1.4 times the plan (1.4bn tokens a month at the start, not 1bn): then Managed platform."),
    (r"Before risk, neither of the two.*", "Prices: before risk, Managed platform if API prices halve."),
    (r"(Before risk, neither of the two.*)", r"\1\nA utilisation of 60% is planned (Managed platform): the usual figure adds $71k, and Self-hosted GPUs costs less."),
    (r"(Before risk, neither of the two.*)", r"\1\nThe platform is also the safer choice."),
    (r"Today Commercial API", "Today Managed platform"),
    (r"raises prices \(15% likely\)", "raises prices (51% likely)"),
    (r"adds \$31k to Commercial", "adds $13k to Commercial"),
    (r"Response: Keep prompts.*", "What is done about it is not stated."),
    (r"The API provider raises prices \(15% likely\): adds \$31k to Commercial API", "Performance falls short and needs heavy optimisation (40% likely): adds $153k to Self-hosted GPUs"),
    (r"No other named risk adds cost to Commercial API\.", "No named risk adds cost to Commercial API."),
    (r"\$37k in 2027, \$34k in 2028", "$34k in 2027, $37k in 2028"),
    (r"and \$36k in 2029", "and $36k in 2030"),
    (r"\$44k own staff", "$63k own staff"),
    (r"no new hires", "1 new hire"),
    (r"class 5 of 5", "class 3 of 5"),
    (r"20 of 74 stated", "25 of 74 stated"),
    (r"fit speaks for Managed platform: 3\.6", "fit speaks for Self-hosted GPUs: 3.6"),
    (r"by 18 December 2026: Procurement", "by 18 January 2027: Procurement"),
    (r"(?m)^Sign the API contract(.*): Procurement", r"Sign the API contract\1: Platform Finance"),
    (r"(?m)^272$", "227"),
    (r"(?m)^1,164$", "–"),
    (r"(?m)^in service$", "0.5"),
    (r"(?m)^0\.6$", "0.9"),
    (r"(?m)^0\.6$", "in service"),
    (r"(?m)^over 99%$", "79%"),
)  # fmt: skip
"""What is written, and what would be false in its place."""


def assert_caught(page: str, results: Results, true: str, false: str) -> None:
    """Put a falsehood in the place of what a page says, and assert that the checker finds it."""
    changed, count = re.subn(true, false, page, count=1)
    assert count == 1, f"the page does not say: {true}"
    assert faults(changed, results) != []


@pytest.mark.parametrize(("true", "false"), FALSEHOODS, ids=[false[:40] for _, false in FALSEHOODS])
def test_falsehood_is_caught(true: str, false: str) -> None:
    """Each of fifty-seven false statements put into the shipped case's page is found."""
    assert_caught(*shipped(), true, false)


FALSE_TITLES = (
    ("is 10.9 times that of Commercial API", "is 9.1 times that of Commercial API"),
    ("that of Commercial API", "that of Managed platform"),
    ("Ongoing engineering is the largest", "Compute is the largest"),
    ("fiscal year 2027: $37k", "fiscal year 2028: $37k"),
    ("8.6 times the first", "6.8 times the first"),
    ("ongoing engineering: $504k", "ongoing engineering: $540k"),
    ("At about 8.6bn tokens", "At about 6.8bn tokens"),
    ("Risk weighs most on Self-hosted GPUs", "Risk weighs most on Managed platform"),
    ("during stabilisation, $210k", "during stabilisation, $102k"),
    ("Commercial API lies between", "Managed platform lies between"),
    ("No single assumption, within its range, changes", "Within its range, one assumption would change"),
    ("Self-hosted GPUs: $312k of", "Self-hosted GPUs: $231k of"),
    ("Self-hosted GPUs after 6 months", "Self-hosted GPUs after 4 months"),
    ("Commercial API from the start", "Commercial API after 0.5 months"),
    ("from $5.4k (Commercial API)", "from $5.4k (Managed platform)"),
    ("at the end of month 36", "at the end of month 12"),
    ("Every option meets the must-haves", "Not eligible, for failing a must-have: Self-hosted GPUs"),
    ("platform, 3.6 of 5", "platform, 4.6 of 5"),
    ("last year: Commercial API", "last year: Commercial API (not eligible)"),
    ("Commercial API is $47k", "Commercial API is $74k"),
    ("The advice changes only outside the stated ranges", "No value of any one assumption tested changes the advice"),
    ("37 of 49", "39 of 49"),
    ("price scenarios Commercial API costs least", "price scenarios Managed platform costs least"),
)  # fmt: skip
"""What titles of the shipped case say, and what would be false in its place."""


@pytest.mark.parametrize(("true", "false"), FALSE_TITLES, ids=[false[:40] for _, false in FALSE_TITLES])
def test_false_title_is_caught(true: str, false: str) -> None:
    """Each of twenty-two false statements put into a title is found."""
    titles, results = shipped_titles(), shipped()[1]
    place = next(place for place, title in enumerate(titles) if true in title)
    changed = [*titles[:place], titles[place].replace(true, false), *titles[place + 1 :]]
    assert len(section_faults(changed, results)) == 1


TIED = (
    (rf"{BOUGHT} and Second provider are level", f"{BOUGHT} and {OWN} are level"),
    (r"Choose by .*", f"Approve by 10 December 2026 $1.00M for {BOUGHT} over three years: nominal total cost of $1.00M, no contingency is added."),
    (r"Provide for up to \S+", "Provide for up to $12M"),
    (r"(?s)Too close to call: .*? are level in full economic cost", f"Recommended: {BOUGHT}, 0% below the next in full economic cost"),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("true", "false"), TIED)
def test_falsehood_on_a_tie_is_caught(true: str, false: str) -> None:
    """On a tie neither an approval of the first nor another pair passes."""
    assert_caught(page_of(small("tie")), results_of(small("tie")), true, false)


OF_LEVEL_ENDS = (
    (f"that of {OWN} and Run by another team, \\$832k", f"that of {OWN}, $832k"),
    (rf"of the next, {OWN} and Run by another team, is", f"of the next, {OWN}, is"),
)
OF_TWO_CAUSES = (
    (r"decides is expected risk \((.*?)\) and .*?\)\.", r"decides is expected risk: \1."),
    (r", not quantified for Bought by the token\)", ")"),
    (r"expected risk \(\$159k", "expected risk ($195k"),
    (r"decides is expected risk", "decides is displaced projects"),
    (r"In cash it costs \$182k", "In cash it costs $128k"),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "true", "false"),
    [("level ends", *pair) for pair in OF_LEVEL_ENDS] + [("two causes", *pair) for pair in OF_TWO_CAUSES],
)
def test_falsehood_on_level_ends_and_on_causes_is_caught(name: str, true: str, false: str) -> None:
    """One of two that are dearest alike is not the dearest; one of two causes is not what decides."""
    assert_caught(page_of(small(name)), results_of(small(name)), true, false)


OF_NONE_ELIGIBLE = (
    (r"No option meets “Data", f"{BOUGHT} does not meet “Data"),
    (rf"{OWN} does not meet “In", f"{BOUGHT} does not meet “In"),
    (rf"{OWN} does not meet “In", "no option meets “In"),
    (rf" and {OWN} does not meet “In use by spring”", ""),
)


@pytest.mark.slow
@pytest.mark.parametrize(("true", "false"), OF_NONE_ELIGIBLE)
def test_falsehood_on_what_is_missed_is_caught(true: str, false: str) -> None:
    """Where no option may be chosen, each must-have stands with all that miss it, and with no other."""
    assert_caught(page_of(small("none eligible")), results_of(small("none eligible")), true, false)


FALSE_TITLES_OF_LEVEL_ENDS = (
    (r"costs \$144k in each fiscal year", "costs most in the fiscal year 2027: $144k"),
    (rf"most on {OWN} and Run by another team: \$56k expected for each", f"most on {OWN}: $56k expected"),
    (rf"\$56k for {OWN} and Run by another team", f"$56k for {OWN}"),
    (rf"{OWN} and Run by another team: \$60k of other work displaced by each", f"{OWN}: $60k of other work displaced"),
    (r"to \$18k \(Run by us and Other team\)", "to $18k (Run by us)"),
    (rf"at most: {OWN} and Run by another team, first at", "at most: Run by another team, first at"),
    (r"first at the end of month 5", "at the end of month 5"),
    (rf"cost of {OWN} and Run by another team falls", f"cost of {OWN} falls"),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("true", "false"), FALSE_TITLES_OF_LEVEL_ENDS)
def test_false_title_of_level_ends_is_caught(true: str, false: str) -> None:
    """A title that names one of several of which its superlative is true is found."""
    titles, results = titles_of(small("level ends")), results_of(small("level ends"))
    assert section_faults(titles, results) == []
    place = next(place for place, title in enumerate(titles) if re.search(true, title))
    changed = [*titles[:place], re.sub(true, false, titles[place]), *titles[place + 1 :]]
    assert len(section_faults(changed, results)) == 1
