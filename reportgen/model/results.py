"""What the model says, as plain values: the results file, the paper and the terminal all read this and nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["robust", "leaning", "too close to call"]
CATEGORIES = ("compute", "supporting", "deployment", "ongoing", "interim", "other")
"""The cost categories of MODEL, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When and where an option stops costing more than the baseline; None where it does not, `word` says which."""

    month: int | None
    volume: float | None
    word: str


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option in the base case; money in the case's currency, unrounded; None is 'not quantified'."""

    key: str
    name: str
    short_name: str
    kind: str
    eligible: bool
    failed_requirements: tuple[str, ...]
    tco: float
    pv: float
    core: float
    years: tuple[float, ...]
    categories: dict[str, float]
    """Nominal total by category, keys as in CATEGORIES."""
    category_years: dict[str, tuple[float, ...]]
    monthly: tuple[float, ...]
    run_rate: float
    cost_per_m_tokens: float
    expected_risk: float | None
    expected_risk_core: float | None
    opportunity: float | None
    opportunity_pv: float | None
    expected_exit: float | None
    expected_exit_pv: float | None
    exit_curve: tuple[float, ...] | None
    exit_parts: dict[str, tuple[float, ...]]
    """The components of the exit curve by month: engineering, parallel, commitment, fees, resale, residual_forgone."""
    full_cost: float
    p50: float
    p80: float
    p90: float
    cheapest: float
    """Chance of the lowest TCO in the joint distribution of the risks, 0..1."""
    contingency: float
    """The confidence percentile (default P80) of the joint distribution less the TCO."""
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
    def cumulative(self) -> tuple[float, ...]:
        """Add the monthly costs up: undiscounted cumulative cost at the end of each month."""
        total, out = 0.0, []
        for cost in self.monthly:
            total += cost
            out.append(total)
        return tuple(out)


@dataclass(frozen=True, slots=True)
class RiskResult:
    """One risk: its probability and what it does to each option's TCO and core when it happens."""

    id: str
    name: str
    probability: float
    impact: dict[str, float]
    impact_core: dict[str, float]
    response: str
    owner: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One named price scenario: core per option with its effects applied."""

    name: str
    core: dict[str, float]


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar of the tornado: an assumption at its low and at its high, all else as in the base; core per option."""

    path: str
    label: str
    unit: str
    low: float
    value: float
    high: float
    core_low: dict[str, float]
    core_high: dict[str, float]

    def lead(self, ahead: str, behind: str) -> tuple[float, float]:
        """Give by how much one option's core is below another's at the low and at the high."""
        return (
            self.core_low[behind] - self.core_low[ahead],
            self.core_high[behind] - self.core_high[ahead],
        )

    def lead_width(self, ahead: str, behind: str) -> float:
        """Give by how much the range moves one option's lead over another, on core."""
        low, high = self.lead(ahead, behind)
        return abs(high - low)


@dataclass(frozen=True, slots=True)
class Ladder:
    """TCO per option against the starting volume (M tokens a month), rising volumes; who is cheapest in each band."""

    volumes: tuple[float, ...]
    tco: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Growth:
    """Break-even of one option against the baseline if the volume grows at another rate."""

    option: str
    rate: float
    """Yearly growth of the volume."""
    month: int | None
    """Month from which cumulative cost stays at or below the baseline's; None: not within the horizon."""
    volume: float | None
    """Starting volume at which TCO crosses (M tokens a month); None: see the word."""
    word: str
    reached: float | None
    """Months from the start until the growing volume comes to that; 0 where it is there, None where it never does."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project that an option displaces: value per month, confidence, and its cost over the horizon (nominal)."""

    name: str
    option: str
    during: str
    monthly_value: float
    confidence: float
    cost: float


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A step of the naive-to-full bridge: `cost` cumulative for steps 0 to 8, the amount added after; None: not quantified."""

    label: str
    cost: float | None
    multiple: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """A test of the arithmetic: its name, the sheet it stands on, both sides, and whether they agree."""

    name: str
    sheet: str
    passes: bool
    left: float
    right: float


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


@dataclass(frozen=True, slots=True)
class Finding:
    """Advice on an input: what was noticed, where it comes from, and what it costs if it is wrong."""

    kind: str
    option: str | None
    path: str | None
    title: str
    detail: str
    source: str
    cost: float | None
    """Change of the option's full cost if the usual figure were true instead; None: not priced."""


@dataclass(frozen=True, slots=True)
class PriceRate:
    """One dated rate of a price that a case uses; `amount` in `currency`."""

    path: str
    effective: date | None
    amount: float
    currency: str
    verified: date
    basis: str
    source: str
    url: str
    assumed: bool
    """Undated, and used before the day on which somebody looked."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """The last day of an item of the price book, and the item that follows it."""

    item: str
    last: date
    successor: str | None


@dataclass(frozen=True, slots=True)
class Price:
    """One price of one option out of the price book, with every rate in force within the horizon."""

    option: str
    field: str
    label: str
    item: str
    provider: str
    title: str
    purchase: str
    retirements: tuple[Retirement, ...]
    """Those of the item and of its successors, as long as they are in use."""
    rates: tuple[PriceRate, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The whole answer of one case."""

    currency: str
    years: int
    start: str
    """First month, YYYY-MM."""
    baseline: str
    confidence: float
    """The confidence level of the contingency, 0.8 by default."""
    tokens: tuple[float, ...]
    """M tokens served in each month of the base case."""
    discount_rate: float
    options: tuple[OptionResult, ...]
    """In the case's order."""
    recommended: str | None
    """The eligible option of lowest full cost; None where no option is eligible."""
    runner_up: str | None
    lead: float | None
    """Share of the runner-up's full cost by which the recommended option is cheaper."""
    too_close: bool
    too_close_reasons: tuple[str, ...]
    """Any of 'lead below 5%', 'not quantified: exit' and the like; empty where not too close."""
    risks: tuple[RiskResult, ...]
    scenarios: tuple[Scenario, ...]
    swings: tuple[Swing, ...]
    ladder: Ladder
    projects: tuple[Project, ...]
    bridge_option: str | None
    bridge: tuple[BridgeStep, ...]
    checks: tuple[Check, ...]
    runs: int
    lines: int
    verdict: Verdict | None = None
    """The confidence word of MODEL, "Full economic cost"; None where nothing is recommended, or nothing else is eligible."""
    simulation: Simulation | None = None
    switching_values: tuple[SwitchingValue, ...] = ()
    """Switching values, those that matter most first."""
    two_way: TwoWay | None = None
    estimate_class: EstimateClass | None = None
    growth: tuple[Growth, ...] = ()
    """Break-even at the low, the value and the high of the volume's growth."""
    joint_error: float | None = None
    """Standard error of the chances of the joint distribution; None where every combination of risks was counted."""
    findings: tuple[Finding, ...] = ()
    prices: tuple[Price, ...] = ()

    @property
    def lead_swings(self) -> tuple[Swing, ...]:
        """Order the tornado by how much each assumption moves the lead over the runner-up, the widest first."""
        best, next_best = self.recommended, self.runner_up
        if best is None or next_best is None:
            return self.swings
        return tuple(sorted(self.swings, key=lambda swing: -swing.lead_width(best, next_best)))

    def option(self, key: str) -> OptionResult:
        """Find an option by its key; KeyError where there is none."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)
