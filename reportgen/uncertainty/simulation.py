"""The simulation of a case: its options in the same random futures, and what those say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.lines import inputs_of
from reportgen.formula.nodes import Node, Total, as_node
from reportgen.model.options.options import Option
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Driver, Simulated, Simulation, Spread
from reportgen.simulate.futures import Outcomes, outcomes
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
Drawn = Outcomes[tuple[str, Amount]]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is drawn: its path and label, the assumptions it moves, its numbers ranked over the futures."""

    path: str
    label: str
    moves: frozenset[str]
    ranked: Array


def simulation(
    options: Sequence[Option],
    results: Sequence[OptionResult],
    variables: Variables,
    labels: Mapping[str, str],
    draws: int,
    seed: int,
    recommended: str | None,
) -> Simulation | None:
    """Draw futures of all options at once; None where nothing is unknown. `labels` names what is drawn by its path.

    The full cost of a future is the core of the model with the risks that happen in it (MODEL, "Risk scenarios").
    """
    if not variables.ranges and not variables.events:
        return None
    drawn = outcomes(variables, _amounts(options), draws, seed)
    chances = cheapest({r.key: drawn.amounts[r.key, "full_cost"] for r in results if r.eligible})
    causes = _causes(variables, labels, draws, seed)
    simulated = {
        result.key: _simulated(option, result, drawn, chances.get(result.key), causes)
        for option, result in zip(options, results, strict=True)
    }
    best = simulated.get(recommended or "")
    return Simulation(
        draws, seed, drawn.clipped, simulated,
        best.cheapest if best else None, best.cheapest_error if best else None,
    )  # fmt: skip


def _amounts(options: Sequence[Option]) -> dict[tuple[str, Amount], Node]:
    found: dict[tuple[str, Amount], Node] = {}
    for option in options:
        found[option.key, "tco"] = as_node(option.tco)
        found[option.key, "pv"] = Total(option.ledger.discounted)
        found[option.key, "full_cost"] = as_node(option.core)
    return found


def _simulated(
    option: Option, result: OptionResult, drawn: Drawn, chance: float | None, causes: Sequence[Cause]
) -> Simulated:
    costs = drawn.amounts[option.key, "tco"]
    return Simulated(
        tco=_spread(costs),
        pv=_spread(drawn.amounts[option.key, "pv"]),
        full_cost=_spread(drawn.amounts[option.key, "full_cost"]),
        cheapest=chance,
        cheapest_error=None if chance is None else standard_error(chance, len(costs)),
        point_percentile=share_at_most(costs, result.tco),
        curve=curve(costs),
        drivers=_drivers(option, drawn.amounts[option.key, "full_cost"], causes),
    )


def _spread(amounts: Array) -> Spread:
    return Spread(*(percentile(amounts, share) for share in (0.1, 0.5, 0.9)))


def _causes(variables: Variables, labels: Mapping[str, str], draws: int, seed: int) -> list[Cause]:
    """List what is drawn, with its numbers again: a stream gives the same ones whenever it is asked."""
    found = []
    for name, paths in variables.streams.items():
        label = " and ".join(labels[path] for path in paths) if len(paths) < 3 else _together(labels, paths)
        found.append(Cause(name, label, frozenset(paths), _ranked(seed, name, draws)))
    for event in variables.events:
        happens = (Stream(seed, event.id).take(draws)[:, 0] < event.probability).astype(float)
        path = f"risks.{event.id}"
        found.append(Cause(path, labels[path], event.paths, ranks(happens)))
    return found


def _together(labels: Mapping[str, str], paths: Sequence[str]) -> str:
    return f"{labels[paths[0]]} and {len(paths) - 1} that move with it"


def _ranked(seed: int, name: str, draws: int) -> Array:
    return ranks(Stream(seed, name).take(draws)[:, 0])


def _drivers(option: Option, costs: Array, causes: Sequence[Cause]) -> tuple[Driver, ...]:
    """Rank what reaches the option's cost by how strongly the two go together, the strongest first."""
    reach, ranked = inputs_of(option.core), ranks(costs)
    drivers = [
        Driver(cause.path, cause.label, correlation(cause.ranked, ranked))
        for cause in causes
        if cause.moves & reach
    ]
    return tuple(sorted(drivers, key=lambda driver: -abs(driver.correlation)))
