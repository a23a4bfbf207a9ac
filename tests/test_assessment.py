"""A case whose amounts are beyond telling is refused; what is large is written out."""

from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.errors import InputError
from reportgen.report.charts.drawing.money import Notation, money, tick_money, volume
from reportgen.schema.assumptions import with_values
from reportgen.schema.loading.load import load_case
from tests.paths import INPUTS

SMALL = INPUTS / "small.yaml"


def test_amounts_beyond_telling_are_refused() -> None:
    """An engineer at 1e15 a year makes more than that over two years of an option: refused, by option."""
    case = with_values(load_case(SMALL), {"people.loaded_cost_per_fte": 1e15, "options.api.ongoing_fte": 1.0})
    with pytest.raises(InputError) as raised:
        analyse(case, Path("small.yaml"))
    first = raised.value.problems[0]
    assert (first.path, first.code) == ("options.api", "limit")
    assert "amounts beyond 1e15 cannot be told to the cent" in first.sentence


@pytest.mark.parametrize(
    ("value", "written"),
    [(9.99e14, "$999.00tn"), (1e15, "$1,000.00tn"), (-2.5e13, "−$25.00tn")],
)
def test_large_amounts(value: float, written: str) -> None:
    """Trillions are the largest unit, and the number before them is written out."""
    assert money(value, Notation()) == written


def test_no_powers_of_ten() -> None:
    """Ticks, volumes and plain numbers are written out, small ones too."""
    assert tick_money(1e16, Notation()) == "$10,000tn"
    assert volume(1e12, Notation()) == "1,000,000tn"
    assert Notation().number(12_345_678) == "12,345,678"
    assert Notation().number(-1e7) == "−10,000,000"
    assert Notation().number(2.5e-7) == "0.00000025"
    assert Notation(point=",", group=".").number(1e7) == "10.000.000"
