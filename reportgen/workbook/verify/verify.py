"""The verification of a workbook: safe to open, rules kept, saved values right, checks passing, changes since issue."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportgen.workbook.package.guard import find_dangers
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.package.writer import is_unmodified
from reportgen.workbook.verify.changes import find_changes
from reportgen.workbook.verify.recalculation import RecalculationResult, compare_with_recalculation
from reportgen.workbook.verify.rules.rule import Finding, Rule
from reportgen.workbook.verify.rules.structure import SAVED_VALUES
from reportgen.workbook.verify.rules.table import apply_rules

Reissue = Callable[[OpenedBook], Path | str]
"""A function that rebuilds a workbook as issued and returns its path, or a sentence where that is impossible."""
NOT_REQUESTED = RecalculationResult(0, (), "not asked for")


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a verification; only `unsafe` is filled where the workbook is not safe to open."""

    path: Path
    unsafe: tuple[str, ...]
    made_by_reportgen: bool = False
    formulas: int = 0
    rules: tuple[tuple[Rule, tuple[Finding, ...]], ...] = ()
    values: RecalculationResult = NOT_REQUESTED
    changed: tuple[Finding, ...] = ()
    links: tuple[str, ...] = ()
    """The workbooks that it links to."""
    unchanged_reason: str = ""
    """How it is known that nothing was changed, or why that is not known."""

    unjudged: bool = False
    """Whether no values were saved and none were computed: then no check passes or fails."""

    @property
    def findings(self) -> int:
        """Return the number of findings; changes since issue are not counted."""
        return len(self.unsafe) + sum(len(found) for _, found in self.rules) + len(self.values.wrong)


def verify(path: Path, reissue: Reissue, *, recalculate: bool = True) -> Verification:
    """Verify any workbook; `reissue` is called only for a workbook of this program that was saved again since issue."""
    unsafe = find_dangers(path, linked=True)
    if unsafe:
        return Verification(path, unsafe)
    try:
        opened = open_book(path)
    except Exception as error:  # noqa: BLE001  any error of the reader means that the file is no workbook
        return Verification(path, (f"It cannot be read as a workbook: {type(error).__name__}: {error}.",))
    unsaved = opened.without_values
    missing = tuple(SAVED_VALUES.find(opened)) if unsaved else ()
    values = compare_with_recalculation(opened) if recalculate else NOT_REQUESTED
    rules = tuple(
        (rule, missing if unsaved and rule is SAVED_VALUES else found) for rule, found in apply_rules(opened)
    )
    changed, because = _since_issue(opened, reissue)
    return Verification(
        path, (), opened.made_by_reportgen, sum(1 for _ in opened.formulas()), rules, values, changed,
        opened.links, because, opened.without_values,
    )  # fmt: skip


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
