"""Whether anybody typed into a workbook since it was issued: numbers, and the words that say what risks are and do."""

from collections.abc import Iterator
from pathlib import Path

from reportgen.adopt.edited_case import issued_case
from reportgen.adopt.read_effects import moved_effects, spares
from reportgen.errors import InputError
from reportgen.schema.case import Case
from reportgen.workbook.package.writer import untouched
from reportgen.workbook.read import Returned, read_workbook
from reportgen.workbook.verify.edited import edited


def touched(target: Path) -> list[str]:
    """List what was typed into a workbook; nothing where there is no file, or nobody saved it again."""
    if found := edited(target):
        return found
    if not target.exists() or untouched(target):
        return []
    try:
        book = read_workbook(target)
        issued = issued_case(book)
    except InputError:
        return []  # its case is of another version: only its numbers can be compared, and they are as issued
    return list(_words(book, issued))


def _words(book: Returned, issued: Case) -> Iterator[str]:
    """List names that are others, and effects that came, went, or are no effects any more."""
    names = [(risk.name, row) for risk, row in zip(issued.risks, book.risks, strict=False)]
    for before, row in (*names, *spares(book, issued)):
        if row.name != before:
            yield f"{row.cell} is {row.name}, was {before}"
    moved, by_hand = moved_effects(book, issued)
    for one in moved:
        state = "is an effect that was added" if one.issued is None else "is an effect that was changed"
        yield f"{one.cell} {state}"
    yield from by_hand
