"""The rates on a workbook's Prices sheet: edited amounts, first days and retirements, and added rates."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

from reportgen.adopt.three_way import is_number
from reportgen.binding.prices import EPOCH, UNUSED
from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Component
from reportgen.workbook.read import EditableCell, EditedWorkbook

ALWAYS = "undated"
"""The first day of a rate without a date, as paths name it."""

Day = date | Literal["undated"]


@dataclass(frozen=True, slots=True)
class EditedRate:
    """One row of a price: its amount and first day, as issued (None for a spare row) and now."""

    item: str
    component: Component
    path: str
    amount: EditableCell
    day: EditableCell
    spare: bool

    @property
    def issued_day(self) -> object:
        """Return the first day as issued."""
        return read_day(self.day.issued)

    @property
    def current_day(self) -> object:
        """Return the first day now; the raw content where it is no day."""
        return read_day(self.day.now)


@dataclass(frozen=True, slots=True)
class EditedRetirement:
    """The row with the last day of an item."""

    item: str
    path: str
    day: EditableCell


def edited_rates(book: EditedWorkbook) -> Iterator[EditedRate]:
    """Yield every row with a rate: those issued, and the spare rows that were filled."""
    for path, amount in book.values.items():
        if path.startswith("prices.") and (day := book.days.get(path)):
            item, component, name = path.removeprefix("prices.").rsplit(".", 2)
            spare = name.startswith("spare_")
            if not spare or amount.changed or _day_changed(day):
                yield EditedRate(item, component, path, amount, day, spare)  # type: ignore[arg-type]


def edited_retirements(book: EditedWorkbook) -> Iterator[EditedRetirement]:
    """Yield every retirement that was changed."""
    for path, day in book.values.items():
        if path.startswith("prices.") and path.endswith(".retires") and _day_changed(day):
            yield EditedRetirement(path.removeprefix("prices.").removesuffix(".retires"), path, day)


def _day_changed(day: EditableCell) -> bool:
    return read_day(day.now) != read_day(day.issued)


def read_day(content: object) -> object:
    """Convert a cell's content to a day: a date, a count of days, or 0 for undated; other content is returned as it is."""
    match content:
        case datetime():
            return content.date()
        case date():
            return content
        case time() | 0:
            return ALWAYS
        case int() | float() if is_number(content) and 0 < content <= UNUSED:
            return EPOCH + timedelta(days=int(content))
    return content


def is_day(content: object) -> bool:
    """Return whether a converted content is a day on which a rate can begin."""
    return isinstance(content, date) or content == ALWAYS
