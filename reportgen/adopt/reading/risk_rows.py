"""The rows of the risk register in the order of the issue, where rows were deleted."""

from dataclasses import replace

from reportgen.errors import InputError, Problem
from reportgen.model.outline import spare_risks
from reportgen.schema.case import Case
from reportgen.workbook.read import EditableCell, EditedRisk, EditedWorkbook


def with_all_risks(book: EditedWorkbook, issued: Case) -> EditedWorkbook:
    """Return a workbook with a row for every risk as issued: rows are matched by their order, and by name where some are gone.

    Raises InputError where rows were deleted and others renamed, so that nothing tells which is which.
    """
    names = [*(risk.name for risk in issued.risks), *(risk.name for risk in spare_risks())]
    if len(book.risks) >= len(names):
        return book
    rows = {row.name: row for row in book.risks}
    if len(rows) < len(book.risks) or not rows.keys() <= set(names):
        sentence = (
            "Rows of the sheet Risks were deleted and others renamed or added, so that nothing tells which is which. "
            "Insert the deleted rows again, and adopt again."
        )
        raise InputError([Problem(str(book.path), 1, 1, "risks", "", sentence)])
    chances = {risk.name: risk.probability.value for risk in issued.risks}
    every = (rows.get(name) or _deleted(name, chances.get(name)) for name in names)
    return replace(book, risks=tuple(every))


def _deleted(name: str, chance: float | None) -> EditedRisk:
    return EditedRisk(name, "Risks", EditableCell("Risks", chance, chance))
