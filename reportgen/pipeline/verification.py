"""The verification of a workbook, against the rules and against the same edition built again."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.runtime.records import dataclass
from reportgen.workbook.verify.verify import Verification

if TYPE_CHECKING:
    from reportgen.workbook.package.confined import Confined
    from reportgen.workbook.package.reader import OpenedBook
    from reportgen.workbook.read import EditedWorkbook
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


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A workbook that came back: its contents, and what differs from its issue; `unknown` is why that is not known."""

    contents: "EditedWorkbook"
    changes: "tuple[Change, ...]" = ()
    unknown: str = ""


def returned_workbook(book: Path) -> ReturnedWorkbook:
    """Read a workbook of this program and compare it with its issue, opened once.

    Raises InputError where it is missing, unsafe to open, or of another origin.
    """
    from tempfile import TemporaryDirectory

    from reportgen.workbook.package.confined import TooMuch, Unreadable
    from reportgen.workbook.read import contents_of, opened_for_reading
    from reportgen.workbook.verify.opened import carried_by

    with TemporaryDirectory(prefix="reportgen-") as folder, opened_for_reading(book) as opened:
        contents = opened.ask(contents_of)
        try:
            found = _changes(opened, opened.ask(carried_by), Path(folder))
        except (TooMuch, Unreadable) as error:
            found = f"not known: {error}"
    if isinstance(found, str):
        return ReturnedWorkbook(contents, unknown=found)
    return ReturnedWorkbook(contents, found or ())


def changes_since_issue(book: Path) -> "tuple[Change, ...] | str | None":
    """Return what differs from the workbook as issued; a sentence where that is not known, None for another origin.

    Raises UnsafeWorkbook, TooMuch and Unreadable as `verify.opened.opened_safely` does.
    """
    from tempfile import TemporaryDirectory

    from reportgen.workbook.verify.opened import carried_by, opened_safely

    with TemporaryDirectory(prefix="reportgen-") as folder, opened_safely(book, linked=True) as opened:
        return _changes(opened, opened.ask(carried_by), Path(folder))


def _changes(
    opened: "Confined[OpenedBook]", carried: "Carried | None", folder: Path
) -> "tuple[Change, ...] | str | None":
    """Return what differs from the issue, built again in a folder; a sentence where that is not known."""
    from reportgen.workbook.verify.opened import changes_since

    if carried is None:
        return None
    again = issued_again(folder, carried)
    return again if isinstance(again, str) else opened.ask(changes_since, again)[0]


def issued_again(folder: Path, carried: "Carried") -> Path | str:
    """Build a workbook again from the case it carries; a sentence where that is not possible."""
    from reportgen.actuals.recorded import analyse_with_actuals
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
