"""Which ranged assumptions move together: drawn once, at their low or their high together, searched together."""

from collections.abc import Iterable, Iterator, Sequence

from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules


def ranged(rows: Sequence[Assumption]) -> tuple[Assumption, ...]:
    """Return the assumptions with a range that effects reach."""
    return tuple(row for row in rows if row.reachable and row.low is not None and row.high is not None)


def moving_together(case: Case, rows: Sequence[Assumption]) -> tuple[tuple[Assumption, ...], ...]:
    """Return the ranged assumptions by what moves together, each once, in the order of the register.

    Groups of the case, prices from one item of the book, and equal statements on several options move together; those
    that share a member are one (MODEL, "One idea: a run").
    """
    found = {row.path: row for row in ranged(rows)}
    group_of: dict[str, list[str]] = {path: [path] for path in found}
    for group in (*case.simulation.groups.values(), *_same_item(case), *_equal_statements(case, rows)):
        merged = sorted(
            {path for one in group if one in group_of for path in group_of[one]}, key=list(found).index
        )
        group_of.update(dict.fromkeys(merged, merged))
    firsts = {group[0]: group for group in group_of.values()}
    return tuple(tuple(found[path] for path in firsts[path]) for path in found if path in firsts)


def _same_item(case: Case) -> Iterator[Iterable[str]]:
    """Yield the prices that come from each item of the price book."""
    items: dict[str, list[str]] = {}
    for schedule in schedules(case):
        items.setdefault(schedule.rates[0].item.id, []).append(schedule.path)
    yield from items.values()


def _equal_statements(case: Case, rows: Sequence[Assumption]) -> Iterator[Iterable[str]]:
    """Yield the paths of each field that is stated with the same value, low and high on several options."""
    if getattr(case.simulation, "independent", False):
        return
    stated: dict[tuple[object, ...], list[str]] = {}
    for row in ranged(rows):
        if row.path.startswith("options.") and not row.from_price_book:
            _, _, field = row.path.split(".")
            stated.setdefault((field, row.value, row.low, row.high), []).append(row.path)
    yield from stated.values()
