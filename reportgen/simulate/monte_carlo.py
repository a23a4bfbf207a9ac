"""Monte Carlo simulation: all variables drawn at random, and amounts evaluated over the draws, block by block."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import field, replace
from itertools import product
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Node
from reportgen.runtime.records import dataclass
from reportgen.simulate.streams import Stream
from reportgen.simulate.variables import Flags, Variables

Array = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

BLOCK = 1000
"""Draws that are evaluated at once.

Why: the arrays of one block fit into a processor's cache, and memory stays bounded.
"""


ENUMERATED = 10
"""The largest number of events whose combinations are all evaluated; with more, combinations are drawn."""


@dataclass(frozen=True, slots=True)
class Sample(Generic[Key]):
    """The value of each amount in each future, shape (futures,), and the share of futures in which a value was clipped.

    `weights` are the probabilities of the futures where they are all combinations of events; None: drawn, all alike.
    """

    amounts: Mapping[Key, Array]
    clipped: float
    weights: Array | None = None
    occurs: Mapping[int, Array] = field(default_factory=dict)
    """Flags of the futures in which an event happens, by its index, where the futures are all combinations."""

    @property
    def size(self) -> int:
        """Return the number of futures."""
        return len(next(iter(self.amounts.values())))


def sample_amounts(variables: Variables, amounts: Mapping[Key, Node], draws: int, seed: int) -> Sample[Key]:
    """Evaluate amounts over random draws, all over the same ones."""
    by_key: dict[Key, list[Array]] = {key: [] for key in amounts}
    clipped = 0
    for size, inputs, block_clipped in _blocks(variables, draws, seed):
        evaluation = Evaluation(inputs)
        for key, node in amounts.items():
            by_key[key].append(np.broadcast_to(evaluation.node(node), (size, 1))[:, 0])
        flags = block_clipped | variables.clipped_look_ups(evaluation)
        clipped += int(np.count_nonzero(np.broadcast_to(flags, (size, 1))))
    return Sample({key: np.concatenate(parts) for key, parts in by_key.items()}, clipped / draws)


def joint_runs(variables: Variables, amounts: Mapping[Key, Node], draws: int, seed: int) -> Sample[Key]:
    """Evaluate amounts over every combination of events, ranges fixed; over random ones where there are too many."""
    fixed = replace(variables, ranges={}, groups=())
    count = len(fixed.events)
    if count > ENUMERATED:
        return sample_amounts(fixed, amounts, draws, seed)
    combinations = np.array(list(product((False, True), repeat=count)), dtype=bool).reshape(2**count, count)
    occurs = {place: combinations[:, place : place + 1] for place in range(count)}
    inputs, flags = _active(fixed, _constant(fixed), occurs)
    evaluation = Evaluation(inputs)
    chances = np.array([event.probability for event in fixed.events])
    weights = np.prod(np.where(combinations, chances, 1 - chances), axis=1)
    size = len(combinations)
    flags = np.broadcast_to(flags | fixed.clipped_look_ups(evaluation), (size, 1))[:, 0]
    return Sample(
        {key: np.broadcast_to(evaluation.node(node), (size, 1))[:, 0] for key, node in amounts.items()},
        float(weights @ flags), weights, {place: flag[:, 0].astype(float) for place, flag in occurs.items()},
    )  # fmt: skip


def _blocks(variables: Variables, draws: int, seed: int) -> Iterator[tuple[int, dict[str, Array], Flags]]:
    """Yield blocks of draws: their number, the active values of the assumptions, and flags of draws with a clipped value."""
    range_streams = {name: Stream(seed, name) for name in variables.streams}
    event_streams = [Stream(seed, event.id) for event in variables.events]
    constant = _constant(variables)
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        inputs = dict(constant)
        for name, paths in variables.streams.items():
            probability = range_streams[name].take(size)
            inputs |= {path: variables.ranges[path].quantile(probability) for path in paths}
        occurs = {
            place: event_streams[place].take(size) < event.probability
            for place, event in enumerate(variables.events)
        }
        yield (size, *_active(variables, inputs, occurs))


def _constant(variables: Variables) -> dict[str, Array]:
    """Return the stated value of every assumption, shape (1, 1)."""
    return {path: np.full((1, 1), float(value)) for path, value in variables.values.items()}


def _active(
    variables: Variables, inputs: Mapping[str, Array], occurs: Mapping[int, Flags]
) -> tuple[dict[str, Array], Flags]:
    """Return the active values of all assumptions under the events that happen, and flags where one was clipped."""
    active = dict(inputs)
    clipped: Flags = np.zeros((1, 1), dtype=bool)
    for path in variables.effects.keys() | variables.ranges.keys():
        changed, path_clipped = variables.active(path, inputs[path], occurs)
        active |= changed
        clipped = clipped | path_clipped
    return active, clipped
