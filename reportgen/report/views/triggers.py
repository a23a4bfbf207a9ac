"""When to look again, and when to stop: review triggers and kill criteria out of the switching values."""

from collections.abc import Iterable
from datetime import date

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Exhibit, Row, Table, texts
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import nearest_switching_values
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import listed
from reportgen.results.options import OptionResult

MOST = 6
EARLY = 0.5
"""How far on the way from the stated value to the switching value one looks again."""


def exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    """Show what to watch; nothing where the case gives nothing to watch."""
    rows = [*_watched(context), *_volumes(context), *_dated(context)][:MOST]
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
    watched = [first_lower(one.flip.label) for one in nearest_switching_values(context)]
    if watched:
        return f"Look again first when this moves: {watched[0]}"
    crossing = _volumes(context)
    return "Look again when volume grows" if crossing else "Look again when a price changes"


def _watched(context: ViewContext) -> Iterable[Row]:
    for one in nearest_switching_values(context):
        share = "%" if one.flip.unit.startswith("%") else ""
        row = context.assumption(one.flip.path)
        early = one.flip.value + EARLY * (one.value - one.flip.value)
        words = (
            unit_value(context, one.flip.value, share),
            f"{one.way} {unit_value(context, early, share)}",
            f"{one.way} {unit_value(context, one.value, share)}",
            one.winner.short_name,
            (row.owner if row else "") or "none named",
        )
        yield Row(one.flip.label if share else f"{one.flip.label}, {one.flip.unit}", texts(words))


def _volumes(context: ViewContext) -> list[Row]:
    """Give the volumes at which the baseline, where it is recommended, stops being the cheapest in total cost."""
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
            texts(
                (
                    context.volume(now),
                    f"above {context.volume(now + EARLY * (at - now))}",
                    f"above {context.volume(at)}",
                    o.short_name,
                    owner,
                )
            ),
        )
        for at, o in sorted(found, key=lambda pair: pair[0])
    ]


def _dated(context: ViewContext) -> list[Row]:
    """Give announced price changes and retirements with their day."""
    start = date.fromisoformat(f"{context.results.start}-01")
    rows = []
    for price in context.results.prices:
        later = [rate.effective for rate in price.rates if rate.effective and rate.effective > start]
        option = context.results.option(price.option).short_name
        if later:
            days = listed([context.short_day(day) for day in later])
            rows.append(
                (
                    min(later),
                    Row(
                        f"{price.label}, {option}: announced change",
                        texts(("announced", days, "if it differs", "–", "none named")),
                    ),
                )
            )
    for left, key in dict.fromkeys(
        (left, p.option) for p in context.results.prices for left in p.retirements
    ):
        words = (
            "in service",
            context.short_day(left.last),
            left.successor or "no successor",
            context.results.option(key).short_name,
            "none named",
        )
        rows.append((left.last, Row(f"{left.item} retires", texts(words))))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
