"""What holds in every case, whatever its numbers: random cases held against themselves."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from reportgen.binding.bound import Bound, bind
from reportgen.model import answer
from reportgen.results.options import OptionResult
from reportgen.schema.case import Case
from reportgen.uncertainty.best_split import _Search as Search
from reportgen.uncertainty.best_split import best_split
from reportgen.uncertainty.part_costs import PartCosts
from tests.agreement.cases import sampled
from tests.agreement.generated import generated, generated_book
from tests.agreement.loaded import built, validated

SEVERAL = [seed for seed in range(60) if "workloads" in generated(seed)][:24]
"""Cases of several workloads."""


@dataclass(frozen=True)
class Done:
    """A case worked out without searches and futures."""

    bound: Bound
    options: dict[str, OptionResult]


def _done(case: Case) -> Done:
    bound = bind(case)
    found = answer.evaluate(bound.lines, bound.values)
    joint = answer.joint_distribution(found, case.simulation.seed)
    options = {
        option.key: answer.option_result(found, option, joint[option.key], case.simulation.confidence)
        for option in bound.lines.options
    }
    return Done(bound, options)


@pytest.mark.parametrize("seed", sampled(SEVERAL, every=24))
def test_everything_routed_to_one_option_costs_what_that_option_does(seed: int) -> None:
    """Risks, exit, displaced projects, obligations and tax with it."""
    done = _done(built(seed))
    keys = tuple(key for key, option in done.options.items() if option.kind != "mix")
    lines = done.bound.lines
    search = Search(lines.outline, PartCosts(lines, done.bound.values, keys))
    routed = np.array([[place] * len(lines.outline.workloads) for place in range(len(keys))])
    assert search.full_costs(routed) == pytest.approx([done.options[key].full_cost for key in keys], rel=1e-9)


@pytest.mark.parametrize("seed", sampled(SEVERAL, every=24))
def test_the_best_split_is_never_dearer_than_the_best_option_stated(seed: int) -> None:
    """Every eligible option is one of the assignments; a mix is one of them too."""
    done = _done(built(seed))
    split = best_split(done.bound.lines, done.bound.values, tuple(done.options.values()))
    eligible = [option.full_cost for option in done.options.values() if option.eligible]
    assert split is not None
    assert (split.best is None) == (split.assignments == 0)
    if split.best and eligible:
        assert split.best.full_cost <= min(eligible) + 1e-9 * abs(min(eligible))
        assert split.lead is not None
        assert split.lead >= -1e-9


def _scaled(written: Any, factor: float) -> Any:
    """Scale an assumption as written, with its range."""
    if not isinstance(written, dict):
        return written * factor
    return {name: value * factor for name, value in written.items()}


@pytest.mark.parametrize("seed", sampled(range(16)))
def test_half_the_tokens_that_count_double_cost_the_same(seed: int) -> None:
    """Every line but the tokens as measured: usage, load and speeds see the same tokens handled."""
    case = generated(seed)
    changed = deepcopy(case)
    for block in (changed.get("workloads") or {"w": changed["workload"]}).values():
        block["tokens_per_month"] = _scaled(block["tokens_per_month"], 0.5)
    for option in changed["options"].values():
        if option["kind"] != "mix":
            for name in ("input_token_factor", "output_token_factor"):
                option[name] = _scaled(option.get(name, 1), 2.0)
    for one in (case, changed):
        one["risks"], one["price_scenarios"] = [], []  # an effect that sets or adds would not be scaled
    book = generated_book(seed)
    plain, double = _done(validated(case, book)), _done(validated(changed, book))
    for key, option in plain.options.items():
        assert double.options[key].monthly == pytest.approx(option.monthly, rel=1e-9)
        assert double.options[key].core == pytest.approx(option.core, rel=1e-9)
        assert double.options[key].cost_per_m_tokens == pytest.approx(2 * option.cost_per_m_tokens, rel=1e-9)


@pytest.mark.parametrize("seed", sampled(range(16)))
def test_factors_of_1_are_those_that_nobody_states(seed: int) -> None:
    """To the bit."""
    case = generated(seed)
    for option in case["options"].values():
        option.pop("input_token_factor", None)
        option.pop("output_token_factor", None)
    for one in (*case.get("risks", []), *case.get("price_scenarios", [])):
        one["effects"] = [
            effect for effect in one["effects"] if not effect["assumption"].endswith("_token_factor")
        ] or [{"assumption": "people.loaded_cost_per_fte", "multiply": 1.1}]
    stated = deepcopy(case)
    for option in stated["options"].values():
        if option["kind"] != "mix":
            option |= {"input_token_factor": 1, "output_token_factor": 1}
    book = generated_book(seed)
    assert _done(validated(case, book)).options == _done(validated(stated, book)).options


@pytest.mark.parametrize("seed", sampled(range(16)))
def test_total_cost_is_the_charge_and_what_is_left_in_the_books(seed: int) -> None:
    """Charge to profit and loss, with the book value at the end, less what the machines bring."""
    case = generated(seed)
    case["finance"]["depreciation_years"] = 1 + seed % 4
    done = _done(validated(case, generated_book(seed)))
    for option in done.options.values():
        budget = option.budget.months
        assert budget.charge is not None
        assert budget.book_value is not None
        left = budget.book_value[-1] + sum(budget.residual)
        assert sum(budget.charge) + left == pytest.approx(option.tco, rel=1e-9)
