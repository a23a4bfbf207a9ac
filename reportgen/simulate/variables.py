"""What is not known about a case: assumptions with ranges, events with effects, and the bounds that hold."""

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
    """Something that happens or not, independent of all others, and what it then does to the assumptions."""

    id: str
    probability: float
    effects: tuple[Effect, ...]

    @property
    def paths(self) -> frozenset[str]:
        """Name the assumptions that it changes."""
        return frozenset(effect.path for effect in self.effects)


@dataclass(frozen=True)
class Variables:
    """A case's values, and everything that may turn out otherwise.

    `together` are sets of paths that move together; `limits` the bounds of an assumption, (least, most).
    """

    values: Mapping[str, float]
    ranges: Mapping[str, Range]
    events: tuple[Event, ...] = ()
    together: Sequence[Iterable[str]] = ()
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    looked_up: frozenset[str] = frozenset()
    """Assumptions whose value the model looks up; a draw takes its place, events change it."""

    def __reduce__(self) -> tuple[type["Variables"], tuple[object, ...]]:
        """Send the fields alone to another process.

        Why: what is cached while a queue is pickling this would change the dictionary under it.
        """
        return Variables, tuple(getattr(self, one.name) for one in fields(self))

    @cached_property
    def streams(self) -> dict[str, tuple[str, ...]]:
        """Give the ranged assumptions by the name of the stream they are drawn from."""
        joined: dict[str, set[str]] = {path: {path} for path in self.ranges}
        for group in self.together:
            met = [joined[path] for path in group if path in joined]
            whole = set().union(*met)
            joined.update(dict.fromkeys(whole, whole))
        return {min(group): tuple(sorted(group)) for group in joined.values()}

    @cached_property
    def effects(self) -> dict[str, tuple[tuple[int, Effect], ...]]:
        """Give the effects by the assumption that they change, each with the place of its event."""
        found: dict[str, list[tuple[int, Effect]]] = {}
        for place, event in enumerate(self.events):
            for effect in event.effects:
                found.setdefault(effect.path, []).append((place, effect))
        return {path: tuple(effects) for path, effects in found.items()}

    def active(
        self, path: str, value: Array | None, happens: Mapping[int, Flags]
    ) -> tuple[dict[str, Array], Flags]:
        """Give an assumption as an evaluation takes it under the events that happen, and where it was cut.

        `value` is None for one that is looked up and not drawn: its change alone is given, and nothing is cut.
        `happens` has a flag per draw and event, shape as `value` or able to stretch to it.
        """
        scale, shift = self._change(path, happens)
        if value is None:
            return {path + SCALE: scale, path + SHIFT: shift}, np.zeros((1, 1), dtype=bool)
        changed = value * scale + shift
        within = np.clip(changed, *self.limits.get(path, (-np.inf, np.inf)))
        if path in self.looked_up:
            return {path + SCALE: np.zeros((1, 1)), path + SHIFT: within}, within != changed
        return {path: within}, within != changed

    def _change(self, path: str, happens: Mapping[int, Flags]) -> tuple[Array, Array]:
        """Give what events multiply an assumption with, and then add.

        Of several events the last `set` counts, the product and the sum (MODEL, "One idea: a run").
        """
        kept, start = np.ones((1, 1)), np.zeros((1, 1))
        factor, added = np.ones((1, 1)), np.zeros((1, 1))
        for place, effect in self.effects.get(path, ()):
            match effect.operation:
                case "set":
                    kept = np.where(happens[place], 0.0, kept)
                    start = np.where(happens[place], effect.amount, start)
                case "multiply":
                    factor = factor * np.where(happens[place], effect.amount, 1.0)
                case "add":
                    added = added + np.where(happens[place], effect.amount, 0.0)
        return kept * factor, start * factor + added
