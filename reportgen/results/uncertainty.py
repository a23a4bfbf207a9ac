"""How sure the answer is: simulated futures, switching values, the class of the estimate."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of an amount over simulated futures."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Driver:
    """An assumption or risk that drives a spread: its Spearman rank correlation with the full cost, -1..1."""

    path: str
    label: str
    correlation: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """One option over the simulated futures; risks are drawn, never expected risk as well."""

    tco: Spread
    pv: Spread
    full_cost: Spread
    cheapest: float | None
    """Share of futures in which it has the lowest full cost of the eligible options; None: not eligible."""
    cheapest_error: float | None
    """Standard error of that share."""
    point_percentile: float
    """Share of futures whose TCO is at most the point estimate."""
    curve: tuple[tuple[float, float], ...]
    """(TCO, share of futures that cost at most that), rising; at most some 200 points."""
    drivers: tuple[Driver, ...]
    """Strongest first."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """Random futures: ranges and risks drawn together through the whole model, the same draws for every option."""

    draws: int
    seed: int
    clipped: float
    """Share of draws in which at least one value was cut to its bound."""
    options: dict[str, Simulated]
    holds: float | None
    """Share of futures in which the recommended option stays the cheapest eligible one on full cost."""
    holds_error: float | None


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """Switching values of one assumption, alone, on full cost with the risks re-run; None: no flip that way."""

    path: str
    label: str
    unit: str
    value: float
    low: float | None
    high: float | None
    below: float | None
    """The nearest lower value at which another option is recommended, and which."""
    below_to: str | None
    above: float | None
    above_to: str | None
    within: bool
    """A flip lies inside low..high."""


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Who is recommended over a grid of the two assumptions that matter most: rows down, columns across."""

    row: SwitchingValue
    column: SwitchingValue
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    recommended: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EstimateClass:
    """How mature the estimate is: a class in the manner of AACE 18R-97, 5 (rough) to 1 (definitive), and why."""

    number: int
    sourced: float
    """Share of the stated assumptions with a source."""
    width: float | None
    """Median width of the ranges, (high - low) / (2 value); None where nothing is ranged."""
    sentence: str
