"""Findings on commitments: what is signed for beyond the horizon, and a discount that outlasts its term."""

from collections.abc import Iterator

from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.model.options.part import Part
from reportgen.results.checks import Finding


def commitment_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on what rented GPUs are committed to."""
    for option in review.of_kind("self_hosted", "platform"):
        yield from _beyond(review, option)
        if option.outline.kind == "self_hosted" and not option.outline.committed:
            yield from _discount(review, option)


def _beyond(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding on months of a commitment after the horizon, with what they cost."""
    months, monthly = _last_term(review, option)
    if months <= 0 or monthly <= 0:
        return
    amount, horizon = months * monthly, 12 * review.evaluated.case.outline.years
    yield review.finding(
        "commitment", review.usual.figures.commitment,
        f"The commitment lasts {_months(review, months)} beyond month {horizon}",
        option=option, path=f"options.{option.key}.commitment_months",
        cost=review.present([0.0] * (horizon - 1) + [amount]),
        detail=f"They cost {review.money(amount)}, which is in no figure here; the price is its present value at the end of the horizon",
    )  # fmt: skip


def _last_term(review: Review, option: Option) -> tuple[float, float]:
    """Return the months of the commitment beyond the horizon, and what one of them costs."""
    part, length = option.lead_part, review.value(f"options.{option.key}.commitment_months")
    horizon = 12 * review.evaluated.case.outline.years
    reserve = part.basis.rent.reserve if part.basis.rent else None
    if reserve is None:
        begins = review.evaluated.number(part.basis.timing.go_live)
        return begins + length - horizon, _fleet(review, part)[-1]
    ends = review.evaluated.number(part.basis.timing.lead) + length
    while option.outline.renews and ends < horizon:
        ends += length
    discount = review.value(f"options.{option.key}.commitment_discount")
    price = review.evaluated.series(reserve.locked)[-1] * (1 - discount)
    return ends - horizon, review.evaluated.number(reserve.gpus) * price


def _discount(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding on a discount that a fleet goes on having after the term it was given for."""
    key, part = option.key, option.lead_part
    discount = review.value(f"options.{key}.commitment_discount")
    length = review.value(f"options.{key}.commitment_months")
    ends = round(review.evaluated.number(part.basis.timing.go_live) + length, 6)
    if discount <= 0 or not part.basis.rent or not part.sizing:
        return
    prices, gpus = (review.evaluated.series(line) for line in (part.basis.rent.gpu_month, part.sizing.gpus))
    lost = [
        max(0.0, month - max(month - 1, ends)) * price * count * discount
        for month, (price, count) in enumerate(zip(prices, gpus, strict=True), start=1)
    ]
    if sum(lost) <= 0:
        return
    yield review.finding(
        "discount", review.usual.figures.discount,
        f"A discount of {review.percent(discount)} outlasts its commitment of {_months(review, length)}",
        option=option, path=f"options.{key}.commitment_months", cost=review.present(lost),
        detail=f"From the end of the term it takes {review.money(sum(lost))} off the GPUs in service; the price is the present value of that",
    )  # fmt: skip


def _fleet(review: Review, part: Part) -> tuple[float, ...]:
    """Return the monthly cost of the machines of a part."""
    return tuple(float(value) for value in review.evaluated.shown.node(part.fleet)[0])


def _months(review: Review, months: float) -> str:
    return review.counted(round(months, 2), "month")
