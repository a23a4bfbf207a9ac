"""The cases of the whole run stand for all."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from reportgen.schema.loading.document import read_document
from tests.agreement.cases import CASES, QUICK, WHOLE

NAMED_BY_THE_CASE = {
    "groups",
    "options",
    "workloads",
    "scores",
    "met_by",
    "exchange_rates",
    "colours",
    "shares",
}
"""Blocks whose keys are names of the case's own."""

SAID_OF_A_FIGURE = {"value", "low", "high", "note", "owner", "source", "url", "as_of", "unit"}
"""What may be said of any assumption or source, and is of some in every case."""


def uses(data: object, at: str = "") -> Iterator[str]:
    """List what a case states: the path of every field, names of its own as stars, and the kind of every option."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            path = f"{at}.*" if at.rpartition(".")[2] in NAMED_BY_THE_CASE else f"{at}.{key}".lstrip(".")
            if key not in SAID_OF_A_FIGURE:
                yield path
            yield from uses(value, path)
            if key == "kind":
                yield f"{path} {value}"
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for one in data:
            yield from uses(one, at)


def stated(names: Sequence[str]) -> set[str]:
    """Gather what cases state."""
    return {use for path in CASES if path.stem in names for use in uses(read_document(path).data)}


def test_the_whole_run_meets_every_field_that_any_case_states() -> None:
    """A field or an option kind that only cases of the long run state would be proven before releases alone."""
    assert stated([path.stem for path in CASES]) - stated(WHOLE) == set()


def test_the_fast_run_is_part_of_the_whole() -> None:
    """All of its cases are there."""
    assert set(QUICK) < set(WHOLE) < {path.stem for path in CASES}


@pytest.mark.parametrize("kind", ["api", "mix", "on_prem", "platform", "self_hosted"])
def test_the_whole_run_meets_every_kind_of_option(kind: str) -> None:
    """Each is stated by one of its cases."""
    assert f"options.*.kind {kind}" in stated(WHOLE)
