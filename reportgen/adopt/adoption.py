"""The adoption of an edited workbook: every changed cell merged three ways, and the revised texts of case and price book."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin
from reportgen.adopt.edited_case import issued_case
from reportgen.adopt.merge_accounts import merge_accounts
from reportgen.adopt.merge_rates import RateMerge, merge_rates
from reportgen.adopt.merge_risks import merge_risks_and_effects
from reportgen.adopt.merge_texts import merge_texts
from reportgen.adopt.merge_values import merge_values
from reportgen.adopt.other_edits import other_edits
from reportgen.adopt.price_book_text import rewrite_price_book
from reportgen.adopt.reading.plain_values import refusals, with_plain_values, with_saved_values
from reportgen.adopt.reading.risk_rows import with_all_risks
from reportgen.adopt.three_way import MergedCell, Side
from reportgen.errors import InputError
from reportgen.files import read_text
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.load import book_of, book_path, case_of, is_auxiliary, load_case
from reportgen.schema.schedules import schedules, used_book
from reportgen.workbook.read import EditedWorkbook
from reportgen.workbook.verify.changes import Change

UNFIT = "it is longer than its field takes, or begins like a formula"
"""Why a text is not taken."""


@dataclass(frozen=True, slots=True)
class FileRevision:
    """The text of a file before and after the adoption."""

    path: Path
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Return whether the two texts differ."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class AffectedCase:
    """Another case that uses the revised items of the price book; `fault` is the error it would fail to load with, or empty."""

    case: Path
    items: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The result of a three-way merge: every changed cell, the edits left to the user, and the revised files."""

    merged: tuple[MergedCell, ...]
    manual_steps: tuple[str, ...]
    """Sentences about edits that the case has no field for."""
    case: FileRevision
    book: FileRevision | None
    """The revised price book; None where the case uses none."""
    affected_cases: tuple[AffectedCase, ...] = ()
    consequences: tuple[str, ...] = ()
    """Sentences about effects that are removed because no month pays their rate any more."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a cell that holds no number, or no day, is not taken, by its address."""

    @property
    def conflicts(self) -> tuple[MergedCell, ...]:
        """Return the cells that changed differently in the workbook and in the case."""
        return tuple(one for one in self.merged if one.state == "conflict")

    @property
    def taken(self) -> tuple[MergedCell, ...]:
        """Return the cells whose value is written into the case or its price book."""
        return tuple(one for one in self.merged if one.state == "taken")

    @property
    def refused(self) -> dict[str, str]:
        """Map the address of every cell that holds nothing that could be taken to the reason in plain words."""
        refused = [one for one in self.merged if one.state == "refused" and (one.is_text or not one.theirs)]
        usual = {one.cell: UNFIT if one.theirs else "it was emptied" for one in refused}
        return {**usual, **self.reasons}

    @property
    def not_taken(self) -> int:
        """Return the number of edits that were not taken: refused cells, and what the case has no place for."""
        others = [one for one in self.manual_steps if one.partition(":")[0] not in self.refused]
        return len(self.refused) + len(others)

    @property
    def files(self) -> tuple[FileRevision, ...]:
        """Return the files that change, the case first."""
        return tuple(one for one in (self.case, self.book) if one and one.changed)

    def validate(self) -> None:
        """Load the revised case; raises InputError where it is not valid."""
        case_of(self.case.after, str(self.case.path), self.book.after if self.book else "")


def adopt(
    book: EditedWorkbook,
    case_file: Path,
    choices: Mapping[str, Side],
    origin: Origin,
    *,
    values: bool = False,
    changes: Sequence[Change] = (),
) -> Adoption:
    """Merge an edited workbook into a case file and its price book, without writing anything.

    `choices` gives the side that wins a conflict, by the key of the cell, or by "" for all cells; with `values`, a cell
    that holds no number but a plain value counts as that value; `changes` are all differences from the workbook as issued.
    Raises InputError where the case in the workbook or the case file does not load.
    """
    today, issued, chosen = load_case(case_file), issued_case(book), Choices(choices)
    book = with_saved_values(with_all_risks(book, issued))
    if values:
        book = with_plain_values(book, issued.case.currency)
    merged_values = merge_values(book, issued, today, chosen)
    rates = merge_rates(book, today.book, chosen)
    runs = merge_risks_and_effects(book, issued, today, chosen, rates.renamed_paths("agreed"))
    texts = merge_texts(changes, issued, today, chosen)
    accounts = merge_accounts(changes, issued, today, chosen)
    text = CaseText(read_text(case_file))
    case = text.text
    merged_values.write(text, today, origin)
    texts.write(text, today, origin)
    accounts.write(text, origin)
    runs.write(text, today, origin)
    revised_book, consequences = _revise_price_book(case_file, today, rates, text, origin)
    texts_merged = (*texts.merged, *accounts.merged)
    others_merged = (*(one.merged for one in runs.changes), *(one.merged for one in rates.changes))
    found = (*merged_values.merged, *texts_merged, *others_merged)
    others = _other_edits(changes, book.cells | {one.cell for one in texts_merged}, texts.comments, issued)
    steps = (*merged_values.manual_steps, *runs.manual_steps, *rates.manual_steps, *others)
    return Adoption(
        found, steps, FileRevision(case_file, case, text.text), revised_book,
        _affected_cases(case_file, revised_book, rates.items), consequences, refusals(book, issued.case.currency),
    )  # fmt: skip


def _other_edits(
    changes: Sequence[Change], dealt_with: Collection[str], comments: Collection[str], issued: Case
) -> Iterator[str]:
    """Return the sentences about the changes that no merge has dealt with."""
    rows = {row.path: row for row in assumptions(issued)}
    return other_edits(changes, dealt_with, comments, rows)


def _revise_price_book(
    case_file: Path, today: Case, rates: RateMerge, text: CaseText, origin: Origin
) -> tuple[FileRevision | None, tuple[str, ...]]:
    """Rewrite the price book, rename the rates' paths in the case, and return the revision and the effects removed.

    Why: the path of a rate contains its first day, so a moved day changes the path.
    """
    path = book_path(case_file, today)
    if path is None or today.book is None:
        return None, ()
    before = read_text(path)
    rewritten, renamed_paths = (
        rewrite_price_book(before, today.book, rates, origin),
        rates.renamed_paths("taken"),
    )
    text.rename_paths(renamed_paths)
    for old, new in rewritten.carried:
        text.copy_effects(old, new, f"as {old}, which goes on; added {origin.phrase}")
    known = {*_paid_rates(today), *renamed_paths.values(), *(new for _, new in rewritten.carried)}
    lost = sorted(known - _paid_rates(_with_price_book(today, rewritten.text, path)))
    removed = [
        f"{one}: no month pays this rate any more; what a run did to it is taken out."
        for one in lost
        if text.runs_affecting(one)
    ]
    for one in lost:
        text.remove_effects(one)
    return FileRevision(path, before, rewritten.text), tuple(removed)


def _with_price_book(case: Case, book: str, path: Path) -> Case:
    """Return the case with another price book; unchanged where that book is not valid (`Adoption.validate` reports it)."""
    try:
        return case.with_book(book_of(book, str(path)))
    except InputError:
        return case


def _paid_rates(case: Case) -> set[str]:
    """Return the paths of the rates that at least one month of a case pays."""
    return {rate.path for schedule in schedules(case) for rate in schedule.rates}


def _affected_cases(
    case_file: Path, book: FileRevision | None, items: Sequence[str]
) -> tuple[AffectedCase, ...]:
    """Return the cases in the same folder that use one of the changed items of the price book; none where it is unchanged."""
    if book is None or not book.changed:
        return ()
    found = []
    for path in sorted(case_file.parent.glob("*.yaml")):
        if path.resolve() in (case_file.resolve(), book.path.resolve()):
            continue
        try:
            case = None if is_auxiliary(path) else load_case(path)
        except InputError:
            continue  # a case that does not load today uses no price
        own = book_path(path, case) if case else None
        if case is None or own is None or own.resolve() != book.path.resolve():
            continue
        used = used_book(case)
        shared = tuple(item.id for item in used.items if item.id in items) if used else ()
        if shared:
            found.append(AffectedCase(path, shared, _load_error(path, book.after)))
    return tuple(found)


def _load_error(case_file: Path, book: str) -> str:
    """Return the error with which a case fails to load under another price book; empty where it loads."""
    try:
        case_of(read_text(case_file), str(case_file), book)
    except InputError as error:
        return error.problems[0].sentence
    return ""
