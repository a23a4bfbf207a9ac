"""A workbook held against everything that can be asked of it: safe, by the rules, true, passing, unchanged."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportgen.workbook.package.guard import dangers
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.package.writer import untouched
from reportgen.workbook.verify.changes import changes
from reportgen.workbook.verify.recalculation import Recalculated, recalculated
from reportgen.workbook.verify.rules.rule import Finding, Rule
from reportgen.workbook.verify.rules.table import held_against

Reissue = Callable[[OpenedBook], Path | str]
"""Builds the workbook again as it was issued; a sentence where that cannot be done."""
NOT_ASKED = Recalculated(0, (), "not asked for")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found out about a workbook; nothing after `unsafe` where it is not safe to open."""

    path: Path
    unsafe: tuple[str, ...]
    ours: bool = False
    formulas: int = 0
    rules: tuple[tuple[Rule, tuple[Finding, ...]], ...] = ()
    values: Recalculated = NOT_ASKED
    changed: tuple[Finding, ...] = ()
    unchanged_because: str = ""
    """How it is known that nothing was changed, or why it is not known."""

    @property
    def findings(self) -> int:
        """Count what is wrong; a change since issue is no fault."""
        return len(self.unsafe) + sum(len(found) for _, found in self.rules) + len(self.values.wrong)


def verify(path: Path, reissue: Reissue, *, recalculate: bool = True) -> Verified:
    """Verify any workbook; `reissue` is asked only where this program made it and somebody has saved it since."""
    unsafe = dangers(path)
    if unsafe:
        return Verified(path, unsafe)
    try:
        opened = open_book(path)
    except Exception as error:  # noqa: BLE001  whatever a reader stumbles over, the file is no workbook to it
        return Verified(path, (f"It cannot be read as a workbook: {type(error).__name__}: {error}.",))
    rules = tuple(held_against(opened))
    values = recalculated(opened) if recalculate else NOT_ASKED
    changed, because = _since_issue(opened, reissue)
    return Verified(path, (), opened.ours, sum(1 for _ in opened.formulas()), rules, values, changed, because)


def _since_issue(opened: OpenedBook, reissue: Reissue) -> tuple[tuple[Finding, ...], str]:
    if not opened.ours:
        return (), "not made by this program"
    if untouched(opened.path):
        return (), "as it was issued, to the byte"
    again = reissue(opened)
    if isinstance(again, str):
        return (), again
    found = tuple(changes(opened, open_book(again)))
    return found, "" if found else "saved again, nothing changed"
