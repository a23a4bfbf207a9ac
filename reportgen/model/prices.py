"""Prices out of the price book: the rate in force in each month, and what moving to a successor costs."""

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
from reportgen.model.workload import Shared
from reportgen.units import Unit

Tables = dict[str, RateTable]


def rate_tables(outline: Outline) -> Tables:
    """Define the dated rates of every price that options take out of the price book, by item and component."""
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


def in_force(
    option: OptionOutline, field: str, label: str, unit: Unit, shared: Shared, tables: Tables
) -> tuple[Line, ...]:
    """Look a price up for every month, in the case's currency; the last line is the rate in force.

    One line per item where a successor follows, then one that passes from each to the next on the first day of
    the month after it retires. No lines where the price is the case's own (MODEL, "Prices").
    """
    booked = next((price for price in option.booked if price.field == field), None)
    if booked is None:
        return ()
    day = shared.first_day
    assert day is not None
    lines: list[Line] = []
    rates: list[Line] = []
    for place, table in enumerate(booked.tables):
        lone = len(booked.tables) == 1
        key = f"options.{option.key}.{field}_rate" + ("" if lone else f"_{place + 1}")
        name = f"{label}, " + ("rate in force" if lone else table.title)
        since, rate = _looked_up(key, name, unit, day, table, tables[table.key], later=place > 0)
        lines += [since, rate]
        rates.append(rate)
    return (*lines, *_succession(f"options.{option.key}.{field}_rate", label, booked, rates, day))


def _looked_up(
    key: str, name: str, unit: Unit, day: Line, table: TableOutline, rates: RateTable, *, later: bool
) -> tuple[Line, Line]:
    """Look up since when a table's rate holds in each month, and the rate; a later item has none before its first day."""
    latest: Node = LatestDate(rates.effective, as_node(day))
    since = Line(
        f"{key}_since", f"{name}, since", units.DATE, if_error(latest, 0) if later else latest, day.axis
    )
    found: Node = At(rates.active, Match(as_node(since), rates.effective))
    if table.exchange:
        found = found * Input(table.exchange)
    return since, Line(key, name, unit, if_error(found, 0) if later else found, day.axis)


def _succession(key: str, label: str, booked: BookPrice, lines: list[Line], day: Line) -> Iterator[Line]:
    """Pass from each item to the next on the first day of the month after it retires; the last line is what holds."""
    current = lines[0]
    for place, line in enumerate(lines[1:], start=1):
        before, last = booked.tables[place - 1], place == len(lines) - 1
        formula = where(day > Input(before.retires or ""), line, current)
        name = "rate in force" if last else f"up to {booked.tables[place].title}"
        current = Line(
            key if last else f"{key}_to_{place + 1}", f"{label}, {name}", line.unit, formula, line.axis
        )
        yield current


def step(option: OptionOutline, field: str, label: str, rate: Line, first: Node) -> Line:
    """Give the rate in force over that at the start: 1 where nothing is scheduled, and where the rate is 0 throughout."""
    formula = if_error(rate / first, 1)
    return Line(f"options.{option.key}.{field}_step", f"{label}, step", units.FACTOR, formula, rate.axis)


def moving(option: OptionOutline, shared: Shared) -> tuple[Line, ...]:
    """Count the models that are left in each month: in the first that begins after one retires; the last line counts all."""
    day = shared.first_day
    if not option.retirements or day is None:
        return ()
    key = f"options.{option.key}.moves"
    flags = [
        Line(f"{key}_{place}", f"Model {place} left", units.FLAG, _first_after(day, Input(path)), day.axis)
        for place, path in enumerate(option.retirements, start=1)
    ]
    return (*flags, Line(key, "Models left", units.FLAG, sum_terms(flags), day.axis))


def _first_after(day: Line, retires: Input) -> Node:
    before = Previous(day)
    return where(all_of(before > 0, before <= retires, day > retires), 1, 0)
