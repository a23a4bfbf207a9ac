"""The axes of lines: the positions at which a line has values."""

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """The positions at which a line has values; `across` says whether they run across a sheet or down it."""

    name: str
    labels: tuple[str, ...]
    across: bool = True

    @property
    def size(self) -> int:
        """Return the number of positions."""
        return len(self.labels)


SINGLE = Axis("single", ("",))
"""The axis of a line with one value."""
