"""Exhibit of review triggers and kill criteria, derived from switching values, break-even volumes and price dates."""

from collections.abc import Iterable
from datetime import date

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Exhibit, Row, Table, text_cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import nearest_switching_values
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import join_list
from reportgen.results.options import OptionResult

MOST = 6
REVIEW_SHARE = 0.5
"""A review is due at this share of the way from the stated value to the switching value."""


def exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    """Return the table of triggers; empty if there are none or no option is recommended."""
    rows = [*_switching_rows(context), *_volume_rows(context), *_dated_rows(context)][:MOST]
    if not rows or context.paper.best is None:
        return ()
    heads = tuple(
        Cell(words, number=False)
        for words in ("Stated", "Look again at", "Change course at", "Then first", "Owner")
    )
    table = Table("What to watch", heads, tuple(rows), wide=True, widths=(30, 10, 14, 14, 17, 15))
    note = (
        "sheets Simulation and Break-even. Change course: the value at which another option comes first, all else as stated. Look again: "
        "half way there, in time to check the other assumptions."
    )
    return (
        context.exhibit(
            "triggers",
            _title(context),
            f"Review triggers and kill criteria for {context.paper.best.name}",
            note,
            table=table,
        ),
    )


def _title(context: ViewContext) -> str:
    watched = [first_lower(one.switching_value.label) for one in nearest_switching_values(context)]
    if watched:
        return f"Look again first when this moves: {watched[0]}"
    crossing = _volume_rows(context)
    return "Look again when volume grows" if crossing else "Look again when a price changes"


def _switching_rows(context: ViewContext) -> Iterable[Row]:
    for one in nearest_switching_values(context):
        share = "%" if one.switching_value.unit.startswith("%") else ""
        row = context.assumption(one.switching_value.path)
        early = one.switching_value.value + REVIEW_SHARE * (one.value - one.switching_value.value)
        words = (
            unit_value(context, one.switching_value.value, share),
            f"{one.side} {unit_value(context, early, share)}",
            f"{one.side} {unit_value(context, one.value, share)}",
            one.winner.short_name,
            (row.owner if row else "") or "none named",
        )
        yield Row(
            one.switching_value.label
            if share
            else f"{one.switching_value.label}, {one.switching_value.unit}",
            text_cells(words),
        )


def _volume_rows(context: ViewContext) -> list[Row]:
    """Return rows for the break-even volumes beyond which the baseline, if recommended, no longer has the lowest total cost."""
    best, now = context.paper.best, context.results.tokens[0]
    if (
        best is None
        or best.key != context.results.baseline
        or any(f.path == "workload.tokens_per_month" for f in context.results.switching_values)
    ):
        return []
    row = context.assumption("workload.tokens_per_month")
    owner = (row.owner if row else "") or "none named"
    found: list[tuple[float, OptionResult]] = [
        (o.break_even.volume, o)
        for o in context.options
        if o.eligible and o.break_even and o.break_even.volume is not None and o.break_even.volume > now
    ]
    return [
        Row(
            "Volume, tokens a month, on total cost",
            text_cells(
                (
                    context.volume(now),
                    f"above {context.volume(now + REVIEW_SHARE * (at - now))}",
                    f"above {context.volume(at)}",
                    o.short_name,
                    owner,
                )
            ),
        )
        for at, o in sorted(found, key=lambda pair: pair[0])
    ]


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
