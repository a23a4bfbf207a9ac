"""Futures: every unknown drawn at once, and lines evaluated in all of them, block by block."""

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
"""Futures that are evaluated at once: their lines fit into a processor's cache, and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Sample(Generic[Key]):
    """What each amount comes to in each future, shape (draws,), and in what share of them a value was cut."""

    amounts: Mapping[Key, Array]
    clipped: float


def sample_amounts(variables: Variables, amounts: Mapping[Key, Node], draws: int, seed: int) -> Sample[Key]:
    """Evaluate amounts over random futures, all in the same ones."""
    found: dict[Key, list[Array]] = {key: [] for key in amounts}
    clipped = 0
    for size, inputs, cut in _blocks(variables, draws, seed):
        evaluation = Evaluation(inputs)
        for key, node in amounts.items():
            found[key].append(np.broadcast_to(evaluation.node(node), (size, 1))[:, 0])
        clipped += int(np.count_nonzero(np.broadcast_to(cut, (size, 1))))
    return Sample({key: np.concatenate(parts) for key, parts in found.items()}, clipped / draws)


def _blocks(variables: Variables, draws: int, seed: int) -> Iterator[tuple[int, dict[str, Array], Flags]]:
    """Draw block after block: how many, the assumptions in them, and where one was cut to its bound."""
    ranged = {name: Stream(seed, name) for name in variables.streams}
    happening = [Stream(seed, event.id) for event in variables.events]
    constant = {path: np.full((1, 1), float(value)) for path, value in variables.values.items()}
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        inputs = dict(constant)
        for name, paths in variables.streams.items():
            share = ranged[name].take(size)
            inputs |= {path: variables.ranges[path].quantile(share) for path in paths}
        occurs = {
            place: happening[place].take(size) < event.probability
            for place, event in enumerate(variables.events)
        }
        cut: Flags = np.zeros((1, 1), dtype=bool)
        for path in variables.effects.keys() | variables.ranges.keys():
            drawn = path in variables.ranges or path not in variables.looked_up
            found, beyond = variables.active(path, inputs[path] if drawn else None, occurs)
            inputs |= found
            cut = cut | beyond
        yield size, inputs, cut
