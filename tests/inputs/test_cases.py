"""The shipped cases: they load, their figures are in the data they quote, and their answers hold in hand-made sums."""

from datetime import date
from math import ceil

import pytest
from ruamel.yaml import YAML

from reportgen.results.results import Results
from reportgen.schema.assumption_fields import Stated
from reportgen.schema.loading.load import load_case
from tests.inputs.shipped import CASES, DATA, INPUTS, rows, worked_out
from tests.paths import large_cases

pytestmark = [pytest.mark.slow, large_cases]

LARGE, HOSPITAL, SMALL = "ten-to-twenty-billion-tokens", "hospital-group", "small"
FOR_A_BOARD = tuple(name for name in CASES if name != SMALL)
TOKENS = {"chat": 6500, "documents": 3300, "embeddings": 200}
SHARES = {"chat": 0.155, "documents": 0.111, "embeddings": 0.0}
CACHE = {"chat": (0.40, 0.20), "documents": (0.05, 0.0), "embeddings": (0.0, 0.0)}
"""Of the large case: M tokens a month at full volume, shares of output, shares of input read from a cache and written to one."""
QWEN, OSS = ("Qwen3-235B-A22B", "H200"), ("gpt-oss-120b", "H200")


def answer(name: str) -> Results:
    """Give the results of a shipped case."""
    return worked_out(name).results


def figure(name: str, path: str) -> float:
    """Give the value of one assumption of a shipped case."""
    return worked_out(name).values[path]


def test_four_cases_are_shipped() -> None:
    """A small one to begin with, the article's billion, ten to twenty billion, and the hospitals."""
    assert sorted(CASES) == sorted((SMALL, "one-billion-tokens", LARGE, HOSPITAL))


def test_the_small_case_is_read_in_a_minute() -> None:
    """At most 25 lines, two options, and an answer that says what nobody has estimated."""
    assert len((INPUTS / "small.yaml").read_text(encoding="utf-8").splitlines()) <= 25
    results = answer(SMALL)
    assert len(results.options) == 2
    assert results.recommended == "api"
    assert results.option("gpu").not_quantified == ("risk", "opportunity", "exit")


@pytest.mark.parametrize("name", CASES)
def test_case_loads_and_its_checks_pass(name: str) -> None:
    """No problem is found, and every check of the arithmetic agrees."""
    assert all(check.passes for check in answer(name).checks)


@pytest.mark.parametrize("name", FOR_A_BOARD)
def test_case_says_what_a_board_needs(name: str) -> None:
    """Risks have owners, responses and ranges; projects, exits, scenarios, scores, rules and a bridge are stated."""
    case = load_case(INPUTS / f"{name}.yaml")
    assert all(risk.owner and risk.response and risk.probability.low is not None for risk in case.risks)
    assert all(option.exit_probability and option.exit_month for option in case.services.values())
    assert case.opportunity
    assert case.price_scenarios
    assert case.requirements
    assert len(case.strategic_fit) == 5
    assert case.sources
    assert case.bridge.naive_utilisation
    assert case.case.sponsor
    assert case.case.decide_by
    assert case.case.date.year == 2026


@pytest.mark.parametrize("name", FOR_A_BOARD)
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
    """3,288 and 627 output tokens a second are 22,812 tokens for four GPUs at 6.13 to 1, of which 44 % are planned."""
    even, gpus = benchmark(QWEN, (1000, 1000))
    long, _ = benchmark(QWEN, (8192, 1024))
    assert (even, long, gpus) == (3288, 627, 4)
    assert (total(even, (1000, 1000)), total(long, (8192, 1024))) == (6576, 5643)
    written = TOKENS["chat"] * SHARES["chat"] + TOKENS["documents"] * SHARES["documents"]
    ratio = (TOKENS["chat"] + TOKENS["documents"]) / written - 1
    assert round(ratio, 2) == 6.13
    full = gpus * round(between(6576, 5643, ratio))
    assert full == 22812
    large, middle = left_for_answers_in_time()
    planned = figure(LARGE, "options.self_hosted.replica_tps") / full
    assert round(planned, 2) == 0.44
    assert large < planned < middle


@pytest.mark.provenance
def test_throughput_of_the_hospitals() -> None:
    """16,452 tokens at 8 to 1 and 13,736 at 1 to 1 are 17,437 read or 11,331 written, of which 40 % are planned."""
    long, gpus = benchmark(OSS, (8192, 1024))
    even, _ = benchmark(OSS, (1000, 1000))
    assert (long, even, gpus) == (1828, 6868, 1)
    assert (total(long, (8192, 1024)), total(even, (1000, 1000))) == (16452, 13736)
    read = (9 / 16452 - 2 / 13736) / 7  # seconds a token: 8 read + 1 written less 1 read + 1 written
    written = 2 / 13736 - read
    assert (round(1 / read), round(1 / written)) == (17437, 11331)
    large, middle = left_for_answers_in_time()
    for field, full in (("prompt_tps", 17437), ("output_tps", 11331)):
        planned = figure(HOSPITAL, f"options.eu_cloud.{field}") / full
        assert round(planned, 2) == 0.40
        assert large < planned < middle
    assert figure(HOSPITAL, "workload.output_share") == pytest.approx(1 / 9, abs=0.001)


@pytest.mark.parametrize("name", [LARGE, HOSPITAL])
def test_every_gpu_option_of_a_case_runs_the_same_model_as_fast(name: str) -> None:
    """Options differ in who runs the machines, not in what the machines do."""
    values = worked_out(name).values
    for field in ("replica_tps",) if name == LARGE else ("prompt_tps", "output_tps"):
        assert len({value for path, value in values.items() if path.endswith(f".{field}")}) == 1


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
@pytest.mark.parametrize(
    ("workload", "trace", "ratio"),
    [("chat", "Azure LLM 2023 conversation", 5.47), ("documents", "Alibaba ServeGen m-small", 8.04)],
)
def test_output_shares_of_the_large_case_are_those_of_traces(workload: str, trace: str, ratio: float) -> None:
    """5.47 and 8.04 input tokens for each output token make 15.5 % and 11.1 % output."""
    traces = measured()["aggregate_services"]
    assert next(t["input_per_output"] for t in traces if t["trace"] == trace) == ratio  # type: ignore[attr-defined]
    assert round(1 / (1 + ratio), 3) == figure(LARGE, f"workloads.{workload}.output_share")


def test_the_workloads_of_the_large_case_are_the_ten_billion() -> None:
    """Chat, documents and embeddings add up; an embedding writes no text."""
    for workload, tokens in TOKENS.items():
        assert figure(LARGE, f"workloads.{workload}.tokens_per_month") == tokens
        assert figure(LARGE, f"workloads.{workload}.output_share") == SHARES[workload]
    assert sum(TOKENS.values()) == 10_000


def test_requests_a_day_place_both_cases_among_tenants_of_their_size() -> None:
    """10 to 20 billion tokens at 2,000 a request, and 300,000 letters a month."""
    assert 100_000 < 10e9 / 2_000 / 30 < 20e9 / 2_000 / 30 < 1_000_000
    assert 10_000 <= figure(HOSPITAL, "workload.tokens_per_month") * 1e6 / 10_000 / 30 < 100_000


# The answers, by hand


def frontier(workload: str, prices: tuple[float, float, float, float]) -> float:
    """Give what a token of a workload costs at prices of input, reading, writing and output."""
    fresh, read, write, out = prices
    reads, writes = CACHE[workload]
    mean = (1 - reads - writes) * fresh + reads * read + writes * write
    return (1 - SHARES[workload]) * mean + SHARES[workload] * out


def test_frontier_price_by_hand() -> None:
    """7.52, 5.46 and 2.71 per M tokens in July, after 21 August and now, cache reads and writes included."""
    prices = ((5, 0.5, 6.25, 30), (4, 0.4, 5, 20), (2, 0.1, 2.5, 10))
    blended = [sum(TOKENS[w] * frontier(w, one) for w in TOKENS) / 10_000 for one in prices]
    assert [round(price, 2) for price in blended] == [7.52, 5.46, 2.71]
    assert round(1 - blended[2] / blended[0], 2) == 0.64
    months = answer(LARGE).workloads
    compute = sum(
        tokens * frontier(workload, prices[2]) * 0.8 ** (m / 12)
        for workload in TOKENS
        for m, tokens in enumerate(months[workload])
    )
    assert answer(LARGE).option("api").categories["compute"] == pytest.approx(compute)


def test_the_volume_doubles_within_the_three_years() -> None:
    """Chat and documents from 9.8 to 19.7 billion; search opens in month 4 and is at its full 200 million in month 6."""
    results = answer(LARGE)
    grown = [1.27 ** (m / 12) for m in range(36)]
    search = [0 if m < 3 else 200 * 1.27 ** ((m - 3) / 12) * min(1, (m - 2) / 3) for m in range(36)]
    assert results.tokens == pytest.approx([9_800 * g + s for g, s in zip(grown, search, strict=True)])
    assert results.tokens[0] == 9_800
    assert results.tokens[-1] == pytest.approx(20_057, abs=1)


def test_own_gpus_look_cheap_at_the_benchmark_and_are_not() -> None:
    """0.19 per M tokens at full batch against 0.31 by the token, and 1.50 on the fleet planned."""
    written = sum(TOKENS[w] * SHARES[w] for w in TOKENS) / 10_000
    hour, host = 4 * 3.99, (1 - written) * 0.22 + written * 0.88
    assert round(hour / (22_812 * 3600 / 1e6), 2) == 0.19
    assert round(host, 2) == 0.31
    results = answer(LARGE)
    fleet = results.option("self_hosted").categories["compute"] / sum(results.tokens)
    assert round(fleet, 2) == 1.50


def test_the_mix_costs_more_than_either_model_alone() -> None:
    """Three providers' engineers, 0.7 of them, where the frontier alone takes a quarter and the open model 0.4."""
    results = answer(LARGE)
    mix, api, tokens = (results.option(key) for key in ("frontier_chat", "api", "tokens"))
    assert mix.full_cost > api.full_cost > tokens.full_cost
    ongoing = [figure(LARGE, f"options.{key}.ongoing_fte") for key in ("api", "tokens", "embeddings")]
    assert sum(ongoing) == pytest.approx(0.7)
    assert mix.categories["compute"] < api.categories["compute"]


def test_what_is_left_of_the_obligation() -> None:
    """The frontier API carries two months before the open model is live; the rest of 60,000 is paid in month 12."""
    prices = (2, 0.1, 2.5, 10)
    paid = sum(
        TOKENS[w] * 1.27 ** (m / 12) * frontier(w, prices) * 0.8 ** (m / 12)
        for w in ("chat", "documents")
        for m in range(2)
    )
    other = answer(LARGE).option("tokens").categories["other"]
    assert other == pytest.approx(60_000 - paid)
    assert answer(LARGE).option("frontier_chat").categories["other"] == pytest.approx(
        answer(LARGE).option("api").categories["other"]
    )


def test_who_may_not_answer_is_not_eligible() -> None:
    """An embedding model fails two rules about chat and documents; the mix that embeds with it meets both."""
    results = answer(LARGE)
    assert results.option("embeddings").failed_requirements == (
        "Writes answers and summaries",
        "Passes our acceptance tests",
    )
    assert [option.key for option in results.options if not option.eligible] == ["embeddings"]


def test_where_gpus_break_even_in_the_large_case() -> None:
    """Own GPUs at about 34 billion a month, cloud GPUs at about 72; the open model by the token is cheaper still."""
    results = answer(LARGE)
    own, cloud = results.option("on_prem").break_even, results.option("self_hosted").break_even
    assert own
    assert cloud
    assert own.volume == pytest.approx(34_000, rel=0.02)
    assert cloud.volume == pytest.approx(72_000, rel=0.02)
    high = {key: tco[-1] for key, tco in results.ladder.tco.items() if results.option(key).eligible}
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
    """It costs cloud GPUs 751,000 in the large case and the platform 158,000 in the hospitals, the token price nothing."""
    large = next(r for r in answer(LARGE).risks if r.name.startswith("Throughput"))
    hospital = next(r for r in answer(HOSPITAL).risks if r.name.startswith("Throughput"))
    assert round(large.impact["self_hosted"], -3) == 751_000
    assert large.impact["tokens"] == 0
    assert round(hospital.impact["platform"], -3) == 158_000


def test_what_the_rules_cost_the_hospitals() -> None:
    """Residency alone costs 125,000; residency and EU law together nothing; machines of one's own cost the most."""
    results = answer(HOSPITAL)
    cost = {option.key: option.full_cost for option in results.options}
    tco = {option.key: option.tco for option in results.options}
    assert {option.key for option in results.options if option.eligible} == {
        "eu_cloud",
        "on_prem",
        "platform",
    }
    assert round(tco["eu_zone"] - tco["us_api"], -3) == 125_000
    assert cost["eu_tokens"] < cost["us_api"] < cost["platform"]
    letters = sum(results.tokens) * 1e6 / 10_000
    assert round((cost["platform"] - cost["eu_tokens"]) / letters, 3) == 0.024
    assert round(1 - cost["platform"] / min(cost["eu_cloud"], cost["on_prem"]), 2) == 0.40


def test_engineers_are_most_of_what_the_hospitals_pay_for_rented_gpus() -> None:
    """69 % of the cost; two or three GPUs at 2.95 euro an hour are a fraction of it."""
    results = answer(HOSPITAL)
    option = results.option("eu_cloud")
    people = option.categories["deployment"] + option.categories["ongoing"]
    assert round(people / option.tco, 2) == 0.69
    month, second = 730 * 3.39 * 0.87, 730 * 3600
    speed = 1 / (0.889 * (1 - 0.10 * 0.5) / 6_970 + 0.111 / 4_530)  # half of what is cached is found again
    need = [
        tokens * 1e6 / second / (speed * 0.25 * (0.7 if m < 9 else 1))
        for m, tokens in enumerate(results.tokens)
    ]
    fleet = sum(max(2, ceil(replicas)) for replicas in need[6:]) * month  # in service from month 7
    staging = 5 * month
    assert 2 < need[-1] < 3
    assert option.categories["compute"] == pytest.approx(fleet + staging)


def test_the_tax_that_the_hospitals_do_not_recover() -> None:
    """19 % of machines, interim tokens and one-off cost of the platform, 78,000; engineers bear none."""
    option = answer(HOSPITAL).option("platform")
    interim = (
        sum(answer(HOSPITAL).tokens[:4]) * 0.87 * (0.889 * 0.09 + 0.111 * 0.47)
    )  # go-live after four months
    tax = 0.19 * (option.categories["compute"] + interim + 40_000)
    assert option.categories["tax"] == pytest.approx(tax)
    assert round(tax, -3) == 78_000


def test_two_committed_machines_are_paid_from_delivery_on() -> None:
    """46 months at 15 % off; a third machine and the fee come with the load, from go-live after four months."""
    results = answer(HOSPITAL)
    month = 730 * 3.50 * 0.87 * 1.30
    speed = 1 / (0.889 * (1 - 0.10 * 0.5) / 6_970 + 0.111 / 4_530)
    need = [tokens * 1e6 / (730 * 3600) / speed / 0.25 for tokens in results.tokens]
    more = sum(max(2, ceil(replicas)) - 2 for replicas in need[4:])
    cost = 46 * 2 * month * 0.85 + more * month + 44 * 3_000
    assert results.option("platform").categories["compute"] == pytest.approx(cost)


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
    """The batch rates of the flagship are half its standard ones; the case, whose documents cannot wait a day, takes none."""
    found = worked_out(LARGE).case.book
    assert found
    standard, batch = found.item("gpt-6.1-sol"), found.item("gpt-6.1-sol-batch")
    assert standard
    assert batch
    for part in standard.components:
        assert batch.rates[-1].amount(part) == pytest.approx((standard.rates[-1].amount(part) or 0) / 2)
    assert figure(LARGE, "options.api.batch_share") == 0


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
    """A tenth of self-hosting's cost, 34 and 72 billion tokens, 651 thousand euro."""
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
