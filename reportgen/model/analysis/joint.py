"""The joint distribution of TCO and risks: every combination of risks, impacts added; drawn at random beyond twenty."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENUMERATED = 20
"""Up to so many risks every combination is counted; beyond, combinations are drawn."""

DRAWS = 200_000
CURVE_POINTS = 400
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Joint:
    """One option's distribution of TCO with risks: outcomes rising, `reached` the chance of at most that outcome."""

    outcomes: NDArray[np.float64]
    reached: NDArray[np.float64]
    cheapest: float

    def percentile(self, share: float) -> float:
        """Give the smallest outcome that is not exceeded with the chance `share` (MODEL, "Risk scenarios")."""
        place = int(np.argmax(self.reached >= share - TOLERANCE))
        return float(self.outcomes[place])

    def curve(self) -> tuple[tuple[float, float], ...]:
        """Give the distribution as at most some 400 points of (outcome, chance of at most that)."""
        step = max(1, len(self.outcomes) // CURVE_POINTS)
        places = sorted({*range(0, len(self.outcomes), step), len(self.outcomes) - 1})
        return tuple((float(self.outcomes[p]), float(self.reached[p])) for p in places)


def joint(
    tco: Mapping[str, float],
    impacts: Mapping[str, NDArray[np.float64]],
    probabilities: NDArray[np.float64],
    seed: int,
) -> dict[str, Joint]:
    """Combine independent risks; `impacts` has one array per option, shape (risks,), as `probabilities`."""
    count = len(probabilities)
    if count > ENUMERATED:
        happens = (np.random.default_rng(seed).random((DRAWS, count)) < probabilities).astype(float)
        weights = np.full(DRAWS, 1 / DRAWS)
        costs = {key: value + happens @ impacts[key] for key, value in tco.items()}
    else:
        weights = _every(np.multiply, np.ones(1), 1 - probabilities, probabilities)
        costs = {
            key: _every(np.add, np.full(1, value), np.zeros(count), impacts[key])
            for key, value in tco.items()
        }
    lowest = np.argmin(np.stack(list(costs.values())), axis=0)
    return {
        key: _distribution(cost, weights, float(np.sum(weights[lowest == place])))
        for place, (key, cost) in enumerate(costs.items())
    }


def error(risks: int) -> float | None:
    """Give the largest standard error of a chance out of so many risks; None where every combination is counted."""
    return 0.5 / float(np.sqrt(DRAWS)) if risks > ENUMERATED else None


def _every(
    combine: np.ufunc, start: NDArray[np.float64], without: NDArray[np.float64], happens: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Go through every combination: what is so far, combined with a risk that stays away, then with one that happens.

    Shape (2^risks,). Why: doubling a row once per risk needs a twentieth of the memory of a table of all combinations.
    """
    found = start
    for away, here in zip(without, happens, strict=True):
        found = np.concatenate([combine(found, away), combine(found, here)])
    return found


def _distribution(costs: NDArray[np.float64], weights: NDArray[np.float64], cheapest: float) -> Joint:
    if weights.min() == weights.max():  # alike, as drawn ones are: which goes with which does not matter
        outcomes, chances = np.sort(costs), weights
    else:
        order = np.argsort(costs, kind="stable")
        outcomes, chances = costs[order], weights[order]
    possible = chances > 0
    outcomes, chances = outcomes[possible], chances[possible]
    last = np.append(np.diff(outcomes) > 0, True)
    return Joint(outcomes[last], np.cumsum(chances)[last], cheapest)
