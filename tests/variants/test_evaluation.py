"""A variant comes to what it comes to as a case of its own, whichever kind of path is varied."""

from pathlib import Path
from pickle import dumps, loads

import numpy as np
import pytest

import reportgen as rg
from reportgen.assessment import ranked
from reportgen.schema.assumptions import with_values
from reportgen.schema.loading.load import usual_figures
from reportgen.variants.axes import Axis
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.grid import Grid
from reportgen.variants.running import CHUNK, evaluated
from reportgen.workers import SERIAL
from tests.paths import CASES, INPUTS

HANDFUL = (
    {"finance.discount_rate": 0.11},
    {"workload.tokens_per_month": 7000.0},
    {"workload.annual_growth": 0.9},
    {"people.loaded_cost_per_fte": 90000.0},
    {"options.api.input_price": 1.3},
    {"options.self_hosted.utilisation": 0.15},
    {"options.self_hosted.lead_time_months": 5.0},
    {"options.platform.exit_probability": 0.9},
    {"risks.the_api_provider_raises_prices.probability": 0.75},
    {"risks.the_api_provider_raises_prices.probability": 0.0, "options.api.input_price": 0.7},
)
"""A change of every kind, and two at once."""


def evaluator(case: "rg.LoadedCase", *paths: str) -> Evaluator:
    """Return the evaluator of a case."""
    return Evaluator(case.case, usual_figures(case.file, case.case), paths)


def require_agreement(case: "rg.LoadedCase", changes: dict[str, float]) -> bool:
    """Compare a variant with its own case, evaluated apart; return whether it was accepted."""
    found = evaluator(case, *changes).evaluate({path: np.array([value]) for path, value in changes.items()})
    if found.refused[0] >= 0:
        assert np.isnan(found.tco).all()
        return False
    options, recommended = ranked(with_values(case.case, changes))
    assert found.tco[0] == pytest.approx([one.tco for one in options], rel=1e-9), changes
    assert found.full_cost[0] == pytest.approx([one.full_cost for one in options], rel=1e-9), changes
    assert options[found.recommended[0]].key == recommended
    costs = sorted(one.full_cost for one in options if one.eligible)
    assert found.lead[0] == pytest.approx(1 - costs[0] / costs[1], rel=1e-9)
    return True


@pytest.mark.slow
def test_a_variant_of_every_kind_is_its_own_case() -> None:
    """Finance, workload, people, prices, machines, exits and probabilities of risks."""
    case = rg.load(INPUTS / "one-billion-tokens.yaml")
    assert all(require_agreement(case, changes) for changes in HANDFUL)


@pytest.mark.slow
def test_prices_of_the_book_and_exchange_rates() -> None:
    """A rate of the book, and what a currency costs, go through look-ups, and what follows a price follows."""
    case = rg.load(CASES / "dated_prices.yaml")
    paths = [path for path in case.assumptions if path.startswith(("prices.", "finance.exchange_rates."))]
    assert paths
    assert all(require_agreement(case, {path: 1.1 * case.assumptions[path].value}) for path in paths)


@pytest.mark.long
@pytest.mark.parametrize(
    "file", [*sorted(CASES.glob("*.yaml")), *sorted(INPUTS.glob("*tokens.yaml"))], ids=lambda file: file.stem
)
def test_every_path_of_every_case(file: Path) -> None:
    """Each input moved by a tenth, or by one where that is no value."""
    case, accepted = rg.load(file), 0
    for row in case.assumptions.values():
        moved = (row.value * 1.1, row.value * 0.9, row.value + 1, row.value - 1, 0.1)
        value = next((v for v in moved if v != row.value and row.bounds.contains(v)), None)
        if row.is_input and value is not None:
            accepted += require_agreement(case, {row.path: value})
    assert accepted > 20


def test_an_evaluator_travels_as_its_case() -> None:
    """What another process receives evaluates to the same, and is made once for the same case."""
    here = evaluator(rg.load(INPUTS / "small.yaml"), "workload.tokens_per_month")
    there = loads(dumps(here))  # noqa: S301  its own
    values = {"workload.tokens_per_month": np.array([100.0, 900.0])}
    assert there is loads(dumps(here))  # noqa: S301  its own
    assert there.evaluate(values).full_cost.tolist() == here.evaluate(values).full_cost.tolist()


def test_blocks_are_the_grid_in_order() -> None:
    """Chunks follow each other without a gap, and a variant comes to the same in whichever chunk it is."""
    case = rg.load(INPUTS / "small.yaml")
    values = tuple(np.linspace(100, 1000, CHUNK + 3))
    grid = Grid((Axis("workload.tokens_per_month", values),))
    found = evaluator(case, *grid.paths)
    blocks = list(evaluated(found, grid, SERIAL, 1))
    assert [(block.start, len(block)) for block in blocks] == [(0, CHUNK), (CHUNK, 3)]
    alone = found.evaluate({"workload.tokens_per_month": np.array(values[-3:])})
    assert blocks[1].figures.tco == pytest.approx(alone.tco, rel=1e-12)
