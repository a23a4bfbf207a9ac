"""Exhibit of review triggers and kill criteria, derived from switching values, break-even volumes and price dates."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Exhibit, Row, Table, text_cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    assumption_name,
    falls_or_rises,
    reached,
    switches_to_watch,
)
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import join_at_most, join_list, number_word

MOST = 6


def exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    """Return the table of triggers; empty if there are none or no option is recommended."""
    watched = switches_to_watch(context)
    found = [*_switching_rows(context, watched), *_dated_rows(context)]
    rows = found[:MOST]
    if not rows or context.paper.best is None:
        return ()
    heads = tuple(
        Cell(words, number=False)
        for words in ("Stated", "Look again at", "Change course at", "Then recommended", "Owner")
    )
    table = Table("What to watch", heads, tuple(rows), wide=True, widths=(30, 10, 14, 14, 17, 15))
    note = (
        "sheet Simulation. Change course: the value at which another option would be recommended, all else as stated. Look again: "
        "half way there, in time to check the other assumptions."
    )
    if any(falls_or_rises(context, one) for one in watched[:MOST]):
        note += " A price is that of the start, from which the plan has it change from year to year."
    if len(found) > MOST:
        note += f" Here the first {number_word(MOST)} of {number_word(len(found))}."
    return (
        context.exhibit(
            "triggers",
            _title(context, watched),
            f"When to look again at {context.paper.best.name}, and when to change course",
            note,
            table=table,
        ),
    )


def _title(context: ViewContext, watched: Sequence[NearestSwitch]) -> str:
    names = [first_lower(assumption_name(context, one)) for one in watched[:MOST]]
    if names:
        one = "this moves" if len(names) == 1 else "one of these moves"
        return f"Look again when {one}: {join_at_most(names, 2, 'values')}"
    return "Look again when a price changes"


def _switching_rows(context: ViewContext, watched: Sequence[NearestSwitch]) -> Iterable[Row]:
    for one in watched:
        unit = one.switching_value.unit
        share = "%" if unit.startswith("%") else ""
        row = context.assumption(one.switching_value.path)
        words = (
            "as planned" if one.is_volume else unit_value(context, one.switching_value.value, share),
            reached(context, one, one.review, share),
            reached(context, one, one.value, share),
            one.winner.short_name,
            (row.owner if row else "") or "none named",
        )
        name = assumption_name(context, one)
        yield Row(name if share or one.is_volume else f"{name}, {unit}", text_cells(words))


def _dated_rows(context: ViewContext) -> list[Row]:
    """Return rows for announced price changes and retirements, by date."""
    start = date.fromisoformat(f"{context.results.start}-01")
    rows = []
    for price in context.results.prices:
        later = [rate.effective for rate in price.rates if rate.effective and rate.effective > start]
        option = context.results.option(price.option).short_name
        if later:
            days = join_list([context.short_day(day) for day in later])
            rows.append(
                (
                    min(later),
                    Row(
                        f"{price.label}, {option}: announced change",
                        text_cells(("announced", days, "if it differs", "–", "none named")),
                    ),
                )
            )
    for retirement, key in dict.fromkeys(
        (retirement, p.option) for p in context.results.prices for retirement in p.retirements
    ):
        words = (
            "in service",
            context.short_day(retirement.last),
            retirement.successor or "no successor",
            context.results.option(key).short_name,
            "none named",
        )
        rows.append((retirement.last, Row(f"{retirement.item} retires", text_cells(words))))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
