"""Findings on GPU capacity: fleets and caps below the peak load, and throughput without a latency target."""

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
        if PEAK in review.rows:
            yield from _overflow(review, option) if option.outline.spill_to else _peak(review, option)
        yield from _throughput(review, option)


def _peak(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding where the fleet is below the peak load in any month (MODEL, "Hybrid").

    Machines that are billed by the second come with the load, the peak included.
    """
    multiples = _served_load(review, option)
    peak, usual = review.value(PEAK), review.usual.figures.peak
    short = [times for times in multiples if times < peak * (1 - 1e-9)]
    if not short or option.outline.billed == "second":
        return
    path = f"options.{option.key}.utilisation"
    yield review.finding(
        "peak", usual,
        f"The fleet falls short of the peak in {len(short)} of {review.counted(len(multiples), 'month')} of service",
        option=option, path=PEAK, cost=review.cost_difference(option, {path: min(review.value(path), 1 / peak)}),
        detail=f"The peak is {review.number(peak)} times the average load, the fleet serves {review.number(min(short), ',.3g')} times; priced at a "
        f"utilisation of {review.percent(1 / peak)} instead",
        source=review.rows[PEAK].source,
    )  # fmt: skip


def _overflow(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding where what overflows at the peak is not in the figures of an option with a cap."""
    multiples = _served_load(review, option)
    peak, usual = review.value(PEAK), review.usual.figures.overflow
    least = min(multiples, default=peak)
    if least >= peak * (1 - 1e-9):
        return
    yield review.finding(
        "overflow", usual, f"At the peak its machines carry {review.percent(least / peak)} of the load",
        option=option, path=f"options.{option.key}.max_replicas",
        detail=f"The peak is {review.number(peak)} times the average load, the machines serve {review.number(least, ',.3g')} times at most; "
        "what overflows then is not in the figures",
        source=review.rows[PEAK].source,
    )  # fmt: skip


def _served_load(review: Review, option: Option) -> list[float]:
    """Return the capacity of the fleet as a multiple of the average load, for each month of service with work."""
    part = option.lead_part
    assert part.sizing is not None
    lines = (part.basis.timing.live, part.sizing.replicas, part.sizing.load)
    months = zip(*(review.evaluated.series(line) for line in lines), strict=True)
    return [replicas / load for live, replicas, load in months if live > 0 and load > 0]


def _throughput(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding on a throughput whose source and note state no latency target."""
    pair = option.outline.speeds == "pair"
    fields = ("prompt_tps", "output_tps") if pair else ("replica_tps",)
    paths = tuple(f"options.{option.key}.{field}" for field in fields)
    rows = tuple(review.rows[path] for path in paths)
    if any(LATENCY.search(f"{row.source} {row.note}") for row in rows):
        return
    usual = review.usual.figures.interactive_share
    slower = {row.path: usual.figure * row.value for row in rows}
    stated = " and ".join(review.number(row.value) for row in rows)
    priced = " and ".join(review.number(value, ",.0f") for value in slower.values())
    yield review.finding(
        "throughput", usual, "The throughput names no latency target",
        option=option, path=paths[0], cost=review.cost_difference(option, slower),
        detail=f"Neither the source nor the note of its {stated} tokens a second mentions one; priced at {priced} tokens a second instead",
    )  # fmt: skip
