"""What is said beside the figures of usage: formats, reconciliation, what is missing and why."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from reportgen.ingest.times import DAY
from reportgen.ingest.usage.figures import Figures
from reportgen.ingest.usage.read import Reading
from reportgen.ingest.usage.records import INPUT, OUTPUT
from reportgen.ingest.usage.text import utilisation
from reportgen.units import counted

MOST_IGNORED = 12


def remark_lines(found: Reading, whole: Figures) -> list[str]:
    """Return everything that a reader should know, a line each."""
    return [*_files(found), *_reconciliation(found), *_period(whole), *_missing(whole), *_billed(found)]


def _files(found: Reading) -> Iterator[str]:
    for name, notes in found.notes.items():
        yield f"  ✓ {name}: {notes.format}"
        if notes.ignored:
            shown = sorted(notes.ignored)
            more = f" and {len(shown) - MOST_IGNORED} more" if len(shown) > MOST_IGNORED else ""
            yield f"      not used: {', '.join(shown[:MOST_IGNORED])}{more}"
        yield from (f"  ! {remark}" for remark in notes.remarks)
        if notes.with_cache:
            yield f"  ! input of requests with a cache: {notes.with_cache:,.0f} tokens with the cache added, {notes.without_cache:,.0f} if it is in the input already"
    yield from (
        f"  ! {name} holds what another file does, byte by byte; it was not read again"
        for name in found.repeated
    )


def _reconciliation(found: Reading) -> Iterator[str]:
    totals = found.totals
    out = sum(one.tokens for one in totals.left_out.values())
    mark = "✓" if totals.reconciles else "✗"
    yield f"  {mark} {totals.tokens_read:,.0f} tokens read = {totals.tokens_used:,.0f} used + {out:,.0f} left out ({counted(totals.rows, 'row')})"
    for reason, one in totals.left_out.items():
        yield f"      left out: {reason}: {one.rows:,} rows, {one.tokens:,.0f} tokens"


def _period(whole: Figures) -> Iterator[str]:
    if whole.begin and whole.end:
        yield f"  ✓ from {whole.begin:%Y-%m-%d %H:%M} to {whole.end:%Y-%m-%d %H:%M}, {whole.days:.4g} days"
    for month in whole.months:
        part = "" if month.is_whole else f", {month.days:.1f} of {month.length} days"
        yield f"      {month.name}: {month.tokens / 1e6:,.6g} M tokens{part}"
    if whole.batch_share is not None:
        yield f"  ✓ share in batches: {whole.batch_share:.4g} (batch_share of an api option)"
    if whole.peaks and (used := utilisation(whole)):
        one = whole.peaks
        yield f"  ✓ peak to average: {one.p95:.3g} (95th percentile), {one.p99:.3g} (99th), {one.most:.3g} (largest); a fleet sized for the 99th is used to {used:.0%}"
    if whole.spend:
        yield f"  ✓ spend in the files: {whole.spend:,.2f}"


def _missing(whole: Figures) -> Iterator[str]:
    words = {
        "cached": "share read from a cache",
        "written": "share written to a cache",
        "batch": "share in batches",
    }
    for name, reason in whole.missing.items():
        yield f"  ! {words.get(name, name)}: {reason}"


def _billed(found: Reading) -> Iterator[str]:
    """Yield the days that were billed and have no tokens, where a costs export lies beside the usage."""
    billed = {day for notes in found.notes.values() for day, spend in notes.billed_days.items() if spend > 0}
    counted_days = {
        start // DAY * DAY
        for (start, _), amounts in found.totals.buckets.items()
        if amounts[INPUT] + amounts[OUTPUT]
    }
    if not counted_days:
        return
    for day in sorted(billed - counted_days):
        if min(counted_days) <= day <= max(counted_days):
            yield f"  ! {datetime.fromtimestamp(day, UTC):%Y-%m-%d} was billed and has no tokens in the usage: export it again"


def figures_record(one: Figures) -> dict[str, Any]:
    """Return figures as plain data; null is not known."""
    return {
        "tokens_per_month": one.volume, "tokens_per_month_low": one.volume_low, "tokens_per_month_high": one.volume_high,
        "annual_growth": one.growth.value if one.growth else None,
        "annual_growth_low": one.growth.low if one.growth else None, "annual_growth_high": one.growth.high if one.growth else None,
        "annual_growth_error": one.growth.error if one.growth else None,
        "output_share": one.output_share if one.tokens else None, "cached_share": one.cached_share,
        "cache_write_share": one.written_share, "batch_share": one.batch_share,
        "peak_to_average": {"p95": one.peaks.p95, "p99": one.peaks.p99, "max": one.peaks.most, "minutes": one.peaks.minutes} if one.peaks else None,
        "utilisation": utilisation(one), "days": one.days, "tokens": one.tokens, "spend": one.spend or None,
        "months": [{"month": m.name, "m_tokens": m.tokens / 1e6, "days": m.days, "whole": m.is_whole} for m in one.months],
        "missing": one.missing,
    }  # fmt: skip


def reading_record(found: Reading) -> dict[str, Any]:
    """Return what was read as plain data."""
    totals = found.totals
    return {
        "files": [
            {"file": name, "format": notes.format, "not_used": sorted(notes.ignored), "remarks": list(notes.remarks)}
            for name, notes in found.notes.items()
        ],
        "rows": totals.rows, "tokens_read": totals.tokens_read, "tokens_used": totals.tokens_used,
        "left_out": [{"reason": reason, "rows": one.rows, "tokens": one.tokens} for reason, one in totals.left_out.items()],
        "reconciles": totals.reconciles,
    }  # fmt: skip
