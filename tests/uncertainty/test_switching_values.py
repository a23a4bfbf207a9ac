"""Switching values and the two-way table of whole cases, against numbers worked out by hand and a second evaluation."""

from itertools import pairwise
from math import copysign
from pathlib import Path

import numpy as np
import pytest

from reportgen.editions.costs import outcomes
from reportgen.results.results import Results
from reportgen.results.uncertainty import SwitchingValue
from reportgen.schema.assumptions import assumptions
from reportgen.schema.loading.load import load_case
from reportgen.uncertainty.variables import variables_of
from tests.agreement.cases import SWEPT, analysis_of, over_cases
from tests.evaluated import evaluated
from tests.model.worked import API, FIXED, MANAGED, Part, Work

RANGED_FEE: Part = {**FIXED, "monthly_fee": {"value": 3000, "low": 2500, "high": 4000}}


def flip(results: Results, path: str) -> SwitchingValue:
    """Find the switching values of one assumption."""
    return next(found for found in results.switching_values if found.path == path)


def test_a_fee_switches_at_the_bill_of_the_api(worked: Work) -> None:
    """3,600 M tokens at 1 against a fee of 3,000: above 3,600 the api is first, inside the range up to 4,000."""
    found = flip(worked({"fixed": RANGED_FEE}).results, "options.fixed.monthly_fee")
    assert found.above == pytest.approx(3600, rel=1e-6)
    assert (found.above_to, found.below, found.below_to, found.within) == ("api", None, None, True)


def test_the_risks_are_evaluated_again_at_every_point(worked: Work) -> None:
    """A risk of 1/2 doubles the fee: the fixed option is expected to cost 1.5 times it, so it switches at 2,400."""
    twice = {"name": "Twice", "probability": 0.5,
             "effects": [{"assumption": "options.fixed.monthly_fee", "multiply": 2}]}  # fmt: skip
    option = {**FIXED, "monthly_fee": {"value": 2000, "low": 1500, "high": 2200}}
    found = flip(worked({"fixed": option}, risks=[twice]).results, "options.fixed.monthly_fee")
    assert found.above == pytest.approx(2400, rel=1e-6)
    assert not found.within


def test_those_that_matter_most_come_first(worked: Work) -> None:
    """Inside its range first, then the nearest beyond; what changes nothing comes last."""
    options = {"api": {**API, "input_price": {"value": 1, "low": 0.95, "high": 2}}, "fixed": RANGED_FEE}
    switching_values = worked(options).results.switching_values
    paths = [found.path for found in switching_values]
    assert (
        paths[:2] == ["options.fixed.monthly_fee", "workload.tokens_per_month"] or switching_values[0].within
    )
    assert [found.within for found in switching_values] == sorted(
        (found.within for found in switching_values), reverse=True
    )
    moved = [found.below is not None or found.above is not None for found in switching_values]
    assert moved == sorted(moved, reverse=True)


def test_whole_machines_make_the_first_step_the_switch(worked: Work) -> None:
    """250 M a replica and 1,000 tokens/s: 4 replicas at 8,000 are 32,000; a fifth one beyond 3,600 M changes the answer."""
    fee = {**FIXED, "monthly_fee": 35_000}
    results = worked({"api": {**API, "input_price": 90}, "managed": MANAGED, "fixed": fee}).results
    assert results.recommended == "managed"
    found = flip(results, "workload.tokens_per_month")
    assert found.above == pytest.approx(3600, rel=1e-5)
    assert found.above > 3600
    assert found.above_to == "fixed"


def test_one_eligible_option_has_nothing_to_switch_to(worked: Work) -> None:
    """Where only one option meets the must-haves nothing is searched."""
    must = [{"name": "In the EU", "met_by": {"api": False, "fixed": True}}]
    results = worked({"fixed": RANGED_FEE}, requirements=must).results
    assert (results.switching_values, results.two_way, results.verdict) == ((), None, None)


def together(path: Path, assumption: str, value: float) -> dict[str, float]:
    """Give the values of an assumption and of what moves with it."""
    analysis = analysis_of(path)
    whole = evaluated(analysis)
    variables = variables_of(analysis.case, analysis.assumptions, whole.case, whole.values)
    moved = variables.moved(assumption, np.array([value]))
    return {one: float(values[0]) for one, values in moved.items()}


@pytest.mark.parametrize("path", SWEPT)
def test_at_a_switching_value_the_model_recommends_another_option(path: Path) -> None:
    """Just before it the recommendation stands, at it the named option is first: by the comparison of editions' costs."""
    results, case = analysis_of(path).results, load_case(path)
    rows = {row.path: row for row in assumptions(case)}
    points, expected = [], []
    typed = [found for found in results.switching_values if not rows[found.path].from_price_book]
    for found in typed[:12]:
        for at, to in ((found.below, found.below_to), (found.above, found.above_to)):
            if at is not None:
                step = (
                    copysign(1, at - found.value)
                    if rows[found.path].bounds.whole
                    else 1e-6 * (at - found.value)
                )
                points += [together(path, found.path, at), together(path, found.path, at - step)]
                expected += [to, results.recommended]
    assert [found.recommended for found in outcomes(case, points or [{}])] == (
        expected or [results.recommended]
    )


@pytest.mark.parametrize("path", SWEPT)
def test_no_discount_rate_below_zero_is_reported(path: Path) -> None:
    """Some options would be first at -94% a year, where a payment in three years counts five thousand times as much."""
    found = [one for one in analysis_of(path).results.switching_values if one.path == "finance.discount_rate"]
    assert all(one.below is None or one.below >= min(0.0, one.value, one.low or 0.0) for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("path", over_cases(larger=["polish_names"]))
def test_the_two_way_table_is_the_models(path: Path) -> None:
    """Every cell: the recommendation with both assumptions at those values; the case itself is one of them."""
    results, case = analysis_of(path).results, load_case(path)
    table = results.two_way
    if table is None:
        assert (
            len([found for found in results.switching_values if found.low is not None]) < 2
            or results.lead is None
        )
        return
    looked_up = {row.path for row in assumptions(case) if row.from_price_book}
    if not looked_up & {table.row.path, table.column.path}:  # no edition states a price out of the book
        points = [
            together(path, table.row.path, row) | together(path, table.column.path, column)
            for row in table.rows
            for column in table.columns
        ]
        cells = [cell for row in table.recommended for cell in row]
        assert [found.recommended for found in outcomes(case, points)] == cells
    assert table.row.value in table.rows
    assert table.column.value in table.columns
    assert all(a < b for axis in (table.rows, table.columns) for a, b in pairwise(axis))


def test_the_tornado_of_the_lead_is_ordered_by_its_width(worked: Work) -> None:
    """The fee moves the lead of 3,000 x 12 by 12 x 1,500; the api's price by 43,200 x 3/4 x 0.2."""
    options = {"api": {**API, "input_price": {"value": 1, "low": 0.9, "high": 1.1}}, "fixed": RANGED_FEE}
    results = worked(options).results
    assert (results.recommended, results.runner_up) == ("fixed", "api")
    first, second = results.lead_swings
    assert (first.path, second.path) == ("options.fixed.monthly_fee", "options.api.input_price")
    assert first.lead("fixed", "api") == pytest.approx((43200 - 30000, 43200 - 48000), rel=1e-12)
    assert second.lead_width("fixed", "api") == pytest.approx(43200 * 0.75 * 0.2, rel=1e-12)
