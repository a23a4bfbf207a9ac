"""Cases at the limits are laid out without a warning, their decision on one page."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import ParseError, fromstring

import pypdfium2
import pytest
import yaml

from reportgen.assessment import analyse
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import LAYOUTS, Fit, render_paper
from reportgen.report.paper import Paper
from reportgen.report.pdf import ExpectedFit, first_fit, write_pdf, write_summary
from reportgen.schema.case import MAX_NEXT_STEPS
from reportgen.schema.field_types import NAME_LENGTH, SENTENCE_LENGTH, TITLE_LENGTH
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import analysis_of, each_case, over_cases
from tests.packs import small_case
from tests.papers import pages, rendered
from tests.paths import INPUTS
from tests.report.limits import COUNT, written
from tests.workbook.sizes import sized

pytestmark = pytest.mark.slow

SMALL = INPUTS / "small.yaml"
OF_THE_WHOLE = (8, 10, 15)
"""Two, five and eight options; five years, three and one; no risk, one and forty; none eligible; with and without ranges."""


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=() if number in OF_THE_WHOLE else pytest.mark.long)
        for number in range(COUNT)
    ],
)
def test_limit(number: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """WeasyPrint logs no warning, and the contents begin on the second page."""
    path = written(number, tmp_path)
    sheets = set_pages(paper_of(analyse(load_case(path), path)), tmp_path, caplog)
    assert_decided_on_one_page(sheets)


@each_case
def test_case(case: Path) -> None:
    """Every case has its decision on one page."""
    assert_decided_on_one_page(rendered(case).pages)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    "case", over_cases("nothing_known", "eight_options", larger=("one-billion-tokens", "hospital-group"))
)
def test_the_other_paper(case: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The longest decisions fit one page of the other paper size, too."""
    paper = paper_of(analysis_of(case))
    other: Literal["A4", "Letter"] = "A4" if paper.size == "Letter" else "Letter"
    assert_decided_on_one_page(set_pages(replace(paper, size=other), tmp_path, caplog))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("case", [SMALL, INPUTS / "one-billion-tokens.yaml"], ids=lambda case: case.stem)
def test_each_layout_is_narrower_than_the_one_before(case: Path, tmp_path: Path) -> None:
    """From the first that fits one page on all do, and that first one is found though few are tried."""
    paper, folders = paper_of(analysis_of(case)), Folders(templates())
    day = datetime(2026, 11, 23, tzinfo=UTC)
    fits = [write_summary(paper, tmp_path / "page.pdf", folders, day, layout) == 1 for layout in LAYOUTS]
    assert fits == sorted(fits)
    assert replace(first_fit(paper, folders), air=0.0) == LAYOUTS[fits.index(True)]
    assert fits.index(True) > 0


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("options", [3, 8])
def test_the_longest_texts_fit_one_page(options: int, tmp_path: Path) -> None:
    """Names of fifty characters, on Letter, each text as long as it may be: all stays but, of eight options, the next steps, which follow."""
    path = tmp_path / "longest.yaml"
    path.write_text(yaml.safe_dump(with_longest_texts(sized(options, 3, 12, "Latin"))), encoding="utf-8")
    paper, folders = paper_of(analyse(load_case(path), path)), Folders(templates())
    target = tmp_path / "summary.pdf"
    fit = first_fit(paper, folders)
    assert write_summary(paper, target, folders, datetime(2026, 11, 23, tzinfo=UTC), fit) == 1
    (sheet,) = pages(target)
    for part in ("asked to", "What it is for:", "If the answer is no:", "Response:", "What could change this advice", "Not priced:"):  # fmt: skip
        assert part in " ".join(sheet.split())
    assert ("Next steps" in sheet) == (options == 3)
    assert "Next steps" in render_paper(paper, folders, fit=fit)


def with_longest_texts(case: dict[str, Any]) -> dict[str, Any]:
    """Give a case all texts that its decision page prints, each as long as it may be."""
    words = (
        "Physicians of eleven hospitals have discharge letters drafted and records summarised by a model. "
        * 9
    )
    sentence, line = words[:SENTENCE_LENGTH].strip(), words[:TITLE_LENGTH].strip()
    case["report"] = {"paper": "Letter"}
    case["case"] |= dict.fromkeys(("purpose", "if_not", "not_priced"), sentence)
    case["case"] |= dict.fromkeys(
        ("title", "subtitle", "organisation", "meeting", "sponsor", "prepared_for", "prepared_by"), line
    )
    case["next_steps"] = [{"step": line, "by": "2027-01-15", "owner": line}] * MAX_NEXT_STEPS
    case["risks"] = [risk | {"response": words, "owner": line} for risk in case["risks"]]
    met = {key: place != 1 for place, key in enumerate(case["options"])}
    case["requirements"].append({"name": line[:NAME_LENGTH].strip(), "must": True, "met_by": met})
    return case


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_expected_fit_changes_nothing(tmp_path: Path) -> None:
    """With a right or a wrong expected fit the paper is the same to the byte, and the fit used is returned."""
    paper, folders = paper_of(analysis_of(small_case(tmp_path))), Folders(templates())
    day = datetime(2026, 11, 23, tzinfo=UTC)
    plain = write_pdf(paper, tmp_path / "plain.pdf", folders, day)
    found: Future[Fit] = Future()
    found.set_result(first_fit(paper, folders))
    for fit in (plain.fit, Fit("least", 3.0)):
        with_expected = write_pdf(
            paper, tmp_path / "with_expected.pdf", folders, day, expected=ExpectedFit(fit, found)
        )
        assert with_expected.fit == plain.fit == found.result()
        assert (tmp_path / "with_expected.pdf").read_bytes() == (tmp_path / "plain.pdf").read_bytes()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_templates_that_write_no_xml_are_read_as_html(tmp_path: Path) -> None:
    """A user's template with unclosed tags gives the same paper to the byte."""
    ours = templates()
    text = (ours / "report.html.j2").read_text(encoding="utf-8")
    open_tags = text.replace("/>", ">")
    assert open_tags != text
    paper, day = paper_of(analysis_of(SMALL)), datetime(2026, 11, 23, tzinfo=UTC)
    for name, template in (("html", open_tags), ("xml", text)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report.html.j2").write_text(template, encoding="utf-8")
        write_pdf(paper, tmp_path / f"{name}.pdf", Folders(ours, tmp_path / name), day)
    with pytest.raises(ParseError):
        fromstring(render_paper(paper, Folders(ours, tmp_path / "html")))  # noqa: S314  our own page
    fromstring(render_paper(paper, Folders(ours, tmp_path / "xml")))  # noqa: S314  our own page
    assert (tmp_path / "html.pdf").read_bytes() == (tmp_path / "xml.pdf").read_bytes()


def set_pages(paper: Paper, folder: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Lay out a paper, assert that WeasyPrint logs no warning, and return the text of its pages."""
    target = folder / "paper.pdf"
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        write_pdf(paper, target, Folders(templates()), datetime(2026, 11, 23, tzinfo=UTC))
    assert [record.getMessage() for record in caplog.records] == []
    with pypdfium2.PdfDocument(target) as pages:
        return [page.get_textpage().get_text_bounded() for page in pages]


def assert_decided_on_one_page(sheets: Sequence[str]) -> None:
    """Assert that the first page has all of the decision; the overview of the options may begin the second."""
    first, second = (" ".join(sheet.split()) for sheet in sheets[:2])
    assert "asked to" in first
    assert "Spending, and how far to trust it" in first
    assert "Page 1 of" in first
    assert ("at a glance" in first) != ("at a glance" in second)
    assert "How to read this paper" in second
