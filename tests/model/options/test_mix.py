"""A mix: parts with the workloads routed to them, and what is known of all parts together only."""

from typing import Any

import pytest

from tests.model.worked import API, FIXED, OWNED, RENTED, Part, Work

CHAT: Part = {"name": "Chat", "tokens_per_month": 1800, "output_share": 0.25}
WORKLOADS: dict[str, Part] = {"chat": CHAT, "documents": {**CHAT, "name": "Documents"}}
"""1,800 M tokens a month each: 1,800 at an api; 500 tokens a second, 2 replicas of rented GPUs, 8,000."""

MIX: Part = {"kind": "mix", "routes": {"chat": "api", "documents": "rented"}}


def mix_of(chat: str, documents: str) -> Part:
    """Route the two workloads."""
    return {"kind": "mix", "routes": {"chat": chat, "documents": documents}}


def test_each_part_carries_what_is_routed_to_it(worked: Work) -> None:
    """1,800 of tokens and 8,000 of GPUs a month; the options by themselves carry both."""
    case = worked({"api": API, "rented": RENTED, "mix": MIX}, workloads=WORKLOADS)
    assert case.option("mix").tco == pytest.approx(12 * 9800, rel=1e-12)
    assert case.option("mix").parts == {"api": ("chat",), "rented": ("documents",)}
    assert case.option("api").tco == pytest.approx(12 * 3600, rel=1e-12)
    assert case.option("rented").tco == pytest.approx(12 * 16000, rel=1e-12)
    assert case.line("options.mix.rented.replicas")[0] == 2


def test_standing_costs_of_a_part_are_those_of_its_option(worked: Work) -> None:
    """Half an engineer for half the work: 60,000 a year, and 7,000 once."""
    rented = {**RENTED, "ongoing_fte": 0.5, "one_off_cost": 7000}
    case = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS)
    assert case.option("mix").categories["ongoing"] == 60000
    assert case.option("mix").categories["other"] == 7000


def test_minimum_and_credit_see_the_bills_of_the_part(worked: Work) -> None:
    """1,800 of usage against a minimum of 2,500; the credit of 10,000 pays 4 months of it."""
    api = {**API, "minimum_monthly_spend": 2500, "credit": 10000}
    case = worked({"api": api, "rented": RENTED, "mix": MIX}, workloads=WORKLOADS)
    assert case.line("options.mix.api.token_fees")[0] == 2500
    assert case.line("options.mix.api.credited")[3:5] == (-2500, 0)


def test_a_part_leans_on_an_api_for_its_own_work(worked: Work) -> None:
    """Documents cost 1,800 at the api until the rented GPUs serve them; the chat is there already."""
    rented = {**RENTED, "deployment_months": 1.5}
    case = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS)
    assert case.line("options.mix.rented.interim_usage")[:3] == (1800, 900, 0)
    assert case.option("mix").go_live == 1.5


def test_engineers_of_an_api_that_is_a_part_are_paid_once(worked: Work) -> None:
    """The api goes live at 0.5 as a part: half a month of its engineers until then, though others lean on it to 2.5."""
    api = {**API, "until_live": "api", "deployment_months": 0.5, "ongoing_fte": 0.2}
    rented = {**RENTED, "deployment_months": 2.5}
    case = worked({"api": api, "rented": rented, "mix": MIX}, workloads=WORKLOADS)
    assert case.line("options.mix.interim_staff_api")[:3] == (1000, 0, 0)
    assert case.line("options.rented.interim_staff")[:3] == (2000, 2000, 1000)


def test_engineers_of_an_api_that_two_parts_lean_on_are_paid_once(worked: Work) -> None:
    """Until 1.5 and until 2.5: the longer of the two, 2.5 months of 2,000."""
    options = {
        "api": {**API, "ongoing_fte": 0.2}, "rented": {**RENTED, "deployment_months": 2.5},
        "fixed": {**FIXED, "deployment_months": 1.5}, "mix": mix_of("fixed", "rented"),
    }  # fmt: skip
    case = worked(options, workloads=WORKLOADS)
    assert case.line("options.mix.interim_staff_api")[:4] == (2000, 2000, 1000, 0)


def test_obligations_count_over_all_parts(worked: Work) -> None:
    """The api as a part is paid 1,800, and 1,800 until the GPUs serve: 5 x 1,800 of 20,000 by month 4."""
    owed = {"id": "frame", "name": "Frame", "option": "api", "amount": 20000, "until_month": 4}
    rented = {**RENTED, "deployment_months": 1}
    case = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS, obligations=[owed])
    assert case.line("options.mix.shortfall_frame")[3] == pytest.approx(11000, rel=1e-12)


def test_tax_of_a_mix_is_that_of_its_parts(worked: Work) -> None:
    """A tenth of 1,800 and of 8,000 and 400 of other cost."""
    rented = {**RENTED, "other_monthly_cost": 400, "ongoing_fte": 1}
    finance = {"irrecoverable_vat": 0.1}
    case = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS, finance=finance)
    assert case.line("options.mix.tax")[0] == pytest.approx(1020, rel=1e-12)


LEAVING: Part = {"exit_probability": 0.5, "exit_month": 6}


@pytest.mark.slow
def test_exit_cost_is_the_sum_of_the_parts(worked: Work) -> None:
    """Fees of 1,000 and of 3,000 with 1 month of 8,000 beside: 12,000, each half likely."""
    api = {**API, **LEAVING, "exit_fees": 1000}
    rented = {**RENTED, **LEAVING, "exit_fees": 3000, "parallel_run_months": 1}
    mix = worked({"api": api, "rented": rented, "mix": MIX}, workloads=WORKLOADS).option("mix")
    assert mix.exit_curve is not None
    assert mix.exit_curve[5] == pytest.approx(12000, rel=1e-12)
    assert mix.expected_exit == pytest.approx(6000, rel=1e-12)
    assert mix.exit_parts["fees"][5] == 4000


def test_what_is_known_of_a_mix_counts_and_the_rest_is_named(worked: Work) -> None:
    """The api's exit is not known: the mix has no curve, and the 500 expected of the rented part are in its core."""
    rented = {**RENTED, **LEAVING, "exit_fees": 1000}
    mix = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS).option("mix")
    assert mix.exit_curve is None
    assert mix.expected_exit is None
    assert mix.open_parts == {"opportunity": ("rented",), "exit": ("api",)}
    assert mix.core - mix.pv == pytest.approx(500, rel=1e-12)


def test_an_api_in_use_has_no_exit_to_be_asked_for(worked: Work) -> None:
    """As a part of a mix it counts as known, at nothing; by itself it does not."""
    options = {
        "api": {**API, "until_live": "api"},
        "rented": {**RENTED, **LEAVING, "exit_fees": 1000},
        "mix": MIX,
    }
    case = worked(options, workloads=WORKLOADS)
    assert case.option("mix").expected_exit == pytest.approx(500, rel=1e-12)
    assert case.option("api").expected_exit is None


@pytest.mark.slow
def test_a_project_counts_once_at_the_largest_share(worked: Work) -> None:
    """Displaced while deploying to 1 and to 2.5 by two parts: 2.5 months x 500."""
    project: dict[str, Any] = {
        "name": "Search", "option": ["rented", "owned"], "during": "deployment", "monthly_value": 2000, "confidence": 0.25,
    }  # fmt: skip
    options = {
        "api": API, "rented": {**RENTED, "deployment_months": 1}, "owned": {**OWNED, "deployment_months": 2.5},
        "mix": mix_of("rented", "owned"),
    }  # fmt: skip
    case = worked(options, workloads=WORKLOADS, opportunity=[project])
    assert case.option("mix").opportunity == pytest.approx(1250, rel=1e-12)


def test_spill_of_a_part_is_of_its_own_work(worked: Work) -> None:
    """1 of 2 replicas needed for documents: half of 1,800 M spills, at 1 each."""
    rented = {**RENTED, "max_replicas": 1, "spill_to": "api"}
    case = worked({"api": API, "rented": rented, "mix": MIX}, workloads=WORKLOADS)
    assert case.line("options.mix.rented.spill")[0] == pytest.approx(900, rel=1e-12)
    assert case.option("mix").tco == pytest.approx(12 * (1800 + 4000 + 900), rel=1e-12)
