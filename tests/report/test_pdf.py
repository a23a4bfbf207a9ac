"""The PDF of the shipped case: PDF/A, PDF/UA, and its layout."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.paper import Attachment
from reportgen.report.pdf import write_pdf
from tests.agreement.cases import SHIPPED, analysis_of

SCALE = 2.0
MOST_PAGES = 16
LARGE = 14
"""Points from which on text needs a contrast of 3 only."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the paper of the shipped case with two attachments."""
    target = tmp_path_factory.mktemp("paper") / "paper.pdf"
    carried = (
        Attachment("a.xlsx", b"workbook", "The workbook", "Source"),
        Attachment("a.yaml", b"case", "The inputs", "Data"),
    )
    write_pdf(
        paper_of(analysis_of(SHIPPED)),
        target,
        Folders(templates()),
        datetime(2026, 11, 23, tzinfo=UTC),
        lambda: carried,
    )
    return target


@pytest.fixture
def opened(pdf: Path) -> Iterator[pikepdf.Pdf]:
    """Open it as PDF objects."""
    with pikepdf.open(pdf) as found:
        yield found


def elements(opened: pikepdf.Pdf) -> list[Any]:
    """List the elements of the structure tree."""
    return [
        one
        for one in opened.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
    ]


pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group(SHIPPED.stem),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_declares_pdf_a_and_pdf_ua(opened: pikepdf.Pdf) -> None:
    """PDF/A-3a and PDF/UA-1 in its metadata, tagged, with language and title shown."""
    meta = opened.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
    assert meta["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.docinfo["/Title"]) == "Serving one billion tokens a month"


def test_carries_its_files_with_their_relationship(opened: pikepdf.Pdf) -> None:
    """The workbook is the source, the inputs are data."""
    found = {str(spec.UF): str(spec.AFRelationship) for spec in opened.Root.AF}
    assert found == {"a.xlsx": "/Source", "a.yaml": "/Data"}


def test_every_chart_has_its_message_as_text(opened: pikepdf.Pdf) -> None:
    """Figures have alternative text, a sentence each."""
    figures = [one for one in elements(opened) if one.S == "/Figure"]
    assert len(figures) >= 10
    assert all(len(str(one.Alt)) > 20 for one in figures)


def test_table_headers_have_a_scope(opened: pikepdf.Pdf) -> None:
    """Every table header has a scope; rows and columns both occur."""
    scopes = [str(one.A.Scope) for one in elements(opened) if one.S == "/TH"]
    assert len(scopes) > 200
    assert set(scopes) == {"/Row", "/Column"}


def test_headings_do_not_skip_a_level(opened: pikepdf.Pdf) -> None:
    """A heading of level 1 to 4, each at most one deeper than the one before, in reading order."""
    levels: list[int] = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Dictionary):
            kind = str(element.get("/S", ""))
            if re.fullmatch("/H[1-6]", kind):
                levels.append(int(kind[2]))
            for child in element.get("/K", []):
                walk(child)

    walk(opened.Root.StructTreeRoot.K[0])
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels


def test_bookmarks_name_sections_and_exhibits(opened: pikepdf.Pdf) -> None:
    """Sections on the first level, exhibits below them."""
    with opened.open_outline() as outline:
        first = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    assert len(first) >= 12
    assert first[0].startswith("Recommended:")
    assert below
    assert all(title.startswith("Exhibit ") for title in below)


def test_contents_give_the_pages_of_their_links(opened: pikepdf.Pdf, pdf: Path) -> None:
    """The number beside a line of the contents is the page of its link's target, and links have descriptions."""
    number = {page.objgen: place for place, page in enumerate(opened.pages, start=1)}
    names = opened.Root.Names.Dests.Names
    targets = {str(key): number[value[0].objgen] for key, value in zip(names[::2], names[1::2], strict=True)}
    seen = 0
    with pdfplumber.open(pdf) as pages:
        for place, page in enumerate(opened.pages):
            for link in page.get("/Annots", []):
                if "/Dest" not in link:
                    continue
                assert str(link.Contents).startswith("Go to")
                sheet = pages.pages[place]
                left, low, right, high = (float(side) for side in link.Rect)
                low, high = sorted((low, high))
                area = sheet.crop(
                    (
                        max(left - 1, 0),
                        sheet.height - high - 1,
                        min(right + 1, sheet.width),
                        sheet.height - low + 1,
                    )
                )
                digits = re.findall(
                    r"\d+", " ".join(word["text"] for word in area.extract_words() if word["x1"] > right - 20)
                )
                assert digits[-1] == str(targets[str(link.Dest)])
                seen += 1
    assert seen >= 12


def test_first_page_alone_holds_the_decision(pdf: Path) -> None:
    """The contents begin the second page; there are 8 to 16."""
    with pdfplumber.open(pdf) as pages:
        assert 8 <= len(pages.pages) <= MOST_PAGES
        assert "asked to" in pages.pages[0].extract_text()
        assert "How to read this paper" in pages.pages[1].extract_text()
        first, second = (page.extract_text() for page in pages.pages[:2])
        assert ("options at a glance" in first) != ("options at a glance" in second)


def test_fonts_are_embedded(opened: pikepdf.Pdf) -> None:
    """Source Sans and Source Serif only, each embedded."""
    fonts = {str(f.BaseFont): f for page in opened.pages for f in page.Resources.get("/Font", {}).values()}
    assert fonts
    for name, font in fonts.items():
        assert "Source-" in name
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_nothing_overlaps_nor_leaves_the_page(pdf: Path) -> None:
    """Words are within the margins, and no two overlap."""
    with pdfplumber.open(pdf) as pages:
        for place, sheet in enumerate(pages.pages, start=1):
            words = sorted(sheet.extract_words(x_tolerance=1.5), key=lambda word: word["top"])
            for word in words:
                assert word["x0"] >= 54, (place, word["text"])
                assert word["x1"] <= sheet.width - 54, (place, word["text"])
                assert word["bottom"] <= sheet.height
            assert list(overlapping(words)) == [], place


def overlapping(words: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """List pairs of words whose middles overlap."""
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            if other["top"] > one["bottom"]:
                break
            across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            quarter, fourth = 0.22 * (one["bottom"] - one["top"]), 0.22 * (other["bottom"] - other["top"])
            down = min(one["bottom"] - quarter, other["bottom"] - fourth) - max(
                one["top"] + quarter, other["top"] + fourth
            )
            if across > 0.8 and down > 0.8:
                yield one["text"], other["text"]


def luminance(colours: Any) -> Any:
    """Find relative luminances (WCAG 2.2)."""
    linear = np.asarray(colours) / 255
    linear = np.where(linear <= 0.04045, linear / 12.92, ((linear + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def test_text_can_be_read_on_its_ground(pdf: Path) -> None:
    """Every letter has a contrast of 4.5 with what lies around it, large ones 3."""
    weak = []
    with pdfplumber.open(pdf) as pages, pypdfium2.PdfDocument(pdf) as drawn:
        for place, sheet in enumerate(pages.pages):
            image = np.asarray(drawn[place].render(scale=SCALE).to_pil().convert("RGB"))
            for letter in sheet.chars[:: 1 if place == 0 else 7]:
                ink = letter["non_stroking_color"]
                if letter["text"].isspace() or ink is None or len(ink) not in (1, 3):
                    continue
                own = np.array([round(255 * part) for part in (ink * 3 if len(ink) == 1 else ink)])
                left, right, top, bottom = (
                    int(letter[side] * SCALE) for side in ("x0", "x1", "top", "bottom")
                )
                around = image[max(top, 0) : bottom + 1, max(left - 1, 0) : right + 2].reshape(-1, 3)
                ground = around[np.abs(around.astype(int) - own).sum(1) > 40]
                if not len(ground):
                    continue
                colours, counts = np.unique(ground, axis=0, return_counts=True)
                dark, light = sorted((float(luminance(own)), float(luminance(colours[counts.argmax()]))))
                if (light + 0.05) / (dark + 0.05) < (3 if letter["size"] >= LARGE else 4.5):
                    weak.append((place + 1, letter["text"], tuple(own), tuple(colours[counts.argmax()])))
    assert weak == []
