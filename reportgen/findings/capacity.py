"""Findings on GPU capacity: fleets below the peak load, and throughput without a latency target."""

import re
from collections.abc import Iterator

from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.results.checks import Finding

PEAK = "workload.peak_to_average"
LATENCY = re.compile(
    r"latenc|first token|ttft|tpot|inter-token|interactive|slo\b|sla\b|p9\d|percentile|tokens?/s per user|\bms\b",
    re.IGNORECASE,
)
"""Terms that indicate a latency target in the source or note of a throughput."""


def capacity_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on fleets whose usable capacity is overstated."""
    for option in review.of_kind("self_hosted", "on_prem", "platform"):
        yield from _peak(review, option)
        yield from _throughput(review, option)


def _peak(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding where the fleet is below the peak load in any month (MODEL, "Hybrid").

    Options that send their overflow to another one are skipped.
    """
    if PEAK not in review.rows or option.outline.spill_to:
        return
    load_multiples = _capacity(review, option)
    peak, usual = review.value(PEAK), review.usual.figures.peak
    short = [times for times in load_multiples if times < peak * (1 - 1e-9)]
    if not short:
        return
    path = f"options.{option.key}.utilisation"
    yield review.finding(
        "peak", usual,
        f"The fleet falls short of the peak in {len(short)} of {review.counted(len(load_multiples), 'month')} of service",
        option=option, path=PEAK, cost=review.cost_difference(option, {path: min(review.value(path), 1 / peak)}),
        detail=f"The peak is {review.number(peak)} times the average load, the fleet serves {review.number(min(short), ',.3g')} times; priced at a "
        f"utilisation of {review.percent(1 / peak)} instead",
        source=review.rows[PEAK].source,
    )  # fmt: skip


def _capacity(review: Review, option: Option) -> list[float]:
    """Return the capacity of the fleet as a multiple of the average load, for each month of service with a load."""
    (part,) = option.ledger.parts
    assert part.sizing is not None
    lines = (part.basis.timing.live, part.sizing.replicas, part.sizing.load)
    months = zip(*(review.evaluated.series(line) for line in lines), strict=True)
    return [count / busy for in_service, count, busy in months if in_service > 0 and busy > 0]


def _throughput(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding on a throughput whose source and note state no latency target."""
    path, usual = f"options.{option.key}.replica_tps", review.usual.figures.interactive_share
    row = review.rows.get(path)
    if row is None or LATENCY.search(f"{row.source} {row.note}"):
        return
    slower = usual.figure * row.value
    yield review.finding(
        "throughput", usual, "The throughput names no latency target",
        option=option, path=path, cost=review.cost_difference(option, {path: slower}),
        detail=f"Neither the source nor the note of its {review.number(row.value)} tokens/s mentions one; priced at "
        f"{review.number(slower, ',.0f')} tokens/s instead",
    )  # fmt: skip
