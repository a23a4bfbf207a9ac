"""The random variables of a case: assumptions with ranges, events with effects, and the bounds of values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Input, Node
from reportgen.formula.runs import LEAST, SCALE, SHIFT, Effect
from reportgen.runtime.records import dataclass
from reportgen.simulate.distributions import Range

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEVER: Flags = np.zeros((1, 1), dtype=bool)
"""The flag of what is clipped in no draw."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that happens or not, independent of all others, and its effects on assumptions."""

    id: str
    probability: float
    effects: tuple[Effect, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Return the paths of the assumptions that it changes."""
        return frozenset(effect.path for effect in self.effects)


@dataclass(frozen=True)
class Variables:
    """The values of a case's assumptions, their ranges, and the events that may change them.

    `groups` holds groups of paths that are drawn as one, `limits` the bounds of an assumption, (least, most).
    """

    values: Mapping[str, float]
    ranges: Mapping[str, Range]
    events: tuple[Event, ...] = ()
    groups: Sequence[Iterable[str]] = ()
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    looked_up: Mapping[str, Node] = field(default_factory=dict)
    """The formulas of the assumptions that the model looks up, by path: events change what is found, a range is a factor."""

    def __reduce__(self) -> tuple[type["Variables"], tuple[object, ...]]:
        """Send the fields alone to another process.

        Why: what is cached while a queue is pickling this would change the dictionary under it.
        """
        return Variables, tuple(getattr(self, one.name) for one in fields(self))

    @cached_property
    def streams(self) -> dict[str, tuple[str, ...]]:
        """Return the ranged assumptions by the name of the stream that they are drawn from."""
        groups: dict[str, set[str]] = {path: {path} for path in self.ranges}
        for group in self.groups:
            overlapping = [groups[path] for path in group if path in groups]
            merged = set().union(*overlapping)
            groups.update(dict.fromkeys(merged, merged))
        return {min(group): tuple(sorted(group)) for group in groups.values()}

    @cached_property
    def effects(self) -> dict[str, tuple[tuple[int, Effect], ...]]:
        """Return the effects by the path that they change, each with the index of its event."""
        by_path: dict[str, list[tuple[int, Effect]]] = {}
        for index, event in enumerate(self.events):
            for effect in event.effects:
                by_path.setdefault(effect.path, []).append((index, effect))
        return {path: tuple(effects) for path, effects in by_path.items()}

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the ranged assumptions that move with each one, itself included."""
        return {path: paths for paths in self.streams.values() for path in paths}

    def moved(self, path: str, values: Array) -> dict[str, Array]:
        """Return the values of an assumption with those of the assumptions that move with it; all of the same shape.

        What has the same value, low and high has the same values. Others are as far from their own value towards their
        low or high, and beyond, as this one is; they stay where this one has no low or high to go to.
        """
        found = {path: values}
        for other in self.members.get(path, ()):
            if other != path:
                found[other] = np.clip(
                    self._moved(path, other, values), *self.limits.get(other, (-np.inf, np.inf))
                )
        return found

    def _moved(self, path: str, other: str, values: Array) -> Array:
        mine, its = self.ranges[path], self.ranges[other]
        if (mine.value, mine.low, mine.high) == (its.value, its.low, its.high):
            return values
        shares = [
            np.zeros_like(values) if end == mine.value else (values - mine.value) / (end - mine.value)
            for end in (mine.low, mine.high)
        ]
        below = its.value + shares[0] * (its.low - its.value)
        above = its.value + shares[1] * (its.high - its.value)
        return np.where(values < mine.value, below, above)

    def active(self, path: str, value: Array, occurs: Mapping[int, Flags]) -> tuple[dict[str, Array], Flags]:
        """Return the inputs of an assumption under the events that happen, and flags where its value was clipped.

        Of one that is looked up only its change is returned: what is found, changed by the events, is multiplied by
        `value` over its stated value (MODEL, "One idea: a run"). Whether that is clipped `clipped_look_ups` says.
        `occurs` maps the index of each event to a flag per draw, of a shape that broadcasts with `value`.
        """
        scale, shift = self._change(path, occurs)
        if path in self.looked_up:
            stated = self.values[path]
            factor = value / stated if stated else np.ones((1, 1))
            found = {path + SCALE: scale * factor, path + SHIFT: shift * factor}
            return found | {path + LEAST: np.full((1, 1), self.limits.get(path, (-np.inf,))[0])}, NEVER
        changed = value * scale + shift
        clipped = np.clip(changed, *self.limits.get(path, (-np.inf, np.inf)))
        return {path: clipped}, clipped != changed

    def clipped_look_ups(self, evaluation: Evaluation) -> Flags:
        """Return flags of the draws in which what was looked up and changed was clipped to its bound."""
        flags = NEVER
        for path in self._lowered:
            stated = evaluation.node(self.looked_up[path])
            scale, shift, least = (evaluation.node(Input(path + suffix)) for suffix in (SCALE, SHIFT, LEAST))
            flags = flags | (stated * scale + shift < least)
        return flags

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        """Return the looked-up assumptions that events may take below a bound: those from which one subtracts."""
        return tuple(
            path
            for path, effects in self.effects.items()
            if path in self.looked_up and any(e.operation == "add" and e.amount < 0 for _, e in effects)
        )

    def _change(self, path: str, occurs: Mapping[int, Flags]) -> tuple[Array, Array]:
        """Return the factor and the added amount by which events change an assumption.

        Several events combine to the last `set`, the product and the sum (MODEL, "One idea: a run").
        """
        share_kept, set_to = np.ones((1, 1)), np.zeros((1, 1))
        factor, added = np.ones((1, 1)), np.zeros((1, 1))
        for index, effect in self.effects.get(path, ()):
            match effect.operation:
                case "set":
                    share_kept = np.where(occurs[index], 0.0, share_kept)
                    set_to = np.where(occurs[index], effect.amount, set_to)
                case "multiply":
                    factor = factor * np.where(occurs[index], effect.amount, 1.0)
                case "add":
                    added = added + np.where(occurs[index], effect.amount, 0.0)
        return share_kept * factor, set_to * factor + added
