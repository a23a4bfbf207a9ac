"""What fields usually are: they are fields of a case, in order, and what was measured comes out of the data."""

import re
from datetime import date
from statistics import median

import pytest

from reportgen.schema.finance import Finance
from reportgen.schema.loading.load import load_usual
from reportgen.schema.options import KINDS
from reportgen.schema.workload import Workload
from tests.inputs.shipped import INPUTS, rows

pytestmark = pytest.mark.slow

USUAL = load_usual(INPUTS / "usual.yaml")
DAYS_PER_MONTH = 365.25 / 12
DAY = re.compile(r"(20\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)")


@pytest.mark.parametrize("name", USUAL.fields)
def test_field_is_one_of_a_case_and_its_figures_rise(name: str) -> None:
    """Somebody can look it up in a case, who says so is known, and low, usual and high stand in their order."""
    assert any(name in kind.model_fields for kind in (Workload, Finance, *KINDS.values()))
    field = USUAL.fields[name]
    stated = [value for value in (field.low, field.usual, field.high) if value is not None]
    assert stated
    assert stated == sorted(stated)
    assert USUAL.source(field)
    assert USUAL.sources[field.source].licence


def lives() -> list[float]:
    """Give for how many months models whose name holds a day are served, each model once, at the first to end it."""
    found: dict[str, float] = {}
    for row in rows("model_retirements.csv"):
        day = DAY.search(row["model"])
        if day is None:
            continue
        born = date(int(day[1]), int(day[2]), int(day[3]))
        months = (date.fromisoformat(row["retires_on"]) - born).days / DAYS_PER_MONTH
        name = re.sub(r"^(us|eu|apac|au|jp|global)\.|^.*/", "", row["model"])
        name = re.sub(r"^(us|eu|apac|au|jp|global)\.", "", name).replace("@", "-")
        name = re.sub(r"(-v\d(:\d+)?|:0)$", "", re.sub(r"^(anthropic|openai)\.", "", name))
        found[name] = min(months, found.get(name, months))
    return list(found.values())


@pytest.mark.provenance
def test_a_model_lives_for_eighteen_months() -> None:
    """The median of 59 models, from 10 to 30 months at the first provider to end them."""
    found = lives()
    assert len(found) == 59
    assert round(median(found)) == USUAL.fields["refresh_months"].usual == 18
    assert (round(min(found)), round(max(found))) == (10, 30)


@pytest.mark.provenance
def test_writing_to_a_cache_costs_a_quarter_more_than_input() -> None:
    """176 of 184 prices of a write are 1.25 times the input price."""
    priced = [
        row for row in rows("api_prices.csv") if row["cache_write_usd_per_mtok"] and row["input_usd_per_mtok"]
    ]
    ratios = [float(row["cache_write_usd_per_mtok"]) / float(row["input_usd_per_mtok"]) for row in priced]
    assert (sum(round(ratio, 3) == 1.25 for ratio in ratios), len(ratios)) == (176, 184)
    assert "176 of 184" in USUAL.figures.cache_writes.says
