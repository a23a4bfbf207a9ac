"""The results of a case as plain values: the results file, the paper and the terminal read these and nothing else."""

from typing import Literal

from reportgen.results.actuals import Actual
from reportgen.results.checks import Check, Finding
from reportgen.results.options import BridgeStep, OptionResult, Project
from reportgen.results.prices import Price
from reportgen.results.runs import Growth, Ladder, RiskResult, Scenario, Swing
from reportgen.results.split import BestSplit
from reportgen.results.uncertainty import EstimateClass, JointRuns, Simulation, SwitchingValue, TwoWay
from reportgen.runtime.records import dataclass

Verdict = Literal["robust", "leaning", "untested", "open", "too close to call"]


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
    workloads: dict[str, tuple[float, ...]]
    """The same by workload; "w" is a single one."""
    discount_rate: float
    options: tuple[OptionResult, ...]
    """In the case's order."""
    recommended: str | None
    """The eligible option of lowest full cost; None where no option is eligible."""
    runner_up: str | None
    lead: float | None
    """Share of the runner-up's full cost by which the recommended option is cheaper; None where that alone is 0."""
    too_close: bool
    too_close_reasons: tuple[str, ...]
    """Any of 'lead below 5%' and the like; empty where not too close."""
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
    reasons: tuple[str, ...] = ()
    """Why the word is not a better one; empty where it is robust."""
    joint_runs: JointRuns | None = None
    """None where the case names no risks."""
    best_split: BestSplit | None = None
    """None where the case has one workload."""
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
    actual: Actual | None = None
    """Plan against actual; None where the case records no month that has passed."""

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
