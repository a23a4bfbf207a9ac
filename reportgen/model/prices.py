"""Prices from the price book: the rate in force in each month, and the months of migration to a successor."""

from collections.abc import Iterator

from reportgen import units
from reportgen.formula.lines import RateTable
from reportgen.formula.nodes import (
    ActiveValues,
    At,
    Axis,
    Input,
    LatestDate,
    Line,
    Match,
    Node,
    Previous,
    all_of,
    as_node,
    if_error,
    sum_terms,
    where,
)  # fmt: skip
from reportgen.model.outline import BookPrice, OptionOutline, Outline, TableOutline
from reportgen.model.workload import SharedLines
from reportgen.units import Unit

Tables = dict[str, RateTable]


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

    With successors there is a line per item, then one per succession, which takes the successor's rate from the first
    month that starts after the item's last day. Returns no lines where the case gives the price itself.
    """
    price = next((price for price in option.book_prices if price.field == field), None)
    if price is None:
        return ()
    day = shared.first_day
    assert day is not None
    lines: list[Line] = []
    rates: list[Line] = []
    for place, table in enumerate(price.tables):
        single = len(price.tables) == 1
        key = f"options.{option.key}.{field}_rate" + ("" if single else f"_{place + 1}")
        name = f"{label}, " + ("rate in force" if single else table.title)
        since, rate = _rate_lookup(key, name, unit, day, table, tables[table.key], later=place > 0)
        lines += [since, rate]
        rates.append(rate)
    return (*lines, *_succession(f"options.{option.key}.{field}_rate", label, price, rates, day))


def _rate_lookup(
    key: str, name: str, unit: Unit, day: Line, table: TableOutline, rates: RateTable, *, later: bool
) -> tuple[Line, Line]:
    """Look up the first day of the rate in force in each month, and the rate; 0 before the first day of a `later` item."""
    latest: Node = LatestDate(rates.effective, as_node(day))
    since = Line(
        f"{key}_since", f"{name}, since", units.DATE, if_error(latest, 0) if later else latest, day.axis
    )
    rate: Node = At(rates.active, Match(as_node(since), rates.effective))
    if table.exchange:
        rate = rate * Input(table.exchange)
    return since, Line(key, name, unit, if_error(rate, 0) if later else rate, day.axis)


def _succession(key: str, label: str, price: BookPrice, lines: list[Line], day: Line) -> Iterator[Line]:
    """Yield one line per succession, which takes the next item's rate once an item has retired; the last is in force."""
    current = lines[0]
    for place, line in enumerate(lines[1:], start=1):
        retired, last = price.tables[place - 1], place == len(lines) - 1
        formula = where(day > Input(retired.retires or ""), line, current)
        name = "rate in force" if last else f"up to {price.tables[place].title}"
        current = Line(
            key if last else f"{key}_to_{place + 1}", f"{label}, {name}", line.unit, formula, line.axis
        )
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
