"""The definitions of the model list every field with its default and its bounds, as the schema has them."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from reportgen.schema.case import BreakEven, Criterion, Simulation
from reportgen.schema.finance import Finance
from tests.golden.fields import BOUNDS, CONDITIONS, DEFAULTS, HEAD, rows, table
from tests.paths import ROOT

README = "reportgen/model/README.md"


def test_the_table_of_fields_is_that_of_the_schema(golden: Callable[[str, str], None]) -> None:
    """Fields, kinds, defaults and bounds; `--golden` writes them anew."""
    before, _, rest = (ROOT / README).read_text(encoding="utf-8").partition(HEAD)
    assert rest, f"{README} has no table of fields"
    after = rest[rest.index("\n\n") + 1 :]
    golden(README, f"{before}{table()}{after}")


def test_what_is_said_in_words_is_about_fields_that_there_are() -> None:
    """A field that is renamed does not stay behind in the words."""
    assert {*DEFAULTS, *BOUNDS, *CONDITIONS} <= {path for path, *_ in rows()}


MONEY = {"start": "2027-01", "discount_rate": 0.08}
LIMITS: list[tuple[type[BaseModel], dict[str, Any], str, list[Any], list[Any]]] = [
    (Finance, MONEY, "years", [1, 5], [0, 6]),
    (Finance, MONEY, "fiscal_year_start", [1, 12], [0, 13]),
    (Finance, MONEY, "depreciation_years", [1, 100], [0, 1.5, 101]),
    (BreakEven, {}, "points", [2, 200], [1, 201]),
    (BreakEven, {}, "low", [0.001], [0]),
    (Simulation, {}, "draws", [100, 1_000_000], [99, 1_000_001]),
    (Simulation, {}, "seed", [0, 4294967295], [-1, 4294967296]),
    (Simulation, {}, "confidence", [0.001, 0.999], [0, 1]),
    (Criterion, {"name": "Scale", "scores": {"api": 3}}, "weight", [0], [-0.1]),
    (
        Criterion,
        {"name": "Scale", "weight": 1},
        "scores",
        [{"api": 0}, {"api": 5}],
        [{"api": -1}, {"api": 6}],
    ),
]
"""Bounds that the table has in words: what is accepted, and what is refused, at each of them."""


@pytest.mark.parametrize(("model", "beside", "field", "within", "beyond"), LIMITS)
def test_bounds_in_words_hold(
    model: type[BaseModel], beside: dict[str, Any], field: str, within: list[Any], beyond: list[Any]
) -> None:
    """The limits of the table are accepted, what lies beyond them is refused."""
    for value in within:
        assert model.model_validate({**beside, field: value})
    for value in beyond:
        with pytest.raises(ValidationError):
            model.model_validate({**beside, field: value})
