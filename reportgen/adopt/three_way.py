"""The three-way merge of one cell: as issued, as in the edited workbook, and as in the case or price book today."""

from typing import Literal

from reportgen.runtime.records import dataclass

RangeEnd = Literal["value", "low", "high", "source", "owner", "as_of", "note"]
Side = Literal["ours", "theirs"]
State = Literal["taken", "agreed", "conflict", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class MergedCell:
    """The outcome for one changed cell: taken, agreed (already in the case), conflict, kept (decided for the case), refused.

    None as a value means that there is none: an effect that was added or removed.
    """

    path: str
    end: RangeEnd
    cell: str
    issued: object
    theirs: object
    ours: object
    state: State
    description: str = ""
    """A label for the terminal, where the key is not readable by itself."""

    @property
    def key(self) -> str:
        """Return the key for decisions: the path, with the end of the range where it is not the value."""
        return self.path if self.end == "value" else f"{self.path}.{self.end}"

    @property
    def is_text(self) -> bool:
        """Return whether the cell holds a text: what is written beside a value, or an account."""
        return self.end in ("source", "owner", "note") or self.path.startswith("finance.accounts.")


def merge_cell(
    path: str,
    end: RangeEnd,
    cell: str,
    issued: object,
    theirs: object,
    ours: object,
    choice: Side | None,
    *,
    valid: bool | None = None,
    description: str = "",
) -> MergedCell:
    """Merge one changed cell: taken where the case is as issued, a conflict where the case changed to another value.

    `choice` is the side that wins a conflict. An invalid value is refused; without `valid`, only numbers are valid.
    """
    is_valid = is_number(theirs) if valid is None else valid

    def state() -> State:
        if not is_valid:
            return "refused"
        if ours == theirs:
            return "agreed"
        if ours == issued or choice == "theirs":
            return "taken"
        return "kept" if choice == "ours" else "conflict"

    return MergedCell(path, end, cell, issued, theirs, ours, state(), description)


def is_number(content: object) -> bool:
    """Return whether a cell's content is a number: no text, no formula, no boolean."""
    return isinstance(content, int | float) and not isinstance(content, bool)
