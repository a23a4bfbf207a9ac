"""The verification of a workbook, against the rules and against the same edition built again."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.workbook.verify.verify import Verification

if TYPE_CHECKING:
    from reportgen.workbook.package.reader import OpenedBook


def verified(book: Path, *, recalculate: bool) -> "Verification":
    """Verify a workbook; one of this program that was saved again is also compared with its issue.

    Raises SurroundingsError where there is no such file.
    """
    from tempfile import TemporaryDirectory

    from reportgen.errors import SurroundingsError
    from reportgen.workbook.verify.verify import verify

    if not book.is_file():
        raise SurroundingsError(f"There is no file {book}.")
    with TemporaryDirectory(prefix="reportgen-") as folder:
        return verify(book, partial(_issued_again, Path(folder)), recalculate=recalculate)


def _issued_again(folder: Path, opened: "OpenedBook") -> Path | str:
    """Build a workbook again from the case it carries; a sentence where that is not possible."""
    from reportgen.assessment import analyse
    from reportgen.errors import ReportgenError
    from reportgen.schema.loading.load import case_of
    from reportgen.workbook.issue import issue_of
    from reportgen.workbook.read import read_what_if
    from reportgen.workbook.sheets.change_log import read_editions
    from reportgen.workbook.sheets.cover import read_case_text, read_fingerprint, read_price_text
    from reportgen.workbook.write import write_workbook

    case_file, book = folder / "case.yaml", folder / "issued.xlsx"
    text, prices = read_case_text(opened.book), read_price_text(opened.book)
    case_file.write_text(text, encoding="utf-8")
    try:
        analysis = analyse(case_of(text, str(case_file), prices), case_file)
    except ReportgenError:
        return "not known: the case in it cannot be built again here (it was edited, or another version wrote it)"
    if analysis.fingerprint[:8] != read_fingerprint(opened.book):
        return "not known: it was issued by another version of the program"
    analysis = replace(analysis, history=read_editions(opened.book)[:-1])
    write_workbook(issue_of(analysis, read_what_if(opened.book)), book)
    return book
