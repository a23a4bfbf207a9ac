"""What was typed into Prices: rates, their days, added rates and retirements, merged with the price book of today."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.adopt.choices import Choices
from reportgen.adopt.read_rates import (
    ALWAYS,
    Day,
    EditedRate,
    EditedRetirement,
    day_of,
    edited_rates,
    edited_retirements,
    is_day,
)
from reportgen.adopt.three_way import Merged, State, is_number, merged
from reportgen.schema.prices import Component, Item, PriceBook, Rate
from reportgen.workbook.read import Returned


@dataclass(frozen=True, slots=True)
class RateChange:
    """One change of an item: of the amount or the day of a rate, a rate that was added, or its retirement.

    `day` names the rate that is changed; an added rate begins on it, with `amount`.
    """

    kind: Literal["amount", "day", "added", "retires"]
    item: str
    component: Component | None
    day: Day | None
    amount: float | None
    merged: Merged


@dataclass(frozen=True, slots=True)
class RatesBack:
    """What became of everything typed into Prices."""

    changes: tuple[RateChange, ...]
    by_hand: tuple[str, ...]
    shown: frozenset[tuple[str, Component, object]] = frozenset()
    """Item, component and day of every rate that the workbook has a row for."""

    @property
    def taken(self) -> tuple[RateChange, ...]:
        """List what goes into the price book."""
        return tuple(one for one in self.changes if one.merged.state == "taken")

    def renamed(self, *states: State) -> dict[str, str]:
        """Give the paths of rates whose day was moved: a rate is named by its day."""
        return {
            one.merged.path.removesuffix(
                ".effective"
            ): f"prices.{one.item}.{one.component}.{one.merged.theirs}"
            for one in self.changes
            if one.kind == "day" and one.merged.state in states
        }

    @property
    def items(self) -> tuple[str, ...]:
        """List the items that change."""
        return tuple(dict.fromkeys(one.item for one in self.taken))


def merge_rates(book: Returned, today: PriceBook | None, choices: Choices) -> RatesBack:
    """Merge what was typed into Prices three ways."""
    rows = tuple(edited_rates(book))
    twice = {key for key, count in Counter((r.item, r.component, r.now) for r in rows).items() if count > 1}
    changes: list[RateChange] = []
    by_hand: list[str] = []
    for row in rows:
        item = today.item(row.item) if today else None
        moved = row.spare or row.amount.changed or row.issued != row.now
        if not moved:
            continue
        if sentence := _fault(row, item, twice):
            by_hand.append(f"{row.day.cell if row.spare else row.amount.cell}: {sentence}")
        elif item:
            done = _done(rows, item, row.component)
            changes += _added(row, item, choices) if row.spare else _corrected(row, item, choices, done=done)
    for last in edited_retirements(book):
        item = today.item(last.item) if today else None
        if item:
            changes.append(_retired(last, item, choices))
        else:
            by_hand.append(f"{last.day.cell}: {_gone(last.item)}")
    shown = frozenset((row.item, row.component, row.issued) for row in rows if not row.spare)
    return RatesBack(tuple(changes), tuple(by_hand), shown)


def _fault(row: EditedRate, item: Item | None, twice: set[tuple[str, Component, object]]) -> str:
    """Say why a row has no place in the price book of today; nothing where it has."""
    if item is None:
        return _gone(row.item)
    if row.spare and row.now == row.issued:
        return f"a rate of {row.item} was added without its first day; type it under In force from."
    if (row.item, row.component, row.now) in twice:
        return f"two {row.component} rates of {row.item} begin on {row.now}; keep one."
    if not row.spare and _of(row, item) is None:
        return f"the price book has no rate of {row.item} from {row.issued} today; add it there yourself."
    return ""


def _gone(item: str) -> str:
    return f"the price book has no item {item} today; its rates are to be written into the case or the book yourself."


def _added(row: EditedRate, item: Item, choices: Choices) -> Iterator[RateChange]:
    """Merge a rate that was typed into a spare row."""
    path = f"prices.{row.item}.{row.component}.{row.now}"
    there = _rate(item, row.now)
    ours = there.amount(row.component) if there else None
    fits = is_day(row.now) and is_number(row.amount.now)
    words = f"{path} (added)"
    found = merged(
        path, "value", row.amount.cell, None, row.amount.now, ours, choices.of(path), fits=fits, words=words
    )
    yield RateChange("added", row.item, row.component, day_named(row.now), _amount(row), found)


def _corrected(row: EditedRate, item: Item, choices: Choices, *, done: bool) -> Iterator[RateChange]:
    """Merge what was typed over the amount and the day of a rate; `done` says that the book of today has it all."""
    there = _of(row, item)
    day = day_named(there.day) if there else None
    if row.amount.changed:
        ours = row.amount.now if done else there.amount(row.component) if there else None
        found = merged(
            row.path, "value", row.amount.cell, row.amount.issued, row.amount.now, ours, choices.of(row.path)
        )
        yield RateChange("amount", row.item, row.component, day, _amount(row), found)
    if row.issued != row.now:
        path, ours_day = f"{row.path}.effective", row.now if done else day
        found = merged(
            path, "value", row.day.cell, row.issued, row.now, ours_day, choices.of(path), fits=is_day(row.now),
            words=f"{row.path}: in force from",
        )  # fmt: skip
        yield RateChange("day", row.item, row.component, day, None, found)


def _done(rows: Iterable[EditedRate], item: Item, component: Component) -> bool:
    """Say whether a component comes to the same today as in a workbook, on every day that the workbook names.

    Days may have changed places, and what begins before the item's first rate begins with it.
    """
    own = [row for row in rows if (row.item, row.component) == (item.id, component)]
    typed = {day: row.amount.now for row in own if (day := day_named(row.now)) is not None}
    today = {day: rate.amount(component) for rate in item.rates if (day := day_named(rate.day)) is not None}
    issued = {day for row in own if not row.spare and (day := day_named(row.issued)) is not None}
    first = min(map(order, today))
    days = {max(order(day), first) for day in (*typed, *issued)}
    return all(_on(typed, day) == _on(today, day) for day in days)


def _on(amounts: Mapping[Day, object], on: date) -> object:
    """Give what is in force on a day; None before the first."""
    since = [day for day in amounts if order(day) <= on]
    return amounts[max(since, key=order)] if since else None


def order(day: Day) -> date:
    """Give the day by which rates are sorted: one that has always been in force comes first."""
    return day if isinstance(day, date) else date.min


def _retired(last: EditedRetirement, item: Item, choices: Choices) -> RateChange:
    now = day_of(last.day.now)
    found = merged(
        last.path, "value", last.day.cell, day_of(last.day.issued), now, item.retires, choices.of(last.path),
        fits=isinstance(now, date),
    )  # fmt: skip
    return RateChange("retires", last.item, None, None, None, found)


def _of(row: EditedRate, item: Item) -> Rate | None:
    """Find the rate of today that a row is about: by its day as issued, or by the day now where it was moved already."""
    by_day = {day_named(rate.day): rate for rate in item.rates}
    steps = steps_of(item.rates, row.component)
    before, after = by_day.get(day_named(row.issued)), by_day.get(day_named(row.now))
    if before and not (after and day_named(row.issued) not in steps):
        return before
    return after


def steps_of(rates: Iterable[Rate], component: Component) -> dict[Day | None, float]:
    """Give the days on which a component of an item changes, and to what."""
    steps: dict[Day | None, float] = {}
    last = None
    for rate in rates:
        amount = rate.amount(component)
        if amount is not None and amount != last:
            steps[day_named(rate.day)] = last = amount
    return steps


def _rate(item: Item, day: object) -> Rate | None:
    return next((rate for rate in item.rates if day_named(rate.day) == day), None)


def day_named(content: object) -> Day | None:
    """Read a day out of a path or a cell; None where it is none."""
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
