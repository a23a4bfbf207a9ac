"""The shipped case as it is read: its values, and what stands where it says nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import Problem
from reportgen.schema.loading.load import load_case
from tests.schema.conftest import SHIPPED


def test_the_shipped_case_loads() -> None:
    """The shipped case has three options, four risks and a start in January 2027."""
    case = load_case(SHIPPED)
    assert case.case.title == "Serving one billion tokens a month"
    assert case.case.date == date(2026, 11, 23)
    assert case.finance.start == date(2027, 1, 1)
    assert list(case.options) == ["api", "self_hosted", "platform"]
    assert [risk.id for risk in case.risks] == [
        "deployment_runs_eight_weeks_late",
        "performance_falls_short_and_needs_heavy_optimisation",
        "a_second_model_is_needed_during_stabilisation",
        "the_api_provider_raises_prices",
    ]
    assert case.risks[0].effects[0].amounts == {"add": 1.84}
    assert case.workload.tokens_per_month.source == "Article: representative scenario"


def test_what_the_case_does_not_say_has_the_default_of_the_model() -> None:
    """Horizon, ladder, simulation and names have the defaults of MODEL."""
    case = load_case(SHIPPED)
    ladder, draws = case.break_even, case.simulation
    assert (ladder.low, ladder.high, ladder.points) == (50, 100_000, 25)
    assert (draws.draws, draws.seed, draws.confidence) == (10_000, 1, 0.8)
    assert case.options["api"].short_name == "Commercial API"
    assert case.options["platform"].termination_share.value == 1
    assert case.options["api"].until_live == "api"
    assert case.options["platform"].max_replicas is None
    assert case.book is None


def test_the_baseline_is_the_first_api_unless_given(edited: Callable[..., Path]) -> None:
    """Without `baseline`, the first option of kind api is it."""
    case = load_case(edited(("baseline: api\n", "")))
    assert case.baseline == "api"


@pytest.mark.slow
def test_the_bridge_is_about_the_first_self_hosted_option(edited: Callable[..., Path]) -> None:
    """Without `bridge.option`, the first option of kind self_hosted is it."""
    case = load_case(edited(("bridge: {option: self_hosted, naive", "bridge: {naive")))
    assert case.bridge.option == "self_hosted"


def test_a_bare_number_is_a_mapping_with_a_value(edited: Callable[..., Path]) -> None:
    """`0.1` and `{value: 0.1}` say the same."""
    bare = load_case(edited(("cached_input_price: {value: 0.10}", "cached_input_price: 0.10")))
    assert bare.options["api"] == load_case(SHIPPED).options["api"]


def test_the_horizon_counts_months(edited: Callable[..., Path]) -> None:
    """Two years from November 2027 have 24 months; month 15 begins on 1 January 2029."""
    finance = load_case(edited(("years: 3", "years: 2"), ("start: 2027-01", "start: 2027-11"))).finance
    assert finance.months == 24
    assert finance.first_day(15) == date(2029, 1, 1)


def test_a_cap_with_a_place_to_spill_to_is_accepted(problems: Callable[..., tuple[Problem, ...]]) -> None:
    """A hybrid names the cap and the api option that takes the rest."""
    assert not problems(("min_replicas: 2\n", "min_replicas: 2\n    max_replicas: 3\n    spill_to: api\n"))


def test_optional_parts_may_be_written_as_nothing(problems: Callable[..., tuple[Problem, ...]]) -> None:
    """`until_live: null` says that there is none; here that is a problem only because go-live is later."""
    (found,) = problems(("    until_live: api            #", "    until_live: null           #"))
    assert found.path == "options.api.until_live"
