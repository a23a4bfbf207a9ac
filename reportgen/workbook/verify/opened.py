"""An untrusted workbook, opened once in a confined process, and the questions that are asked about it there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.compare.history import Issued
from reportgen.errors import ReportgenError
from reportgen.runtime.records import dataclass
from reportgen.workbook.package.confined import Confined, Unreadable, confined_process
from reportgen.workbook.package.digest import is_unmodified
from reportgen.workbook.package.guard import list_dangers
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.read import read_what_if
from reportgen.workbook.sheets.change_log import read_editions
from reportgen.workbook.sheets.cover import read_case_text, read_fingerprint, read_price_text
from reportgen.workbook.state import WhatIfMode
from reportgen.workbook.verify.changes import Change, find_changes, other_view
from reportgen.workbook.verify.recalculation import RecalculationResult, compared_values, take_values
from reportgen.workbook.verify.rules.rule import Finding
from reportgen.workbook.verify.rules.structure import SAVED_VALUES
from reportgen.workbook.verify.rules.table import apply_rules

MOST_CHANGES = 2_000
"""Differences that are told; a workbook with more is another one."""


class UnsafeWorkbook(ReportgenError):
    """A workbook that is not opened; `dangers` says why, in sentences."""

    status = 1

    def __init__(self, dangers: tuple[str, ...]) -> None:
        self.dangers = dangers
        super().__init__(" ".join(dangers))

    def __reduce__(self) -> tuple[type["UnsafeWorkbook"], tuple[tuple[str, ...]]]:
        """Return what another process makes the same error of."""
        return type(self), (self.dangers,)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a workbook carries of its issue: case, price book, fingerprint, editions."""

    case: str
    prices: str
    fingerprint: str
    editions: tuple[Issued, ...]
    what_if: WhatIfMode = "live"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a workbook at once; `carried` is None where it was not made by this program."""

    formulas: int
    without_values: bool
    links: tuple[str, ...]
    resaved_tables: bool
    is_unmodified: bool
    carried: Carried | None


@contextmanager
def opened_safely(path: Path, *, linked: bool = False) -> Iterator[Confined[OpenedBook]]:
    """Provide a workbook opened in a confined process.

    Raises UnsafeWorkbook where it is not opened, TooMuch where it takes too much time or memory.
    """
    with confined_process(_open, path, linked=linked) as book:
        yield book


def _open(path: Path, *, linked: bool) -> OpenedBook:
    if dangers := list_dangers(path, linked=linked):
        raise UnsafeWorkbook(dangers)
    try:
        return open_book(path)
    except MemoryError:
        raise
    except Exception as error:
        sentence = f"It cannot be read as a workbook: {type(error).__name__}: {error}"
        raise UnsafeWorkbook((f"{sentence[:300].rstrip('.')}.",)) from error


def facts_of(opened: OpenedBook) -> Facts:
    """Return what is known of a workbook at once."""
    formulas = sum(1 for _ in opened.formulas())
    return Facts(
        formulas, opened.without_values, opened.links, bool(opened.resaved_tables), is_unmodified(opened.path),
        carried_by(opened),
    )  # fmt: skip


def carried_by(opened: OpenedBook) -> Carried | None:
    """Return what a workbook carries of its issue; None for one of another origin."""
    if not opened.made_by_reportgen:
        return None
    book = opened.book
    try:
        editions = read_editions(book)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable(f"its change log is damaged: {error}") from error
    return Carried(
        read_case_text(book), read_price_text(book), read_fingerprint(book), editions, read_what_if(book)
    )


def findings_by_rule(opened: OpenedBook, *, unsaved: bool) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Apply the rules; gives the findings by the rule's id. `unsaved`: the file itself has no values."""
    found = {rule.id: places for rule, places in apply_rules(opened)}
    if unsaved and not found[SAVED_VALUES.id]:
        found[SAVED_VALUES.id] = tuple(SAVED_VALUES.find(open_book(opened.path)))
    return tuple(found.items())


def take_computed(opened: OpenedBook, again: Path) -> None:
    """Give a workbook without values those of its recalculated copy."""
    take_values(opened, again)


def recalculation_of(opened: OpenedBook, again: Path) -> RecalculationResult:
    """Compare the saved values with those of the recalculated copy."""
    return compared_values(opened, again)


def changes_since(opened: OpenedBook, issued: Path) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    """Return what differs from the workbook as issued, and the saved values that differ where nothing else does."""
    before = open_book(issued)
    changes = []
    for change in find_changes(opened, before):
        changes.append(change)
        if len(changes) == MOST_CHANGES:
            break
    known = bool(changes) or other_view(opened, before)
    return tuple(changes), () if known else tuple(_other_values(opened, before))


def _other_values(opened: OpenedBook, issued: OpenedBook) -> Iterator[Finding]:
    from reportgen.workbook.verify.recalculation import equal_values

    for name, sheet in opened.sheets.items():
        before = issued.sheets[name].saved
        for place, value in sheet.saved.items():
            if value is not None and place in before and not equal_values(value, before[place]):
                yield Finding(sheet.at(place), f"{value!s:.40} was saved, {before[place]!s:.40} was issued")
