"""Futures: every unknown drawn at once, and lines evaluated in all of them, block by block."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Node
from reportgen.simulate.streams import Stream
from reportgen.simulate.unknowns import Flags, Unknowns

Array = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

BLOCK = 1000
"""Futures that are evaluated at once: their lines fit into a processor's cache, and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Outcomes(Generic[Key]):
    """What each amount comes to in each future, shape (draws,), and in what share of them a value was cut."""

    amounts: Mapping[Key, Array]
    clipped: float


def outcomes(unknowns: Unknowns, amounts: Mapping[Key, Node], draws: int, seed: int) -> Outcomes[Key]:
    """Evaluate amounts over random futures, all in the same ones."""
    found: dict[Key, list[Array]] = {key: [] for key in amounts}
    clipped = 0
    for size, inputs, cut in _blocks(unknowns, draws, seed):
        evaluation = Evaluation(inputs)
        for key, node in amounts.items():
            found[key].append(np.broadcast_to(evaluation.node(node), (size, 1))[:, 0])
        clipped += int(np.count_nonzero(np.broadcast_to(cut, (size, 1))))
    return Outcomes({key: np.concatenate(parts) for key, parts in found.items()}, clipped / draws)


def _blocks(unknowns: Unknowns, draws: int, seed: int) -> Iterator[tuple[int, dict[str, Array], Flags]]:
    """Draw block after block: how many, the assumptions in them, and where one was cut to its bound."""
    ranged = {name: Stream(seed, name) for name in unknowns.streams}
    happening = [Stream(seed, event.id) for event in unknowns.events]
    constant = {path: np.full((1, 1), float(value)) for path, value in unknowns.values.items()}
    for start in range(0, draws, BLOCK):
        size = min(BLOCK, draws - start)
        inputs = dict(constant)
        for name, paths in unknowns.streams.items():
            share = ranged[name].take(size)
            inputs |= {path: unknowns.ranges[path].quantile(share) for path in paths}
        happens = {
            place: happening[place].take(size) < event.probability
            for place, event in enumerate(unknowns.events)
        }
        cut: Flags = np.zeros((1, 1), dtype=bool)
        for path in unknowns.effects.keys() | unknowns.ranges.keys():
            drawn = path in unknowns.ranges or path not in unknowns.looked_up
            found, beyond = unknowns.active(path, inputs[path] if drawn else None, happens)
            inputs |= found
            cut = cut | beyond
        yield size, inputs, cut
