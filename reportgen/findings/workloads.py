"""Findings on the workloads: a mix that moves without the speeds, cache writes without a price."""

from collections.abc import Iterator

from reportgen.findings.review import Review
from reportgen.model.options.options import Option
from reportgen.model.outline import WorkloadOutline
from reportgen.results.checks import Finding
from reportgen.schema.options import Api

MIX = ("output_share", "cached_share")


def workload_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on what the mix of the workloads does to speeds and prices."""
    yield from _mix(review)
    for option in review.of_kind("api"):
        yield from _cache_writes(review, option)


def _mix(review: Review) -> Iterator[Finding]:
    """Yield one finding where the mix has a range and throughputs that were stated for one mix do not follow it."""
    options = [
        option
        for option in review.of_kind("self_hosted", "on_prem", "platform")
        if option.outline.speeds == "replica"
    ]
    shares = [workload.path(field) for workload in _workloads(review) for field in MIX]
    ranged = [path for path in shares if _has_range(review, path)]
    if not options or not ranged:
        return
    names = ", ".join(option.outline.short_name for option in options)
    yield review.finding(
        "mix", review.usual.figures.mix,
        f"The mix has a range, the throughput of {review.counted(len(options), 'option')} does not follow it",
        path=f"options.{options[0].key}.replica_tps",
        detail=f"{names}: prompt_tps and output_tps in place of replica_tps would follow it",
    )  # fmt: skip


def _has_range(review: Review, path: str) -> bool:
    row = review.rows.get(path)
    return row is not None and row.low is not None and row.high is not None and row.low < row.high


def _cache_writes(review: Review, option: Option) -> Iterator[Finding]:
    """Yield a finding where a model's cache is read and nothing is said of writing to it, which its price item charges."""
    if not _charges_writes(review, option):
        return
    paths = {
        one.path("cache_write_share"): one.path("cached_share")
        for one in _workloads(review)
        if not review.rows[one.path("cache_write_share")].given and review.value(one.path("cached_share")) > 0
    }
    if not paths:
        return
    usual = review.usual.figures.cache_writes
    written = {write: usual.figure * (1 - review.value(read)) for write, read in paths.items()}
    yield review.finding(
        "cache_writes", usual, "Reading from its cache is priced, writing to it is not",
        option=option, path=next(iter(written)), cost=review.cost_difference(option, written),
        detail="Priced as if all input that is not read from the cache were written to it, which is the most",
    )  # fmt: skip


def _charges_writes(review: Review, option: Option) -> bool:
    """Return whether the price item of an api charges more for writing to a cache than for input."""
    stated, book = review.case.options[option.key], review.case.book
    item = book.item(stated.prices) if book and isinstance(stated, Api) else None
    return item is not None and any(
        rate.cache_write is not None and rate.input is not None and rate.cache_write > rate.input
        for rate in item.rates
    )


def _workloads(review: Review) -> tuple[WorkloadOutline, ...]:
    return review.evaluated.case.outline.workloads
