"""Findings on prices: outdated, or of a model that retires within the horizon."""

from collections.abc import Iterator
from datetime import timedelta

from reportgen.casing import first_lower
from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding
from reportgen.schema.schedules import item_periods, price_item_id


def price_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on prices that may no longer apply."""
    for option in review.evaluated.case.options:
        yield from _outdated(review, option)
        yield from _retiring(review, option)
        yield from _expiring(review, option)


def _expiring(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding for a quote of the price book that ends before the option goes live."""
    case = review.case
    item = case.book.item(price_item_id(case.options[option.key])) if case.book else None
    rate = item.at(case.finance.start) if item else None
    if item is None or rate is None or rate.valid_until is None:
        return
    live = case.finance.first_day(int(review.evaluated.number(option.go_live)) + 1)
    if rate.valid_until < live:
        field = "gpu_hourly_price" if item.kind == "gpu_hour" else "input_price"
        yield review.finding(
            "quote_ends", review.usual.figures.price_age_days,
            f"The {rate.basis} for {item.title} ends on {review.day(rate.valid_until)}, before the service begins",
            option=option, path=f"options.{option.key}.{field}", detail=f"It goes live on {review.day(live)}; have it extended, or signed",
        )  # fmt: skip


def _outdated(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding per check date of an option's prices that is too long before the case's date."""
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
    """Yield a finding per model that retires within the horizon."""
    case, usual = review.case, review.usual.figures.retirement
    item = case.book.item(price_item_id(case.options[option.key])) if case.book else None
    if item is None or case.book is None:
        return
    for stretch in item_periods(case.book, item, case.finance):
        retirement = stretch.item.retires
        if retirement is None or retirement + timedelta(days=1) >= case.finance.first_day(
            case.finance.months + 1
        ):
            continue
        successor_item = case.book.item(stretch.item.successor)
        succession = (
            f"{successor_item.title} follows at its own prices" if successor_item else "No successor is named"
        )
        path = f"options.{option.key}.migration_fte_months"
        migration_months = review.evaluated.values.get(path, 0.0)
        migration = (
            f"moving takes {review.number(migration_months)} FTE-months"
            if migration_months
            else "no work is planned for moving"
        )
        yield review.finding(
            "retirement", usual, f"{stretch.item.title} retires on {review.day(retirement)}, within the horizon",
            option=option, path=path, detail=f"{succession}; {migration}",
        )  # fmt: skip
