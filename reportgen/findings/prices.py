"""Findings on prices: looked at long ago, or of a model that is about to go."""

from collections.abc import Iterator
from datetime import timedelta

from reportgen.casing import first_lower
from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding
from reportgen.schema.schedules import item_name, stretches


def prices(review: Review) -> Iterator[Finding]:
    """Find prices that may no longer hold."""
    for option in review.done.case.options:
        yield from _old(review, option)
        yield from _retiring(review, option)


def _old(review: Review, option: Option) -> Iterator[Finding]:
    """Tell of an option's prices by the day on which somebody last looked, counted back from the case's own date."""
    usual = review.usual.figures.price_age_days
    own = [
        row
        for row in review.rows.values()
        if row.path.startswith(f"options.{option.key}.") and row.unit.kind == "price" and row.as_of
    ]
    for day in sorted({row.as_of for row in own if row.as_of}):
        age = (review.case.case.date - day).days
        if age <= usual.limit:
            continue
        rows = [row for row in own if row.as_of == day]
        named = "; ".join(first_lower(row.label) for row in rows)
        yield review.finding(
            "old_price", usual, f"{review.counted(len(rows), 'price')} {'was' if len(rows) == 1 else 'were'} "
            f"last looked at {age} days before this edition",
            option=option, path=rows[0].path, detail=f"On {review.day(day)}: {named}",
        )  # fmt: skip


def _retiring(review: Review, option: Option) -> Iterator[Finding]:
    """Tell of each model that retires within the horizon."""
    case, usual = review.case, review.usual.figures.retirement
    item = case.book.item(item_name(case.options[option.key])) if case.book else None
    if item is None or case.book is None:
        return
    for stretch in stretches(case.book, item, case.finance):
        last = stretch.item.retires
        if last is None or last + timedelta(days=1) >= case.finance.first_day(case.finance.months + 1):
            continue
        follower = case.book.item(stretch.item.successor)
        then = f"{follower.title} follows at its own prices" if follower else "No successor is named"
        path = f"options.{option.key}.migration_fte_months"
        work = review.done.values.get(path, 0.0)
        moving = f"moving takes {review.number(work)} FTE-months" if work else "no work is planned for moving"
        yield review.finding(
            "retirement", usual, f"{stretch.item.title} retires on {review.day(last)}, within the horizon",
            option=option, path=path, detail=f"{then}; {moving}",
        )  # fmt: skip
