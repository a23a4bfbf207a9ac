"""The range of values that an assumption may take, and its wording."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of a number: ``least <= v``, ``v > above``, ``v <= most``, ``v < below``; None: no limit."""

    least: float | None = None
    above: float | None = None
    most: float | None = None
    below: float | None = None
    whole: bool = False

    def hold(self, value: float, *, whole: bool = True) -> bool:
        """Tell whether a value keeps the limits; without `whole`, fractions of whole numbers do too."""
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
            and (self.below is None or value < self.below)
            and (not (self.whole and whole) or float(value).is_integer())
        )

    @property
    def words(self) -> str:
        """Say what is allowed, to follow 'it must be'."""
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
