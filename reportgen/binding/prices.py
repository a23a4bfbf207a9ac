"""The price book as the model sees it: tables of dated rates, and which option takes which price out of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportgen import units
from reportgen.model.outline import BookedPrice, RateOutline, TableOutline
from reportgen.model.workload import START
from reportgen.results.prices import Price, PriceRate, Retirement
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import NOT_NEGATIVE, Bounds
from reportgen.schema.case import Case
from reportgen.schema.prices import Item
from reportgen.schema.schedules import DatedRate, Schedule, schedules, stretches

EPOCH = date(1899, 12, 30)
UNDATED, UNUSED = 0.0, float((date(9999, 12, 31) - EPOCH).days)
"""The days of a rate that has always been in force, and of a spare one that never is."""

SPARE_RATES = 2
"""Rows for dated rates that finance adds to each table."""

DAY = Bounds(least=0, whole=True)


@dataclass(frozen=True, slots=True)
class _Booked:
    """The rates that one price of one option takes from one item."""

    schedule: Schedule
    item: Item
    rates: tuple[DatedRate, ...]

    @property
    def key(self) -> str:
        """Name the item and component, as the paths of its rates do."""
        return self.rates[0].path.removeprefix("prices.").rpartition(".")[0]

    @property
    def retires(self) -> str | None:
        """Give the path of the day on which the item retires."""
        return f"prices.{self.item.id}.retires" if self.item.retires else None


def serial(day: date) -> float:
    """Count days as Excel does."""
    return float((day - EPOCH).days)


def booked_prices(case: Case, option: str, rows: dict[str, Assumption]) -> tuple[BookedPrice, ...]:
    """Frame the prices that an option takes out of the price book."""
    found = [booked for booked in _booked(case) if booked.schedule.option == option]
    fields = dict.fromkeys(booked.schedule.field for booked in found)
    return tuple(
        BookedPrice(name, tuple(_table(b, rows) for b in found if b.schedule.field == name))
        for name in fields
    )


def retirements(prices: tuple[BookedPrice, ...]) -> tuple[str, ...]:
    """List the paths of the days on which an option has to move to a successor, each once."""
    left = (table.retires for price in prices for table in price.tables[:-1])
    return tuple(dict.fromkeys(path for path in left if path))


def price_values(case: Case) -> dict[str, float]:
    """Give the values of what only the workbook shows: the days of rates and retirements, and the spare rates."""
    return {START: serial(case.finance.start)} | {row.path: row.value for row in price_rows(case)}


def price_rows(case: Case) -> tuple[Assumption, ...]:
    """Give a row for each day from which a rate is in force, each spare rate, and each retirement, once."""
    rows = [row for booked in _booked(case) for row in _rows(booked)]
    return tuple({row.path: row for row in rows}.values())


def prices(case: Case, labels: dict[str, str]) -> tuple[Price, ...]:
    """List the prices out of the book for the reports, with where each rate comes from."""
    return tuple(
        Price(
            schedule.option, schedule.field, labels[schedule.path], first.item.id, first.item.provider, first.item.title,
            first.item.purchase, _retirements(case, first.item),
            tuple(_rate(case, rate) for rate in schedule.rates),
        )
        for schedule in schedules(case)
        for first in schedule.rates[:1]
    )  # fmt: skip


def _retirements(case: Case, item: Item) -> tuple[Retirement, ...]:
    """Follow an item and its successors to the end of the horizon."""
    used = stretches(case.book, item, case.finance) if case.book else ()
    return tuple(
        Retirement(one.item.id, one.item.retires, one.item.successor) for one in used if one.item.retires
    )


def _rate(case: Case, dated: DatedRate) -> PriceRate:
    source = case.book.sources.get(dated.rate.source) if case.book else None
    return PriceRate(
        dated.path, dated.effective, dated.amount, dated.currency, dated.rate.verified, dated.rate.basis,
        source.title if source else dated.rate.source, (source.url if source else None) or "", dated.assumed,
    )  # fmt: skip


def _booked(case: Case) -> Iterator[_Booked]:
    """Split every schedule by item, in the order in which they follow each other."""
    for schedule in schedules(case):
        items = {rate.item.id: rate.item for rate in schedule.rates}
        for item in items.values():
            yield _Booked(schedule, item, tuple(r for r in schedule.rates if r.item.id == item.id))


def _table(booked: _Booked, rows: dict[str, Assumption]) -> TableOutline:
    first = rows[booked.rates[0].path]
    title = first.label.partition(" from ")[0]
    rates = tuple(RateOutline(title, path, _day(path)) for path in _paths(booked))
    return TableOutline(
        booked.key, title, first.unit, rates, booked.rates[0].exchange_rate, booked.retires
    )  # fmt: skip


def _paths(booked: _Booked) -> tuple[str, ...]:
    spare = (f"prices.{booked.key}.spare_{n}" for n in range(1, SPARE_RATES + 1))
    return (*(rate.path for rate in booked.rates), *spare)


def _day(path: str) -> str:
    return f"{path}.effective"


def _rows(booked: _Booked) -> Iterator[Assumption]:
    known = {rate.path: rate for rate in booked.rates}
    for path in _paths(booked):
        rate = known.get(path)
        own = rate.rate.effective if rate else None
        day = UNUSED if rate is None else UNDATED if own is None else serial(own)
        yield _hidden(_day(path), "In force from", units.DATE, day, DAY)
        if rate is None:
            unit = units.Unit(_unit_name(booked), "price")
            yield _hidden(path, "Spare rate: type a day and an amount", unit, 0.0, NOT_NEGATIVE)
    if booked.retires and booked.item.retires:
        day = serial(booked.item.retires)
        yield _hidden(booked.retires, f"{booked.item.title} retires", units.DATE, day, DAY)


def _unit_name(booked: _Booked) -> str:
    per = "GPU-hour" if booked.key.endswith("per_gpu_hour") else "M tokens"
    return f"{booked.rates[0].currency} / {per}"


def _hidden(path: str, label: str, unit: units.Unit, value: float, bounds: Bounds) -> Assumption:
    """Make a row that the workbook shows and the register does not: no source, no range, no effects."""
    return Assumption(
        path, label, "Prices", unit, value, None, None, "", "", None, "", False, False, bounds
    )  # fmt: skip
