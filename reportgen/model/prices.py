"""Prices from the price book: the rate in force in each month, and the months of migration to a successor."""

from collections.abc import Iterator
from dataclasses import replace

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import RateTable
from reportgen.formula.nodes import (  # fmt: skip
    ActiveValues,
    At,
    Input,
    LatestDate,
    Line,
    Match,
    Node,
    Previous,
    Reduce,
    all_of,
    as_node,
    if_error,
    sum_terms,
    where,
)
from reportgen.model.outline import OptionOutline, Outline, TableOutline
from reportgen.model.workload import SharedLines
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

Tables = dict[str, RateTable]
INPUT, CACHE_WRITE = "input_price", "cache_write_price"


def rate_tables(outline: Outline) -> Tables:
    """Define the dated rates of every price from the price book, by item and component."""
    return {table.key: _table(table) for table in outline.tables}


def _table(table: TableOutline) -> RateTable:
    axis = Axis(f"rates of {table.key}", tuple(rate.label for rate in table.rates), across=False)
    days, amounts = (tuple(getattr(rate, name) for rate in table.rates) for name in ("effective", "amount"))
    return RateTable(
        table.title,
        table.unit,
        Line(f"prices.{table.key}.effective", "In force from", units.DATE, ActiveValues(days), axis),
        Line(f"prices.{table.key}.rate", table.title, table.unit, ActiveValues(amounts), axis),
        table.retires,
    )


def rate_lines(
    option: OptionOutline, field: str, label: str, unit: Unit, shared: SharedLines, tables: Tables
) -> tuple[Line, ...]:
    """Look up a price for every month, in the case's currency; the last line is the rate in force (MODEL, "Prices").

    Where there are several look-ups (an item and its successors; cache writes, which cost the input rate where an item
    states none), there is a line per look-up, then one per step, which takes the next look-up once it applies. Returns
    no lines where the case gives the price itself.
    """
    price = next((price for price in option.book_prices if price.field == field), None)
    if price is None:
        return ()
    assert shared.first_day is not None
    key = f"options.{option.key}.{field}_rate"
    lookups = [
        lookup
        for place, table in enumerate(price.tables)
        for lookup in _lookups(
            option, field, place, table, _Naming(key, label, unit, shared.first_day), tables
        )
    ]
    if len(lookups) == 1:
        (only,) = lookups
        return (*only.lines[:-1], replace(only.lines[-1], key=key, label=f"{label}, rate in force"))
    steps = tuple(_steps(key, label, lookups))
    return (*(line for lookup in lookups for line in lookup.lines), *steps)


@dataclass(frozen=True, slots=True)
class _Naming:
    """What the look-ups of one price have in common: the start of their keys and labels, their unit, the days."""

    key: str
    label: str
    unit: Unit
    day: Line


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The lines of one look-up, the rate last, and the condition from which it replaces the look-ups before it."""

    title: str
    lines: tuple[Line, ...]
    applies: Node | None = None


def _lookups(
    option: OptionOutline, field: str, place: int, table: TableOutline, naming: _Naming, tables: Tables
) -> Iterator[_Lookup]:
    """Yield the look-ups in the table of an item, `place` counted from 0 along the succession."""
    price = next(price for price in option.book_prices if price.field == field)
    retired = naming.day > Input(price.tables[place - 1].retires or "") if place else None
    if field != CACHE_WRITE:
        yield _Lookup(
            table.title, _rate_lookup(naming, f"{place + 1}", table, tables, later=place > 0), retired
        )
        return
    charged = next(price for price in option.book_prices if price.field == INPUT).tables[place]
    fallback = _rate_lookup(naming, f"{place + 1}", charged, tables, later=place > 0)
    yield _Lookup(charged.title, fallback, retired)
    since, rate = _write_lookup(naming, f"{place + 1}_write", table, tables)
    stated = since >= fallback[0]
    yield _Lookup(table.title, (since, rate), stated if retired is None else all_of(retired, stated))


def _rate_lookup(
    naming: _Naming, suffix: str, table: TableOutline, tables: Tables, *, later: bool
) -> tuple[Line, Line]:
    """Look up the first day of the rate in force in each month, and the rate.

    Before the first day of a `later` item its first rate stands there, not 0: it is used only where people move its
    predecessor's last day ahead of it.
    """
    rates = tables[table.key]
    latest: Node = LatestDate(rates.effective, as_node(naming.day))
    first = if_error(latest, Reduce("MIN", rates.effective)) if later else latest
    since = Line(
        f"{naming.key}_{suffix}_since",
        f"{naming.label}, {table.title}, since",
        units.DATE,
        first,
        naming.day.axis,
    )
    return since, _rate(naming, suffix, table, At(rates.active, Match(as_node(since), rates.effective)))


def _write_lookup(naming: _Naming, suffix: str, table: TableOutline, tables: Tables) -> tuple[Line, Line]:
    """Look up the rate of cache writes as `_rate_lookup` does; -1 as its first day, and 0, where there is none yet."""
    rates = tables[table.key]
    latest = if_error(LatestDate(rates.effective, as_node(naming.day)), -1)
    since = Line(
        f"{naming.key}_{suffix}_since",
        f"{naming.label}, {table.title}, since",
        units.DATE,
        latest,
        naming.day.axis,
    )
    found = if_error(At(rates.active, Match(as_node(since), rates.effective)), 0)
    return since, _rate(naming, suffix, table, found)


def _rate(naming: _Naming, suffix: str, table: TableOutline, found: Node) -> Line:
    """Define the line of a rate that was looked up, in the case's currency."""
    rate = found * Input(table.exchange) if table.exchange else found
    label = f"{naming.label}, {table.title}"
    return Line(f"{naming.key}_{suffix}", label, naming.unit, rate, naming.day.axis)


def _steps(key: str, label: str, lookups: list[_Lookup]) -> Iterator[Line]:
    """Yield one line per look-up after the first, which takes its rate from when it applies; the last is in force."""
    current = lookups[0].lines[-1]
    for place, lookup in enumerate(lookups[1:], start=1):
        last, rate = place == len(lookups) - 1, lookup.lines[-1]
        assert lookup.applies is not None
        name = "rate in force" if last else f"up to {lookup.title}"
        current = Line(
            key if last else f"{key}_to_{place + 1}", f"{label}, {name}", rate.unit,
            where(lookup.applies, rate, current), rate.axis,
        )  # fmt: skip
        yield current


def step_line(option: OptionOutline, field: str, label: str, rate: Line, first: Node) -> Line:
    """Define the rate in force divided by that at the start; 1 where nothing is scheduled or the rate is always 0."""
    formula = if_error(rate / first, 1)
    return Line(f"options.{option.key}.{field}_step", f"{label}, step", units.FACTOR, formula, rate.axis)


def migration_lines(option: OptionOutline, shared: SharedLines) -> tuple[Line, ...]:
    """Flag the month of each migration, the first that starts after a model's last day; the last line is their number."""
    day = shared.first_day
    if not option.retirements or day is None:
        return ()
    key = f"options.{option.key}.moves"
    flags = [
        Line(
            f"{key}_{place}",
            f"Model {place} left",
            units.FLAG,
            _first_month_after(day, Input(path)),
            day.axis,
        )
        for place, path in enumerate(option.retirements, start=1)
    ]
    return (*flags, Line(key, "Models left", units.FLAG, sum_terms(flags), day.axis))


def _first_month_after(day: Line, retires: Input) -> Node:
    previous = Previous(day)
    return where(all_of(previous > 0, previous <= retires, day > retires), 1, 0)
