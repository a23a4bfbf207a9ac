"""What an option comes to in the base case: cost, break-even, the bridge, displaced projects."""

from dataclasses import dataclass
from itertools import accumulate

CATEGORIES = ("compute", "supporting", "deployment", "ongoing", "interim", "other")
"""The cost categories of the model, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When an option stops costing more than the baseline; None: not reached, `word` says which way."""

    month: int | None
    volume: float | None
    """M tokens a month at the start, where `word` is "about"."""
    word: str


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """One option in the base case: money nominal in the case's currency, over the horizon, unless said."""

    tco: float
    """Total cost of ownership, before risk."""
    pv: float
    """Its present value."""
    core: float
    """Present value with displaced projects and expected exit cost, discounted."""
    years: tuple[float, ...]
    categories: dict[str, float]
    """By cost category: compute, supporting, deployment, ongoing, interim, other."""
    monthly: tuple[float, ...]
    run_rate: float
    """Mean monthly cost over the last twelve months, residual value left out."""
    cost_per_m_tokens: float
    expected_risk: float | None
    """The impacts of the risks on TCO, each times its probability."""
    expected_risk_core: float | None
    """The same on core, discounted."""
    opportunity: float | None
    """What displaced projects would have brought; not spent money."""
    opportunity_pv: float | None
    expected_exit: float | None
    """Exit cost in the chosen month, times its probability."""
    expected_exit_pv: float | None
    exit_curve: tuple[float, ...] | None
    """What leaving costs at the end of each month."""
    full_cost: float
    """Full economic cost: core with the expected risk on core; it ranks the options."""
    contingency: float | None
    """Excess of the confidence percentile (default P80) of simulated TCO over the TCO, never below 0; None: not quantified."""
    risks_alone: float | None
    """The same of the joint distribution of the risks; None where the case names no risks."""
    enough: float | None
    """Share of futures in which TCO and contingency together are enough; None: not quantified."""


@dataclass(frozen=True, slots=True)
class JointFigures:
    """All combinations of risks: percentiles of TCO with their impacts, and the chance of the lowest."""

    p50: float
    p80: float
    p90: float
    cheapest: float | None
    """Of the eligible options; None: not eligible."""


@dataclass(frozen=True, slots=True)
class OptionResult(OptionFigures):
    """One option with all that the paper says of it; amounts unrounded; None is 'not quantified'."""

    key: str
    name: str
    short_name: str
    kind: str
    eligible: bool
    failed_requirements: tuple[str, ...]
    category_years: dict[str, tuple[float, ...]]
    """Nominal total by category and year, keys as in CATEGORIES."""
    exit_parts: dict[str, tuple[float, ...]]
    """The components of the exit curve by month: engineering, parallel, commitment, fees, resale, residual_forgone."""
    joint: JointFigures
    """The joint distribution of the risks; `cheapest` is the chance of the lowest TCO."""
    joint_curve: tuple[tuple[float, float], ...]
    """(cost, P(TCO with risks <= cost)), rising, ends at probability 1; at most some 400 points."""
    go_live: float
    """Months from the start to go-live, fractional."""
    lead_time_months: float
    deployment_months: float
    stabilisation_months: float
    break_even: BreakEven | None
    """Against the baseline; None for the baseline itself."""
    not_quantified: tuple[str, ...]
    """What nobody has estimated for this option: 'risk', 'opportunity', 'exit'."""
    not_estimated: tuple[str, ...]
    """Paths of the cost assumptions of a GPU option that were left at their default."""

    @property
    def p50(self) -> float:
        """Give the median of TCO with the risks."""
        return self.joint.p50

    @property
    def p80(self) -> float:
        """Give the 80th percentile of TCO with the risks."""
        return self.joint.p80

    @property
    def p90(self) -> float:
        """Give the 90th percentile of TCO with the risks."""
        return self.joint.p90

    @property
    def cheapest(self) -> float | None:
        """Give the chance of the lowest TCO of the eligible options, 0..1; None where it is not eligible."""
        return self.joint.cheapest

    @property
    def cumulative(self) -> tuple[float, ...]:
        """Add the monthly costs up: undiscounted cumulative cost at the end of each month."""
        return tuple(accumulate(self.monthly))


@dataclass(frozen=True, slots=True)
class BridgeFigures:
    """A step of the naive-to-full bridge: `cost` is cumulative before risk, the amount added after.

    `multiple` is of the first estimate; None: not quantified.
    """

    label: str
    cost: float | None
    multiple: float | None


@dataclass(frozen=True, slots=True)
class BridgeStep(BridgeFigures):
    """A step of the bridge with the reason why it changes nothing; empty where it changes something."""

    reason: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project that an option displaces: value per month, confidence, and its cost over the horizon (nominal)."""

    name: str
    option: str
    during: str
    monthly_value: float
    confidence: float
    cost: float
