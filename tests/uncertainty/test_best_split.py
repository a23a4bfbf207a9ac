"""The best split, worked out by hand, as the mixes of a case cost it, and in a second computation."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from reportgen.uncertainty.best_split import LIMIT
from reportgen.uncertainty.best_split import _Search as Search
from reportgen.uncertainty.part_costs import PartCosts
from tests.agreement.cases import analysis_of
from tests.agreement.in_detail import split_differences
from tests.agreement.loaded import for_oracle, loaded
from tests.evaluated import evaluated
from tests.model.worked import API, FIXED, Part, Work
from tests.oracle import results
from tests.paths import ROOT

TWO: Part = {
    "x": {"name": "X", "tokens_per_month": 1000, "output_share": 0},
    "y": {"name": "Y", "tokens_per_month": 2000, "output_share": 0},
}
"""At 1 a million tokens 12,000 and 24,000 in a year."""
SMALL: Part = {"kind": "api", "input_price": 0.5, "output_price": 1, "one_off_cost": 5000}
"""11,000 for x, 17,000 for y, 23,000 for both."""
X_ELSEWHERE = {
    "name": "X is kept",
    "workloads": ["x"],
    "met_by": {"api": True, "small": True, "fixed": False},
}
THREE = ROOT / "tests" / "cases" / "three_workloads.yaml"


def options(fee: float) -> dict[str, Part]:
    """Give the api, the small one, and one at a fee a month whatever it carries."""
    return {"api": API, "small": SMALL, "fixed": {**FIXED, "monthly_fee": fee}}


def test_every_assignment_is_compared(worked: Work) -> None:
    """Everything on the fixed option costs 10,800: the best of nine; it is an option of the case, and needs no mix."""
    found = worked(options(900), workloads=TWO).results.best_split
    assert found is not None
    assert (found.assignments, found.searched, found.best_stated, found.lead) == (9, True, "fixed", 0)
    assert found.best is not None
    assert (found.best.routes, found.best.full_cost) == ({"x": "fixed", "y": "fixed"}, pytest.approx(10800))
    assert found.as_yaml == ""
    costs = [split.full_cost for split in found.five]
    assert costs == pytest.approx([10800, 21800, 22800, 23000, 27800], rel=1e-12)


def test_must_haves_are_kept_and_what_each_costs_is_told(worked: Work) -> None:
    """X not on the fixed option: x small and y fixed is 11,000 + 10,800; without the rule 10,800; the lead is over 23,000."""
    found = worked(options(900), workloads=TWO, requirements=[X_ELSEWHERE]).results.best_split
    assert found is not None
    assert found.assignments == 6
    assert found.best is not None
    assert (found.best.routes, found.best.full_cost) == ({"x": "small", "y": "fixed"}, pytest.approx(21800))
    assert (found.best_stated, found.lead) == ("small", pytest.approx(1 - 21800 / 23000, rel=1e-12))
    (without,) = found.without
    assert without.requirement == "X is kept"
    assert without.best is not None
    assert without.best.full_cost == pytest.approx(10800)
    assert found.as_yaml == ("best_split:\n  kind: mix\n  name: Best split\n  routes: {x: small, y: fixed}\n")


def test_where_nothing_meets_the_must_haves_the_cost_without_each_is_told(worked: Work) -> None:
    """Nobody may carry x, and x is not for the fixed option: without the first x small and y fixed, 21,800; without the second none."""
    nobody = {"name": "X by nobody", "workloads": ["x"], "met_by": dict.fromkeys(options(900), False)}
    case = worked(options(900), workloads=TWO, requirements=[nobody, X_ELSEWHERE])
    found = case.results.best_split
    assert found is not None
    assert (found.assignments, found.searched, found.best, found.five) == (0, True, None, ())
    assert (found.best_stated, found.lead, found.as_yaml) == (None, None, "")
    first, second = found.without
    assert (first.requirement, second.requirement, second.best) == ("X by nobody", "X is kept", None)
    assert first.best is not None
    assert (first.best.routes, first.best.full_cost) == ({"x": "small", "y": "fixed"}, pytest.approx(21800))
    sheet = next(sheet for sheet in case.analysis.model.sheets if sheet.name == "Best split")
    assert [block.title for block in sheet.blocks] == ["What was searched", "Without one must-have"]


def test_of_equal_splits_the_first_in_the_cases_order_is_best(worked: Work) -> None:
    """At a fee of 1,000 both on small and y on fixed cost 23,000: small comes first."""
    found = worked(options(1000), workloads=TWO, requirements=[X_ELSEWHERE]).results.best_split
    assert found is not None
    assert [split.routes["y"] for split in found.five[:3]] == ["small", "fixed", "fixed"]


def test_risks_are_run_again_for_every_split(worked: Work) -> None:
    """A chance of 1/2 that small doubles its price: 3,000 more for x on it, so that x small and y fixed is 24,800."""
    risk = {"name": "Dearer", "probability": 0.5,
            "effects": [{"assumption": "options.small.input_price", "multiply": 2}]}  # fmt: skip
    found = worked(options(900), workloads=TWO, requirements=[X_ELSEWHERE], risks=[risk]).results.best_split
    assert found is not None
    assert found.best is not None
    assert (found.best.routes["x"], found.best.full_cost) == ("api", pytest.approx(22800))
    costs = {tuple(split.routes.values()): split.full_cost for split in found.five}
    assert costs["small", "fixed"] == pytest.approx(24800)


def test_a_case_of_one_workload_has_no_split(worked: Work) -> None:
    """There is nothing to divide."""
    assert worked(options(900)).results.best_split is None


def test_nothing_is_searched_beyond_the_limit(worked: Work) -> None:
    """Six workloads and five options are 15,625 assignments: more than 4,096; the sheet says so."""
    six = {f"w{n}": {"name": f"W{n}", "tokens_per_month": 100, "output_share": 0} for n in range(6)}
    more = {f"fixed{n}": {**FIXED, "monthly_fee": 900 + n} for n in range(3)}
    named = {"api": API, "small": SMALL, **more}
    everybody = {"name": "Met by all", "met_by": dict.fromkeys(named, True)}
    case = worked(named, workloads=six, requirements=[everybody])
    found = case.results.best_split
    assert found is not None
    assert (found.assignments, found.limit, found.searched, found.best, found.five) == (
        15625,
        LIMIT,
        False,
        None,
        (),
    )
    assert [(one.requirement, one.best) for one in found.without] == [("Met by all", None)]
    sheet = next(sheet for sheet in case.analysis.model.sheets if sheet.name == "Best split")
    assert [block.title for block in sheet.blocks] == ["What was searched"]


@pytest.mark.slow
def test_a_split_costs_what_its_mix_and_its_option_cost() -> None:
    """Interim staff, projects, obligations, credit and tax together: as the mix that is stated; all on one option: as that option."""
    analysis = analysis_of(THREE)
    whole = evaluated(analysis)
    keys = tuple(key for key, option in analysis.case.options.items() if option.kind != "mix")
    search = Search(whole.case.outline, PartCosts(whole.case, whole.values, keys))
    routes = [keys.index(key) for key in ("api", "own_machines", "small_api")]
    alone = [[place] * 3 for place in range(len(keys))]
    costs = search.full_costs(np.array([routes, *alone]))
    stated = [analysis.results.option(key).full_cost for key in ("by_work", *keys)]
    assert costs == pytest.approx(stated, rel=1e-10)


@pytest.mark.slow
def test_the_best_split_is_never_dearer_than_the_best_option_stated() -> None:
    """Every stated option is one of the assignments, or a mix of them."""
    found = analysis_of(THREE).results.best_split
    assert found is not None
    assert found.best is not None
    eligible = [option.full_cost for option in analysis_of(THREE).results.options if option.eligible]
    assert found.best.full_cost <= min(eligible)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 14, 11])
def test_the_analysis_holds_the_splits_of_the_second_computation(tmp_path: Path, seed: int) -> None:
    """Routes and costs of the best five, the lead, and the best without each must-have."""
    from reportgen.assessment import analyse

    found = analyse(*loaded(tmp_path, seed)).results.best_split
    assert split_differences(found, results(for_oracle(seed))["detail"]["best_split"]) == []


@pytest.mark.slow
def test_subsets_are_numbered_by_their_workloads() -> None:
    """Of three workloads the seven subsets that carry something cost something, the empty one nothing."""
    whole = evaluated(analysis_of(THREE))
    costs = PartCosts(whole.case, whole.values, ("small_api",))
    assert (costs.own[0, 0] == 0).all()
    more = [costs.own[0, bigger] - costs.own[0, smaller] for smaller, bigger in product(range(8), repeat=2)
            if smaller & bigger == smaller and smaller != bigger]  # fmt: skip
    assert (np.array(more) > 0).all()
