"""The mean of lines over runs equals the mean of the runs computed one by one, in every case file."""

from pathlib import Path

import numpy as np
import pytest

from reportgen.formula.dependencies import dependencies
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.expected import ExpectedEvaluation, VaryingFormulas
from reportgen.formula.nodes import Input, Line, Ref, count_up, minimum
from reportgen.uncertainty.switching_values import eligible_ranking
from reportgen.uncertainty.variables import variables_of
from tests.agreement.cases import analysis_of, each_case
from tests.evaluated import evaluated
from tests.simulate.lines import cost, year

WEIGHTS = np.array([0.5, 0.2, 0.3])
VOLUMES = np.array([100.0, 250.0, 420.0]).reshape(1, 3, 1)
VOLUME, PRICE, GROWTH = Input("volume"), Input("price"), Input("growth")


@pytest.mark.slow
@each_case
def test_the_mean_of_a_cost_is_that_of_its_runs(case: Path) -> None:
    """Every option's full cost, as stated and with a tenth more of whatever its events change: alike to 1e-12."""
    done = analysis_of(case)
    whole = evaluated(done)
    variables = variables_of(done.case, done.assumptions, whole.case, whole.values)
    eligible = eligible_ranking(whole.case.options, variables)
    if eligible is None:
        assert sum(option.eligible for option in done.results.options) < 2
        return
    ranking = eligible.ranking
    moved = sorted(variables.effects.keys() - variables.looked_up)[:2]
    for path in moved:
        value = variables.values[path]
        least, most = variables.limits.get(path, (-np.inf, np.inf))
        points = np.clip(np.array([value, 1.1 * value]), least, most)
        found = ranking.expected({path: points})
        for row, point in enumerate(points):
            for place, line in enumerate(ranking.costs.values()):
                assert found[row, place] == pytest.approx(
                    by_run(variables, line, path, float(point)), rel=1e-12
                )


def by_run(variables: object, line: Line, path: str, point: float) -> float:
    """Run every event by itself, and add the changes by their chances."""
    from reportgen.simulate.variables import Variables

    assert isinstance(variables, Variables)
    costs = []
    for happening in (None, *range(len(variables.events))):
        occurs = {
            place: np.full((1, 1), place == happening, dtype=bool) for place in range(len(variables.events))
        }
        inputs = {
            key: np.full((1, 1), float(value)) for key, value in (variables.values | {path: point}).items()
        }
        for one in variables.effects:
            inputs |= variables.active(one, inputs[one], occurs)[0]
        costs.append(float(Evaluation(inputs)[line][0, 0]))
    base = costs[0]
    chances = (event.probability for event in variables.events)
    return base + sum(chance * (cost - base) for chance, cost in zip(chances, costs[1:], strict=True))


def test_sums_and_common_factors_are_linear_all_else_is_not() -> None:
    """A sum, a factor and a total of means are exact; whole machines, a minimum and a product are run by run."""
    tokens = year("tokens", VOLUME * PRICE)
    machines = cost("machines", count_up(VOLUME / 100))
    lines = {
        "sum": (cost("sum", VOLUME + PRICE), True),
        "factor": (cost("factor", Ref(tokens) * GROWTH - PRICE), True),
        "machines": (machines, False),
        "minimum": (cost("minimum", minimum(VOLUME, 300)), False),
        "product": (cost("product", VOLUME * Ref(machines)), False),
        "share": (cost("share", PRICE / VOLUME), False),
    }
    reach = dependencies(*(line for line, _ in lines.values()))
    inputs = {"volume": VOLUMES, "price": np.full((1, 1, 1), 2.0), "growth": np.full((1, 1, 1), 1.5)}
    runs = Evaluation(inputs)
    varying = VaryingFormulas({"volume"}, reach)
    mean = ExpectedEvaluation(runs, WEIGHTS, varying)
    for name, (line, passes) in lines.items():
        assert varying.is_linear(line.formula) is passes, name
        assert mean[line].shape == (1, 1, 1), name
        assert mean[line][0, 0, 0] == pytest.approx(float(WEIGHTS @ runs[line][0, :, 0]), rel=1e-15), name


def test_other_runs_recompute_only_lines_that_depend_on_the_change() -> None:
    """Another price: the tokens' cost is another, the machines are the same array."""
    tokens, machines = year("tokens", VOLUME * PRICE), cost("machines", count_up(VOLUME / 100))
    whole = cost("whole", Ref(tokens) + Ref(machines))
    reach = dependencies(whole)
    runs = Evaluation({"volume": VOLUMES, "price": np.full((1, 1, 1), 2.0)})
    mean = ExpectedEvaluation(runs, WEIGHTS, VaryingFormulas({"volume"}, reach))
    before = mean[whole][0, 0, 0]
    dearer = runs.with_inputs({"price": np.full((1, 1, 1), 3.0)}, {"price"}, reach)
    after = mean.for_runs(dearer, {"price"}, reach)
    assert after[whole][0, 0, 0] - before == pytest.approx(12 * float(WEIGHTS @ VOLUMES[0, :, 0]))
    assert after[machines] is mean[machines]
