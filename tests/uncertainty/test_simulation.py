"""The simulation of whole cases: limits, order, scale, and a slow second computation of single futures."""

from math import sqrt

import numpy as np
import pytest
import yaml

from reportgen.binding.outline import outline_of, spare_values
from reportgen.formula.nodes import as_node
from reportgen.model.case import business_case
from reportgen.results.results import Results
from reportgen.results.uncertainty import Simulated, Simulation
from reportgen.schema.assumptions import assumptions
from reportgen.schema.loading.load import load_case
from reportgen.simulate.monte_carlo import sample_amounts
from reportgen.simulate.streams import Stream
from reportgen.uncertainty.variables import variables_of
from tests.agreement.cases import ROOT, SHIPPED
from tests.model.worked import API, FIXED, MANAGED, RENTED, Part, Work
from tests.oracle import draw

pytestmark = pytest.mark.slow

RANGED: Part = {**RENTED, "gpu_hourly_price": {"value": 2, "low": 1, "high": 4}}


def risk(probability: float, path: str = "options.fixed.one_off_cost", amount: float = 1000) -> Part:
    """Add an amount to an assumption with a chance."""
    return {
        "name": "It happens",
        "probability": probability,
        "effects": [{"assumption": path, "add": amount}],
    }


def drawn(results: Results) -> Simulation:
    """Give the simulation, which is there."""
    assert results.simulation is not None
    return results.simulation


def test_without_ranges_and_risks_nothing_is_drawn(worked: Work) -> None:
    """There is nothing to be unsure about, and no share of futures is claimed."""
    assert worked({"fixed": FIXED}).results.simulation is None


def test_ranges_without_width_and_a_risk_without_chance_give_the_plan(worked: Work) -> None:
    """Every percentile is the plan's, every future costs at most the plan's."""
    fee = {"value": 4000, "low": 4000, "high": 4000}
    results = worked({"fixed": {**FIXED, "monthly_fee": fee}}, risks=[risk(0)]).results
    for option in results.options:
        found = drawn(results).options[option.key]
        assert found.tco.p10 == found.tco.p50 == found.tco.p90 == pytest.approx(option.tco, rel=1e-12)
        assert found.full_cost.p50 == pytest.approx(option.full_cost, rel=1e-12)
        assert found.point_percentile == 1
    assert drawn(results).holds == 1


def test_a_certain_risk_gives_the_run_with_it(worked: Work) -> None:
    """Twelve months at 4,000 and 1,000 more: 49,000 in every future, never expected risk as well."""
    results = worked({"fixed": {**FIXED, "monthly_fee": 4000}}, risks=[risk(1)]).results
    found = drawn(results).options["fixed"]
    assert (found.tco.p10, found.tco.p90) == pytest.approx((49000, 49000), rel=1e-12)
    assert (found.full_cost.p10, found.full_cost.p90) == pytest.approx((49000, 49000), rel=1e-12)
    assert results.option("fixed").full_cost == pytest.approx(49000, rel=1e-12)


def test_percentiles_of_a_triangular_cost(worked: Work) -> None:
    """A fee of 3,000 to 6,000 peaking at 3,000: P50 is 12 x (6,000 - sqrt(0.5) x 3,000), within 1% at 10,000 draws."""
    fee = {"value": 3000, "low": 3000, "high": 6000}
    found = drawn(worked({"fixed": {**FIXED, "monthly_fee": fee}}).results).options["fixed"]
    assert found.tco.p50 == pytest.approx(12 * (6000 - sqrt(0.5) * 3000), rel=0.01)
    assert found.tco.p10 == pytest.approx(12 * (6000 - sqrt(0.9) * 3000), rel=0.01)


def test_options_are_compared_in_the_same_futures(worked: Work) -> None:
    """Two platforms at one price that both depend on the volume: the cheaper one is cheapest in every future."""
    volume = {"tokens_per_month": {"value": 3600, "low": 1000, "high": 90000}}
    dearer = {**MANAGED, "gpu_hourly_price": 4.01}
    results = worked({"api": {**API, "input_price": 90}, "a": MANAGED, "b": dearer}, workload=volume).results
    found = drawn(results).options
    assert (found["a"].cheapest, found["b"].cheapest, found["api"].cheapest) == (1, 0, 0)
    assert found["a"].tco.p90 > 2 * found["a"].tco.p10


def test_an_option_that_fails_a_requirement_is_never_the_cheapest(worked: Work) -> None:
    """It is drawn and shown, without a chance."""
    must = [{"name": "In the EU", "met_by": {"api": True, "cheap": False, "fixed": True}}]
    fee = {"value": 3000, "low": 2000, "high": 6000}
    options = {"api": API, "cheap": FIXED, "fixed": {**FIXED, "monthly_fee": fee}}
    found = drawn(worked(options, requirements=must).results).options
    assert (found["cheap"].cheapest, found["cheap"].cheapest_error) == (None, None)
    assert found["api"].cheapest is not None
    assert found["fixed"].cheapest is not None
    assert found["api"].cheapest + found["fixed"].cheapest == pytest.approx(1)


def test_the_chance_has_its_standard_error_and_the_drivers_are_what_reaches_the_option(worked: Work) -> None:
    """The fee decides against the api's 43,200: cheapest in p, error sqrt(p (1-p) / 10,000), one driver of 1."""
    fee = {"value": 3500, "low": 3000, "high": 4500}
    results = worked({"fixed": {**FIXED, "monthly_fee": fee}}).results
    found = drawn(results).options["fixed"]
    below = 1 - (4500 - 3600) ** 2 / (1500 * 1000)
    assert found.cheapest == pytest.approx(below, abs=0.02)
    assert found.cheapest_error == pytest.approx(sqrt(found.cheapest * (1 - found.cheapest) / 10_000))
    assert [driver.path for driver in found.drivers] == ["options.fixed.monthly_fee"]
    assert found.drivers[0].correlation == pytest.approx(1)
    assert drawn(results).options["api"].drivers == ()


def test_permuting_options_permutes_results(worked: Work) -> None:
    """Three options in two orders: the same simulation, switching values and word for each."""
    options = {
        "api": API,
        "rented": RANGED,
        "fixed": {**FIXED, "monthly_fee": {"value": 4000, "low": 3000, "high": 6000}},
    }
    risks = [risk(0.4), {**risk(0.3, "options.rented.gpu_hourly_price", 1), "name": "Dearer"}]
    first = worked(options, risks=risks, baseline="api").results
    turned = worked(dict(reversed(options.items())), risks=risks, baseline="api").results
    assert drawn(first).options == drawn(turned).options
    assert (drawn(first).holds, first.verdict) == (drawn(turned).holds, turned.verdict)
    turned_values = {flip.path: flip for flip in turned.switching_values}
    for flip in first.switching_values:
        other = turned_values[flip.path]
        assert (flip.below_to, flip.above_to, flip.within) == (other.below_to, other.above_to, other.within)
        assert [flip.below, flip.above] == [
            None if end is None else pytest.approx(end, rel=1e-7) for end in (other.below, other.above)
        ]


@pytest.mark.parametrize("scale", [0.013, 870.0])
def test_scaling_all_money_scales_all_results(worked: Work, scale: float) -> None:
    """Prices, fees and wages times a factor: all amounts times it, all shares and words as they were."""

    def found(by: float) -> Results:
        fee = {"value": 4000 * by, "low": 3000 * by, "high": 6000 * by}
        options = {
            "api": {"kind": "api", "input_price": by, "output_price": by, "ongoing_fte": 0.1},
            "fixed": {**FIXED, "monthly_fee": fee},
        }
        volume = {"tokens_per_month": {"value": 3600, "low": 1000, "high": 9000}}
        people = {"loaded_cost_per_fte": 120_000 * by}
        return worked(options, workload=volume, people=people, risks=[risk(0.4, amount=5000 * by)]).results

    one, many = found(1.0), found(scale)
    assert many.verdict == one.verdict
    for key, plain in drawn(one).options.items():
        other = drawn(many).options[key]
        for name in ("tco", "pv", "full_cost"):
            assert _amounts(other, name) == pytest.approx(
                [scale * a for a in _amounts(plain, name)], rel=1e-9
            )
        assert other.cheapest == plain.cheapest
    volumes = [
        next(f for f in r.switching_values if f.path == "workload.tokens_per_month") for r in (one, many)
    ]
    assert volumes[0].below is not None
    assert volumes[1].below == pytest.approx(volumes[0].below, rel=1e-6)


def _amounts(found: Simulated, name: str) -> list[float]:
    spread = getattr(found, name)
    return [spread.p10, spread.p50, spread.p90]


def test_raising_a_cost_never_lowers_a_cost(worked: Work) -> None:
    """The api's price up by half: it costs more, an option that uses it until go-live costs more, the others as much."""
    options = {
        "api": API,
        "rented": {**RANGED, "deployment_months": 3},
        "fixed": {**FIXED, "monthly_fee": 4000},
    }
    dearer = {**options, "api": {**API, "input_price": 1.5}}
    before, after = (drawn(worked(o, risks=[risk(0.4)]).results).options for o in (options, dearer))
    for key in options:
        pairs = zip(_amounts(before[key], "tco"), _amounts(after[key], "tco"), strict=True)
        assert all(b <= a for b, a in pairs)
    assert _amounts(before["fixed"], "tco") == _amounts(after["fixed"], "tco")
    assert before["rented"].tco.p50 < after["rented"].tco.p50


FUTURES = (0, 1, 2, 499, 999, 1000, 1001, 1500, 2345)
"""Futures that are computed a second time, on both sides of where a block ends."""


def test_single_futures_agree_with_a_slow_second_computation() -> None:
    """Values drawn and risks composed one by one, the model as written a second time: equal to 1e-9."""
    case = load_case(SHIPPED)
    settings = case.simulation.model_copy(update={"independent": True})
    case = case.model_copy(update={"simulation": settings})
    rows = assumptions(case)
    lines = business_case(outline_of(case, rows))
    values = {row.path: row.value for row in rows} | spare_values()
    amounts = {(o.key, name): as_node(getattr(o, name)) for o in lines.options for name in ("tco", "core")}
    found = sample_amounts(variables_of(case, rows, lines, values), amounts, 2400, 11).amounts
    written = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    ends = {row.path: (row.low, row.high) for row in rows if row.reachable and row.high is not None}
    streams = {name: Stream(11, name).take(2400)[:, 0] for name in (*ends, *(risk.id for risk in case.risks))}
    chances = {risk.id: values[f"risks.{risk.id}.probability"] for risk in case.risks}
    compared = 0
    for future in FUTURES:
        drawn = {path: _triangular(ends[path], values[path], float(streams[path][future])) for path in ends}
        happened = [risk for risk, chance in chances.items() if streams[risk][future] < chance]
        slow = draw(written, drawn, happened)["options"]
        for (key, name), amounts_drawn in found.items():
            assert amounts_drawn[future] == pytest.approx(slow[key][name], rel=1e-9), (future, key, name)
            compared += 1
    assert compared == 2 * 3 * len(FUTURES)


def _triangular(ends: tuple[float, float], value: float, share: float) -> float:
    if ends[0] == ends[1]:
        return value
    low, high = ends
    if share * (high - low) < value - low:
        return low + sqrt(share * (high - low) * (value - low))
    return high - sqrt((1 - share) * (high - low) * (high - value))


def test_prices_of_one_item_move_together_and_groups_do() -> None:
    """Input and output price of an item of the price book share a stream; so do the members of a group."""
    case = load_case(ROOT / "tests" / "cases" / "dated_prices.yaml")
    ranges = {"output_price": case.options["old_model"].input_price}
    options = {**case.options, "old_model": case.options["old_model"].model_copy(update=ranges)}
    grouped = {"growth": ("workload.tokens_per_month", "finance.exchange_rates.EUR")}
    simulation = case.simulation.model_copy(update={"groups": grouped})
    changed = case.model_copy(update={"options": options, "simulation": simulation})
    rows = assumptions(changed)
    values = {row.path: row.value for row in rows} | spare_values()
    streams = set(
        variables_of(changed, rows, business_case(outline_of(changed, rows)), values).streams.values()
    )
    assert ("options.old_model.input_price", "options.old_model.output_price") in streams
    assert ("finance.exchange_rates.EUR", "workload.tokens_per_month") in streams


def test_a_distribution_is_drawn_as_the_case_says(worked: Work) -> None:
    """A uniform fee of 3,000 to 6,000 has its median in the middle; a lognormal of 1,000 and 4,000 at 2,000."""
    uniform = {"value": 3000, "low": 3000, "high": 6000, "distribution": "uniform"}
    normal = {"value": 3000, "low": 1000, "high": 4000, "distribution": "lognormal"}
    options = {"u": {**FIXED, "monthly_fee": uniform}, "n": {**FIXED, "monthly_fee": normal}}
    found = drawn(worked(options).results).options
    assert found["u"].tco.p50 == pytest.approx(12 * 4500, rel=0.02)
    assert found["n"].tco.p50 == pytest.approx(12 * 2000, rel=0.04)
    assert found["n"].tco.p90 == pytest.approx(12 * 4000, rel=0.04)


def test_draws_cut_to_a_bound_are_told(worked: Work) -> None:
    """A utilisation of 0.5 that a risk of 1/2 takes above 1 is clipped to 1 in half of the futures."""
    rented = {**RENTED, "utilisation": {"value": 0.5, "low": 0.4, "high": 0.6}}
    up = {
        "name": "Better",
        "probability": 0.5,
        "effects": [{"assumption": "options.rented.utilisation", "multiply": 1.9}],
    }
    found = drawn(worked({"rented": rented}, risks=[up]).results)
    assert 0 < found.clipped < 0.5
    assert np.isfinite(found.options["rented"].tco.p90)
