"""The plan of one option in the months that have passed, and again with the volume and the mix that were measured.

The model itself is evaluated with the measured values, so that discounts, caches and minimum spends count as in the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.binding.bound import Bound
from reportgen.formula.evaluate import Evaluation
from reportgen.model.options.options import Option

Array = NDArray[np.float64]
FACTOR = "workload.volume_factor"
BILLS = ("compute", "interim")
"""The categories of cost that are paid for tokens: in service, and before go-live."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one month of the horizon (from 1) was: M tokens, shares of the mix (None: not known), spend (None: not known)."""

    month: int
    name: str
    volume: float
    output_share: float | None = None
    cached_share: float | None = None
    written_share: float | None = None
    token_spend: float | None = None
    other_spend: float = 0.0


@dataclass(frozen=True, slots=True)
class MonthResult:
    """One month, planned and actual; the four parts add up to the deviation exactly."""

    measured: Measured
    planned_volume: float
    planned_spend: float
    spend: float
    by_volume: float
    by_mix: float
    by_price: float
    rest: float

    @property
    def deviation(self) -> float:
        """Return what was spent beyond the plan."""
        return self.spend - self.planned_spend


def planned_tokens(bound: Bound, months: Sequence[int]) -> list[float]:
    """Return the plan's M tokens in some months."""
    base = Evaluation({path: np.full((1, 1), value) for path, value in bound.values.items()})
    return [_at(base[bound.lines.shared.tokens], 0, month) for month in months]


def compare_months(bound: Bound, option: Option, measured: Sequence[Measured]) -> list[MonthResult]:
    """Compare every measured month with the plan of an option, whose own bills are its compute."""
    volumes = planned_tokens(bound, [one.month for one in measured])
    factors = np.array(
        [one.volume / planned if planned else 0.0 for one, planned in zip(measured, volumes, strict=True)]
    )
    own = bound.values.get(FACTOR, 1.0)
    mixes = _mixes(bound, measured)
    plan, volume, mix = (
        _spend(bound, option, changes, measured)
        for changes in ({}, {FACTOR: own * factors}, {FACTOR: own * factors, **mixes})
    )
    out = []
    for place, one in enumerate(measured):
        tokens = mix[place] if one.token_spend is None else one.token_spend
        spend = tokens + one.other_spend
        by_volume, by_mix, by_price = (
            volume[place] - plan[place],
            mix[place] - volume[place],
            tokens - mix[place],
        )
        rest = spend - plan[place] - by_volume - by_mix - by_price
        out.append(MonthResult(one, volumes[place], plan[place], spend, by_volume, by_mix, by_price, rest))
    return out


def _mixes(bound: Bound, measured: Sequence[Measured]) -> Mapping[str, Array]:
    """Return the measured shares by the paths of a single workload; () where the case has several."""
    if bound.case.workloads:
        return {}
    out = {}
    for field, attribute in (
        ("output_share", "output_share"),
        ("cached_share", "cached_share"),
        ("cache_write_share", "written_share"),
    ):
        path = f"workload.{field}"
        stated = bound.values.get(path, 0.0)
        values = [found if (found := getattr(one, attribute)) is not None else stated for one in measured]
        out[path] = np.array(values, dtype=float)
    return out


def _spend(
    bound: Bound, option: Option, changes: Mapping[str, Array], measured: Sequence[Measured]
) -> list[float]:
    """Return an option's bills for tokens in each measured month, before go-live too, each with its own changed values."""
    inputs = {path: np.full((1, 1), value) for path, value in bound.values.items()}
    found = Evaluation({**inputs, **{path: values[:, None] for path, values in changes.items()}})
    lines = [found[line] for name in BILLS if (line := option.ledger.categories.get(name))]
    return [sum(_at(line, place, one.month) for line in lines) for place, one in enumerate(measured)]


def _at(values: Array, row: int, month: int) -> float:
    """Return the value of a row in a month; either may be the same for all."""
    return float(values[min(row, values.shape[0] - 1), min(month - 1, values.shape[1] - 1)])
