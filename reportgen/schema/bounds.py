"""The bounds of an assumption's value, and their wording in messages."""

from reportgen.runtime.records import dataclass


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
            text = f"between {_text(self.least)} and {_text(self.most)}"
        else:
            text = " and ".join(part for part in (lower, upper) if part) or "a number"
        return f"a whole number, {text}" if self.whole else text

    def _lower(self) -> str:
        if self.least is not None:
            return f"{_text(self.least)} or more"
        return f"above {self.above:g}" if self.above is not None else ""

    def _upper(self) -> str:
        if self.most is not None:
            return f"at most {self.most:g}"
        return f"below {self.below:g}" if self.below is not None else ""


def _text(limit: float) -> str:
    """Return a bound in digits, small ones without an exponent."""
    return f"{limit:.6f}".rstrip("0") if 0 < limit < SMALL_LIMIT else f"{limit:g}"


SMALL_LIMIT = 1e-3
SMALLEST = 1e-6
"""The least value of what divides: smaller ones are typing errors, and give amounts that no cell can show."""
SHARE = Bounds(least=0, most=1)
USED_SHARE = Bounds(least=SMALLEST, most=1)
LOSS = Bounds(least=0, below=1)
CHANGE = Bounds(above=-1)
POSITIVE = Bounds(above=0)
DIVISOR = Bounds(least=SMALLEST)
NOT_NEGATIVE = Bounds(least=0)
AT_LEAST_ONE = Bounds(least=1)
WHOLE_FROM_ONE = Bounds(least=1, whole=True)
WHOLE_FROM_ZERO = Bounds(least=0, whole=True)
