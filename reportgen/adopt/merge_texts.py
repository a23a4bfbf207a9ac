"""The three-way merge of what is written beside the values of Inputs: sources, owners, days, notes, comments."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin
from reportgen.adopt.three_way import MergedCell, RangeEnd, merge_cell
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case
from reportgen.workbook.verify.changes import Change

SHEET = "Inputs"
BOTH = "Source or note"
"""The head of a column that shows source and note together."""
HEADS: Mapping[str, RangeEnd] = {
    BOTH: "source",
    "Source": "source",
    "Owner": "owner",
    "As of": "as_of",
    "Note": "note",
}
BETWEEN = "; "
UNSOURCED = "no source"
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class TextMerge:
    """The result of merging texts, and the cells that it has dealt with."""

    merged: tuple[MergedCell, ...]
    comments: frozenset[str]
    """The cells whose comment goes into the note."""

    def write(self, text: CaseText, case: Case, origin: Origin) -> None:
        """Write the texts taken into a case file."""
        rows = {row.path: row for row in assumptions(case)}
        taken = [one for one in self.merged if one.state == "taken"]
        for path in dict.fromkeys(one.path for one in taken):
            row = rows[path]
            texts: dict[str, str] = {
                one.end: str(one.theirs) for one in taken if one.path == path and one.end != "note"
            }
            notes = [str(one.theirs) for one in taken if one.path == path and one.end == "note"]
            said = [f"{note} (commented {origin.phrase})" if self.comments else note for note in notes]
            text.set_texts(path, texts, None if row.from_price_book else row.value, ". ".join(said))


def merge_texts(changes: Sequence[Change], issued: Case, today: Case, choices: Choices) -> TextMerge:
    """Merge the edited texts and the comments of the Inputs sheet with the case of today."""
    before, now = ({row.path: row for row in assumptions(case)} for case in (issued, today))
    found: list[MergedCell] = []
    comments = set()
    for change in changes:
        path = change.key
        if (
            path not in before
            or path not in now
            or now[path].follows
            or not change.where.startswith(f"{SHEET}!")
        ):
            continue
        if change.kind == "comment":
            known = str(change.value) in now[path].note
            ours = None if known else now[path].note or None
            found.append(
                merge_cell(
                    path,
                    "note",
                    change.where,
                    ours,
                    change.value,
                    change.value if known else ours,
                    None,
                    valid=True,
                )
            )
            comments.add(change.where)
        elif change.kind == "cell" and change.head in HEADS:
            found += _merged(change, before[path], now[path], choices)
    return TextMerge(tuple(found), frozenset(comments))


def _merged(change: Change, issued: Assumption, today: Assumption, choices: Choices) -> Iterator[MergedCell]:
    """Yield the merge of one cell; source and note, shown together, are told apart by what was issued."""
    for end, theirs in _parts(change, issued):
        before, ours = _text(issued, end), _text(today, end)
        key = f"{change.key}.{end}"
        valid = bool(theirs) and len(str(theirs)) <= LONGEST_NOTE
        yield merge_cell(
            change.key, end, change.where, before, theirs, ours, choices.side_for(key), valid=valid
        )


def _parts(change: Change, issued: Assumption) -> Iterator[tuple[RangeEnd, str | None]]:
    end = HEADS[change.head]
    if end == "as_of":
        yield end, _day(change.value)
        return
    text = "" if change.value is None else " ".join(str(change.value).split())
    if change.head != BOTH or not issued.note:
        yield end, "" if text == UNSOURCED else text
    elif not issued.source:
        yield "note", text
    elif text.endswith(BETWEEN + issued.note):
        yield "source", text.removesuffix(BETWEEN + issued.note)
    elif text.startswith(issued.source + BETWEEN):
        yield "note", text.removeprefix(issued.source + BETWEEN)
    else:
        yield "source", text


def _text(row: Assumption, end: RangeEnd) -> str | None:
    match end:
        case "source":
            return row.source or None
        case "owner":
            return row.owner or None
        case "as_of":
            return row.as_of.isoformat() if row.as_of else None
        case _:
            return row.note or None


def _day(value: object) -> str | None:
    """Return a day in ISO format, of a date or a text such as 23 Nov 2026; None where it is none."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d.%m.%Y"):
        try:
            return f"{datetime.strptime(str(value).strip(), form):%Y-%m-%d}"  # noqa: DTZ007  days have no zone
        except ValueError:
            continue
    return None
