"""How sure the answer is: simulated futures, switching values, the class of the estimate."""

from reportgen.runtime.records import dataclass


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
    mean_full_cost: float
    """Mean full cost over the futures."""
    plan_percentile: float
    """Share of futures whose full cost is at most the full cost of the plan."""
    curve: tuple[tuple[float, float], ...]
    """(TCO, share of futures that cost at most that), rising; at most some 200 points."""
    drivers: tuple[Driver, ...]
    """Strongest first."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """Random futures: ranges and risks drawn together through the whole model, the same draws for every option.

    Without ranges the futures are the joint runs of the risks: every combination with its probability, up to ten risks.
    """

    draws: int
    """The number of futures."""
    seed: int
    clipped: float
    """Share of draws in which at least one value was cut to its bound."""
    options: dict[str, Simulated]
    holds: float | None
    """Share of futures in which the recommended option stays the cheapest eligible one on full cost."""
    holds_error: float | None
    exact: bool
    """Every combination of risks with its probability; nothing was drawn."""


@dataclass(frozen=True, slots=True)
class JointRuns:
    """The joint runs of the risks through the whole model, ranges fixed: every combination up to ten risks, drawn beyond."""

    mean_core: dict[str, float]
    """By option; separate impacts on one cost add up to more than the cost there is, these do not."""
    runs: int
    exact: bool
    """Every combination with its probability; False: drawn."""
    clipped: float
    """Share of the runs in which at least one value was cut to its bound."""


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """Switching values of one assumption with what moves with it, on full cost with the risks re-run; None: none found."""

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
    """A switching value lies inside low..high."""
    searched: tuple[float, float]
    """The farthest values that were looked at, below and above."""
    paths: tuple[str, ...]
    """All assumptions that move together with this one, itself included."""


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
