"""The joint distribution of TCO and risks: all combinations of risks with impacts added, random ones beyond twenty risks."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.comparison import first_lowest
from reportgen.runtime.records import dataclass

ENUMERATED = 20
"""The largest number of risks whose combinations are all enumerated; with more, combinations are drawn."""

DRAWS = 200_000
CURVE_POINTS = 400
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Joint:
    """One option's distribution of TCO with risks: ascending outcomes and their cumulative probabilities.

    `cheapest` is the probability that the option has the lowest cost of those eligible; None where it is not.
    """

    outcomes: NDArray[np.float64]
    cumulative: NDArray[np.float64]
    cheapest: float | None

    def percentile(self, share: float) -> float:
        """Return the smallest outcome whose cumulative probability is at least `share` (MODEL, "Risk scenarios")."""
        index = int(np.argmax(self.cumulative >= share - TOLERANCE))
        return float(self.outcomes[index])

    def share_at_most(self, limit: float) -> float:
        """Return the probability of an outcome that does not exceed a limit, with a tolerance of 1e-9 of it."""
        below = self.outcomes <= limit + TOLERANCE * max(abs(limit), 1.0)
        return float(self.cumulative[below][-1]) if below.any() else 0.0

    def curve(self) -> tuple[tuple[float, float], ...]:
        """Return the distribution as about 400 points at most, (outcome, cumulative probability)."""
        step = max(1, len(self.outcomes) // CURVE_POINTS)
        indices = sorted({*range(0, len(self.outcomes), step), len(self.outcomes) - 1})
        return tuple((float(self.outcomes[i]), float(self.cumulative[i])) for i in indices)


def joint(
    tco: Mapping[str, float],
    impacts: Mapping[str, NDArray[np.float64]],
    probabilities: NDArray[np.float64],
    seed: int,
    eligible: Sequence[str],
) -> dict[str, Joint]:
    """Combine independent risks; `impacts` holds one array per option, shape (risks,) like `probabilities`."""
    count = len(probabilities)
    if count > ENUMERATED:
        happens = (np.random.default_rng(seed).random((DRAWS, count)) < probabilities).astype(float)
        weights = np.full(DRAWS, 1 / DRAWS)
        costs = {key: value + happens @ impacts[key] for key, value in tco.items()}
    else:
        weights = _combinations(np.multiply, np.ones(1), 1 - probabilities, probabilities)
        costs = {
            key: _combinations(np.add, np.full(1, value), np.zeros(count), impacts[key])
            for key, value in tco.items()
        }
    chances: dict[str, float] = {}
    if eligible:
        lowest = first_lowest(np.stack([costs[key] for key in eligible], axis=-1))
        chances = {key: float(np.sum(weights[lowest == place])) for place, key in enumerate(eligible)}
    return {key: _distribution(cost, weights, chances.get(key)) for key, cost in costs.items()}


def largest_standard_error(risks: int) -> float | None:
    """Return the largest standard error of a probability, for a number of risks; None where all are enumerated."""
    return 0.5 / float(np.sqrt(DRAWS)) if risks > ENUMERATED else None


def _combinations(
    combine: np.ufunc, start: NDArray[np.float64], absent: NDArray[np.float64], present: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the value of every combination of risks, shape (2^risks,).

    `absent` and `present` hold each risk's term where it does not happen and where it does.
    Why: doubling an array once per risk needs a twentieth of the memory of a table of all combinations.
    """
    values = start
    for absent_term, present_term in zip(absent, present, strict=True):
        values = np.concatenate([combine(values, absent_term), combine(values, present_term)])
    return values


def _distribution(costs: NDArray[np.float64], weights: NDArray[np.float64], cheapest: float | None) -> Joint:
    if weights.min() == weights.max():  # equal weights, as of drawn combinations, need no reordering
        outcomes, probabilities = np.sort(costs), weights
    else:
        order = np.argsort(costs, kind="stable")
        outcomes, probabilities = costs[order], weights[order]
    possible = probabilities > 0
    outcomes, probabilities = outcomes[possible], probabilities[possible]
    last_of_equal = np.append(np.diff(outcomes) > 0, True)
    return Joint(outcomes[last_of_equal], np.cumsum(probabilities)[last_of_equal], cheapest)
