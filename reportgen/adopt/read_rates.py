"""The rates on a workbook's Prices sheet: what was typed over amounts, days and retirements, and rates that were added."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from reportgen.adopt.three_way import is_number
from reportgen.binding.prices import EPOCH, UNUSED
from reportgen.schema.prices import Component
from reportgen.workbook.read import Returned, Typed

ALWAYS = "undated"
"""The day of a rate that has always been in force, as paths name it."""

Day = date | Literal["undated"]


@dataclass(frozen=True, slots=True)
class EditedRate:
    """One row of a price: its amount and its day, as issued (None for a spare row) and now."""

    item: str
    component: Component
    path: str
    amount: Typed
    day: Typed
    spare: bool

    @property
    def issued(self) -> object:
        """Give the day as issued."""
        return day_of(self.day.issued)

    @property
    def now(self) -> object:
        """Give the day now; what was typed where that is none."""
        return day_of(self.day.now)


@dataclass(frozen=True, slots=True)
class EditedRetirement:
    """The last day of an item."""

    item: str
    path: str
    day: Typed


def edited_rates(book: Returned) -> Iterator[EditedRate]:
    """Give every row with a rate: those that were issued, and spare rows that something was typed into."""
    for path, amount in book.values.items():
        if path.startswith("prices.") and (day := book.days.get(path)):
            item, component, name = path.removeprefix("prices.").rsplit(".", 2)
            spare = name.startswith("spare_")
            if not spare or amount.changed or _moved(day):
                yield EditedRate(item, component, path, amount, day, spare)  # type: ignore[arg-type]


def edited_retirements(book: Returned) -> Iterator[EditedRetirement]:
    """Give every retirement that was changed."""
    for path, day in book.values.items():
        if path.startswith("prices.") and path.endswith(".retires") and _moved(day):
            yield EditedRetirement(path.removeprefix("prices.").removesuffix(".retires"), path, day)


def _moved(day: Typed) -> bool:
    return day_of(day.now) != day_of(day.issued)


def day_of(content: object) -> object:
    """Read a day as cells hold it: a date, a count of days, 0 for always; what is none comes back as it is."""
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
    """Say whether something read is a day on which a rate can begin."""
    return isinstance(content, date) or content == ALWAYS
