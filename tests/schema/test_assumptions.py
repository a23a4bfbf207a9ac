"""A case as flat rows: paths, labels, units, ranges, origins; and values put back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reportgen import units
from reportgen.schema.assumptions import Assumption, assumptions, with_values
from reportgen.schema.bounds import Bounds
from reportgen.schema.loading.load import load_case
from tests.schema.conftest import SHIPPED


@pytest.fixture
def table() -> dict[str, Assumption]:
    """Lay the shipped case out, by path."""
    return {row.path: row for row in assumptions(load_case(SHIPPED))}


def test_a_row_says_everything_about_an_assumption(table: dict[str, Assumption]) -> None:
    """The utilisation of the self-hosted option, as the case states it."""
    assert table["options.self_hosted.utilisation"] == Assumption(
        path="options.self_hosted.utilisation", label="Utilisation", group="Self-hosted GPUs", unit=units.SHARE,
        value=0.35, low=0.20, high=0.40, source="Article: plan with 30-40 %", owner="Platform Engineering", as_of=None, note="",
        given=True, reachable=True, bounds=Bounds(least=1e-6, most=1),
    )  # fmt: skip


@pytest.mark.slow
def test_rows_stand_in_the_order_of_the_model(table: dict[str, Assumption]) -> None:
    """Finance, workload and people come first, then the options, the bridge, displaced projects and risks."""
    groups = list(dict.fromkeys(row.group for row in table.values()))
    assert groups == [
        "Finance", "Workload", "People", "Commercial API", "Self-hosted GPUs", "Managed platform",
        "Bridge", "Displaced projects", "Risks",
    ]  # fmt: skip


def test_every_number_of_the_shipped_case_has_a_row(table: dict[str, Assumption]) -> None:
    """1 + 5 + 4 shared, 10 + 27 + 18 of options, 1 of the bridge, 4 of projects and 4 of risks are given: 74; 45 are not."""
    given = [row for row in table.values() if row.given]
    assert len(given) == 74
    assert len(table) == 119


def test_defaults_have_rows_that_are_not_given(table: dict[str, Assumption]) -> None:
    """The api's batch discount is not in the case: 0, not given, and effects reach it."""
    row = table["options.api.batch_discount"]
    assert (row.value, row.given, row.reachable) == (0, False, True)


def test_what_has_no_value_has_no_row(table: dict[str, Assumption]) -> None:
    """Peaks and caps have rows only where the case gives them."""
    assert "workload.peak_to_average" not in table
    assert "options.self_hosted.max_replicas" not in table


def test_effects_do_not_reach_probabilities_and_exit_months(table: dict[str, Assumption]) -> None:
    """Months of exit, the first estimate and probabilities of risks are out of reach; projects are not."""
    unreachable = {row.path.rpartition(".")[2] for row in table.values() if not row.reachable}
    assert unreachable == {"exit_month", "naive_utilisation", "probability"}


def test_the_exit_month_ends_with_the_horizon(table: dict[str, Assumption]) -> None:
    """Three years have 36 months: the exit month is whole and lies between 1 and 36."""
    assert table["options.api.exit_month"].bounds == Bounds(least=1, most=36, whole=True)


def test_values_go_back_into_the_case() -> None:
    """Changed values are found again in the rows, and nothing else moves."""
    case = load_case(SHIPPED)
    changed = {
        "options.self_hosted.utilisation": 0.32,
        "risks.the_api_provider_raises_prices.probability": 0.2,
        "options.self_hosted.one_off_cost": 5000.0,
        "opportunity.search_relevance_roadmap.confidence": 0.4,
    }
    before = {row.path: row.value for row in assumptions(case)}
    after = {row.path: row.value for row in assumptions(with_values(case, changed))}
    assert after == {**before, **changed}


def test_a_path_that_is_no_input_cannot_be_changed() -> None:
    """Structure is no assumption, and neither is what does not exist."""
    case = load_case(SHIPPED)
    for path in ("finance.years", "options.api.speed", "nothing", "options.cloud.utilisation"):
        with pytest.raises(KeyError):
            with_values(case, {path: 1})


def test_origins_are_kept(edited: Callable[..., Path]) -> None:
    """Owner, day and note of an assumption reach its row."""
    case = load_case(edited(("owner: CFO office", "owner: CFO office, as_of: 2026-11-01, note: Before tax")))
    row = next(row for row in assumptions(case) if row.path == "finance.discount_rate")
    assert (row.owner, row.as_of, row.note) == ("CFO office", date(2026, 11, 1), "Before tax")
