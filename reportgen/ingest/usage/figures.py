"""The figures of a workload out of usage totals: volume, growth, mix, peaks, each only where the data carries it."""

from dataclasses import field
from datetime import UTC, datetime, timedelta, tzinfo
from math import exp, pi, sqrt, tan
from statistics import NormalDist, median

import numpy as np

from reportgen.ingest.times import DAY, HOUR
from reportgen.ingest.usage.records import BATCH, CACHED, INPUT, OUTPUT, REQUESTS, SPEND, WRITTEN
from reportgen.ingest.usage.totals import Amounts, Totals
from reportgen.runtime.records import dataclass

MILLION = 1e6
DAYS_PER_MONTH = 365 / 12
LEAST_DAYS_OF_VOLUME = 7
LEAST_MONTHS_OF_GROWTH = 3
LOOKS_PARTIAL = 0.5
"""The share of what is usual for its weekday below which a first or last bucket is taken for partial."""
LEAST_DAYS_OF_PEAK = 1.0
WINDOW, LEAST_WINDOWS = 5, 8
"""Minutes of a bucket of a trace shorter than a day, and how many it must have."""
PARTIAL = "first or last bucket, which is partial"
CONFIDENCE = 0.8
"""How often the true growth lies between its low and high."""


@dataclass(frozen=True, slots=True)
class Month:
    """The tokens of one calendar month, and the days of it that the data covers."""

    name: str
    tokens: float
    days: float
    length: int

    @property
    def is_whole(self) -> bool:
        """Return whether the whole month is covered."""
        return self.days >= self.length - 1 / 24

    @property
    def normal(self) -> float:
        """Return M tokens of a month of usual length at this month's rate."""
        return self.tokens / self.days * DAYS_PER_MONTH / MILLION


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a year, fitted to whole months, with the ends of its range; `level` is the fit in the last month, M tokens."""

    value: float
    low: float
    high: float
    error: float
    level: float
    months: int


@dataclass(frozen=True, slots=True)
class Peaks:
    """Load of a bucket over the average of all, over so many `buckets`."""

    p95: float
    p99: float
    most: float
    buckets: int
    minutes: int = 60
    """The length of a bucket."""


@dataclass(slots=True)
class Figures:
    """What usage says of a workload; None where the data does not carry it, with the reason in `missing`."""

    volume: float | None = None
    volume_low: float | None = None
    volume_high: float | None = None
    volume_note: str = ""
    growth: Growth | None = None
    output_share: float = 0.0
    cached_share: float | None = None
    written_share: float | None = None
    batch_share: float | None = None
    peaks: Peaks | None = None
    months: tuple[Month, ...] = ()
    days: float = 0.0
    begin: datetime | None = None
    end: datetime | None = None
    requests: float = 0.0
    spend: float = 0.0
    tokens: float = 0.0
    missing: dict[str, str] = field(default_factory=dict)


def drop_partial(totals: Totals, now: float) -> None:
    """Leave out a first and a last bucket that do not cover their time: today's, a shorter one, one far below its weekday.

    `now` is when the files were written, in seconds since 1970: a bucket that ends later was not over yet.
    """
    if 0 in totals.widths:
        return  # single requests: their period is from the first to the last
    width = max(totals.widths, default=0)
    buckets = totals.by_bucket()
    if len(buckets) < 3:
        return
    sums = {start: float(amounts[INPUT] + amounts[OUTPUT]) for start, amounts in buckets.items()}
    first, *_, last = sorted(sums)
    step = DAY if width > HOUR else HOUR
    for start in (first, last):
        if start + step > now or (width > HOUR and _is_below_usual(start, sums)):
            totals.drop_bucket(start, PARTIAL)
            _shorten(totals, start, step)


def _is_below_usual(start: int, sums: dict[int, float]) -> bool:
    """Return whether a day has less than half of the median of its weekday, of which there are two others at least."""
    same = [value for one, value in sums.items() if one != start and (one - start) % (7 * DAY) == 0]
    others = same if len(same) >= 2 else []
    return bool(others) and sums[start] < LOOKS_PARTIAL * median(others)


def _shorten(totals: Totals, start: int, step: int) -> None:
    if totals.first is not None and start <= totals.first:
        totals.first = start + step
    elif totals.last is not None:
        totals.last = start


def figures(totals: Totals, unknown: set[str], zone: tzinfo = UTC, *, is_trace: bool = False) -> Figures:
    """Work out the figures of a workload from its totals; `unknown` names numbers that the files do not have."""
    out, buckets = Figures(), totals.by_bucket()
    if not buckets or totals.first is None or totals.last is None:
        out.missing["volume"] = "no tokens are left to be counted"
        return out
    whole: Amounts = np.sum(list(buckets.values()), axis=0)
    out.tokens, out.requests, out.spend = (
        float(whole[INPUT] + whole[OUTPUT]),
        float(whole[REQUESTS]),
        float(whole[SPEND]),
    )
    out.begin, out.end = (datetime.fromtimestamp(one, zone) for one in (totals.first, totals.last))
    out.days = (totals.last - totals.first) / DAY
    _mix(out, whole, unknown)
    _volume(out, buckets, zone, is_trace=is_trace)
    _peaks(out, totals, buckets)
    return out


def _mix(out: Figures, whole: Amounts, unknown: set[str]) -> None:
    out.output_share = float(whole[OUTPUT]) / out.tokens if out.tokens else 0.0
    read = float(whole[INPUT])
    for name, column, attribute in (
        ("cached", CACHED, "cached_share"),
        ("written", WRITTEN, "written_share"),
    ):
        if name in unknown and not whole[column]:
            out.missing[name] = "the file does not have it: not known, not zero"
        elif read:
            setattr(out, attribute, min(float(whole[column]) / read, 1.0))
    if "batch" in unknown and not whole[BATCH]:
        out.missing["batch"] = "the file does not say which requests were batches"
    elif out.tokens:
        out.batch_share = min(float(whole[BATCH]) / out.tokens, 1.0)


def _volume(out: Figures, buckets: dict[int, Amounts], zone: tzinfo, *, is_trace: bool) -> None:
    if out.days < LEAST_DAYS_OF_VOLUME:
        length = f"{out.days * 24:.1f} hours" if out.days < 2 else f"{out.days:.1f} days"
        out.missing["volume"] = f"{length} are not a month: no volume from under {LEAST_DAYS_OF_VOLUME} days"
        return
    out.months = _months(out, buckets, zone)
    out.volume = out.tokens / out.days * DAYS_PER_MONTH / MILLION
    out.volume_note = f"{out.tokens / MILLION:,.6g} M tokens in {out.days:.4g} days, times {DAYS_PER_MONTH:.4f} days a month"
    if is_trace:
        out.volume_note += "; a trace is a sample of a service, not your own volume"
    whole = [month for month in out.months if month.is_whole and month.tokens]
    if len(whole) >= 2:
        out.volume_low, out.volume_high = min(m.normal for m in whole), max(m.normal for m in whole)
    out.growth = fitted_growth([month.normal for month in whole])
    if out.growth is None:
        out.missing["growth"] = (
            f"{len(whole)} whole month{'' if len(whole) == 1 else 's'}: growth needs {LEAST_MONTHS_OF_GROWTH}"
        )
    elif out.growth:
        out.volume_note = f"Fitted to {len(whole)} whole months at {whole[-1].name}; on average {out.volume:,.6g} M a month ({out.volume_note})"
        out.volume = out.growth.level
        out.volume_low, out.volume_high = (
            min(out.volume_low or out.volume, out.volume),
            max(out.volume_high or out.volume, out.volume),
        )


def _months(out: Figures, buckets: dict[int, Amounts], zone: tzinfo) -> tuple[Month, ...]:
    """Return the calendar months from the beginning to the end of the data, with the days covered."""
    assert out.begin
    assert out.end
    sums: dict[tuple[int, int], float] = {}
    for start, amounts in buckets.items():
        day = datetime.fromtimestamp(start, zone)
        sums[day.year, day.month] = sums.get((day.year, day.month), 0.0) + float(
            amounts[INPUT] + amounts[OUTPUT]
        )
    found, first = [], out.begin.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while first < out.end:
        following = (first + timedelta(days=32)).replace(day=1)
        covered = (min(following, out.end) - max(first, out.begin)).total_seconds() / DAY
        length = round((following - first).total_seconds() / DAY)
        found.append(Month(f"{first:%Y-%m}", sums.get((first.year, first.month), 0.0), covered, length))
        first = following
    return tuple(found)


def fitted_growth(months: list[float]) -> Growth | None:
    """Fit a constant growth to consecutive months; None below three.

    The logarithms of the months are fitted by least squares; the range is that of Student's t for the slope.
    """
    count = len(months)
    if count < LEAST_MONTHS_OF_GROWTH or min(months) <= 0:
        return None
    places, values = np.arange(count, dtype=float), np.log(months)
    centred = places - places.mean()
    spread = float((centred**2).sum())
    slope = float((centred * values).sum()) / spread
    start = float(values.mean()) - slope * float(places.mean())
    rest = float(((values - start - slope * places) ** 2).sum())
    error = sqrt(rest / (count - 2) / spread)
    reach = student(0.5 + CONFIDENCE / 2, count - 2) * error
    yearly = [exp(12 * one) - 1 for one in (slope, slope - reach, slope + reach)]
    level = exp(start + slope * (count - 1))
    return Growth(yearly[0], max(yearly[1], -0.99), yearly[2], 12 * error, level, count)


def student(probability: float, freedom: int) -> float:
    """Return the quantile of Student's t: exact for one and two degrees of freedom, else by Fisher's expansion."""
    if freedom == 1:
        return tan(pi * (probability - 0.5))
    if freedom == 2:
        alpha = 4 * probability * (1 - probability)
        return 2 * (probability - 0.5) * sqrt(2 / alpha)
    z, n = NormalDist().inv_cdf(probability), freedom
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + (z**3 + z) / 4 / n + second / n**2 + third / n**3


def _peaks(out: Figures, totals: Totals, buckets: dict[int, Amounts]) -> None:
    width = max(totals.widths)
    if width > HOUR:
        out.missing["peak"] = "buckets of a day show no peak; export by the hour"
        return
    assert totals.first is not None
    assert totals.last is not None
    begin, end = -(-totals.first // HOUR), totals.last // HOUR
    if (end - begin) * HOUR < LEAST_DAYS_OF_PEAK * DAY:
        _short_peaks(out, totals)
        return
    loads = np.zeros(end - begin)
    for start, amounts in buckets.items():
        place = start // HOUR - begin
        if 0 <= place < len(loads):
            loads[place] = amounts[INPUT] + amounts[OUTPUT]
    out.peaks = _peaks_of(loads, 60)


def _short_peaks(out: Figures, totals: Totals) -> None:
    """Work out the peaks of less than a day from five minutes each, first and last left out as partial."""
    if not totals.minutes or max(totals.minutes) - min(totals.minutes) < LEAST_WINDOWS * WINDOW:
        out.missing["peak"] = "less than an hour shows no peak"
        return
    begin, end = -(-min(totals.minutes) // WINDOW), max(totals.minutes) // WINDOW
    loads = np.zeros(end - begin)
    for minute, amount in totals.minutes.items():
        if 0 <= (place := minute // WINDOW - begin) < len(loads):
            loads[place] += amount
    out.peaks = _peaks_of(loads, WINDOW)
    out.missing["peak"] = f"{out.days * 24:.1f} hours show the peaks within them, not those of a day"


def _peaks_of(loads: Amounts, minutes: int) -> Peaks | None:
    average = float(loads.mean())
    if average <= 0:
        return None
    p95, p99 = (max(float(np.quantile(loads, share)) / average, 1.0) for share in (0.95, 0.99))
    return Peaks(p95, p99, float(loads.max()) / average, len(loads), minutes)
