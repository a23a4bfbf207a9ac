"""The three-way merge of the Prices sheet: amounts, first days, added rates and retirements, with today's price book."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from reportgen.adopt.choices import Choices
from reportgen.adopt.reading.rates import (
    ALWAYS,
    Day,
    EditedRate,
    EditedRetirement,
    edited_rates,
    edited_retirements,
    is_day,
    read_day,
)
from reportgen.adopt.three_way import MergedCell, State, is_number, merge_cell
from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Component, Item, PriceBook, Rate
from reportgen.workbook.read import EditedWorkbook


@dataclass(frozen=True, slots=True)
class RateChange:
    """One change of an item: the amount or the first day of a rate, an added rate, or the retirement of the item.

    `day` is the first day of the rate that changes; an added rate begins on it with `amount` (in the unit of the item).
    """

    kind: Literal["amount", "day", "added", "retires"]
    item: str
    component: Component | None
    day: Day | None
    amount: float | None
    merged: MergedCell


@dataclass(frozen=True, slots=True)
class RateMerge:
    """The result of merging the Prices sheet."""

    changes: tuple[RateChange, ...]
    manual_steps: tuple[str, ...]
    shown: frozenset[tuple[str, Component, object]] = frozenset()
    """Item, component and first day of every rate that the workbook shows."""

    @property
    def taken(self) -> tuple[RateChange, ...]:
        """Return the changes that are written into the price book."""
        return tuple(one for one in self.changes if one.merged.state == "taken")

    def renamed_paths(self, *states: State) -> dict[str, str]:
        """Map the old path of every rate whose first day was moved to its new path, for changes in one of `states`."""
        return {
            one.merged.path.removesuffix(
                ".effective"
            ): f"prices.{one.item}.{one.component}.{one.merged.theirs}"
            for one in self.changes
            if one.kind == "day" and one.merged.state in states
        }

    @property
    def items(self) -> tuple[str, ...]:
        """Return the ids of the items that change."""
        return tuple(dict.fromkeys(one.item for one in self.taken))


def merge_rates(book: EditedWorkbook, today: PriceBook | None, choices: Choices) -> RateMerge:
    """Merge the edits of the Prices sheet with the price book of today."""
    rows = tuple(edited_rates(book))
    duplicates = {
        key for key, count in Counter((r.item, r.component, r.current_day) for r in rows).items() if count > 1
    }
    changes: list[RateChange] = []
    manual_steps: list[str] = []
    for row in rows:
        item = today.item(row.item) if today else None
        changed = row.spare or row.amount.changed or row.issued_day != row.current_day
        if not changed:
            continue
        if sentence := _fault(row, item, duplicates):
            manual_steps.append(f"{row.day.cell if row.spare else row.amount.cell}: {sentence}")
        elif item:
            already_there = _already_in_book(rows, item, row.component)
            changes += (
                _merge_added_rate(row, item, choices)
                if row.spare
                else _merge_corrected_rate(row, item, choices, already_there=already_there)
            )
    for last in edited_retirements(book):
        item = today.item(last.item) if today else None
        if item:
            changes.append(_merge_retirement(last, item, choices))
        else:
            manual_steps.append(f"{last.day.cell}: {_missing_item(last.item)}")
    shown = frozenset((row.item, row.component, row.issued_day) for row in rows if not row.spare)
    return RateMerge(tuple(changes), tuple(manual_steps), shown)


def _fault(row: EditedRate, item: Item | None, duplicates: set[tuple[str, Component, object]]) -> str:
    """Return why a row cannot be merged into today's price book; empty where it can."""
    if item is None:
        return _missing_item(row.item)
    if row.spare and row.current_day == row.issued_day:
        return f"a rate of {row.item} was added without its first day; type it under In force from."
    if (row.item, row.component, row.current_day) in duplicates:
        return f"two {row.component} rates of {row.item} begin on {row.current_day}; keep one."
    if not row.spare and _current_rate(row, item) is None:
        return f"the price book has no rate of {row.item} from {row.issued_day} today; add it there yourself."
    return ""


def _missing_item(item: str) -> str:
    return f"the price book has no item {item} today; its rates are to be written into the case or the book yourself."


def _merge_added_rate(row: EditedRate, item: Item, choices: Choices) -> Iterator[RateChange]:
    """Merge a rate that was added in a spare row."""
    path = f"prices.{row.item}.{row.component}.{row.current_day}"
    current = _rate_on(item, row.current_day)
    ours = current.amount(row.component) if current else None
    valid = is_day(row.current_day) and is_number(row.amount.now)
    description = f"{path} (added)"
    found = merge_cell(
        path,
        "value",
        row.amount.cell,
        None,
        row.amount.now,
        ours,
        choices.side_for(path),
        valid=valid,
        description=description,
    )
    yield RateChange("added", row.item, row.component, parse_day(row.current_day), _amount(row), found)


def _merge_corrected_rate(
    row: EditedRate, item: Item, choices: Choices, *, already_there: bool
) -> Iterator[RateChange]:
    """Merge the new amount and first day of a rate; `already_there` means that today's book has both already."""
    current = _current_rate(row, item)
    day = parse_day(current.day) if current else None
    if row.amount.changed:
        ours = row.amount.now if already_there else current.amount(row.component) if current else None
        found = merge_cell(
            row.path,
            "value",
            row.amount.cell,
            row.amount.issued,
            row.amount.now,
            ours,
            choices.side_for(row.path),
        )
        yield RateChange("amount", row.item, row.component, day, _amount(row), found)
    if row.issued_day != row.current_day:
        path, ours_day = f"{row.path}.effective", row.current_day if already_there else day
        found = merge_cell(
            path, "value", row.day.cell, row.issued_day, row.current_day, ours_day, choices.side_for(path), valid=is_day(row.current_day),
            description=f"{row.path}: in force from",
        )  # fmt: skip
        yield RateChange("day", row.item, row.component, day, None, found)


def _already_in_book(rows: Iterable[EditedRate], item: Item, component: Component) -> bool:
    """Return whether today's book and the workbook give the same amounts of a component on every day in question.

    Two rates may have exchanged their days, and a rate that begins before the item's first rate begins with that one.
    """
    own = [row for row in rows if (row.item, row.component) == (item.id, component)]
    edited = {day: row.amount.now for row in own if (day := parse_day(row.current_day)) is not None}
    today = {day: rate.amount(component) for rate in item.rates if (day := parse_day(rate.day)) is not None}
    issued = {day for row in own if not row.spare and (day := parse_day(row.issued_day)) is not None}
    first = min(map(day_sort_key, today))
    days = {max(day_sort_key(day), first) for day in (*edited, *issued)}
    return all(_amount_in_force(edited, day) == _amount_in_force(today, day) for day in days)


def _amount_in_force(amounts: Mapping[Day, object], on: date) -> object:
    """Return the amount in force on a day; None before the first rate."""
    since = [day for day in amounts if day_sort_key(day) <= on]
    return amounts[max(since, key=day_sort_key)] if since else None


def day_sort_key(day: Day) -> date:
    """Return the date by which rates are sorted; an undated rate, in force from the beginning, comes first."""
    return day if isinstance(day, date) else date.min


def _merge_retirement(last: EditedRetirement, item: Item, choices: Choices) -> RateChange:
    now = read_day(last.day.now)
    found = merge_cell(
        last.path, "value", last.day.cell, read_day(last.day.issued), now, item.retires, choices.side_for(last.path),
        valid=isinstance(now, date),
    )  # fmt: skip
    return RateChange("retires", last.item, None, None, None, found)


def _current_rate(row: EditedRate, item: Item) -> Rate | None:
    """Find today's rate for a row: by the day as issued, or by the current day where the book was changed already."""
    by_day = {parse_day(rate.day): rate for rate in item.rates}
    steps = price_steps(item.rates, row.component)
    before, after = by_day.get(parse_day(row.issued_day)), by_day.get(parse_day(row.current_day))
    if before and not (after and parse_day(row.issued_day) not in steps):
        return before
    return after


def price_steps(rates: Iterable[Rate], component: Component) -> dict[Day | None, float]:
    """Map each day on which a component changes to its new amount."""
    steps: dict[Day | None, float] = {}
    last = None
    for rate in rates:
        amount = rate.amount(component)
        if amount is not None and amount != last:
            steps[parse_day(rate.day)] = last = amount
    return steps


def _rate_on(item: Item, day: object) -> Rate | None:
    return next((rate for rate in item.rates if parse_day(rate.day) == day), None)


def parse_day(content: object) -> Day | None:
    """Parse a day from a path or a cell; None where it is no day."""
    if content == ALWAYS:
        return "undated"
    if isinstance(content, date):
        return content
    try:
        return date.fromisoformat(str(content))
    except ValueError:
        return None


def _amount(row: EditedRate) -> float | None:
    return float(str(row.amount.now)) if is_number(row.amount.now) else None
