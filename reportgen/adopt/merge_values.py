"""Numbers typed into Inputs: assumptions with their ranges, weights and scores, merged into the case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin, plain
from reportgen.adopt.three_way import End, Merged, merged
from reportgen.binding.fit import fit_rows
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.yaml_text import Part
from reportgen.workbook.read import Returned, Typed

FIT = "strategic_fit."


@dataclass(frozen=True, slots=True)
class Values:
    """What became of every number that was typed into Inputs, and of those that the case has no place for any more."""

    merged: tuple[Merged, ...]
    by_hand: tuple[str, ...]

    def write(self, text: CaseText, case: Case, origin: Origin) -> None:
        """Write what was taken into a case file."""
        rows = _rows(case)
        taken = [one for one in self.merged if one.state == "taken"]
        for path in dict.fromkeys(one.path for one in taken):
            ends: dict[str, float] = {one.end: float(str(one.theirs)) for one in taken if one.path == path}
            was = "; ".join(f"{end} was {plain(_end(rows[path], end))}" for end in ends)
            if path.startswith(FIT):
                remark = f"changed {origin.words}; was {plain(rows[path].value)}"
                text.set_number(_criterion(path), ends["value"], remark)
            else:
                text.change(path, ends, rows[path].value, f"Changed {origin.words}; {was}")


def merge_values(book: Returned, issued: Case, today: Case, choices: Choices) -> Values:
    """Merge what was typed into Inputs three ways."""
    rows, found, by_hand = _rows(today), [], []
    for path, end, typed in _changed(book):
        here = _today(path, issued, today)
        if here not in rows:
            by_hand.append(f"{typed.cell}: {path} is {typed.now} there; the case has no {path} today.")
            continue
        key = here if end == "value" else f"{here}.{end}"
        ours = _end(rows[here], end)
        found.append(merged(here, end, typed.cell, typed.issued, typed.now, ours, choices.of(key)))
    return Values(tuple(found), tuple(by_hand))


def _changed(book: Returned) -> Iterator[tuple[str, End, Typed]]:
    """List the changed cells of Inputs: values, then ends of ranges."""
    for path, typed in book.values.items():
        if typed.changed and not path.startswith("prices."):
            yield path, "value", typed
    for path, (low, high) in book.ranges.items():
        if low.changed:
            yield path, "low", low
        if high.changed:
            yield path, "high", high


def _rows(case: Case) -> Mapping[str, Assumption]:
    return {row.path: row for row in (*assumptions(case), *fit_rows(case))}


def _end(row: Assumption, end: str) -> float | None:
    return {"value": row.value, "low": row.low, "high": row.high}[end]


def _today(path: str, issued: Case, today: Case) -> str:
    """Give the path that an assumption has in the case today: criteria are numbered, and known by their names."""
    if not path.startswith(FIT):
        return path
    _, criterion, rest = path.split(".", 2)
    name = issued.strategic_fit[int(criterion.removeprefix("criterion_")) - 1].name
    numbers = {one.name: number for number, one in enumerate(today.strategic_fit, start=1)}
    return f"{FIT}criterion_{numbers.get(name, 0)}.{rest}"


def _criterion(path: str) -> tuple[Part, ...]:
    """Give the way to a weight or score in the case file."""
    head, criterion, *rest = path.split(".")
    return (head, int(criterion.removeprefix("criterion_")) - 1, *rest)
