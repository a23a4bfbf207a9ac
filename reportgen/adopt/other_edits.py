"""What was edited in a workbook and has no place in the case, in sentences that say what to do about it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from reportgen.schema.assumptions import Assumption
from reportgen.units import counted
from reportgen.workbook.verify.changes import Change

VALUE = "Value"
MOST_ALIKE = 8
"""Edits of one sheet with one remedy that are told one by one; the rest is counted."""
KEPT = "build --force keeps the workbook as it is beside the new one"


def other_edits(
    changes: Sequence[Change],
    dealt_with: Collection[str],
    comments: Collection[str],
    rows: Mapping[str, Assumption],
) -> Iterator[str]:
    """Yield a sentence for every change that is not dealt with: place, before, after, and what to do.

    `dealt_with` has the cells whose content is merged, `comments` those whose comment is; `rows` are the assumptions as
    issued, by path.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for change in changes:
        merged = {"cell": dealt_with, "comment": comments}.get(change.kind, ())
        effect = change.kind == "row deleted" and change.where.startswith(
            "Runs!"
        )  # merged as effects taken out
        if change.where not in merged and not effect:
            remedy = _remedy(change, rows)
            alike = change.where.partition("!")[0], remedy
            counts[alike] += 1
            if counts[alike] <= MOST_ALIKE:
                yield f"{change.where} {change.sentence}: {remedy}."
    for (sheet, remedy), count in counts.items():
        if count > MOST_ALIKE:
            yield f"{sheet} has {counted(count - MOST_ALIKE, 'more cell')} of this kind: {remedy}."


def _remedy(change: Change, rows: Mapping[str, Assumption]) -> str:
    row = rows.get(change.key)
    match change.kind:
        case "comment":
            return "write it into the note of an assumption, or answer it; " + KEPT
        case "row deleted" if row:
            return f"a row that is deleted takes nothing out; change {change.key} in the case"
        case "row deleted" if change.where.startswith("Risks!"):
            return "a row that is deleted takes no risk out; set its probability to 0, or take it out of the case"
        case "row added":
            return "the case has no place for it; an assumption of your own is stated in the case file"
        case "row deleted" | "column deleted" | "column added":
            return "the case has no place for it; " + KEPT
        case "sheet":
            return "the case has no place for it; " + KEPT
    if row and change.head == VALUE and row.from_price_book:
        field = change.key.rpartition(".")[2]
        return (
            "it is a price of the book, and was typed over. Either correct the rate on the sheet Prices, or state "
            f"`{field}: {change.after}` in the case in place of `prices`"
        )
    if row and row.follows:
        return f"it follows {row.follows}; state {change.key} in the case to give it a value of its own"
    if change.head == VALUE and not change.key and change.where.startswith("Inputs!"):
        return "the structure is fixed when a workbook is issued; change finance.years in the case, and build again"
    if change.before.startswith("="):
        return "a formula was written over; what it should say otherwise is an assumption of the case, or a change of the program"
    return "the case has no place for it; " + KEPT
