"""The random variables of a case: assumptions with ranges, events with effects, and the bounds of values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.runs import SCALE, SHIFT, Effect
from reportgen.simulate.distributions import Range

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
    looked_up: frozenset[str] = frozenset()
    """Paths of assumptions whose value the model looks up; a draw replaces it, events change it."""

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

    def active(
        self, path: str, value: Array | None, occurs: Mapping[int, Flags]
    ) -> tuple[dict[str, Array], Flags]:
        """Return the inputs of an assumption under the events that happen, and flags where its value was clipped.

        `value` is None where it is looked up and not drawn: only its change is returned, and nothing is clipped.
        `occurs` maps the index of each event to a flag per draw, of a shape that broadcasts with `value`.
        """
        scale, shift = self._change(path, occurs)
        if value is None:
            return {path + SCALE: scale, path + SHIFT: shift}, np.zeros((1, 1), dtype=bool)
        changed = value * scale + shift
        clipped = np.clip(changed, *self.limits.get(path, (-np.inf, np.inf)))
        if path in self.looked_up:
            return {path + SCALE: np.zeros((1, 1)), path + SHIFT: clipped}, clipped != changed
        return {path: clipped}, clipped != changed

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
