"""The prices from the price book: tables of dated rates, the options that use them, and rows for the workbook."""

from collections.abc import Iterator
from datetime import date

from reportgen import units
from reportgen.model.outline import BookPrice, RateOutline, TableOutline
from reportgen.model.workload import START
from reportgen.results.prices import Price, PriceRate, Retirement
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import NOT_NEGATIVE, Bounds
from reportgen.schema.case import Case
from reportgen.schema.prices import OPTION_FIELDS, Component, Item, component_words
from reportgen.schema.schedules import DatedRate, Schedule, item_periods, schedules

EPOCH = date(1899, 12, 30)
UNDATED, UNUSED = 0.0, float((date(9999, 12, 31) - EPOCH).days)
"""The Excel serial numbers of the first day of a rate that is always in force, and of a spare one that never is."""

SPARE_RATES = 2
"""The number of rows per table for rates added in the workbook."""

DAY = Bounds(least=0, whole=True)


@dataclass(frozen=True, slots=True)
class _ItemRates:
    """The rates of one item and component that any option uses in any month, oldest first.

    A rate without a price of its own for cache writes is not among them.
    """

    item: Item
    component: Component
    currency: str
    exchange: str | None
    rates: tuple[DatedRate, ...]

    @property
    def key(self) -> str:
        """Return the item and component, as in the paths of the rates."""
        return f"{self.item.id}.{self.component}"

    @property
    def retires(self) -> str | None:
        """Return the path of the item's last day; None where it does not retire."""
        return f"prices.{self.item.id}.retires" if self.item.retires else None

    @property
    def title(self) -> str:
        """Return the item and component in words."""
        return f"{self.item.title}, {component_words(self.component)}"


def excel_serial(day: date) -> float:
    """Return a date as an Excel serial number."""
    return float((day - EPOCH).days)


def book_prices(case: Case) -> dict[str, tuple[BookPrice, ...]]:
    """Return the prices that come from the price book, by option."""
    tables = {key: _table(rates) for key, rates in _item_rates(case).items()}
    found: dict[str, tuple[BookPrice, ...]] = {}
    for schedule in schedules(case):
        keys = (f"{item}.{_component(schedule)}" for item in _items(schedule))
        price = BookPrice(schedule.field, tuple(tables[key] for key in keys))
        found[schedule.option] = (*found.get(schedule.option, ()), price)
    return found


def retirements(prices: tuple[BookPrice, ...]) -> tuple[str, ...]:
    """Return the paths of the last days after which an option has to migrate to a successor, each once."""
    last_days = (table.retires for price in prices for table in price.tables[:-1])
    return tuple(dict.fromkeys(path for path in last_days if path))


def price_values(case: Case) -> dict[str, float]:
    """Return the values by path that only the workbook shows: the start, days of rates and retirements, and spare rates."""
    return {START: excel_serial(case.finance.start)} | {row.path: row.value for row in price_rows(case)}


def price_rows(case: Case) -> tuple[Assumption, ...]:
    """Return an assumption for the first day of each rate, each spare rate and each retirement, each once."""
    rows = [row for rates in _item_rates(case).values() for row in _rows(rates)]
    return tuple({row.path: row for row in rows}.values())


def prices(case: Case, labels: dict[str, str]) -> tuple[Price, ...]:
    """Return the prices from the price book for the reports, with the source of each rate."""
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
    """Return the retirements of an item and its successors within the horizon."""
    used = item_periods(case.book, item, case.finance) if case.book else ()
    return tuple(
        Retirement(one.item.id, one.item.retires, one.item.successor) for one in used if one.item.retires
    )


def _rate(case: Case, dated: DatedRate) -> PriceRate:
    source = case.book.sources.get(dated.rate.source) if case.book else None
    return PriceRate(
        dated.path, dated.effective, dated.amount, dated.currency, dated.rate.verified, dated.rate.basis,
        source.title if source else dated.rate.source, (source.url if source else None) or "", dated.assumed,
    )  # fmt: skip


def _item_rates(case: Case) -> dict[str, _ItemRates]:
    """Return the rates of every item and component in use: the union of what all options need.

    Why: an option that takes an item over from a predecessor needs fewer of its rates than one that names it.
    """
    used: dict[str, dict[str, DatedRate]] = {}
    components: dict[str, tuple[Component, DatedRate]] = {}
    for schedule in schedules(case):
        component = _component(schedule)
        for rate in schedule.rates:
            key = f"{rate.item.id}.{component}"
            components.setdefault(key, (component, rate))
            own = used.setdefault(key, {})
            if rate.path.startswith(f"prices.{key}."):
                own[rate.path] = rate
    return {
        key: _ItemRates(
            any_rate.item, component, any_rate.currency, any_rate.exchange_rate,
            tuple(sorted(used[key].values(), key=lambda rate: rate.rate.effective or date.min)),
        )
        for key, (component, any_rate) in components.items()
    }  # fmt: skip


def _component(schedule: Schedule) -> Component:
    """Return the rate component that a schedule's field takes from the price book."""
    return next(component for component, field in OPTION_FIELDS.items() if field == schedule.field)


def _items(schedule: Schedule) -> tuple[str, ...]:
    """Return the ids of the items of a schedule, in the order of succession."""
    return tuple(dict.fromkeys(rate.item.id for rate in schedule.rates))


def _table(rates: _ItemRates) -> TableOutline:
    outlines = tuple(RateOutline(rates.title, path, _day(path)) for path in _paths(rates))
    unit = units.Unit(_unit_name(rates), "price")
    return TableOutline(rates.key, rates.title, unit, outlines, rates.exchange, rates.retires)


def _paths(item_rates: _ItemRates) -> tuple[str, ...]:
    spare = (f"prices.{item_rates.key}.spare_{n}" for n in range(1, SPARE_RATES + 1))
    return (*(rate.path for rate in item_rates.rates), *spare)


def _day(path: str) -> str:
    return f"{path}.effective"


def _rows(item_rates: _ItemRates) -> Iterator[Assumption]:
    """Yield the rows of one table: the day of each rate, the spare rates, and the last day of the item."""
    by_path = {rate.path: rate for rate in item_rates.rates}
    for path in _paths(item_rates):
        rate = by_path.get(path)
        effective = rate.rate.effective if rate else None
        day = UNUSED if rate is None else UNDATED if effective is None else excel_serial(effective)
        yield _workbook_row(_day(path), "In force from", units.DATE, day, DAY)
        if rate is None:
            unit = units.Unit(_unit_name(item_rates), "price")
            yield _workbook_row(path, "Spare rate: type a day and an amount", unit, 0.0, NOT_NEGATIVE)
    if item_rates.retires and item_rates.item.retires:
        day = excel_serial(item_rates.item.retires)
        yield _workbook_row(item_rates.retires, f"{item_rates.item.title} retires", units.DATE, day, DAY)


def _unit_name(item_rates: _ItemRates) -> str:
    per = "GPU-hour" if item_rates.key.endswith("per_gpu_hour") else "M tokens"
    return f"{item_rates.currency} / {per}"


def _workbook_row(path: str, label: str, unit: units.Unit, value: float, bounds: Bounds) -> Assumption:
    """Return an assumption that stands in the workbook only: no source, no range, no effects."""
    return Assumption(
        path, label, "Prices", unit, value, None, None, "", "", None, "", False, False, bounds
    )  # fmt: skip
