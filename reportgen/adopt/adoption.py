"""Taking a workbook that came back into its case and price book: merged cell by cell, written with where each came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin
from reportgen.adopt.edited_case import issued_case
from reportgen.adopt.merge_rates import RatesBack, merge_rates
from reportgen.adopt.merge_risks import merge_runs
from reportgen.adopt.merge_values import merge_values
from reportgen.adopt.price_book_text import rewritten
from reportgen.adopt.three_way import Merged, Side
from reportgen.errors import InputError, Problem
from reportgen.schema.case import Case
from reportgen.schema.loading.load import book_of, book_path, case_of, is_auxiliary, load_case
from reportgen.schema.schedules import schedules, used_book
from reportgen.workbook.read import read_workbook


@dataclass(frozen=True, slots=True)
class Revised:
    """A file before and after."""

    path: Path
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Say whether anything in it is other."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Sharing:
    """A case that takes its price from the same items; `fault` says why it would not load any more."""

    case: Path
    items: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """What a workbook brings: each changed cell, what has to be taken by hand, and the files before and after."""

    merged: tuple[Merged, ...]
    by_hand: tuple[str, ...]
    case: Revised
    book: Revised | None
    """The price book of the case, where it takes a price from one."""
    sharing: tuple[Sharing, ...] = ()
    follows: tuple[str, ...] = ()
    """What the case loses because a rate is not in force any more."""

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """List what changed on both sides, differently."""
        return tuple(one for one in self.merged if one.state == "conflict")

    @property
    def taken(self) -> tuple[Merged, ...]:
        """List what goes into the case or its price book."""
        return tuple(one for one in self.merged if one.state == "taken")

    @property
    def files(self) -> tuple[Revised, ...]:
        """List the files that change: the case first."""
        return tuple(one for one in (self.case, self.book) if one and one.changed)

    def prove(self) -> None:
        """Read the case as it would be; InputError where it would not be sound."""
        case_of(self.case.after, str(self.case.path), self.book.after if self.book else "")


def adopt(book_file: Path, case_file: Path, choices: Mapping[str, Side], who: str, day: str) -> Adoption:
    """Merge a workbook into a case file; `choices` says by key, or by "" for all, who wins a conflict.

    Nothing is written. InputError where the workbook is not ours, or the case does not load today.
    """
    book, today = read_workbook(book_file), load_case(case_file)
    issued, chosen, origin = issued_case(book), Choices(choices), Origin(book_file.name, who, day)
    values = merge_values(book, issued, today, chosen)
    rates = merge_rates(book, today.book, chosen)
    runs = merge_runs(book, issued, today, chosen, rates.renamed("agreed"))
    text = CaseText(case_file.read_text(encoding="utf-8"))
    case = text.text
    values.write(text, today, origin)
    runs.write(text, today, origin)
    priced, follows = _priced(case_file, today, rates, text, origin)
    found = (*values.merged, *(o.merged for o in runs.changes), *(o.merged for o in rates.changes))
    return Adoption(
        found,
        (*values.by_hand, *runs.by_hand, *rates.by_hand),
        Revised(case_file, case, text.text),
        priced,
        _sharing(case_file, priced, rates.items) if priced and priced.changed else (),
        follows,
    )


def _priced(
    case_file: Path, today: Case, rates: RatesBack, text: CaseText, origin: Origin
) -> tuple[Revised | None, tuple[str, ...]]:
    """Rewrite the price book, and let the case follow: rates are named by their days. Gives what a case loses by it."""
    path = book_path(case_file, today)
    if path is None or today.book is None:
        return None, ()
    before = path.read_text(encoding="utf-8")
    done, renamed = rewritten(before, today.book, rates, origin), rates.renamed("taken")
    text.rename_paths(renamed)
    for old, new in done.carried:
        text.carry_on(old, new, f"as {old}, which goes on; added {origin.words}")
    known = {*_paid(today), *renamed.values(), *(new for _, new in done.carried)}
    lost = sorted(known - _paid(_repriced(today, done.text, path)))
    said = [
        f"{one}: no month pays this rate any more; what a run did to it is taken out."
        for one in lost
        if text.runs_on(one)
    ]
    for one in lost:
        text.drop_effects(one)
    return Revised(path, before, done.text), tuple(said)


def _repriced(case: Case, book: str, path: Path) -> Case:
    """Give a case under another price book; as it is where that is not sound, which is told once it is read whole."""
    try:
        return case.with_book(book_of(book, str(path)))
    except InputError:
        return case


def _paid(case: Case) -> set[str]:
    """List the rates that some month of a case pays."""
    return {rate.path for schedule in schedules(case) for rate in schedule.rates}


def _sharing(case_file: Path, book: Revised, items: Sequence[str]) -> tuple[Sharing, ...]:
    """Find the cases beside this one that take a price from the items that change."""
    found = []
    for path in sorted(case_file.parent.glob("*.yaml")):
        if path.resolve() in (case_file.resolve(), book.path.resolve()):
            continue
        try:
            case = None if is_auxiliary(path) else load_case(path)
        except InputError:
            continue  # it does not load as it is: nobody's prices
        own = book_path(path, case) if case else None
        if case is None or own is None or own.resolve() != book.path.resolve():
            continue
        used = used_book(case)
        shared = tuple(item.id for item in used.items if item.id in items) if used else ()
        if shared:
            found.append(Sharing(path, shared, _fault(path, book.after)))
    return tuple(found)


def _fault(case_file: Path, book: str) -> str:
    """Say why a case would not load with another price book; nothing where it would."""
    try:
        case_of(case_file.read_text(encoding="utf-8"), str(case_file), book)
    except InputError as error:
        return error.problems[0].sentence
    return ""


def case_of_workbook(book: Path) -> Path:
    """Find the case that a workbook was built from, by its name, where cases usually are; InputError where it is not."""
    name = f"{book.stem}.yaml"
    places = (Path("inputs"), book.parent, book.parent.parent / "inputs", book.parent.parent)
    for place in places:
        if (place / name).is_file():
            return place / name
    sentence = (
        f"There is no {name} in {', '.join(map(str, dict.fromkeys(places)))}; name the case with --case."
    )
    raise InputError([Problem(str(book), 1, 1, "", "", sentence)])
