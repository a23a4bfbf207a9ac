"""The simulation of a case: all options over the same random draws, and the statistics of their costs."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.dependencies import dependencies_of
from reportgen.formula.nodes import Node, Total, as_node
from reportgen.model.options.options import Option
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Driver, JointRuns, Simulated, Simulation, Spread
from reportgen.runtime.records import dataclass
from reportgen.schema.case import Simulation as SimulationSettings
from reportgen.simulate.monte_carlo import Sample, joint_runs, sample_amounts
from reportgen.simulate.statistics import (
    cheapest,
    correlation,
    curve,
    mean,
    percentile,
    ranks,
    share_at_most,
    standard_error,
)  # fmt: skip
from reportgen.simulate.streams import Stream
from reportgen.simulate.variables import Variables

Array = NDArray[np.float64]
Amount = Literal["tco", "pv", "full_cost"]
CostSample = Sample[tuple[str, Amount]]


@dataclass(frozen=True, slots=True)
class RandomInput:
    """A random input: the paths and labels that it is drawn for, the assumptions that it changes, the ranks of its draws."""

    names: tuple[tuple[str, str], ...]
    paths: frozenset[str]
    ranks: Array

    def named(self, reached: AbstractSet[str]) -> tuple[str, str]:
        """Return the path and the label of what of it is reached: one assumption, two, or the first and how many more."""
        mine = [name for name in self.names if name[0] in reached] or list(self.names)
        labels = [label for _, label in mine]
        label = (
            " and ".join(labels)
            if len(labels) < 3
            else f"{labels[0]} and {len(labels) - 1} that move with it"
        )
        return mine[0][0], label


@dataclass(frozen=True, slots=True)
class Futures:
    """What the futures of a case say; `contingencies` as in `Assessment`."""

    simulation: Simulation | None
    joint_runs: JointRuns | None
    contingencies: Mapping[str, tuple[float, float]]


def futures(
    options: Sequence[Option],
    results: Sequence[OptionResult],
    variables: Variables,
    labels: Mapping[str, str],
    settings: SimulationSettings,
    recommended: str | None,
) -> Futures:
    """Simulate all options over the same futures, and run the combinations of the risks through the model.

    `labels` gives the names of random inputs by path. The full cost in a future is the core of the model with the risks
    that happen in it (MODEL, "Risk scenarios"). There is no simulation where there are neither ranges nor risks.
    """
    joint = mean_of_joint_runs(options, variables, settings.draws, settings.seed)
    if not variables.ranges and not variables.events:
        return Futures(None, joint, {})
    draws, seed = settings.draws, settings.seed
    sample = (
        sample_amounts(variables, _amounts(options), draws, seed)
        if variables.ranges
        else joint_runs(variables, _amounts(options), draws, seed)
    )
    eligible = [result.key for result in results if result.eligible]
    shares = cheapest({key: sample.amounts[key, "full_cost"] for key in eligible}, sample.weights)
    inputs = _random_inputs(variables, labels, sample, seed)
    simulated = {
        result.key: _simulated(option, result, sample, shares.get(result.key), inputs)
        for option, result in zip(options, results, strict=True)
    }
    best = simulated.get(recommended or "")
    found = Simulation(
        sample.size, seed, sample.clipped, simulated,
        best.cheapest if best else None, best.cheapest_error if best else None, sample.weights is not None,
    )  # fmt: skip
    return Futures(
        found, joint, _contingencies(results, sample, settings.confidence) if variables.ranges else {}
    )


def _contingencies(
    results: Sequence[OptionResult], sample: CostSample, confidence: float
) -> dict[str, tuple[float, float]]:
    """Return each option's contingency, and the share of futures in which TCO and contingency are enough."""
    found = {}
    for result in results:
        costs = sample.amounts[result.key, "tco"]
        amount = max(0.0, percentile(costs, confidence, sample.weights) - result.tco)
        found[result.key] = amount, share_at_most(costs, result.tco + amount, sample.weights)
    return found


def mean_of_joint_runs(
    options: Sequence[Option], variables: Variables, draws: int, seed: int
) -> JointRuns | None:
    """Run every combination of the risks through the model, ranges fixed; None where the case has no risks."""
    if not variables.events:
        return None
    sample = joint_runs(variables, {option.key: as_node(option.core) for option in options}, draws, seed)
    means = {key: mean(costs, sample.weights) for key, costs in sample.amounts.items()}
    return JointRuns(means, sample.size, sample.weights is not None, sample.clipped)


def _amounts(options: Sequence[Option]) -> dict[tuple[str, Amount], Node]:
    """Return the formulas that are evaluated in each draw, by option and amount."""
    amounts: dict[tuple[str, Amount], Node] = {}
    for option in options:
        amounts[option.key, "tco"] = as_node(option.tco)
        amounts[option.key, "pv"] = Total(option.ledger.discounted)
        amounts[option.key, "full_cost"] = as_node(option.core)
    return amounts


def _simulated(
    option: Option,
    result: OptionResult,
    sample: CostSample,
    share: float | None,
    inputs: Sequence[RandomInput],
) -> Simulated:
    costs, full = sample.amounts[option.key, "tco"], sample.amounts[option.key, "full_cost"]
    weights = sample.weights
    drawn_error = None if share is None else 0.0 if weights is not None else standard_error(share, len(costs))
    return Simulated(
        tco=_spread(costs, weights),
        pv=_spread(sample.amounts[option.key, "pv"], weights),
        full_cost=_spread(full, weights),
        cheapest=share,
        cheapest_error=drawn_error,
        point_percentile=share_at_most(costs, result.tco, weights),
        mean_full_cost=mean(full, weights),
        plan_percentile=share_at_most(full, result.full_cost, weights),
        curve=curve(costs, weights),
        drivers=_drivers(option, full, inputs, weights),
    )


def _spread(amounts: Array, weights: Array | None) -> Spread:
    return Spread(*(percentile(amounts, share, weights) for share in (0.1, 0.5, 0.9)))


def _random_inputs(
    variables: Variables, labels: Mapping[str, str], sample: CostSample, seed: int
) -> list[RandomInput]:
    """Return what is drawn, with the ranks of its draws, which its stream repeats."""
    inputs = [
        RandomInput(
            tuple((path, labels[path]) for path in paths), frozenset(paths), _stream_ranks(seed, name, sample.size)
        )
        for name, paths in variables.streams.items()
    ]  # fmt: skip
    for index, event in enumerate(variables.events):
        path = f"risks.{event.id}"
        occurs = sample.occurs.get(index)
        if occurs is None:
            occurs = (Stream(seed, event.id).take(sample.size)[:, 0] < event.probability).astype(float)
        inputs.append(RandomInput(((path, labels[path]),), event.paths, ranks(occurs, sample.weights)))
    return inputs


def _stream_ranks(seed: int, name: str, draws: int) -> Array:
    return ranks(Stream(seed, name).take(draws)[:, 0])


def _drivers(
    option: Option, costs: Array, inputs: Sequence[RandomInput], weights: Array | None
) -> tuple[Driver, ...]:
    """Return the inputs that the option's core depends on, by the strength of their rank correlation with it.

    Of assumptions that move together those are named that reach the option.
    """
    dependencies, cost_ranks = dependencies_of(option.core), ranks(costs, weights)
    drivers = [
        Driver(*random_input.named(dependencies), correlation(random_input.ranks, cost_ranks, weights))
        for random_input in inputs
        if random_input.paths & dependencies
    ]
    return tuple(sorted(drivers, key=lambda driver: -abs(driver.correlation)))
