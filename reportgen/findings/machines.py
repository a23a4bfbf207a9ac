"""Findings on machines: peaks that the fleet does not carry, and throughput that no user would wait for."""

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
"""Words by which the source or note of a throughput says that somebody waits for the answer."""


def machines(review: Review) -> Iterator[Finding]:
    """Find fleets that look larger on paper than in service."""
    for option in review.of_kind("self_hosted", "on_prem", "platform"):
        yield from _peak(review, option)
        yield from _throughput(review, option)


def _peak(review: Review, option: Option) -> Iterator[Finding]:
    """Compare what the fleet can serve with the peak, month by month (MODEL, "Hybrid"); options that spill excepted."""
    if PEAK not in review.rows or option.outline.spill_to:
        return
    carried = _carried(review, option)
    peak, usual = review.value(PEAK), review.usual.figures.peak
    short = [times for times in carried if times < peak * (1 - 1e-9)]
    if not short:
        return
    path = f"options.{option.key}.utilisation"
    yield review.finding(
        "peak", usual,
        f"The fleet falls short of the peak in {len(short)} of {review.counted(len(carried), 'month')} of service",
        option=option, path=PEAK, cost=review.wrong(option, {path: min(review.value(path), 1 / peak)}),
        detail=f"The peak is {review.number(peak)} times the average load, the fleet serves {review.number(min(short), ',.3g')} times; priced at a "
        f"utilisation of {review.percent(1 / peak)} instead",
        source=review.rows[PEAK].source,
    )  # fmt: skip


def _carried(review: Review, option: Option) -> list[float]:
    """Give how many times the average load the fleet can serve, in each month of service."""
    lines = {line.key.rpartition(".")[2]: line for line in option.ledger.parts.drivers}
    live, replicas = (review.done.series(lines[name]) for name in ("live", "replicas"))
    load = review.done.series(review.done.case.shared.average_tps)
    speed = lines.get("replica_tps_effective")
    speeds = (
        review.done.series(speed)
        if speed
        else [review.value(f"options.{option.key}.replica_tps")] * len(load)
    )
    return [
        count * each / tokens
        for served, count, each, tokens in zip(live, replicas, speeds, load, strict=True)
        if served > 0
    ]


def _throughput(review: Review, option: Option) -> Iterator[Finding]:
    """Find a throughput of which neither source nor note says that it holds under a latency target."""
    path, usual = f"options.{option.key}.replica_tps", review.usual.figures.interactive_share
    row = review.rows[path]
    if LATENCY.search(f"{row.source} {row.note}"):
        return
    slower = usual.figure * row.value
    yield review.finding(
        "throughput", usual, "The throughput names no latency target",
        option=option, path=path, cost=review.wrong(option, {path: slower}),
        detail=f"Neither the source nor the note of its {review.number(row.value)} tokens/s mentions one; priced at "
        f"{review.number(slower, ',.0f')} tokens/s instead",
    )  # fmt: skip
