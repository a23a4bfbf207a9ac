"""Plan against actual as plain values: the months that have passed, and the forecast from what was measured."""

from collections.abc import Mapping

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What one month of the horizon was; what is not known is None."""

    month: int
    """Its number in the horizon, from 1."""
    name: str
    """The calendar month, YYYY-MM."""
    volume: float
    """M tokens."""
    output_share: float | None = None
    cached_share: float | None = None
    written_share: float | None = None
    own_spend: float | None = None
    """What the service itself charged: tokens of an api, machines and fees of the others."""
    other_spend: float = 0.0
    """What was charged beside: taxes, credits, corrections, and of an api what is no token."""


@dataclass(frozen=True, slots=True)
class MonthResult:
    """One month, planned and actual; volume, mix, price and rest add up to the deviation exactly."""

    measured: Measured
    planned_volume: float
    planned_spend: float
    spend: float
    deviation: float
    """What was spent beyond the plan."""
    by_volume: float
    by_mix: float
    by_price: float
    rest: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """One option to the horizon: as planned, and with what was measured."""

    full_cost_plan: float
    full_cost_forecast: float
    tco_plan: float
    tco_forecast: float


@dataclass(frozen=True, slots=True)
class Actual:
    """Plan against actual of the option that has served, and what it says about the rest of the horizon."""

    option: str
    months: tuple[MonthResult, ...]
    changes: Mapping[str, float]
    """What was measured, as values of assumptions from which the forecast is made."""
    options: Mapping[str, Outlook]
    recommended_plan: str | None
    recommended_forecast: str | None
    remarks: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Return whether the same option would be recommended with what was measured."""
        return self.recommended_plan == self.recommended_forecast

    def total(self, name: str) -> float:
        """Return the sum of one amount over the months."""
        return float(sum(getattr(one, name) for one in self.months))
