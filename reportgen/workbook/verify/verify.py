"""The verification of a workbook: safe to open, rules kept, saved values right, checks passing, changes since issue."""

from collections.abc import Callable
from pathlib import Path

from reportgen.runtime.records import dataclass
from reportgen.workbook.package.confined import Confined, TooMuch, Unreadable
from reportgen.workbook.package.libreoffice import LibreOfficeError, converted_copy, find_libreoffice
from reportgen.workbook.package.reader import OpenedBook
from reportgen.workbook.verify.changes import Change
from reportgen.workbook.verify.opened import (
    Carried,
    Facts,
    UnsafeWorkbook,
    changes_since,
    facts_of,
    findings_by_rule,
    opened_safely,
    recalculation_of,
    take_computed,
)
from reportgen.workbook.verify.recalculation import RecalculationResult
from reportgen.workbook.verify.rules.rule import Finding, Rule
from reportgen.workbook.verify.rules.table import RULES

Reissue = Callable[[Carried], Path | str]
"""A function that rebuilds a workbook as issued and returns its path, or a sentence where that is impossible."""
NOT_REQUESTED = RecalculationResult(0, (), "not asked for")
NOT_INSTALLED = "LibreOffice is not installed: the saved values were not recalculated"
COMPUTED = "none were saved; what follows is judged by what LibreOffice computes"
RESAVED_TABLES = (
    "the what-if tables were saved by another program: build the workbook again to recalculate it"
)
LINKED = "not recalculated: that would open the workbooks it links to"
FORGED = "Its sign says that it is as issued, and it is not: somebody made the sign anew."
SECONDS_FOR_OTHERS = 15
"""Seconds that LibreOffice may take for a workbook that this program did not make."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a verification; only `unsafe` is filled where the workbook is not safe to open."""

    path: Path
    unsafe: tuple[str, ...]
    made_by_reportgen: bool = False
    formulas: int = 0
    rules: tuple[tuple[Rule, tuple[Finding, ...]], ...] = ()
    values: RecalculationResult = NOT_REQUESTED
    changes: tuple[Change, ...] = ()
    links: tuple[str, ...] = ()
    """The workbooks that it links to."""
    unchanged_reason: str = ""
    """How it is known that nothing was changed, or why that is not known."""

    unjudged: bool = False
    """Whether no values were saved and none were computed: then no check passes or fails."""
    forged: tuple[Finding, ...] = ()
    """What contradicts the workbook's own sign, or the values that were issued."""

    @property
    def changed(self) -> tuple[Finding, ...]:
        """Return what was changed where finance edits, or added: no findings."""
        return tuple(change.finding for change in self.changes if not change.overwritten)

    @property
    def overwritten(self) -> tuple[Finding, ...]:
        """Return what was written over cells that were not to be edited."""
        return tuple(change.finding for change in self.changes if change.overwritten)

    @property
    def findings(self) -> int:
        """Return the number of findings; changes where finance edits are not counted."""
        found = len(self.unsafe) + sum(len(found) for _, found in self.rules) + len(self.values.wrong)
        return found + len(self.overwritten) + len(self.forged)


def verify(path: Path, reissue: Reissue, *, recalculate: bool = True) -> Verification:
    """Verify any workbook, in a confined process; `reissue` is called for every workbook of this program."""
    try:
        with opened_safely(path, linked=True) as book:
            return _verified(path, book, reissue, recalculate=recalculate)
    except UnsafeWorkbook as error:
        return Verification(path, error.dangers)
    except (TooMuch, Unreadable) as error:
        return Verification(path, (str(error),))


def _verified(path: Path, book: Confined[OpenedBook], reissue: Reissue, *, recalculate: bool) -> Verification:
    facts = book.ask(facts_of)
    values = _recalculated(path, book, facts) if recalculate else NOT_REQUESTED
    by_id = {rule.id: rule for rule in RULES}
    found = book.ask(findings_by_rule, unsaved=facts.without_values)
    changes, forged, because = _since_issue(book, facts, reissue)
    return Verification(
        path, (), facts.carried is not None, facts.formulas, tuple((by_id[key], places) for key, places in found),
        values, changes, facts.links, because, facts.without_values and values.skipped != COMPUTED, forged,
    )  # fmt: skip


def _recalculated(path: Path, book: Confined[OpenedBook], facts: Facts) -> RecalculationResult:
    """Recalculate a workbook and compare every formula and every cell of a what-if table with its saved value."""
    if find_libreoffice() is None:
        return RecalculationResult(0, (), NOT_INSTALLED)
    if facts.resaved_tables:
        return RecalculationResult(0, (), RESAVED_TABLES)
    if facts.links:
        return RecalculationResult(0, (), LINKED)
    try:
        with converted_copy(path, "xlsx", None if facts.carried else SECONDS_FOR_OTHERS) as again:
            if not facts.without_values:
                return book.ask(recalculation_of, again)
            book.ask(take_computed, again)
            return RecalculationResult(0, (), COMPUTED)
    except (LibreOfficeError, Unreadable) as error:
        return RecalculationResult(0, (), f"not recalculated: {error}")


def _since_issue(
    book: Confined[OpenedBook], facts: Facts, reissue: Reissue
) -> tuple[tuple[Change, ...], tuple[Finding, ...], str]:
    """Return the changes since issue, what contradicts the sign or the values issued, and how it is known."""
    if facts.carried is None:
        return (), (), "not made by this program"
    again = reissue(facts.carried)
    if isinstance(again, str):
        signed = (
            "; its own sign, which anybody can make, says that it is as issued" if facts.is_unmodified else ""
        )
        return (), (), again + signed
    changes, values = book.ask(changes_since, again)
    if facts.is_unmodified:
        sign = (Finding("the file", FORGED),) if changes or values else ()
        return changes, (*sign, *values), "" if changes else "as it was issued, built again and compared"
    return changes, (), "" if changes else "saved again, nothing changed"
