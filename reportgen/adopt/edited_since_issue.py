"""The edits of a workbook since it was issued: numbers, names of risks, and effects."""

from collections.abc import Iterator
from pathlib import Path

from reportgen.adopt.edited_case import issued_case
from reportgen.adopt.reading.effects import effect_changes, spare_risk_rows
from reportgen.errors import InputError
from reportgen.schema.case import Case
from reportgen.workbook.read import EditedWorkbook, read_workbook
from reportgen.workbook.verify.edited_inputs import edited_inputs


def edits_since_issue(target: Path) -> list[str]:
    """List the edits of a workbook of this program in sentences, by the values as issued that it shows."""
    if found := edited_inputs(target):
        return found
    try:
        book = read_workbook(target)
        issued = issued_case(book)
    except InputError:
        return []  # its case does not load in this version: only the numbers can be compared, and they are unchanged
    return list(_changed_texts(book, issued))


def _changed_texts(book: EditedWorkbook, issued: Case) -> Iterator[str]:
    """Yield a sentence for every renamed risk and every effect that was added, changed, removed or is invalid."""
    names = [(risk.name, row) for risk, row in zip(issued.risks, book.risks, strict=False)]
    for before, row in (*names, *spare_risk_rows(book, issued)):
        if row.name != before:
            yield f"{row.cell} is {row.name}, was {before}"
    changed, manual_steps = effect_changes(book, issued)
    for one in changed:
        state = "is an effect that was added" if one.issued is None else "is an effect that was changed"
        yield f"{one.cell} {state}"
    yield from manual_steps
