"""A workbook held against everything that can be asked of it: safe, by the rules, true, passing, unchanged."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportgen.workbook.package.guard import find_dangers
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.package.writer import is_unmodified
from reportgen.workbook.verify.changes import find_changes
from reportgen.workbook.verify.recalculation import RecalculationResult, compare_with_recalculation
from reportgen.workbook.verify.rules.rule import Finding, Rule
from reportgen.workbook.verify.rules.table import apply_rules

Reissue = Callable[[OpenedBook], Path | str]
"""Builds the workbook again as it was issued; a sentence where that cannot be done."""
NOT_REQUESTED = RecalculationResult(0, (), "not asked for")


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found out about a workbook; nothing after `unsafe` where it is not safe to open."""

    path: Path
    unsafe: tuple[str, ...]
    made_by_reportgen: bool = False
    formulas: int = 0
    rules: tuple[tuple[Rule, tuple[Finding, ...]], ...] = ()
    values: RecalculationResult = NOT_REQUESTED
    changed: tuple[Finding, ...] = ()
    unchanged_reason: str = ""
    """How it is known that nothing was changed, or why it is not known."""

    @property
    def findings(self) -> int:
        """Count what is wrong; a change since issue is no fault."""
        return len(self.unsafe) + sum(len(found) for _, found in self.rules) + len(self.values.wrong)


def verify(path: Path, reissue: Reissue, *, recalculate: bool = True) -> Verification:
    """Verify any workbook; `reissue` is asked only where this program made it and somebody has saved it since."""
    unsafe = find_dangers(path)
    if unsafe:
        return Verification(path, unsafe)
    try:
        opened = open_book(path)
    except Exception as error:  # noqa: BLE001  whatever a reader stumbles over, the file is no workbook to it
        return Verification(path, (f"It cannot be read as a workbook: {type(error).__name__}: {error}.",))
    rules = tuple(apply_rules(opened))
    values = compare_with_recalculation(opened) if recalculate else NOT_REQUESTED
    changed, because = _since_issue(opened, reissue)
    return Verification(
        path, (), opened.made_by_reportgen, sum(1 for _ in opened.formulas()), rules, values, changed, because
    )


def _since_issue(opened: OpenedBook, reissue: Reissue) -> tuple[tuple[Finding, ...], str]:
    if not opened.made_by_reportgen:
        return (), "not made by this program"
    if is_unmodified(opened.path):
        return (), "as it was issued, to the byte"
    again = reissue(opened)
    if isinstance(again, str):
        return (), again
    found = tuple(find_changes(opened, open_book(again)))
    return found, "" if found else "saved again, nothing changed"
