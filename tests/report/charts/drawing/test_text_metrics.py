"""Text is as wide as the fonts say, and breaks where it may."""

from hashlib import sha256

import pytest

from reportgen.report.charts.drawing.text_metrics import balance, text_width, wrap
from tests.report.charts.width_table import FONTS, width_text

PUBLISHED = {
    "SourceSans3-Regular.ttf": "4644c81b86ec9caaa76b634889968ed3c4f4f52f054855933acc7c2b21e53b0f",
    "SourceSans3-It.ttf": "192afd78f0f54a3c69eaf02d43f4d9a821e9d6110e41d3d25d61a7385cd580e4",
    "SourceSans3-Semibold.ttf": "a3f4f8dcf343a8f24dc61951de93f3ba1558b15cd250ba24af8a40e957081b7d",
    "SourceSans3-Bold.ttf": "9214b9d95e4231c609802815c2646c98174e2102d0d37f88978a7f8e71006e6a",
    "SourceSerif4Display-Regular.ttf": "a1788d674713c99e61d4541c85e5cfbc3145c4e746b0185c674a0b15f7313295",
    "SourceSerif4Display-Semibold.ttf": "ba711c7443224e9c95bc5fcd24a98f3d921e50b3873c27667884351067927a03",
}
"""SHA-256 of the files in the npm packages source-sans 3.52.0 and source-serif 4.5.1."""

NBSP = "\N{NO-BREAK SPACE}"


def test_width_table_is_fresh() -> None:
    """The table in the fonts folder is the one that the font files give, and it is small."""
    text = (FONTS / "widths.json").read_text(encoding="utf-8")
    assert text == width_text()
    assert len(text.encode()) < 40_000


@pytest.mark.parametrize("name", PUBLISHED)
def test_fonts_are_unmodified(name: str) -> None:
    """The licence lets us ship the fonts under their name only as they were published."""
    assert sha256((FONTS / name).read_bytes()).hexdigest() == PUBLISHED[name]


def test_licences_stand_beside_the_fonts() -> None:
    """Both families come with the text of the Open Font License."""
    for family in ("sans", "serif"):
        licence = (FONTS / f"LICENSE-source-{family}.md").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_width_adds_up_advances() -> None:
    """Digits are 0.497 em wide in the regular face: three of them at 10 pixels are 14.91 pixels."""
    assert text_width("107", 10) == pytest.approx(14.91)


def test_unknown_characters_have_a_width() -> None:
    """An ideograph is a full em, a combining accent nothing, any other unknown letter 0.7 em."""
    assert text_width("構", 10) == 10
    assert text_width("\N{COMBINING ACUTE ACCENT}", 10) == 0
    assert text_width("\N{GEORGIAN LETTER AN}", 10) == 7


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Київ", "\N{MINUS SIGN}€1.6M \N{EN DASH} ≥ 5 ×"])
def test_european_text_is_in_the_table(text: str) -> None:
    """Polish, Greek, Ukrainian and the signs of a report are measured, not guessed: other widths than 0.7 em each."""
    for character in text:
        assert text_width(character, 1000) != 700


def test_wrap_breaks_at_spaces_only() -> None:
    """A no-break space holds its words together."""
    assert wrap("one two three", text_width("one two", 10), 10) == ("one two", "three")
    held = f"two{NBSP}three"
    assert wrap(f"one {held}", text_width(held, 10), 10) == ("one", held)


def test_wrap_cuts_a_word_that_is_too_long() -> None:
    """A word wider than the line is cut, behind a hyphen where it has one in the second half of the line."""
    assert wrap("mmmm", text_width("mm", 10), 10) == ("mm", "mm")
    assert wrap("aaaa-bbbb", text_width("aaaa-bb", 10), 10) == ("aaaa-", "bbbb")


def test_wrap_of_nothing_is_one_empty_line() -> None:
    """Empty text is a line, so that a label keeps its height."""
    assert wrap("", 10, 10) == ("",)


def test_balance_evens_out_lines() -> None:
    """A heading that would leave one word on its last line is broken in the middle."""
    width = text_width("aaa aaa aaa", 20, "display_semibold")
    assert wrap("aaa aaa aaa aaa", width, 20, "display_semibold") == ("aaa aaa aaa", "aaa")
    assert balance("aaa aaa aaa aaa", width, 20) == ("aaa aaa", "aaa aaa")
