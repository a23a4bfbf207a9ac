"""Usage in one form, whatever the format: numbers by time and group, and what a reader could not tell."""

from collections.abc import Sequence
from dataclasses import field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportgen.runtime.records import dataclass

By = Literal["model", "project", "tag"]
COLUMNS = ("input", "cached", "written", "output", "batch", "requests", "spend")
"""The numbers of a row: tokens of input in all, of it read from a cache and written to one, of output; tokens in batches."""
INPUT, CACHED, WRITTEN, OUTPUT, BATCH, REQUESTS, SPEND = range(len(COLUMNS))
BATCH_OF_ROWS = 10_000


class Row(NamedTuple):
    """One row of usage; `seconds` is the beginning of its bucket since 1970, `width` its length (0: a single request)."""

    seconds: int
    width: int
    group: str
    input: float = 0.0
    cached: float = 0.0
    written: float = 0.0
    output: float = 0.0
    batch: float = 0.0
    requests: float = 0.0
    spend: float = 0.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Many rows as arrays; `left_out` names the reason for rows that are not used."""

    seconds: NDArray[np.int64]
    width: int
    groups: Sequence[str]
    numbers: NDArray[np.float64]
    left_out: str = ""


def rows_of(rows: Sequence[Row], left_out: str = "") -> list[Rows]:
    """Return rows as arrays, one set for each width of bucket."""
    widths = sorted({row.width for row in rows})
    out = []
    for width in widths:
        same = rows if len(widths) == 1 else [row for row in rows if row.width == width]
        seconds, _, groups, *numbers = zip(*same, strict=True)  # by columns: much faster than row by row
        columns = np.array(numbers, dtype=float).T
        out.append(Rows(np.array(seconds, dtype=np.int64), width, groups, columns, left_out))
    return out


@dataclass(slots=True)
class Notes:
    """What a reader has to say about its file: the format, what the file does not tell, and remarks."""

    format: str
    unknown: set[str] = field(default_factory=set)
    """Numbers of `COLUMNS` that the file does not have: not zero."""
    remarks: dict[str, None] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    """Fields of the file that were not used."""
    billed_days: dict[int, float] = field(default_factory=dict)
    """Spend by day since 1970, of a costs export."""
    with_cache: float = 0.0
    without_cache: float = 0.0
    """Input tokens of rows with a cache in both readings: the cache added up, or in the input already."""
    is_trace: bool = False
    """Whether its times only count from its own beginning, or its requests are a sample."""

    def say(self, remark: str) -> None:
        """Add a remark, once."""
        self.remarks[remark] = None

    def add(self, later: "Notes") -> None:
        """Add what is said of a later part of the file."""
        self.unknown |= later.unknown
        self.remarks |= later.remarks
        self.ignored |= later.ignored
        for day, amount in later.billed_days.items():
            self.billed_days[day] = self.billed_days.get(day, 0.0) + amount
        self.with_cache += later.with_cache
        self.without_cache += later.without_cache
