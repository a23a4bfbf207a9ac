"""The headlines of sheets say what is so: an option that is not eligible is marked, risks that nobody names are not added up."""

import pytest

from reportgen.formula.nodes import Line
from reportgen.model.analysis.simulation_sheet import plain
from tests.model.worked import API, FIXED, Work, Worked

NOTHING = {
    "name": "Nothing", "probability": 0, "effects": [{"assumption": "options.api.input_price", "multiply": 2}],
}  # fmt: skip


def headline(case: Worked, sheet: str) -> str:
    """Give the text of a sheet's headline in the base case."""
    line = next(one for one in headlines(case) if one.key == f"{sheet}.headline")
    return str(case.analysis.base[line][0, 0])


def headlines(case: Worked) -> list[Line]:
    """List the headlines of all sheets."""
    return [sheet.headline for sheet in case.analysis.model.sheets if sheet.headline]


def test_the_cheapest_is_marked_where_it_fails_a_must_have(worked: Work) -> None:
    """The API costs 43,200 a year; a fixed fee of 100 a month costs 1,200 and is not eligible."""
    must = [{"name": "In the country", "must": True, "met_by": {"api": True, "fixed": False}}]
    case = worked({"api": API, "fixed": {**FIXED, "monthly_fee": 100}}, requirements=must)
    assert headline(case, "tco").startswith("Fixed (not eligible) costs least to own: ")


def test_where_all_are_eligible_none_is_marked(worked: Work) -> None:
    """Nor does a row say of it."""
    case = worked({"api": API, "fixed": {**FIXED, "monthly_fee": 100}})
    assert headline(case, "tco").startswith("Fixed costs least to own: ")


@pytest.mark.parametrize(
    ("risks", "said"), [([], "No risks are named"), ([NOTHING], "No risk that is named has a probability")]
)
def test_risks_that_are_not_there_add_up_to_nothing_said(
    worked: Work, risks: list[object], said: str
) -> None:
    """No amount of 0 stands for what was not asked."""
    assert headline(worked({"fixed": FIXED}, risks=risks), "risks") == said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.000001, "0.000001"),
        (1500000, "1,500,000"),
        (0.25, "0.25"),
        (0, "0"),
        (1234.5678, "1,234.57"),
        (-40, "-40"),
    ],
)
def test_a_number_in_a_head_is_no_power_of_ten(value: float, text: str) -> None:
    """Six digits count, zeros at the end are left out."""
    assert plain(value) == text
