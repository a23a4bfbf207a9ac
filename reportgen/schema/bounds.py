"""The bounds of an assumption's value, and their wording in messages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a number v: ``least <= v``, ``v > above``, ``v <= most``, ``v < below``; None is no bound.

    `whole` requires an integer.
    """

    least: float | None = None
    above: float | None = None
    most: float | None = None
    below: float | None = None
    whole: bool = False

    def contains(self, value: float, *, whole: bool = True) -> bool:
        """Return whether a value lies within the bounds; with `whole` False, non-integers are accepted everywhere."""
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
            and (not (self.whole and whole) or float(value).is_integer())
        )

    @property
    def requirement(self) -> str:
        """Return the allowed values as a phrase that completes 'it must be ...'."""
        lower, upper = self._lower(), self._upper()
        if self.least is not None and self.most is not None:
            text = f"between {self.least:g} and {self.most:g}"
        else:
            text = " and ".join(part for part in (lower, upper) if part) or "a number"
        return f"a whole number, {text}" if self.whole else text

    def _lower(self) -> str:
        if self.least is not None:
            return f"{self.least:g} or more"
        return f"above {self.above:g}" if self.above is not None else ""

    def _upper(self) -> str:
        if self.most is not None:
            return f"at most {self.most:g}"
        return f"below {self.below:g}" if self.below is not None else ""


SHARE = Bounds(least=0, most=1)
USED_SHARE = Bounds(above=0, most=1)
LOSS = Bounds(least=0, below=1)
CHANGE = Bounds(above=-1)
POSITIVE = Bounds(above=0)
NOT_NEGATIVE = Bounds(least=0)
AT_LEAST_ONE = Bounds(least=1)
WHOLE_FROM_ONE = Bounds(least=1, whole=True)
WHOLE_FROM_ZERO = Bounds(least=0, whole=True)
