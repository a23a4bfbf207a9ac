"""Monte Carlo simulation: all variables drawn at random, and amounts evaluated over the draws, block by block."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Node
from reportgen.simulate.streams import Stream
from reportgen.simulate.variables import Flags, Variables

Array = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

BLOCK = 1000
"""Draws that are evaluated at once.

Why: the arrays of one block fit into a processor's cache, and memory stays bounded.
"""


@dataclass(frozen=True, slots=True)
class Sample(Generic[Key]):
    """The value of each amount in each draw, shape (draws,), and the share of draws in which a value was clipped."""

    amounts: Mapping[Key, Array]
    clipped: float


def sample_amounts(variables: Variables, amounts: Mapping[Key, Node], draws: int, seed: int) -> Sample[Key]:
    """Evaluate amounts over random draws, all over the same ones."""
    by_key: dict[Key, list[Array]] = {key: [] for key in amounts}
    clipped = 0
    for size, inputs, block_clipped in _blocks(variables, draws, seed):
        evaluation = Evaluation(inputs)
        for key, node in amounts.items():
            by_key[key].append(np.broadcast_to(evaluation.node(node), (size, 1))[:, 0])
        clipped += int(np.count_nonzero(np.broadcast_to(block_clipped, (size, 1))))
    return Sample({key: np.concatenate(parts) for key, parts in by_key.items()}, clipped / draws)


def _blocks(variables: Variables, draws: int, seed: int) -> Iterator[tuple[int, dict[str, Array], Flags]]:
    """Yield blocks of draws: their number, the active values of the assumptions, and flags of draws with a clipped value."""
    range_streams = {name: Stream(seed, name) for name in variables.streams}
    event_streams = [Stream(seed, event.id) for event in variables.events]
    constant = {path: np.full((1, 1), float(value)) for path, value in variables.values.items()}
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
        clipped: Flags = np.zeros((1, 1), dtype=bool)
        for path in variables.effects.keys() | variables.ranges.keys():
            has_value = path in variables.ranges or path not in variables.looked_up
            active, path_clipped = variables.active(path, inputs[path] if has_value else None, occurs)
            inputs |= active
            clipped = clipped | path_clipped
        yield size, inputs, clipped
