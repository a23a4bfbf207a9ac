"""A YAML file as text: edited where it stands, in every way that people write lists and mappings."""

import pytest

from reportgen.schema.loading.yaml_text import YamlText

BLOCK = "a:\n  # first\n  - x: 1   # one\n  - x: 2\n\nb: 3\n"


def test_an_entry_is_inserted_in_the_style_of_its_list() -> None:
    """Under each other or in brackets, at the front, amid and at the end; what follows stays."""
    text = YamlText(BLOCK)
    text.insert(("a",), 1, "{x: 1.5}")
    text.insert(("a",), 3, "{x: 3}", ("x: 3", "y: 4"))
    assert (
        text.text == "a:\n  # first\n  - x: 1   # one\n  - {x: 1.5}\n  - x: 2\n  - x: 3\n    y: 4\n\nb: 3\n"
    )
    text.insert(("a",), 0, "{x: 0}")
    assert text.text.startswith("a:\n  # first\n  - {x: 0}\n  - x: 1   # one\n")
    line = YamlText("a: [1, 3]\n")
    line.insert(("a",), 1, "2")
    line.insert(("a",), 0, "0")
    line.insert(("a",), 4, "4")
    assert line.text == "a: [0, 1, 2, 3, 4]\n"


def test_an_entry_is_taken_out_with_what_is_said_behind_it() -> None:
    """The line goes whole; in brackets the comma goes too."""
    text = YamlText(BLOCK)
    text.remove(("a",), 0)
    assert text.text == "a:\n  # first\n  - x: 2\n\nb: 3\n"
    for place, left in ((0, "a: [2, 3]\n"), (1, "a: [1, 3]\n"), (2, "a: [1, 2]\n")):
        line = YamlText("a: [1, 2, 3]\n")
        line.remove(("a",), place)
        assert line.text == left


def test_a_remark_stands_at_the_end_of_the_line_and_never_becomes_text() -> None:
    """Alone, behind another one, behind brackets; left out where a text over two lines would swallow it."""
    text = YamlText("a: 1\nb: [{x: 2}]  # two\nc: {x: 3, y: 'from # here\n  to there'}\nd: {x: 4, y: '#'}\n")
    text.remark("one", "a")
    text.remark("2", "b", 0, "x")
    text.remark("lost", "c", "x")
    text.remark("four", "d", "x")
    assert text.text == (
        "a: 1   # one\nb: [{x: 2}]  # two; 2\nc: {x: 3, y: 'from # here\n  to there'}\nd: {x: 4, y: '#'}   # four\n"
    )


def test_a_part_that_is_not_there_is_a_key_error() -> None:
    """Nobody edits what nobody wrote."""
    text = YamlText(BLOCK)
    assert not text.has("a", 2)
    with pytest.raises(KeyError):
        text.items("b")
