"""Totals of usage by hour or day and group, added up as rows stream by; what is read, used and left out reconciles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from reportgen.ingest.times import DAY, HOUR
from reportgen.ingest.usage.records import COLUMNS, INPUT, OUTPUT, Rows
from reportgen.runtime.records import dataclass

MINUTE = 60
MOST_MINUTES = 3 * 24 * 60
"""Three days: beyond, the hours tell the peaks."""
Amounts = NDArray[np.float64]


@dataclass(slots=True)
class LeftOut:
    """What was read and is not used, for one reason."""

    rows: int = 0
    tokens: float = 0.0


@dataclass(slots=True)
class Totals:
    """Usage by bucket and group.

    `buckets` maps (start in seconds since 1970, group) to numbers in the order of `COLUMNS`; the bucket is an hour where every
    row allows it, else a day. `widths` holds the lengths of the buckets that were read, 0 for single requests.
    """

    buckets: dict[tuple[int, str], Amounts] = field(default_factory=dict)
    widths: set[int] = field(default_factory=set)
    rows: int = 0
    tokens_read: float = 0.0
    left_out: dict[str, LeftOut] = field(default_factory=lambda: defaultdict(LeftOut))
    first: int | None = None
    last: int | None = None
    """Beginning of the first row and end of the last, in seconds since 1970."""
    minutes: dict[int, float] | None = field(default_factory=dict)
    """Tokens of single requests by minute, kept for short traces; None once there are too many."""

    def add(self, rows: Rows) -> None:
        """Add rows."""
        if not len(rows.seconds):
            return
        tokens = rows.numbers[:, INPUT] + rows.numbers[:, OUTPUT]
        self.rows += len(tokens)
        self.tokens_read += float(tokens.sum())
        if rows.left_out:
            self.leave_out(rows.left_out, len(tokens), float(tokens.sum()))
            return
        self.widths.add(rows.width)
        begin, end = int(rows.seconds.min()), int(rows.seconds.max()) + rows.width
        self.first = begin if self.first is None else min(self.first, begin)
        self.last = end if self.last is None else max(self.last, end)
        self._add_minutes(rows, tokens)
        step = DAY if rows.width > HOUR else HOUR
        self._add_up(rows.seconds // step * step if step == HOUR else rows.seconds, rows)

    def merge(self, later: "Totals") -> None:
        """Add the totals of rows that come later."""
        self.rows += later.rows
        self.tokens_read += later.tokens_read
        for reason, out in later.left_out.items():
            self.leave_out(reason, out.rows, out.tokens)
        if later.first is None or later.last is None:
            return
        self.widths |= later.widths
        self.first = later.first if self.first is None else min(self.first, later.first)
        self.last = later.last if self.last is None else max(self.last, later.last)
        for bucket, amounts in later.buckets.items():
            self._add_to(bucket, amounts)
        if self.minutes is not None and later.minutes is not None:
            for minute, tokens in later.minutes.items():
                self.minutes[minute] = self.minutes.get(minute, 0.0) + tokens
        if self.minutes is None or later.minutes is None or len(self.minutes) > MOST_MINUTES:
            self.minutes = None

    def _add_to(self, bucket: tuple[int, str], amounts: Amounts) -> None:
        if bucket in self.buckets:
            self.buckets[bucket] += amounts
        else:
            self.buckets[bucket] = amounts

    def _add_minutes(self, rows: Rows, tokens: Amounts) -> None:
        if rows.width > 0:
            self.minutes = None
        if self.minutes is None:
            return
        found, places = np.unique(rows.seconds // MINUTE, return_inverse=True)
        for minute, amount in zip(found, np.bincount(places, weights=tokens), strict=True):
            self.minutes[int(minute)] = self.minutes.get(int(minute), 0.0) + float(amount)
        if len(self.minutes) > MOST_MINUTES:
            self.minutes = None

    def _add_up(self, starts: NDArray[np.int64], rows: Rows) -> None:
        """Add numbers to the buckets that begin at `starts`, all rows of a bucket and group at once."""
        names, codes = _codes(rows.groups)
        keys = starts * len(names) + codes
        found, places = np.unique(keys, return_inverse=True)
        sums = np.zeros((len(found), len(COLUMNS)))
        for column in range(len(COLUMNS)):
            sums[:, column] = np.bincount(places, weights=rows.numbers[:, column], minlength=len(found))
        for key, amounts in zip(found, sums, strict=True):
            start, code = divmod(int(key), len(names))
            self._add_to((start, names[code]), amounts)

    def leave_out(self, reason: str, rows: int, tokens: float) -> None:
        """Count what is not used."""
        self.left_out[reason].rows += rows
        self.left_out[reason].tokens += tokens

    def drop_bucket(self, start: int, reason: str) -> None:
        """Leave out everything of one bucket."""
        for key in [key for key in self.buckets if key[0] == start]:
            amounts = self.buckets.pop(key)
            self.leave_out(reason, 1, float(amounts[INPUT] + amounts[OUTPUT]))

    @property
    def tokens_used(self) -> float:
        """Return the tokens of all buckets that are kept."""
        return sum(float(amounts[INPUT] + amounts[OUTPUT]) for amounts in self.buckets.values())

    @property
    def reconciles(self) -> bool:
        """Return whether tokens read are those used and those left out."""
        out = sum(one.tokens for one in self.left_out.values())
        return abs(self.tokens_read - self.tokens_used - out) <= 1e-6 * max(self.tokens_read, 1.0)

    def by_bucket(self) -> dict[int, Amounts]:
        """Return the numbers by bucket, all groups together."""
        out: dict[int, Amounts] = {}
        for (start, _), amounts in sorted(self.buckets.items()):
            out[start] = out[start] + amounts if start in out else amounts.copy()
        return out

    def by_group(self) -> "dict[str, Totals]":
        """Return the totals of each group, the largest first."""
        out: dict[str, Totals] = {}
        for (start, group), amounts in self.buckets.items():
            one = out.setdefault(group, Totals(widths=self.widths, first=self.first, last=self.last))
            one.buckets[start, group] = amounts
        return dict(sorted(out.items(), key=lambda pair: -pair[1].tokens_used))


def _codes(groups: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names of groups and the place of each row's among them."""
    places: dict[str, int] = {}
    codes = [places.setdefault(name, len(places)) for name in groups]
    return list(places), np.array(codes, dtype=np.int64)
