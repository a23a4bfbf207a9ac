"""What an option comes to in the base case: cost, break-even, the bridge, displaced projects."""

from itertools import accumulate

from reportgen.runtime.records import dataclass

CATEGORIES = ("compute", "supporting", "deployment", "ongoing", "interim", "other", "tax")
"""The cost categories of the model, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When an option stops costing more than the baseline; None: not reached, `word` says which way."""

    month: int | None
    volume: float | None
    """M tokens a month at the start, where `word` is "about"."""
    word: str


@dataclass(frozen=True, slots=True)
class BudgetMonths:
    """A budget by month; null where nothing is depreciated."""

    capital: tuple[float, ...]
    """Purchases, with the tax on them that is not recovered."""
    operating: tuple[float, ...]
    """Everything else but the residual value."""
    own_staff: tuple[float, ...]
    """Of operating: engineers, without recruitment."""
    recruitment: tuple[float, ...]
    """Of operating."""
    residual: tuple[float, ...]
    """What owned machines bring at the horizon, negative."""
    depreciation: tuple[float, ...] | None
    book_value: tuple[float, ...] | None
    """At the end of each month."""
    charge: tuple[float, ...] | None
    """Charge to profit and loss: operating and depreciation."""


@dataclass(frozen=True, slots=True)
class BudgetPeriod:
    """A budget over a fiscal year or a quarter; null where nothing is depreciated."""

    year: int
    """The calendar year in which the fiscal year ends."""
    quarter: int | None
    """1 to 4; null for a whole year."""
    first_month: int
    last_month: int
    capital: float
    operating: float
    own_staff: float
    recruitment: float
    residual: float
    depreciation: float | None
    charge: float | None
    book_value: float | None
    """At the end of the period."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The same cash as capital and operating, by month, fiscal year and quarter."""

    months: BudgetMonths
    fiscal_years: tuple[BudgetPeriod, ...]
    quarters: tuple[BudgetPeriod, ...]
    disposal_gain: float | None
    """What owned machines bring at the horizon less their book value then; null where nothing is depreciated."""


@dataclass(frozen=True, slots=True)
class PeakFunding:
    """The largest cumulative nominal cost beyond the baseline's, and the first month that reaches it."""

    amount: float
    month: int | None


@dataclass(frozen=True, slots=True)
class Payback:
    """The break-even month, and whether only what owned machines bring at the horizon reaches it."""

    month: int | None
    only_by_residual: bool


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
    """By cost category: compute, supporting, deployment, ongoing, interim, other, tax."""
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
    parts: dict[str, tuple[str, ...]]
    """The workloads that each part carries, by option; an option but a mix is its own part."""
    go_live: float
    """Months from the start to go-live, fractional; of a mix, of the last of its parts."""
    open_parts: dict[str, tuple[str, ...]]
    """The parts that are not quantified, by "opportunity" and "exit"."""
    budget: Budget
    net_present_saving: float
    """Present value of the baseline less that of the option; cash before risk."""
    peak_funding: PeakFunding
    """Against the baseline."""
    payback: Payback | None
    """Against the baseline; null for the baseline itself."""


@dataclass(frozen=True, slots=True)
class JointFigures:
    """All combinations of risks: percentiles of TCO with their impacts, and the chance of the lowest."""

    p50: float
    p80: float
    p90: float
    cheapest: float | None
    """Of the eligible options; None: not eligible."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A must-have that does not hold until go-live: the api that serves until then does not meet it."""

    requirement: str
    api: str
    """The key of that api."""
    months: float
    """Months from the start until go-live."""


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
    """The components of the exit curve by month: engineering, parallel, commitment, fees, forced_sale."""
    joint: JointFigures
    """The joint distribution of the risks; `cheapest` is the chance of the lowest TCO."""
    joint_curve: tuple[tuple[float, float], ...]
    """(cost, P(TCO with risks <= cost)), rising, ends at probability 1; at most some 400 points."""
    lead_time_months: float
    deployment_months: float
    stabilisation_months: float
    break_even: BreakEven | None
    """Against the baseline; None for the baseline itself."""
    not_quantified: tuple[str, ...]
    """What nobody has estimated for this option: 'risk', 'opportunity', 'exit'."""
    not_estimated: tuple[str, ...]
    """Paths of the cost assumptions of a GPU option that were left at their default."""
    exemptions: tuple[Exemption, ...] = ()
    """The must-haves that do not hold until go-live, of an option that meets them all afterwards."""

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
