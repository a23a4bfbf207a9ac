"""Taking a workbook that came back into its case: merged cell by cell, written with where each change came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.compare.merge import End, Merged, Side, merged
from reportgen.editions.case_text import CaseText
from reportgen.errors import InputError, Problem
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case
from reportgen.schema.load import load_case
from reportgen.workbook.read import Returned, Typed, read_workbook


@dataclass(frozen=True, slots=True)
class Adoption:
    """What a workbook brings: each changed cell, what has to be taken by hand, and the case file before and after."""

    merged: tuple[Merged, ...]
    by_hand: tuple[str, ...]
    before: str
    after: str

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """List what changed on both sides, differently."""
        return tuple(one for one in self.merged if one.state == "conflict")

    @property
    def taken(self) -> tuple[Merged, ...]:
        """List what goes into the case."""
        return tuple(one for one in self.merged if one.state == "taken")


def adopt(book_file: Path, case_file: Path, choices: Mapping[str, Side], who: str, day: str) -> Adoption:
    """Merge a workbook into a case file; `choices` says by path, or by "" for all, who wins a conflict.

    Nothing is written. InputError where the workbook is not ours, or the case would not be sound afterwards.
    """
    book, case = read_workbook(book_file), load_case(case_file)
    rows = {row.path: row for row in assumptions(case)}
    found = tuple(_merged(book, rows, choices))
    text = CaseText(case_file.read_text(encoding="utf-8"))
    before, note = text.text, f"Changed in {book_file.name} by {who or 'somebody'} on {day}"
    for path in dict.fromkeys(one.path for one in found if one.state == "taken"):
        ends: dict[str, float] = {
            one.end: float(str(one.theirs)) for one in found if one.path == path and one.state == "taken"
        }
        was = "; ".join(f"{end} was {_plain(rows[path], end)}" for end in ends)
        text.change(path, ends, rows[path].value, f"{note}; {was}")
    return Adoption(found, tuple(_by_hand(book, case)), before, text.text)


def _merged(book: Returned, rows: Mapping[str, Assumption], choices: Mapping[str, Side]) -> Iterator[Merged]:
    for path, end, typed in _changed(book, rows):
        row = rows[path]
        ours = {"value": row.value, "low": row.low, "high": row.high}[end]
        key = path if end == "value" else f"{path}.{end}"
        yield merged(path, end, typed.cell, typed.issued, typed.now, ours, choices.get(key, choices.get("")))


def _changed(book: Returned, rows: Mapping[str, Assumption]) -> Iterator[tuple[str, End, Typed]]:
    """List the changed cells of assumptions that the case states itself."""
    for path, typed in book.values.items():
        if typed.changed and path in rows and not path.startswith("prices."):
            yield path, "value", typed
    for path, (low, high) in book.ranges.items():
        for end, typed in (("low", low), ("high", high)):
            if typed.changed and path in rows:
                yield path, end, typed  # type: ignore[misc]
    known = [path for path in rows if path.startswith("risks.") and path.endswith(".probability")]
    for path, risk in zip(known, book.risks, strict=False):
        if risk.probability.changed:
            yield path, "value", risk.probability


def _by_hand(book: Returned, case: Case) -> Iterator[str]:
    """Say what is not an assumption's number: rates of the price book, effects, names and added risks."""
    for path, typed in book.values.items():
        if typed.changed and path.startswith("prices."):
            yield f"{typed.cell}: {path} is {typed.now}, was {typed.issued}; a price book is added to, never corrected."
    for path, typed in book.days.items():
        if typed.changed:
            yield f"{typed.cell}: the first day of {path} was changed; add a rate to the price book."
    for effect in book.effects:
        if effect.amount.changed:
            yield f"{effect.amount.cell}: {effect.operation} {effect.path} in {effect.run} is {effect.amount.now}, was {effect.amount.issued}."
    for risk, row in zip(case.risks, book.risks, strict=False):
        if row.name != risk.name:
            yield f"Risks: {risk.name} is now called {row.name}."
    for row in book.risks[len(case.risks) :]:
        if row.probability.changed:
            yield f"{row.probability.cell}: a risk was added, {row.name}, with probability {row.probability.now}."


def _plain(row: Assumption, end: str) -> str:
    value = {"value": row.value, "low": row.low, "high": row.high}[end]
    return "not stated" if value is None else f"{value:.10g}"


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
