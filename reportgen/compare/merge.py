"""Three ways of one assumption: as issued, as a workbook came back with it, and as the case has it today."""

from dataclasses import dataclass
from typing import Literal

End = Literal["value", "low", "high"]
Side = Literal["ours", "theirs"]
State = Literal["taken", "agreed", "conflict", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one changed cell: taken into the case, there already, in conflict, kept out by choice, or no number."""

    path: str
    end: End
    cell: str
    issued: object
    theirs: object
    ours: float | None
    state: State

    @property
    def key(self) -> str:
        """Name it: the path, and which end of its range it is."""
        return self.path if self.end == "value" else f"{self.path}.{self.end}"


def merged(
    path: str, end: End, cell: str, issued: object, theirs: object, ours: float | None, choice: Side | None
) -> Merged:
    """Merge one cell that was changed: taken where the case did not move, a conflict where it moved elsewhere.

    `choice` says who wins a conflict. What is no number (text, a formula, nothing) is never taken.
    """

    def state() -> State:
        if isinstance(theirs, bool) or not isinstance(theirs, int | float):
            return "refused"
        if ours == theirs:
            return "agreed"
        if ours == issued or choice == "theirs":
            return "taken"
        return "kept" if choice == "ours" else "conflict"

    return Merged(path, end, cell, issued, theirs, ours, state())
