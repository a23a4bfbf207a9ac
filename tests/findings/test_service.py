"""The time around go-live: paid before the work comes, and rules that do not hold yet."""

import pytest

from tests.findings.conftest import Find
from tests.model.worked import API, FIXED, RENTED, Part, Work

STAFFED: Part = {**RENTED, "ongoing_fte": 0.5, "one_off_cost": 700, "hires": 1, "cost_per_hire": 800}
WORKLOADS = {
    "chat": {"name": "Chat", "tokens_per_month": 3600, "output_share": 0.25},
    "search": {"name": "Search", "tokens_per_month": 100, "output_share": 0, "starts_month": 4},
}


def test_a_service_that_waits_for_its_work(found: Find) -> None:
    """Three months of one replica at 4,000 and half an engineer at 5,000; neither one-off costs nor tax."""
    parts = {"workload": {"starts_month": 4}, "finance": {"irrecoverable_vat": 0.2}}
    (one,) = found("late_start", {"rented": STAFFED}, **parts)
    assert (one.option, one.path) == ("rented", "workload.starts_month")
    assert one.title == "It is ready 3 months before its first work comes"
    assert "costs $27k" in one.detail
    assert one.cost == pytest.approx(-27000, rel=1e-12)


@pytest.mark.slow
def test_only_what_is_paid_from_go_live_on_counts(found: Find) -> None:
    """Live from 1.5 on: a month and a half at 9,000, without the engineers who deploy until then."""
    late = {**STAFFED, "deployment_months": 1.5, "deployment_fte": 1}
    (one,) = found("late_start", {"rented": late}, workload={"starts_month": 4})
    assert one.cost == pytest.approx(-13500, rel=1e-12)
    ready = {**STAFFED, "deployment_months": 3}
    assert found("late_start", {"rented": ready}, workload={"starts_month": 4}) == ()
    assert found("late_start", {"rented": STAFFED}) == ()


def test_a_part_of_a_mix_waits_for_its_own_work(found: Find) -> None:
    """The platform of the mix waits for search, at 800 a month for three months; by itself it carries chat at once."""
    options = {
        "api": API, "fixed": {**FIXED, "monthly_fee": 800},
        "both": {"kind": "mix", "routes": {"chat": "api", "search": "fixed"}},
    }  # fmt: skip
    (one,) = found("late_start", options, workloads=WORKLOADS)
    assert (one.option, one.path) == ("both", "workloads.search.starts_month")
    assert one.title == "Fixed is ready 3 months before its first work comes"
    assert one.cost == pytest.approx(-2400, rel=1e-12)


def rule(**met_by: bool) -> dict[str, object]:
    """Make a must-have."""
    return {"name": "Nobody else uses the machines", "met_by": met_by}


def test_a_must_have_that_does_not_hold_until_go_live(worked: Work, found: Find) -> None:
    """The api that serves for two months and a half fails it: a finding, and an exemption of the option."""
    option = {**RENTED, "deployment_months": 2.5}
    rules = {"requirements": [rule(api=False, rented=True)]}
    (one,) = found("must_have", {"rented": option}, **rules)
    assert one.option == "rented"
    assert one.title == 'Until go-live the must-have "Nobody else uses the machines" is not met'
    assert one.detail.endswith("Api does not meet it, and serves for 2.5 months.")
    (exempt,) = worked({"rented": option}, **rules).option("rented").exemptions
    assert (exempt.requirement, exempt.api, exempt.months) == ("Nobody else uses the machines", "api", 2.5)


@pytest.mark.slow
def test_rules_that_hold_all_the_way_need_no_exemption(found: Find) -> None:
    """The api meets it; it is no must-have; the option fails it itself; it is live at once."""
    option = {**RENTED, "deployment_months": 2.5}
    for case in (
        rule(api=True, rented=True),
        {**rule(api=False, rented=True), "must": False},
        rule(api=False, rented=False),
    ):
        assert found("must_have", {"rented": option}, requirements=[case]) == ()
    assert found("must_have", {"rented": RENTED}, requirements=[rule(api=False, rented=True)]) == ()


@pytest.mark.slow
def test_a_rule_about_another_workload_is_not_broken_on_the_way(found: Find) -> None:
    """Chat must have it; in the mix the api serves search alone until go-live."""
    options = {
        "api": API, "own": {**FIXED, "monthly_fee": 1}, "late": {**FIXED, "deployment_months": 2},
        "both": {"kind": "mix", "routes": {"chat": "own", "search": "late"}},
    }  # fmt: skip
    about = {**rule(api=False, own=True, late=True), "workloads": ["chat"]}
    hit = found("must_have", options, workloads=WORKLOADS, requirements=[about])
    assert [one.option for one in hit] == ["late"]
    everything = found(
        "must_have", options, workloads=WORKLOADS, requirements=[rule(api=False, own=True, late=True)]
    )
    assert [one.option for one in everything] == ["late", "both"]
