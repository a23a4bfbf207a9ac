"""Fonts are cut down once for papers that show the same characters, and are those that WeasyPrint cuts."""

import inspect
import re
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.pdf.fonts import Font

from reportgen.report.typesetting import font_subsets
from reportgen.report.typesetting.font_subsets import FontSubsets

TEXTS = (
    "Some words",
    "words Some",
    "Other words",
    "<b>Some</b> words",
    "<i>Some</i> <code>words</code>",
    "\N{SNOWMAN} words",
)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the number of glyphs is added of each font that WeasyPrint itself cuts."""
    numbers: list[int] = []
    usual = Font.subset

    def counted(font: Any, to_unicode: Any, hinting: Any) -> None:
        numbers.append(len(to_unicode))
        usual(font, to_unicode, hinting)

    monkeypatch.setattr(Font, "subset", counted)
    return numbers


def _written(text: str, **options: Any) -> bytes:
    page = HTML(string=f"<html lang='en'><body style='font-family: serif'><p>{text}").render()
    return bytes(page.write_pdf(uncompressed_pdf=True, pdf_identifier=b"one", **options))


@pytest.mark.parametrize("hinting", [False, True])
def test_papers_are_those_of_weasyprint(hinting: bool) -> None:
    """Each after all others, and again: the files are those without sharing, with hints and without."""
    subsets = FontSubsets()
    for text in (*TEXTS, *TEXTS):
        with subsets.kept():
            shared = _written(text, hinting=hinting)
        assert shared == _written(text, hinting=hinting)


def test_the_same_characters_are_cut_once(cut: list[int]) -> None:
    """In whatever order they stand; other characters, another font or hints are cut anew."""
    subsets = FontSubsets()
    counts = []
    for text, hinting in (
        ("Some words", False),
        ("words Some", False),
        ("Some other words", False),
        ("Some words", True),
    ):
        with subsets.kept():
            _written(text, hinting=hinting)
        counts.append(len(cut))
    assert counts == [1, 1, 2, 3]


def test_only_so_many_are_kept(cut: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for two, the first of three is cut again."""
    monkeypatch.setattr(font_subsets, "MOST_KEPT", 2)
    subsets = FontSubsets()
    for text in ("One", "Two", "Three", "Three", "One"):
        with subsets.kept():
            _written(text)
    assert len(cut) == 4


def test_all_that_a_cut_follows_from_is_known() -> None:
    """WeasyPrint's methods read nothing else of a font, and write its file alone; its face is that of its file."""
    source = inspect.getsource(Font._harfbuzz_subset) + inspect.getsource(Font._fonttools_subset)
    assert set(re.findall(r"self\.(\w+)", source)) == {
        "missing",
        "hb_face",
        "file_content",
        "family",
        "index",
    }
    assert set(re.findall(r"self\.(\w+) = ", source)) == {"file_content"}
