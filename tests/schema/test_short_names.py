"""Short names by rule: whole words where possible, at most 18 characters, unique, the same at every run."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.schema.field_types import SHORT_LENGTH
from reportgen.schema.loading.load import load_case
from reportgen.schema.short_names import short_names
from tests.paths import INPUTS


@pytest.mark.parametrize(
    ("names", "stated", "made"),
    [
        ({"a": "Self-hosted GPUs, own racks"}, {}, ["Self-hosted GPUs"]),
        ({"a": "Managed platform in the EU, by the hour"}, {}, ["Managed platform"]),
        ({"a": "An API for the whole of the group"}, {}, ["An API"]),
        ({"a": "Grundstücksverkehrsgenehmigung"}, {}, ["Grundstücksverkeh…"]),
        (
            {"a": "Self-hosted GPUs in Frankfurt", "b": "Self-hosted GPUs in Dublin, two"},
            {},
            ["Frankfurt", "Dublin, two"],
        ),
        (
            {"a": "Commercial API, worldwide", "b": "Commercial API"},
            {"b": "Commercial API"},
            ["Commercial API 2"],
        ),
        (
            {"a": "Commercial API, worldwide", "b": "API of the group"},
            {"b": "commercial api"},
            ["Commercial API 2"],
        ),
        ({"a": "x" * 20, "b": "x" * 19 + "y"}, {}, ["x" * 17 + "…", "x" * 16 + " 2"]),
    ],
)
def test_rule(names: dict[str, str], stated: dict[str, str], made: list[str]) -> None:
    """Leading words without a loose end; from the first different word where names begin alike; else a number."""
    assert list(short_names(names, stated).values()) == made


@pytest.mark.slow
@given(st.lists(st.text(st.sampled_from("ab -,"), min_size=1, max_size=50), min_size=2, max_size=8))
def test_any_names(found: list[str]) -> None:
    """Of any names, the short ones are unique among themselves and beside the names, not empty, and not too long."""
    names = {f"k{place}": f"n{place} {name}" for place, name in enumerate(found)}
    made = short_names(names, {})
    assert made == short_names(names, {})
    texts = [" ".join(text.casefold().split()) for text in (*made.values(), *names.values())]
    assert len(set(made.values())) == len(made)
    assert all(texts.count(text) == 1 for text in texts[: len(made)])
    assert all(0 < len(text) <= SHORT_LENGTH for text in made.values())


def test_case_says_which_were_shortened(tmp_path: Path) -> None:
    """A case without a short name is read, and knows whose name was shortened; a stated one is kept."""
    text = (INPUTS / "one-billion-tokens.yaml").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(
        re.sub(r"name: Self-hosted GPUs\n", "name: Self-hosted GPUs, own racks\n", text), encoding="utf-8"
    )
    case = load_case(path)
    assert case.shortened == ("self_hosted",)
    assert case.options["self_hosted"].short_name == "Self-hosted GPUs"
    assert load_case(INPUTS / "one-billion-tokens.yaml").shortened == ()
