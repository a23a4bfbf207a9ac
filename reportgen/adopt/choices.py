"""The user's decisions on conflicts, and the origin that is noted with every change."""

from collections.abc import Mapping

from reportgen.adopt.three_way import Side
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Choices:
    """The winning side of a conflict by the key of the cell, or by "" for all cells."""

    by_key: Mapping[str, Side]

    def side_for(self, key: str) -> Side | None:
        """Return the winning side of the conflict at a key; None where the user decided nothing."""
        return self.by_key.get(key, self.by_key.get(""))


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a change: the workbook's file name, its author and the day (ISO format)."""

    book: str
    who: str
    day: str

    @property
    def phrase(self) -> str:
        """Return the origin as an adverbial phrase: "in acme.xlsx by Finance on 2026-11-24"."""
        return f"in {self.book} by {self.who or 'somebody'} on {self.day}"


def format_value(value: object) -> str:
    """Format the former value of a cell for a note."""
    if value is None:
        return "not stated"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)
