"""Numbers that are possible each by itself and not beside each other: prices, times, commitments, the volumes compared."""

from collections.abc import Iterator, Mapping

from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.checks.plausibility import Doubt
from reportgen.schema.options import Api, Mix, Platform, SelfHosted

Rows = Mapping[str, Assumption]
ZERO_PRICES = (
    "input_price",
    "output_price",
    "gpu_hourly_price",
    "price_per_gpu_installed",
    "loaded_cost_per_fte",
)
"""Prices that nothing is given away at."""


def doubts_between(case: Case, rows: Rows) -> Iterator[Doubt]:
    """Yield what looks like a slip when two numbers are read together."""
    yield from _dates(case)
    yield from _zero_prices(rows)
    for key, option in case.options.items():
        if isinstance(option, Api):
            yield from _token_prices(rows, key)
            yield from _batches(rows, key)
        if isinstance(option, SelfHosted | Platform):
            yield from _commitment(rows, key)
        if not isinstance(option, Mix):
            yield from _deployment(case, rows, key)
    yield from _ladder(case)


def _doubt(path: str, title: str, detail: str = "", *, refused: bool = False) -> Doubt:
    return Doubt(path, tuple(path.split(".")), title, detail, refused)


def _dates(case: Case) -> Iterator[Doubt]:
    heading = case.case
    if heading.decide_by and heading.decide_by < heading.date:
        title = f"A decision is needed by {heading.decide_by}, before the day of this edition, {heading.date}"
        yield _doubt(
            "case.decide_by", title, "Write the day of the decision, or the edition's.", refused=True
        )


def _zero_prices(rows: Rows) -> Iterator[Doubt]:
    for row in rows.values():
        if not row.path.endswith(ZERO_PRICES) or row.value or row.path.startswith("prices."):
            continue
        other = rows.get(row.path.replace("output_price", "input_price"))
        if other and (other.value == 0 or other is row):  # models that only read have an output price of 0
            title = f"{row.label} is 0"
            yield _doubt(
                row.path,
                title,
                "Nothing is given away: leave out what is not known, or say why it costs nothing.",
            )


def _token_prices(rows: Rows, key: str) -> Iterator[Doubt]:
    """Yield doubts about prices of tokens against each other."""
    start = f"options.{key}."
    price = {
        name: rows.get(f"{start}{name}_price") for name in ("input", "cached_input", "cache_write", "output")
    }
    full, cached, write, output = price["input"], price["cached_input"], price["cache_write"], price["output"]
    if full and cached and cached.value > full.value:
        title = f"Cached input costs {cached.value:g}, more than input that is not cached, {full.value:g}"
        yield _doubt(cached.path, title, "A cache makes input cheaper: are the two exchanged?",
                     refused=not (cached.from_price_book or full.from_price_book))  # fmt: skip
    if full and write and write.follows is None and 0 < write.value < full.value:
        title = f"Writing to the cache costs {write.value:g}, less than plain input, {full.value:g}"
        yield _doubt(
            write.path, title, "A write costs as much as input, or a quarter more; is it the price of a read?"
        )
    if full and output and 0 < output.value < full.value:
        title = f"Output costs {output.value:g}, less than input, {full.value:g}"
        yield _doubt(
            output.path, title, "Output usually costs two to eight times as much: are the two exchanged?"
        )


def _batches(rows: Rows, key: str) -> Iterator[Doubt]:
    share, discount = rows[f"options.{key}.batch_share"], rows[f"options.{key}.batch_discount"]
    if discount.value and not share.value:
        title = f"There is a batch discount of {discount.value:g} and no batch_share that it applies to"
        yield _doubt(discount.path, title, "It does nothing: give the share of tokens that can wait.")
    elif share.value and not discount.value and share.given:
        title = f"A share of {share.value:g} goes in batches, at no batch_discount"
        yield _doubt(
            share.path, title, "Waiting brings nothing: give the discount; many providers give half."
        )


def _commitment(rows: Rows, key: str) -> Iterator[Doubt]:
    months, discount = rows[f"options.{key}.commitment_months"], rows[f"options.{key}.commitment_discount"]
    if discount.value and not months.value:
        title = f"There is a commitment discount of {discount.value:g} and no commitment_months that it is given for"
        yield _doubt(discount.path, title, "It does nothing: give the months that are signed for.")


def _deployment(case: Case, rows: Rows, key: str) -> Iterator[Doubt]:
    """Yield a refusal where deployment alone takes longer than the months that are counted."""
    for field in ("lead_time_months", "deployment_months"):
        row, horizon = rows[f"options.{key}.{field}"], case.finance.months
        if row.value > horizon:
            title = (
                f"You wrote {row.value:g} months; the case counts {horizon}, and the option would never serve"
            )
            weeks = row.value * 12 * 7 / 365
            yield _doubt(row.path, title, f"Are these weeks: {weeks:.1f} months?", refused=True)


def _ladder(case: Case) -> Iterator[Doubt]:
    """Yield a doubt where the case's own volume lies outside the volumes that are compared."""
    if "break_even" not in case.model_fields_set:
        return
    low, high = case.break_even.low, case.break_even.high
    total = sum(stream.tokens_per_month.value for stream in case.streams.values() if stream.tokens_per_month)
    if not low <= total <= high:
        title = f"The case serves {total:,.6g} M tokens a month, outside the volumes compared, {low:,.6g} to {high:,.6g}"
        yield _doubt(
            "break_even.high" if total > high else "break_even.low",
            title,
            "Set break_even to volumes around it.",
        )
