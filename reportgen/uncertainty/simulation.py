"""The simulation of a case: all options over the same random draws, and the statistics of their costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.dependencies import dependencies_of
from reportgen.formula.nodes import Node, Total, as_node
from reportgen.model.options.options import Option
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Driver, Simulated, Simulation, Spread
from reportgen.simulate.monte_carlo import Sample, sample_amounts
from reportgen.simulate.statistics import (
    cheapest,
    correlation,
    curve,
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
    """A random input: its path and label, the assumptions that it changes, and the ranks of its draws."""

    path: str
    label: str
    paths: frozenset[str]
    ranks: Array


def simulation(
    options: Sequence[Option],
    results: Sequence[OptionResult],
    variables: Variables,
    labels: Mapping[str, str],
    draws: int,
    seed: int,
    recommended: str | None,
) -> Simulation | None:
    """Simulate all options over the same draws; None where there are neither ranges nor risks.

    `labels` gives the names of random inputs by path. The full cost in a draw is the core of the model with the risks
    that happen in it (MODEL, "Risk scenarios").
    """
    if not variables.ranges and not variables.events:
        return None
    sample = sample_amounts(variables, _amounts(options), draws, seed)
    shares = cheapest({r.key: sample.amounts[r.key, "full_cost"] for r in results if r.eligible})
    inputs = _random_inputs(variables, labels, draws, seed)
    simulated = {
        result.key: _simulated(option, result, sample, shares.get(result.key), inputs)
        for option, result in zip(options, results, strict=True)
    }
    best = simulated.get(recommended or "")
    return Simulation(
        draws, seed, sample.clipped, simulated,
        best.cheapest if best else None, best.cheapest_error if best else None,
    )  # fmt: skip


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
    costs = sample.amounts[option.key, "tco"]
    return Simulated(
        tco=_spread(costs),
        pv=_spread(sample.amounts[option.key, "pv"]),
        full_cost=_spread(sample.amounts[option.key, "full_cost"]),
        cheapest=share,
        cheapest_error=None if share is None else standard_error(share, len(costs)),
        point_percentile=share_at_most(costs, result.tco),
        curve=curve(costs),
        drivers=_drivers(option, sample.amounts[option.key, "full_cost"], inputs),
    )


def _spread(amounts: Array) -> Spread:
    return Spread(*(percentile(amounts, share) for share in (0.1, 0.5, 0.9)))


def _random_inputs(
    variables: Variables, labels: Mapping[str, str], draws: int, seed: int
) -> list[RandomInput]:
    """Return what is drawn, with the ranks of its draws, which its stream repeats."""
    inputs = []
    for name, paths in variables.streams.items():
        label = (
            " and ".join(labels[path] for path in paths) if len(paths) < 3 else _group_label(labels, paths)
        )
        inputs.append(RandomInput(name, label, frozenset(paths), _stream_ranks(seed, name, draws)))
    for event in variables.events:
        occurs = (Stream(seed, event.id).take(draws)[:, 0] < event.probability).astype(float)
        path = f"risks.{event.id}"
        inputs.append(RandomInput(path, labels[path], event.paths, ranks(occurs)))
    return inputs


def _group_label(labels: Mapping[str, str], paths: Sequence[str]) -> str:
    return f"{labels[paths[0]]} and {len(paths) - 1} that move with it"


def _stream_ranks(seed: int, name: str, draws: int) -> Array:
    return ranks(Stream(seed, name).take(draws)[:, 0])


def _drivers(option: Option, costs: Array, inputs: Sequence[RandomInput]) -> tuple[Driver, ...]:
    """Return the inputs that the option's core depends on, by the strength of their rank correlation with it."""
    dependencies, cost_ranks = dependencies_of(option.core), ranks(costs)
    drivers = [
        Driver(random_input.path, random_input.label, correlation(random_input.ranks, cost_ranks))
        for random_input in inputs
        if random_input.paths & dependencies
    ]
    return tuple(sorted(drivers, key=lambda driver: -abs(driver.correlation)))
