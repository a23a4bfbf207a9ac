"""Full cost at many points agrees with the model's own, and bridges between real cases close."""

import random
from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.compare.comparison import compare
from reportgen.compare.edition import Edition
from reportgen.editions.costs import outcomes
from reportgen.schema.assumptions import assumptions, with_values
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import CASES, over_cases


def test_there_are_cases() -> None:
    """The tests below look at something."""
    assert len(CASES) > 4


LARGER = ("polish_names", "dated_prices", "second_edition_machines")
"""Cases whose editions are larger numbers of the same."""


@pytest.mark.slow
@pytest.mark.parametrize("path", over_cases(larger=LARGER))
def test_full_cost_is_the_models_own(path: Path) -> None:
    """A point without changes comes to what the workbook and the paper say, to the last digits."""
    case = load_case(path)
    results = analyse(case, path).results
    (found,) = outcomes(case, [{}])
    assert found.recommended == results.recommended
    for option in results.options:
        assert found.full_cost[option.key] == pytest.approx(option.full_cost, rel=1e-12)
        assert found.tco[option.key] == pytest.approx(option.tco, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("path", over_cases(larger=LARGER))
def test_the_bridge_closes(path: Path) -> None:
    """Some ten values move within their ranges: the steps add up to the change of every option's full cost."""
    case = load_case(path)
    rows = [
        row
        for row in assumptions(case)
        if row.low is not None and row.high is not None and not row.from_price_book
    ]
    chosen = random.Random(7).sample(rows, min(10, len(rows)))  # noqa: S311  no secrets here
    moved = with_values(case, {row.path: row.high for row in chosen if row.high is not None})
    found = compare(Edition("a", "case file", case), Edition("b", "case file", moved), outcomes)
    direct = analyse(moved, path).results
    for key, before in found.bridge.before.items():
        whole = found.bridge.after[key] - before
        steps = sum(step.amounts[key] for step in found.bridge.steps)
        alone = sum(step.alone[key] for step in found.bridge.steps) + found.bridge.interaction[key]
        assert steps == pytest.approx(whole, rel=1e-9, abs=1e-6)
        assert alone == pytest.approx(whole, rel=1e-9, abs=1e-6)
        assert found.bridge.after[key] == pytest.approx(direct.option(key).full_cost, rel=1e-12)
    assert len(found.bridge.steps) == sum(row.high != row.value for row in chosen)
