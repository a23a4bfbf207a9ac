"""What is signed for beyond the months that are counted, and discounts without a term."""

import pytest

from tests.findings.conftest import Find
from tests.model.worked import HALVING, MANAGED, RENTED


def test_a_commitment_beyond_the_horizon(found: Find) -> None:
    """15 months from go-live at the start of month 1, of which 12 are counted: 3 x 16,000."""
    (one,) = found("commitment", {"rented": {**RENTED, "commitment_months": 15}})
    assert one.title == "The commitment lasts 3 months beyond month 12"
    assert "They cost $48k" in one.detail
    assert one.cost == pytest.approx(48000, rel=1e-12)
    assert found("commitment", {"rented": {**RENTED, "commitment_months": 12}}) == ()


@pytest.mark.slow
def test_terms_that_renew(found: Find) -> None:
    """Three replicas for ten months and ten again, 8 of them after month 12: 8 x 6 GPUs x 2,000 less a quarter."""
    option = {
        **RENTED, "committed_replicas": 3, "commitment_months": 10, "commitment_renews": True, "commitment_discount": 0.25,
    }  # fmt: skip
    (one,) = found("commitment", {"rented": option})
    assert one.title == "The commitment lasts 8 months beyond month 12"
    assert one.cost == pytest.approx(72000, rel=1e-12)
    assert found("commitment", {"rented": {**option, "commitment_renews": False}}) == ()
    assert found("commitment", {"rented": {**option, "committed_replicas": 0}}) == ()


def test_a_commitment_counts_from_delivery_on(found: Find) -> None:
    """Delivered after half a month: 12 months of it end half a month after the horizon."""
    option = {**MANAGED, "lead_time_months": 0.5, "committed_replicas": 1, "commitment_months": 12}
    (one,) = found("commitment", {"managed": option})
    assert one.cost == pytest.approx(0.5 * 8000, rel=1e-12)


def test_what_lies_beyond_is_worth_less_today(found: Find) -> None:
    """48,000 after twelve months of halving."""
    finance = {"discount_rate": HALVING}
    (one,) = found("commitment", {"rented": {**RENTED, "commitment_months": 15}}, finance=finance)
    assert one.cost == pytest.approx(48000 / 4096, rel=1e-9)


def test_a_discount_outlasts_its_commitment(found: Find) -> None:
    """A quarter off for three months and kept for nine more: 9 x 16,000 x 0.25."""
    option = {**RENTED, "commitment_discount": 0.25, "commitment_months": 3}
    (one,) = found("discount", {"rented": option})
    assert one.title == "A discount of 25% outlasts its commitment of 3 months"
    assert one.cost == pytest.approx(36000, rel=1e-12)
    (late,) = found("discount", {"rented": {**option, "deployment_months": 2.5}})
    assert late.cost == pytest.approx(6.5 * 4000, rel=1e-12)


@pytest.mark.parametrize(
    "terms", [{"commitment_months": 12}, {"commitment_months": 3, "committed_replicas": 1}]
)
def test_a_discount_that_ends_with_its_term(found: Find, terms: dict[str, float]) -> None:
    """To the end of the horizon, or on committed machines only; a platform has none without them."""
    assert found("discount", {"rented": {**RENTED, "commitment_discount": 0.25, **terms}}) == ()
    managed = {**MANAGED, "commitment_discount": 0.25, "commitment_months": 3}
    assert found("discount", {"managed": managed}) == ()
