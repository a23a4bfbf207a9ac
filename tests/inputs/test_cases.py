"""The shipped cases: they load, their figures are in the data they quote, and their answers hold in hand-made sums."""

from datetime import date
from math import ceil

import pytest
from ruamel.yaml import YAML

from reportgen.results.results import Results
from reportgen.schema.assumption_fields import Stated
from reportgen.schema.loading.load import load_case
from tests.inputs.shipped import CASES, DATA, INPUTS, rows, worked_out

pytestmark = pytest.mark.slow

LARGE, HOSPITAL = "ten-to-twenty-billion-tokens", "hospital-group"
QWEN, OSS = ("Qwen3-235B-A22B", "H200"), ("gpt-oss-120b", "H200")


def answer(name: str) -> Results:
    """Give the results of a shipped case."""
    return worked_out(name).results


def figure(name: str, path: str) -> float:
    """Give the value of one assumption of a shipped case."""
    return worked_out(name).values[path]


def test_three_cases_are_shipped() -> None:
    """The article's billion, ten to twenty billion, and the hospitals."""
    assert sorted(CASES) == sorted(("one-billion-tokens", LARGE, HOSPITAL))


@pytest.mark.parametrize("name", CASES)
def test_case_loads_and_its_checks_pass(name: str) -> None:
    """No problem is found, and every check of the arithmetic agrees."""
    assert all(check.passes for check in answer(name).checks)


@pytest.mark.parametrize("name", CASES)
def test_case_says_what_a_board_needs(name: str) -> None:
    """Risks have owners, responses and ranges; projects, exits, scenarios, scores, rules and a bridge are stated."""
    case = load_case(INPUTS / f"{name}.yaml")
    assert all(risk.owner and risk.response and risk.probability.low is not None for risk in case.risks)
    assert all(option.exit_probability and option.exit_month for option in case.options.values())
    assert case.opportunity
    assert case.price_scenarios
    assert case.requirements
    assert len(case.strategic_fit) == 5
    assert case.sources
    assert case.bridge.naive_utilisation
    assert case.case.sponsor
    assert case.case.decide_by
    assert case.case.date.year == 2026


@pytest.mark.parametrize("name", CASES)
def test_ranged_assumptions_have_an_owner_or_a_source(name: str) -> None:
    """Nobody is left to guess who answers for a range."""
    bare = [
        row.path
        for row in worked_out(name).assumptions
        if row.given and row.low is not None and row.low != row.high and not row.owner and not row.source
    ]
    assert [path for path in bare if not path.startswith("risks.")] == []


ANSWERS = [("one-billion-tokens", "api"), (LARGE, "tokens"), (HOSPITAL, "platform")]


@pytest.mark.parametrize(("name", "recommended"), ANSWERS)
def test_the_answer_and_that_no_single_price_scenario_turns_it(name: str, recommended: str) -> None:
    """The recommended option, with a clear lead, keeps the lowest core among the eligible in every price scenario."""
    results = answer(name)
    assert results.recommended == recommended
    assert results.lead
    assert results.lead > 0.15
    eligible = {option.key for option in results.options if option.eligible}
    for scenario in results.scenarios:
        assert min(eligible, key=lambda key: scenario.core[key]) == recommended, scenario.name


# Throughput


def benchmark(model: tuple[str, str], lengths: tuple[int, int]) -> tuple[float, int]:
    """Give a benchmark's output tokens a second for each GPU, and how many GPUs serve one copy."""
    (row,) = [
        row
        for row in rows("throughput_trtllm.csv")
        if (row["model"], row["gpu"]) == model and (int(row["input_len"]), int(row["output_len"])) == lengths
    ]
    return float(row["output_tokens_per_s_per_gpu"]), int(row["gpus_per_replica"])


def total(output: float, lengths: tuple[int, int]) -> float:
    """Turn output tokens a second into all tokens a second."""
    return output * (lengths[0] + lengths[1]) / lengths[1]


def between(even: float, long: float, ratio: float) -> float:
    """Give total throughput at a ratio of input to output between 1 and 8: a token's time is linear in the output share."""
    share, even_share, long_share = 1 / (1 + ratio), 1 / 2, 1 / 9
    weight = (share - long_share) / (even_share - long_share)
    return 1 / (weight / even + (1 - weight) / long)


def left_for_answers_in_time() -> tuple[float, float]:
    """Give what interactive serving leaves of full batch, for a large and a middle-sized model (MLPerf 5.1-0075)."""
    found = {
        (row["model"], row["scenario"]): float(row["tokens_per_s"])
        for row in rows("throughput_mlperf_v5_1.csv")
        if row["mlperf_entry"].endswith("5.1-0075") and row["gpu"] == "H200-SXM-141GB"
    }
    large, middle = "Llama-3.1-405B", "Llama-2-70B"
    assert found[large, "Offline"] == 552.7
    assert found[large, "Interactive"] == 202.8
    assert found[middle, "Offline"] == 34812.1
    assert found[middle, "Interactive"] == 23079.9
    return 202.8 / 552.7, 23079.9 / 34812.1


@pytest.mark.provenance
def test_throughput_of_the_large_case() -> None:
    """3,288 and 627 output tokens a second are 22,852 tokens for four GPUs at 5.9 to 1, of which 44 % are planned."""
    even, gpus = benchmark(QWEN, (1000, 1000))
    long, _ = benchmark(QWEN, (8192, 1024))
    assert (even, long, gpus) == (3288, 627, 4)
    assert (total(even, (1000, 1000)), total(long, (8192, 1024))) == (6576, 5643)
    full = gpus * round(between(6576, 5643, 5.9))
    assert full == 22852
    large, middle = left_for_answers_in_time()
    planned = figure(LARGE, "options.self_hosted.replica_tps") / full
    assert round(planned, 2) == 0.44
    assert large < planned < middle


@pytest.mark.provenance
def test_throughput_of_the_hospitals() -> None:
    """1,828 output tokens a second are 16,452 tokens on one GPU at 8 to 1, of which 40 % are planned."""
    output, gpus = benchmark(OSS, (8192, 1024))
    assert (output, gpus) == (1828, 1)
    assert total(output, (8192, 1024)) == 16452
    large, middle = left_for_answers_in_time()
    planned = figure(HOSPITAL, "options.eu_cloud.replica_tps") / 16452
    assert round(planned, 2) == 0.40
    assert large < planned < middle
    assert figure(HOSPITAL, "workload.output_share") == pytest.approx(1 / 9, abs=0.001)


@pytest.mark.parametrize("name", [LARGE, HOSPITAL])
def test_every_gpu_option_of_a_case_runs_the_same_model_as_fast(name: str) -> None:
    """Options differ in who runs the machines, not in what the machines do."""
    values = worked_out(name).values
    assert len({value for path, value in values.items() if path.endswith(".replica_tps")}) == 1


# Workload and people


def measured() -> dict[str, object]:
    """Read the peak factors measured on public traces."""
    return dict(YAML(typ="safe").load(DATA / "workload" / "peak_factors.yaml"))


@pytest.mark.provenance
@pytest.mark.parametrize(("name", "group"), [(LARGE, "100k_to_1M"), (HOSPITAL, "10k_to_100k")])
def test_peak_is_that_of_tenants_of_its_size(name: str, group: str) -> None:
    """The median tenant's busiest hour of a day over the day's mean; the fleet is sized to a little more."""
    peak = measured()["single_tenants"][group]["daily"][2]  # type: ignore[index]
    assert figure(name, "workload.peak_to_average") == peak
    for path, utilisation in worked_out(name).values.items():
        if path.endswith((".eu_cloud.utilisation", ".self_hosted.utilisation", ".on_prem.utilisation")):
            assert peak < 1 / utilisation < peak * 1.25


@pytest.mark.provenance
def test_output_share_of_the_large_case_is_that_of_the_trace() -> None:
    """5.90 input tokens for each output token make 14.5 % output."""
    traces = measured()["aggregate_services"]
    ratio = next(t["input_per_output"] for t in traces if t["trace"] == "Alibaba ServeGen m-large")  # type: ignore[attr-defined]
    assert ratio == 5.90
    assert round(1 / (1 + ratio), 3) == figure(LARGE, "workload.output_share")


def test_requests_a_day_place_both_cases_among_tenants_of_their_size() -> None:
    """10 to 20 billion tokens at 2,000 a request, and 300,000 letters a month."""
    assert 100_000 < 10e9 / 2_000 / 30 < 20e9 / 2_000 / 30 < 1_000_000
    assert 10_000 <= figure(HOSPITAL, "workload.tokens_per_month") * 1e6 / 10_000 / 30 < 100_000


# The answers, by hand


def test_frontier_price_by_hand() -> None:
    """7.47, 5.40 and 2.67 per M tokens in July, after 21 August and now, at 14.5 % output and three tenths cached."""
    prices = ((5, 0.5, 30), (4, 0.4, 20), (2, 0.1, 10))
    blended = [0.855 * (0.7 * fresh + 0.3 * cached) + 0.145 * out for fresh, cached, out in prices]
    assert [round(price, 2) for price in blended] == [7.47, 5.40, 2.67]
    assert round(1 - blended[2] / blended[0], 2) == 0.64
    tokens = answer(LARGE).tokens
    assert tokens[0] * blended[2] * 0.9 == pytest.approx(24_053, abs=1)  # a fifth at half price
    compute = sum(t * blended[2] * 0.9 * 0.8 ** (m / 12) for m, t in enumerate(tokens))
    assert answer(LARGE).option("api").categories["compute"] == pytest.approx(compute)


def test_the_volume_doubles_within_the_three_years() -> None:
    """From ten to twenty billion, 521 billion in all."""
    tokens = answer(LARGE).tokens
    assert tokens[0] == 10_000
    assert tokens[-1] == pytest.approx(20_000, rel=0.01)
    assert sum(tokens) == pytest.approx(sum(10_000 * 1.27 ** (m / 12) for m in range(36)))


def test_own_gpus_look_cheap_at_the_benchmark_and_are_not() -> None:
    """0.19 per M tokens at full batch against 0.32 by the token, and 1.50 on the fleet planned."""
    hour, host = 4 * 3.99, 0.855 * 0.22 + 0.145 * 0.88
    assert round(hour / (22_852 * 3600 / 1e6), 2) == 0.19
    assert round(host, 2) == 0.32
    results = answer(LARGE)
    fleet = results.option("self_hosted").categories["compute"] / sum(results.tokens)
    assert round(fleet, 2) == 1.50


def test_where_gpus_break_even_in_the_large_case() -> None:
    """Own GPUs at about 41 billion a month, cloud GPUs at about 118; the open model by the token is cheaper still."""
    results = answer(LARGE)
    own, cloud = results.option("on_prem").break_even, results.option("self_hosted").break_even
    assert own
    assert cloud
    assert own.volume == pytest.approx(41_000, rel=0.02)
    assert cloud.volume == pytest.approx(118_000, rel=0.02)
    high = {key: tco[-1] for key, tco in results.ladder.tco.items()}
    assert results.ladder.volumes[-1] == pytest.approx(200_000)
    assert min(high, key=lambda key: high[key]) == "tokens"


def test_july_would_have_said_otherwise_of_the_frontier_api() -> None:
    """At July's price it costs more than the platform and the overflow; at November's less than all with GPUs."""
    results = answer(LARGE)
    july = next(s.core for s in results.scenarios if s.name == "The frontier price of July 2026")
    assert july["api"] > max(july["platform"], july["hybrid"])
    now = {option.key: option.core for option in results.options}
    assert now["api"] < min(now[key] for key in ("self_hosted", "on_prem", "hybrid", "platform"))


def test_half_the_throughput() -> None:
    """It costs cloud GPUs 765,000 in the large case and the platform 144,000 in the hospitals, the token price nothing."""
    large = next(r for r in answer(LARGE).risks if r.name.startswith("Throughput"))
    hospital = next(r for r in answer(HOSPITAL).risks if r.name.startswith("Throughput"))
    assert round(large.impact["self_hosted"], -3) == 765_000
    assert large.impact["tokens"] == 0
    assert round(hospital.impact["platform"], -3) == 144_000


def test_what_the_rules_cost_the_hospitals() -> None:
    """Residency alone costs 105,000; residency and EU law together nothing; machines of one's own cost the most."""
    results = answer(HOSPITAL)
    cost = {option.key: option.full_cost for option in results.options}
    tco = {option.key: option.tco for option in results.options}
    assert {option.key for option in results.options if option.eligible} == {
        "eu_cloud",
        "on_prem",
        "platform",
    }
    assert round(tco["eu_zone"] - tco["us_api"], -3) == 105_000
    assert cost["eu_tokens"] < cost["us_api"] < cost["platform"]
    letters = sum(results.tokens) * 1e6 / 10_000
    assert round((cost["platform"] - cost["eu_tokens"]) / letters, 3) == 0.021
    assert round(1 - cost["platform"] / min(cost["eu_cloud"], cost["on_prem"]), 2) == 0.45


def test_engineers_are_most_of_what_the_hospitals_pay_for_rented_gpus() -> None:
    """72 % of the cost; two or three GPUs at 2.95 euro an hour are a fraction of it."""
    results = answer(HOSPITAL)
    option = results.option("eu_cloud")
    people = option.categories["deployment"] + option.categories["ongoing"]
    assert round(people / option.tco, 2) == 0.72
    month, second = 730 * 3.39 * 0.87, 730 * 3600
    need = [
        tokens * 1e6 / second / (6_600 * 0.25 * (0.7 if m < 9 else 1))
        for m, tokens in enumerate(results.tokens)
    ]
    fleet = sum(max(2, ceil(replicas)) for replicas in need[6:]) * month  # in service from month 7
    staging = 5 * month
    assert 2 < need[-1] < 3
    assert option.categories["compute"] == pytest.approx(fleet + staging)


@pytest.mark.parametrize(
    ("name", "least", "most"), [("one-billion-tokens", 3, 30), (LARGE, 5, 7), (HOSPITAL, 10, 13)]
)
def test_first_estimates_are_several_times_too_low(name: str, least: float, most: float) -> None:
    """The smaller the fleet, the more engineers outweigh it."""
    bridge = answer(name).bridge
    talent = next(step for step in bridge if step.label == "talent")
    assert talent.multiple
    assert least < talent.multiple < most


def test_what_is_on_order_is_stated_with_its_day() -> None:
    """The model that both cases would use is retired within the horizon, and moving off it is charged."""
    for name, key, work in ((LARGE, "api", 2), (HOSPITAL, "us_api", 3)):
        case = load_case(INPUTS / f"{name}.yaml")
        assert case.book
        item = case.book.item(case.options[key].prices)  # type: ignore[union-attr]
        assert item
        assert item.retires == date(2028, 3, 11)
        effort = case.options[key].migration_fte_months  # type: ignore[union-attr]
        assert isinstance(effort, Stated)
        assert effort.value == work
        growth = 1.03 ** (15 / 12)  # April 2028 is month 16
        people = case.people.loaded_cost_per_fte.value / 12 * growth
        assert answer(name).option(key).categories["other"] == pytest.approx(work * people)


# Ranges that quote the market


@pytest.mark.provenance
def test_range_of_the_open_model_by_the_token_is_that_of_its_hosts() -> None:
    """The cheapest host of Qwen3-235B, and the dearest of its family among the large ones."""
    hosts = [row for row in rows("managed_token_prices.csv") if row["open_model"] == "qwen3-235b"]
    dearest = [
        row
        for row in rows("api_prices.csv")
        if row["provider"] == "aws" and row["model"] == "qwen.qwen3-vl-235b-a22b-v1:0"
    ]
    option = load_case(INPUTS / f"{LARGE}.yaml").options["tokens"]
    for price, column in (("input_price", "input_usd_per_mtok"), ("output_price", "output_usd_per_mtok")):
        stated = getattr(option, price)
        assert stated.low == min(float(row[column]) for row in hosts)
        assert [stated.high] == [float(row[column]) for row in dearest]


@pytest.mark.provenance
def test_range_of_an_h200_hour_is_that_of_specialised_clouds() -> None:
    """From 3.39 at Verda to 4.99 at Together; AWS asks 7.91, the price of a scenario of the hospitals."""
    past = {
        (row["provider"], float(row["usd_per_gpu_hour"]))
        for row in rows("gpu_price_history_2026.csv")
        if row["gpu"] == "H200"
    }
    price = load_case(INPUTS / f"{LARGE}.yaml").options["self_hosted"].gpu_hourly_price  # type: ignore[union-attr]
    assert price
    assert ("verda", price.low) in past
    assert ("together", price.high) in past
    assert ("aws", 7.91) in past
    (scenario,) = [
        s for s in load_case(INPUTS / f"{HOSPITAL}.yaml").price_scenarios if "largest clouds" in s.name
    ]
    rate = figure(HOSPITAL, "finance.exchange_rates.USD")
    assert all(effect.set == pytest.approx(7.91 * rate, abs=0.005) for effect in scenario.effects)


def test_half_price_for_batches_is_what_the_list_says() -> None:
    """The batch rates of the flagship are half its standard ones, and the case takes that discount."""
    found = worked_out(LARGE).case.book
    assert found
    standard, batch = found.item("gpt-6.1-sol"), found.item("gpt-6.1-sol-batch")
    assert standard
    assert batch
    for part in standard.components:
        assert batch.rates[-1].amount(part) == pytest.approx((standard.rates[-1].amount(part) or 0) / 2)
    assert figure(LARGE, "options.api.batch_discount") == 0.5


def test_gpu_prices_rose_while_the_frontier_price_fell() -> None:
    """A third more for an H100 at one cloud from May to November, a seventh more for an H200 at another."""
    found = worked_out(LARGE).case.book
    assert found
    for item, rise in (("runpod-h100-sxm", 0.33), ("hyperstack-h200", 0.14)):
        priced = found.item(item)
        assert priced
        first, last = priced.rates[0].per_gpu_hour, priced.rates[-1].per_gpu_hour
        assert first
        assert last
        assert round(last / first - 1, 2) == rise


def test_the_guide_says_what_the_cases_say() -> None:
    """A tenth of self-hosting's cost, 41 and 118 billion tokens, 580 thousand euro."""
    told = (INPUTS / "README.md").read_text(encoding="utf-8")
    small, large, hospital = answer("one-billion-tokens"), answer(LARGE), answer(HOSPITAL)
    assert "at a tenth of self-hosting's cost" in told
    assert small.option("api").tco / small.option("self_hosted").tco == pytest.approx(0.1, abs=0.02)
    own, cloud = large.option("on_prem").break_even, large.option("self_hosted").break_even
    assert own
    assert own.volume
    assert cloud
    assert cloud.volume
    assert (
        f"at about {own.volume / 1000:.0f} billion tokens a month, cloud GPUs at about {cloud.volume / 1000:.0f}:"
        in told
    )
    rule = hospital.option("platform").full_cost - hospital.option("eu_tokens").full_cost
    assert f"cost €{rule / 1000:.0f}k in four years" in told
