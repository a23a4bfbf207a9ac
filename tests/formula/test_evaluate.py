"""Formulas as numbers: recursive lines, sums where a row has a value, stated values, rounding down."""

import numpy as np
import pytest

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import (
    Input,
    Labels,
    Line,
    Previous,
    Ref,
    Stated,
    SumWhere,
    Term,
    as_node,
    maximum,
    minimum,
    whole_down,
)  # fmt: skip
from reportgen.formula.runs import BASE, Effect, Run, active_values

MONTHS = Axis("months", ("1", "2", "3", "4"))


def line(formula: Term, axis: Axis = MONTHS) -> Line:
    """Name a formula."""
    return Line("line", "Line", units.MONEY, as_node(formula), axis)


MONTH = line(Previous() + 1)


def values(of: Line, **inputs: float) -> list[float]:
    """Evaluate a line."""
    found = Evaluation({name: np.full((1, 1), value) for name, value in inputs.items()})[of]
    return [float(value) for value in np.broadcast_to(found, (1, of.axis.size))[0]]


def test_a_running_sum_adds_up() -> None:
    """1, 1 + 2, 1 + 2 + 3, 1 + 2 + 3 + 4; of a single value its multiples."""
    assert values(line(Previous() + MONTH)) == [1, 3, 6, 10]
    assert values(line(Previous() + Input("a")), a=2.5) == [2.5, 5, 7.5, 10]


def test_a_share_of_the_month_before_is_kept() -> None:
    """Half of what was, and the month: 1, 2.5, 4.25, 6.125."""
    assert values(line(Previous() * Input("kept") + MONTH), kept=0.5) == [1, 2.5, 4.25, 6.125]


def test_the_most_so_far_stays() -> None:
    """4 - month, and what was more before it: 3 in every month."""
    assert values(line(maximum(Previous(), 4 - MONTH))) == [3, 3, 3, 3]


def test_a_sum_stops_at_a_limit() -> None:
    """1, 3, then 5 and no more."""
    assert values(line(minimum(Input("most"), Previous() + MONTH)), most=5) == [1, 3, 5, 5]


def test_a_recursive_line_differs_by_run() -> None:
    """Two runs side by side, each with its own amount."""
    found = Evaluation({"a": np.array([[1.0], [10.0]])})[line(Previous() + Input("a"))]
    assert found.tolist() == [[1, 2, 3, 4], [10, 20, 30, 40]]


def test_months_are_added_up_by_their_period() -> None:
    """1 + 2 in the first year, 3 + 4 in the second; names are compared without regard to capitals, as in Excel."""
    periods = Axis("years", ("FY1", "FY2"))
    of_months = line(Labels(("fy1", "FY1", "FY2", "FY2")))
    names = line(Labels(periods.labels), periods)
    assert values(line(SumWhere(MONTH, of_months, Ref(names)), periods)) == [3, 7]


def test_a_stated_value_is_that_of_the_base_case() -> None:
    """5 in the base case and 50 in the run shown: 5."""
    runs = (Run(BASE), Run("Tenfold", (Effect("a", "multiply", 10),)))
    every = Evaluation(active_values({"a": 5.0}, runs))
    shown = Evaluation(active_values({"a": 5.0}, runs[1:]), runs, every, "Tenfold")
    assert shown.node(Input("a"))[0, 0] == 50
    assert shown.node(Stated("a"))[0, 0] == 5


@pytest.mark.parametrize(("number", "whole"), [(2.9999994, 2), (2.9999996, 3), (3, 3), (0.4, 0)])
def test_rounding_down_forgives_dust(number: float, whole: float) -> None:
    """Six digits count: 2.9999996 is 3."""
    assert values(line(whole_down(Input("a"))), a=number)[0] == whole
