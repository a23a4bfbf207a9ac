"""Three ways of one cell: as issued, as a workbook came back with it, and as the case or its price book has it today."""

from dataclasses import dataclass
from typing import Literal

End = Literal["value", "low", "high"]
Side = Literal["ours", "theirs"]
State = Literal["taken", "agreed", "conflict", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of one changed cell: taken into the case, there already, in conflict, kept out by choice, or refused.

    None stands for what is not there: an effect that was added, or taken out.
    """

    path: str
    end: End
    cell: str
    issued: object
    theirs: object
    ours: object
    state: State
    words: str = ""
    """What it is, where its key is no name that people know."""

    @property
    def key(self) -> str:
        """Name it: the path, and which end of its range it is."""
        return self.path if self.end == "value" else f"{self.path}.{self.end}"


def merged(
    path: str,
    end: End,
    cell: str,
    issued: object,
    theirs: object,
    ours: object,
    choice: Side | None,
    *,
    fits: bool | None = None,
    words: str = "",
) -> Merged:
    """Merge one cell that was changed: taken where the case did not move, a conflict where it moved elsewhere.

    `choice` says who wins a conflict. What does not fit (text, a formula, nothing) is never taken: what fits is a number
    unless the caller says so.
    """
    fitting = is_number(theirs) if fits is None else fits

    def state() -> State:
        if not fitting:
            return "refused"
        if ours == theirs:
            return "agreed"
        if ours == issued or choice == "theirs":
            return "taken"
        return "kept" if choice == "ours" else "conflict"

    return Merged(path, end, cell, issued, theirs, ours, state(), words)


def is_number(content: object) -> bool:
    """Say whether a cell holds a number: no text, no formula, no truth value."""
    return isinstance(content, int | float) and not isinstance(content, bool)
