"""Prices of the book in a simulation: a range beside one is a factor on the price of the run."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.assessment import analyse
from reportgen.errors import InputError
from reportgen.results.results import Results
from reportgen.schema.loading.load import load_case

PRICED = {"input_price": {"low": 1.9, "high": 2.1}, "output_price": {"low": 9.9, "high": 10.1}}
DOUBLED = {"name": "The list price doubles", "probability": 1.0, "effects": [
    {"assumption": "prices.m.input.2026-06-01", "multiply": 2},
    {"assumption": "prices.m.output.2026-06-01", "multiply": 2},
]}  # fmt: skip


def write(folder: Path, currency: str = "USD", option: dict[str, Any] = PRICED, **parts: Any) -> Path:
    """Write a case of 1,000 M tokens a month, a fifth of them output, at the item's 2 and 10, from 2028 at 1.6 and 8."""
    look = {"verified": "2026-11-09", "source": "s", "basis": "list"}
    rates = [
        {"effective": "2026-06-01", **look, "input": 2, "cached_input": 0.2, "output": 10},
        {"effective": "2028-01-01", **look, "input": 1.6, "cached_input": 0.16, "output": 8},
    ]
    item = {"id": "m", "kind": "token", "provider": "p", "purchase": "standard", "rates": rates}
    book = {
        "schema": "reportgen.prices/1",
        "currency": currency,
        "sources": {"s": {"title": "S"}},
        "items": [item],
    }
    (folder / "prices.yaml").write_text(yaml.safe_dump(book), encoding="utf-8")
    case = {
        "case": {"title": "Drawn", "date": "2026-11-23", "currency": "USD"},
        "finance": {"start": "2027-01", "discount_rate": 0, **parts.pop("finance", {})},
        "workload": {"tokens_per_month": 1000, "output_share": 0.2},
        "people": {"loaded_cost_per_fte": 100000},
        "options": {
            "a": {"kind": "api", "name": "A", "prices": "m", **option},
            "b": {"kind": "api", "name": "B", "input_price": 4, "output_price": 20},
        },
        "simulation": {"draws": 1000}, **parts,
    }  # fmt: skip
    file = folder / "drawn.yaml"
    file.write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    return file


def results(file: Path) -> Results:
    """Work the case out."""
    return analyse(load_case(file), file).results


def medians(found: Results) -> tuple[float, float, float]:
    """Give the percentiles of simulated TCO of the option priced by the book."""
    assert found.simulation is not None
    spread = found.simulation.options["a"].tco
    return spread.p10, spread.p50, spread.p90


def test_a_risk_on_the_rate_reaches_a_price_that_is_drawn(tmp_path: Path) -> None:
    """3,600 a month in 2027 and 2,880 after: 112,320 planned... a first rate twice as high, the second as announced: 155,520."""
    found = results(write(tmp_path, risks=[DOUBLED]))
    assert found.option("a").full_cost == pytest.approx(155520, rel=1e-12)
    low, median, high = medians(found)
    assert median == pytest.approx(155520, rel=0.005)
    assert low < 155520 < high


def test_the_exchange_rate_reaches_it_too(tmp_path: Path) -> None:
    """Rates in euro at 1.1 dollars, a certain rise by half: 112,320 x 1.65 = 185,328."""
    euro = {"exchange_rates": {"EUR": 1.1}}
    rise = {"name": "Dollar falls", "probability": 1.0,
            "effects": [{"assumption": "finance.exchange_rates.EUR", "multiply": 1.5}]}  # fmt: skip
    wide = {"input_price": {"low": 2.1, "high": 2.3}, "output_price": {"low": 10.5, "high": 11.5}}
    found = results(write(tmp_path, "EUR", wide, finance=euro, risks=[rise]))
    assert medians(found)[1] == pytest.approx(112320 * 1.65, rel=0.005)


def test_the_components_of_an_item_move_together(tmp_path: Path) -> None:
    """Input and output are one bar of the tornado and one driver; both at their low cost 1.9 and 9.9 for 2 and 10."""
    found = results(write(tmp_path))
    assert [swing.paths for swing in found.swings] == [("options.a.input_price", "options.a.output_price")]
    later = 0.8  # what the announced change takes off
    each = 800 * 1.9 + 200 * 9.9
    assert found.swings[0].core_low["a"] == pytest.approx(12 * each + 24 * later * each, rel=1e-12)
    assert found.simulation is not None
    (driver,) = found.simulation.options["a"].drivers
    assert (driver.path, driver.label) == ("options.a.input_price", "Input price, A and Output price, A")


def test_a_price_that_left_its_range_stops_a_build_only(tmp_path: Path) -> None:
    """The book says 2, the case 2.2 to 2.5: refused for a build; else told, and the range reaches down to 2."""
    file = write(tmp_path, option={"input_price": {"low": 2.2, "high": 2.5}})
    with pytest.raises(InputError, match="low"):
        load_case(file)
    case = load_case(file, widen=True)
    (sentence,) = case.widened
    assert sentence.startswith(
        "options.a.input_price: 2 by the price book (m), outside its range of 2.2 to 2.5"
    )
    (swing,) = analyse(case, file).results.swings
    assert (swing.low, swing.value, swing.high) == (2, 2, 2.5)
