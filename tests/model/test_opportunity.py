"""Opportunity cost: the months for which a team is away, and what is not known."""

import pytest

from tests.model.worked import API, FIXED, OWNED, RENTED, Part, Work

TIMES = {"lead_time_months": 1, "deployment_months": 1.5}


def project(option: str, during: str) -> Part:
    """Displace a project of 2,000 a month, a confidence of a quarter: 500 for each month away."""
    return {"name": "Search", "option": option, "during": during, "monthly_value": 2000, "confidence": 0.25}


def test_a_deployment_takes_the_team_until_the_service_is_stable(worked: Work) -> None:
    """From 1 to 2.5 + 1.25 = 3.75: 2.75 months x 500."""
    rented = {**RENTED, **TIMES, "stabilisation_months": 1.25}
    case = worked({"rented": rented}, opportunity=[project("rented", "deployment")])
    assert case.line("opportunity.search.rented")[:5] == pytest.approx((0, 500, 500, 375, 0), rel=1e-12)
    assert case.option("rented").opportunity == pytest.approx(1375, rel=1e-12)


def test_a_platform_is_stable_at_go_live(worked: Work) -> None:
    """From 1 to 2.5: 1.5 months x 500."""
    case = worked({"fixed": {**FIXED, **TIMES}}, opportunity=[project("fixed", "deployment")])
    assert case.option("fixed").opportunity == pytest.approx(750, rel=1e-12)


def test_operation_displaces_for_every_month_of_service(worked: Work) -> None:
    """9.5 of 12 months x 500; it is not in the total cost."""
    case = worked({"fixed": {**FIXED, **TIMES}}, opportunity=[project("fixed", "operation")])
    assert case.option("fixed").opportunity == pytest.approx(4750, rel=1e-12)
    assert case.option("fixed").tco == pytest.approx(2.5 * 3600, rel=1e-12)


def test_without_projects_own_gpus_are_not_quantified_and_others_displace_none(worked: Work) -> None:
    """None is not 0: a team that runs machines displaces something, which the case does not name."""
    case = worked({"api": API, "rented": RENTED, "owned": OWNED, "fixed": FIXED})
    assert [case.option(key).opportunity for key in ("api", "fixed")] == [0, 0]
    assert [case.option(key).opportunity for key in ("rented", "owned")] == [None, None]
    assert "opportunity" in case.option("owned").not_quantified
    assert "opportunity" not in case.option("fixed").not_quantified


def test_several_options_displace_one_project(worked: Work) -> None:
    """Each option displaces it by itself: 9.5 and 12 months x 500."""
    both = {**project("fixed", "operation"), "option": ["fixed", "other"]}
    case = worked({"fixed": {**FIXED, **TIMES}, "other": FIXED}, opportunity=[both])
    assert [case.option(key).opportunity for key in ("fixed", "other")] == [4750, 6000]
