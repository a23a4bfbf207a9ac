"""Both readers of YAML give the same: data, places and problems."""

import re

import pytest

from reportgen.errors import InputError
from reportgen.schema.loading import composing
from reportgen.schema.loading.document import parse_document
from reportgen.schema.loading.encodings import NotTextError, text_of
from tests.paths import INPUTS
from tests.safety.yaml_mutants import case_mutant

EVERYTHING = re.compile("")
SCALARS = (
    "yes", "no", "on", "true", "True", "TRUE", "tRue", "017", "0o17", "0x1F", "0b11", "1_000", "12:30", "1:30:00", "1e3", "1.5e-3", ".5", "+.5e+3", "5.",
    ".inf", "-.Inf", ".nan", "~", "null", "Null", "nUll", "", "2026-11-23", "2026-1-5", "2026-11-23T10:00:00Z", "2026-11-23 10:00:00", "=", "<<", "-1", "+1",
    "1e", "_1", "0.", "1__0", "- 1", "a#b", "a: b", "http://x/y", "50%", "'it''s'", '"\\u00e9\\t"', "|\n  x\n  y\n", ">-\n  x\n\n  y\n",
)  # fmt: skip
"""Plain scalars on which versions of YAML differ, and other ways to write text."""


def read(text: str) -> tuple[object, ...]:
    """Return all that is read of a text: values with their types, places, problems."""
    try:
        document = parse_document(text, "case.yaml")
    except InputError as error:
        return tuple(error.problems)
    return repr(document.data), document.positions, document.problems


def assert_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Hold what the fast reader makes of a text against ruamel.yaml; return whether the fast one read it."""
    found = read(text)
    with monkeypatch.context() as other:
        other.setattr(composing, "APART", EVERYTHING)
        assert found == read(text)
    return not composing.APART.search(text)


@pytest.mark.parametrize("scalar", SCALARS)
def test_scalars_are_those_of_yaml_1_2(scalar: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone, in a list and in braces; `yes` is a word, 017 is seventeen, 12:30 is no number."""
    for text in (f"a: {scalar}\nb: 1\n", f"a:\n- {scalar}\n", f"a: {{b: {scalar}, c: [1, {scalar}]}}\n"):
        assert_the_same(text, monkeypatch)


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "a: 1\na: 2\n", "a: [1\n", "a:\n\t- 1\n", "&x a: *x\n", "? a\n: b\n", "--- \na: 1\n--- \n", "%YAML 1.1\n---\na: yes\n",
     "a: !!str 1\n", "a: !x 1\n", "'a\n", "[" * 400, "a: {<<: {b: 1}}\n", "[a]: 1\n", "a: \x85 b\n", "a: \u2028 b\n", "a: '\ud800'\n"],
)  # fmt: skip
def test_what_is_refused_is_refused_with_the_same_words(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors, tags, anchors, several documents and other ends of lines."""
    assert_the_same(text, monkeypatch)


def test_the_shipped_files_are_read_by_the_fast_reader() -> None:
    """None of them has what the readers may take differently."""
    files = [path for path in INPUTS.glob("*.yaml") if composing.APART.search(path.read_text("utf-8"))]
    assert files == []


@pytest.mark.parametrize("seeds", [range(150), pytest.param(range(150, 10_000), marks=pytest.mark.long)])
def test_damaged_cases_are_read_alike(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of them by the fast reader, else the comparison says nothing."""
    fast = 0
    for seed in seeds:
        try:
            text = text_of(case_mutant(seed)[1])
        except NotTextError:
            continue
        fast += assert_the_same(text, monkeypatch)
    assert fast > len(seeds) / 2
