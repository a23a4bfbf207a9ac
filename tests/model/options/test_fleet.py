"""Hybrids: a cap on replicas, and what an api takes beyond it."""

import pytest

from tests.model.worked import API, OWNED, RENTED, Part, Work

PEAK: Part = {**API, "input_price": 3, "output_price": 3}


def test_half_of_the_work_spills_where_two_of_four_replicas_run(worked: Work) -> None:
    """2 x 250 of 1,000 tokens/s: 1,800 M are served, 1,800 M spill at 3 each; half a month in service half of it."""
    hybrid = {**RENTED, "max_replicas": 2, "spill_to": "peak", "deployment_months": 0.5}
    case = worked({"api": API, "peak": PEAK, "hybrid": hybrid})
    assert case.line("options.hybrid.replicas")[:2] == (2, 2)
    assert case.line("options.hybrid.served")[0] == pytest.approx(0.5, rel=1e-12)
    assert case.line("options.hybrid.spill")[:2] == pytest.approx((2700, 5400), rel=1e-12)
    assert case.line("options.hybrid.interim_usage")[:2] == (1800, 0)


def test_the_cap_stands_above_the_minimum(worked: Work) -> None:
    """At least 3 but at most 2 are 2."""
    hybrid = {**RENTED, "min_replicas": 3, "max_replicas": 2, "spill_to": "peak"}
    assert worked({"api": API, "peak": PEAK, "hybrid": hybrid}).line("options.hybrid.replicas")[0] == 2


def test_nothing_spills_below_the_cap(worked: Work) -> None:
    """4 replicas carry all of the 3,600 M tokens; a fifth is allowed and not needed."""
    case = worked({"api": API, "peak": PEAK, "hybrid": {**RENTED, "max_replicas": 5, "spill_to": "peak"}})
    assert case.line("options.hybrid.served")[0] == pytest.approx(1, rel=1e-12)
    assert case.line("options.hybrid.spill")[0] == pytest.approx(0, abs=1e-9)


def test_a_capped_owner_buys_no_more_than_the_cap(worked: Work) -> None:
    """1 replica of 4 is bought; three quarters of the tokens spill at 3 each: 8,100 a month."""
    case = worked({"api": API, "peak": PEAK, "hybrid": {**OWNED, "max_replicas": 1, "spill_to": "peak"}})
    assert case.line("options.hybrid.purchases")[:2] == (60000, 0)
    assert case.line("options.hybrid.spill")[0] == pytest.approx(8100, rel=1e-12)


PAIR: Part = {
    **{key: value for key, value in RENTED.items() if key != "replica_tps"}, "prompt_tps": 3000, "output_tps": 500,
}  # fmt: skip
"""A quarter of output: 0.75 / 3,000 + 0.25 / 500 = 0.00075 s a token, 1,333.33 tokens a second."""


def test_a_speed_out_of_prompt_and_output(worked: Work) -> None:
    """1,000 tokens/s over 1,333.33 keep 0.75 of a replica busy: at 50 %, 1.5, which are 2."""
    case = worked({"rented": PAIR})
    assert case.line("options.rented.speed") == pytest.approx((4000 / 3,), rel=1e-12)
    assert case.line("options.rented.load")[0] == pytest.approx(0.75, rel=1e-12)
    assert case.line("options.rented.needed")[0] == pytest.approx(1.5, rel=1e-12)
    assert case.line("options.rented.replicas")[0] == 2


def test_a_prefix_cache_spares_prompts(worked: Work) -> None:
    """80 % read from a cache, half of which it reaches here: 0.75 x 0.6 / 3,000 + 0.0005 = 0.00065 s a token."""
    rented = {**PAIR, "prefix_cache_reach": 0.5}
    case = worked({"api": {**API, "cached_input_price": 1}, "rented": rented}, workload={"cached_share": 0.8})
    assert case.line("options.rented.speed") == pytest.approx((1 / 0.00065,), rel=1e-12)


def test_the_mix_of_a_speed_is_that_of_the_tokens_handled(worked: Work) -> None:
    """Three times the output: 0.75 of input and 0.75 of output, half each; 1.5 times the tokens in all.

    0.5 / 3,000 + 0.5 / 500 = 0.0011666 s a token; 1,500 tokens/s keep 1.75 replicas busy.
    """
    case = worked({"rented": {**PAIR, "output_token_factor": 3}})
    assert case.line("options.rented.output_mix") == pytest.approx((0.5,), rel=1e-12)
    assert case.line("options.rented.load")[0] == pytest.approx(1.75, rel=1e-12)


def test_software_gains_from_year_to_year(worked: Work) -> None:
    """21 % a year is x 1.1 in month 7: a load of 2 becomes 2 / 1.1."""
    case = worked({"rented": {**RENTED, "replica_tps_change": 0.21}})
    assert case.line("options.rented.pace")[6] == pytest.approx(1.1, rel=1e-12)
    assert case.line("options.rented.load")[6] == pytest.approx(2 / 1.1, rel=1e-12)


def test_billed_by_the_second_machines_follow_the_load(worked: Work) -> None:
    """1,000 tokens/s over 500 at 40 % are 5 by the month, 5 by the second; at 45 % 5 and 4.444."""
    second = {**RENTED, "utilisation": 0.45, "billed": "second", "min_replicas": 0}
    case = worked({"rented": second})
    assert case.line("options.rented.replicas")[0] == pytest.approx(2 / 0.45, rel=1e-12)
    assert case.line("options.rented.fleet")[0] == pytest.approx(4000 * 2 / 0.45, rel=1e-12)


def test_by_the_second_a_load_that_fills_whole_machines_costs_as_by_the_month(worked: Work) -> None:
    """4 replicas needed are 4 replicas billed, either way."""
    by_second = worked({"rented": {**RENTED, "billed": "second", "min_replicas": 0}}).option("rented")
    assert by_second.tco == pytest.approx(worked({"rented": RENTED}).option("rented").tco, rel=1e-12)


def test_machines_come_by_the_server(worked: Work) -> None:
    """Replicas of 3 GPUs, 2 to a server of 8: 4 take 2 servers, 16 GPUs; staging one takes a whole one."""
    rented = {**RENTED, "gpus_per_replica": 3, "gpus_per_server": 8, "staging_replicas": 1}
    case = worked({"rented": rented})
    assert case.line("options.rented.servers_per_replica") == (0.5,)
    assert case.line("options.rented.gpus")[0] == 16
    assert case.line("options.rented.staging_gpus") == (8,)


def test_a_replica_over_several_servers_takes_its_share_of_them(worked: Work) -> None:
    """Replicas of 12 GPUs over servers of 8 take 1.5 each: 4 take 6 servers, 48 GPUs; 3 take 5, 40 GPUs."""
    rented = {**RENTED, "gpus_per_replica": 12, "gpus_per_server": 8}
    assert worked({"rented": rented}).line("options.rented.gpus")[0] == 48
    fewer = {**rented, "utilisation": 0.7}
    assert worked({"rented": fewer}).line("options.rented.gpus")[0] == 40


def test_all_is_served_where_there_is_nothing_to_serve(worked: Work) -> None:
    """A workload that begins in month 3 leaves machines idle in month 1: nothing spills."""
    hybrid = {**RENTED, "max_replicas": 2, "spill_to": "peak"}
    case = worked({"api": API, "peak": PEAK, "hybrid": hybrid}, workload={"starts_month": 3})
    assert case.line("options.hybrid.served")[:3] == pytest.approx((1, 1, 0.5), rel=1e-12)
    assert case.line("options.hybrid.spill")[:3] == pytest.approx((0, 0, 5400), rel=1e-12)
