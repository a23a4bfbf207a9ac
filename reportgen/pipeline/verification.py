"""The verification of a workbook, against the rules and against the same edition built again."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.workbook.verify.verify import Verification

if TYPE_CHECKING:
    from reportgen.workbook.verify.changes import Change
    from reportgen.workbook.verify.opened import Carried

EDITED_CASE = (
    "not known: the case in it cannot be built again here (it was edited, or another version wrote it)"
)
OTHER_VERSION = "not known: it was issued by another version of the program"


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
        return verify(book, partial(issued_again, Path(folder)), recalculate=recalculate)


def changes_since_issue(book: Path) -> "tuple[Change, ...] | str | None":
    """Return what differs from the workbook as issued; a sentence where that is not known, None for another origin.

    Raises UnsafeWorkbook, TooMuch and Unreadable as `verify.opened.opened_safely` does.
    """
    from tempfile import TemporaryDirectory

    from reportgen.workbook.verify.opened import changes_since, facts_of, opened_safely

    with TemporaryDirectory(prefix="reportgen-") as folder, opened_safely(book, linked=True) as opened:
        facts = opened.ask(facts_of)
        if facts.carried is None:
            return None
        again = issued_again(Path(folder), facts.carried)
        return again if isinstance(again, str) else opened.ask(changes_since, again)[0]


def issued_again(folder: Path, carried: "Carried") -> Path | str:
    """Build a workbook again from the case it carries; a sentence where that is not possible."""
    from reportgen.actuals.report import analyse_with_actuals
    from reportgen.errors import ReportgenError
    from reportgen.schema.loading.load import case_of
    from reportgen.workbook.issue import issue_of
    from reportgen.workbook.write import write_workbook

    case_file, book = folder / "case.yaml", folder / "issued.xlsx"
    try:
        case_file.write_text(carried.case, encoding="utf-8")
        analysis = analyse_with_actuals(case_of(carried.case, str(case_file), carried.prices), case_file)
    except (ReportgenError, ValueError):
        return EDITED_CASE
    if analysis.fingerprint[:8] != carried.fingerprint:
        return OTHER_VERSION
    analysis = replace(analysis, history=carried.editions[:-1])
    write_workbook(issue_of(analysis, carried.what_if), book)
    return book
