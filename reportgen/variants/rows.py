"""The register of a case with varied values: every assumption's value, low and high as arrays over the variants."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules
from reportgen.variants.grid import Array, Columns


@dataclass(frozen=True, slots=True)
class VariedRow:
    """An assumption over the variants; arrays of the shape () where none varies it, else (variants,)."""

    path: str
    value: Array
    low: Array | None
    high: Array | None
    bounds: Bounds
    reachable: bool


Rows = Mapping[str, VariedRow]


@dataclass(frozen=True, slots=True)
class Register:
    """The assumptions of a case, and the price and the exchange rate of which each price of the book is the product."""

    rows: Mapping[str, Assumption]
    factors: Mapping[str, tuple[str, ...]]

    def follows(self, varied: AbstractSet[str]) -> frozenset[str]:
        """Return the varied paths with those whose value follows from them."""
        moved = varied | {path for path, factors in self.factors.items() if varied & set(factors)}
        return frozenset(moved | {row.path for row in self.rows.values() if row.follows in moved})

    def varied(self, columns: Columns) -> Rows:
        """Return every assumption over the variants; a range that a value leaves is widened to it, as `with_values` does."""
        out = {path: _varied(row, columns.get(path)) for path, row in self.rows.items()}
        for path, factors in self.factors.items():
            if not columns.keys().isdisjoint(factors):
                value = np.prod(np.broadcast_arrays(*(out[factor].value for factor in factors)), axis=0)
                out[path] = _with_value(out[path], value)
        for path, row in self.rows.items():
            if row.follows in out:
                out[path] = _with_value(out[path], out[row.follows].value)
        return out


def register_of(case: Case, rows: Sequence[Assumption]) -> Register:
    """Return the register of a case."""
    factors = {}
    for schedule in schedules(case):
        first = schedule.rates[0]
        factors[schedule.path] = (first.path, first.exchange_rate) if first.exchange_rate else (first.path,)
    return Register({row.path: row for row in rows}, factors)


def _varied(row: Assumption, values: Array | None) -> VariedRow:
    """Return an assumption with other values."""
    stated = np.array(row.value if values is None else values)
    low = (
        None if row.low is None else np.minimum(row.low, stated) if values is not None else np.array(row.low)
    )
    high = (
        None
        if row.high is None
        else np.maximum(row.high, stated)
        if values is not None
        else np.array(row.high)
    )
    return VariedRow(row.path, stated, low, high, row.bounds, row.reachable)


def _with_value(row: VariedRow, value: Array) -> VariedRow:
    return VariedRow(row.path, value, row.low, row.high, row.bounds, row.reachable)
