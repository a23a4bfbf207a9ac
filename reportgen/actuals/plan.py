"""The plan of one option in the months that have passed, and again with the volume and the mix that were measured.

The model itself is evaluated with the measured values, so that discounts, caches and minimum spends count as in the plan.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.binding.bound import Bound
from reportgen.formula.evaluate import Evaluation
from reportgen.model.options.options import Option
from reportgen.results.actuals import Measured, MonthResult

Array = NDArray[np.float64]
FACTOR = "workload.volume_factor"
BILLS = ("compute", "supporting", "interim")
"""The categories of cost that are billed for the service: the service itself, what supports it, and an api before go-live."""
MIXES = {
    "output_share": "output_share",
    "cached_share": "cached_share",
    "cache_write_share": "written_share",
}
"""The shares of a workload's mix, and what each is called where it was measured."""


def planned_tokens(bound: Bound, months: Sequence[int]) -> list[float]:
    """Return the plan's M tokens in some months."""
    base = Evaluation({path: np.full((1, 1), value) for path, value in bound.values.items()})
    return [_at(base[bound.lines.shared.tokens], 0, month) for month in months]


def compare_months(bound: Bound, option: Option, measured: Sequence[Measured]) -> list[MonthResult]:
    """Compare every measured month with the plan of an option, by its bills."""
    volumes = planned_tokens(bound, [one.month for one in measured])
    factors = np.array(
        [one.volume / planned if planned else 0.0 for one, planned in zip(measured, volumes, strict=True)]
    )
    stated = bound.values.get(FACTOR, 1.0)
    mixes = _mixes(bound, measured)
    plan, volume, mix = (
        _spend(bound, option, changes, measured)
        for changes in ({}, {FACTOR: stated * factors}, {FACTOR: stated * factors, **mixes})
    )
    out = []
    for place, one in enumerate(measured):
        own = mix[place] if one.own_spend is None else one.own_spend
        spend = own + one.other_spend
        by_volume, by_mix, by_price = (
            volume[place] - plan[place],
            mix[place] - volume[place],
            own - mix[place],
        )
        deviation = spend - plan[place]
        rest = deviation - by_volume - by_mix - by_price
        out.append(
            MonthResult(one, volumes[place], plan[place], spend, deviation, by_volume, by_mix, by_price, rest)
        )
    return out


def _mixes(bound: Bound, measured: Sequence[Measured]) -> Mapping[str, Array]:
    """Return the measured shares by the paths of a single workload; none where the case has several."""
    if bound.case.workloads:
        return {}
    out = {}
    for field, attribute in MIXES.items():
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
