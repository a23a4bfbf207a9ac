"""The three-way merge of the Inputs sheet: assumptions with their ranges, weights and scores."""

from collections.abc import Iterator, Mapping

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin, format_value
from reportgen.adopt.three_way import MergedCell, RangeEnd, merge_cell
from reportgen.binding.fit import fit_rows
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.yaml_text import Part
from reportgen.workbook.read import EditableCell, EditedWorkbook

FIT = "strategic_fit."


@dataclass(frozen=True, slots=True)
class ValueMerge:
    """The result of merging the Inputs sheet, and sentences about values that today's case has no field for."""

    merged: tuple[MergedCell, ...]
    manual_steps: tuple[str, ...]

    def write(self, text: CaseText, case: Case, origin: Origin) -> None:
        """Write the values taken into a case file."""
        rows = _assumptions_by_path(case)
        taken = [one for one in self.merged if one.state == "taken"]
        for path in dict.fromkeys(one.path for one in taken):
            ends: dict[str, float] = {one.end: float(str(one.theirs)) for one in taken if one.path == path}
            was = "; ".join(f"{end} was {format_value(_end_value(rows[path], end))}" for end in ends)
            if path.startswith(FIT):
                remark = f"changed {origin.phrase}; was {format_value(rows[path].value)}"
                text.set_number(_criterion_parts(path), ends["value"], remark)
            else:
                now = None if rows[path].from_price_book else rows[path].value
                text.set_assumption(path, ends, now, f"Changed {origin.phrase}; {was}")


def merge_values(book: EditedWorkbook, issued: Case, today: Case, choices: Choices) -> ValueMerge:
    """Merge the edits of the Inputs sheet with the case of today."""
    rows, found, manual_steps = _assumptions_by_path(today), [], []
    for path, end, edited in _changed_cells(book):
        here = _path_today(path, issued, today)
        if here not in rows:
            manual_steps.append(f"{edited.cell}: {path} is {edited.now} there; the case has no {path} today.")
            continue
        key = here if end == "value" else f"{here}.{end}"
        ours = _end_value(rows[here], end)
        found.append(
            merge_cell(here, end, edited.cell, edited.issued, edited.now, ours, choices.side_for(key))
        )
    return ValueMerge(tuple(found), tuple(manual_steps))


def _changed_cells(book: EditedWorkbook) -> Iterator[tuple[str, RangeEnd, EditableCell]]:
    """Yield path, end and cell of every changed input: values, then lows and highs."""
    for path, edited in book.values.items():
        if edited.changed and not path.startswith("prices."):
            yield path, "value", edited
    for path, (low, high) in book.ranges.items():
        if low.changed:
            yield path, "low", low
        if high.changed:
            yield path, "high", high


def _assumptions_by_path(case: Case) -> Mapping[str, Assumption]:
    return {row.path: row for row in (*assumptions(case), *fit_rows(case))}


def _end_value(row: Assumption, end: str) -> float | None:
    return {"value": row.value, "low": row.low, "high": row.high}[end]


def _path_today(path: str, issued: Case, today: Case) -> str:
    """Return the path of an assumption in today's case.

    Criteria of strategic fit are numbered in paths, and matched by name between the two cases.
    """
    if not path.startswith(FIT):
        return path
    _, criterion, rest = path.split(".", 2)
    name = issued.strategic_fit[int(criterion.removeprefix("criterion_")) - 1].name
    numbers = {one.name: number for number, one in enumerate(today.strategic_fit, start=1)}
    return f"{FIT}criterion_{numbers.get(name, 0)}.{rest}"


def _criterion_parts(path: str) -> tuple[Part, ...]:
    """Return the position of a weight or score in the case file as keys and list indices."""
    head, criterion, *rest = path.split(".")
    return (head, int(criterion.removeprefix("criterion_")) - 1, *rest)
