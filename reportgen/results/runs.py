"""What the runs of a case say: risks, price scenarios, the tornado, the volume ladder, growth."""

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class RiskFigures:
    """A risk: its probability, and what it adds to each option when it happens."""

    name: str
    probability: float
    impact: dict[str, float]
    """On TCO, by option."""
    impact_core: dict[str, float]
    """On core, by option."""


@dataclass(frozen=True, slots=True)
class RiskResult(RiskFigures):
    """A risk with what the case says is done about it, and by whom."""

    id: str
    response: str
    owner: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One named price scenario: core per option with its effects applied."""

    name: str
    core: dict[str, float]


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar of the tornado: an assumption at its low and at its high, all else as in the base; core per option.

    `paths` are all assumptions that move together with it, itself included.
    """

    path: str
    label: str
    unit: str
    low: float
    value: float
    high: float
    core_low: dict[str, float]
    core_high: dict[str, float]
    paths: tuple[str, ...] = ()

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
    """Break-even of one option against the baseline if a volume grows at another rate."""

    option: str
    workload: str | None
    """The workload that grows at this rate, all others as stated; None in a case of one workload."""
    rate: float
    """Yearly growth of its volume."""
    month: int | None
    """Month from which cumulative cost stays at or below the baseline's; None: not within the horizon."""
    volume: float | None
    """Starting volume of all workloads at which TCO crosses (M tokens a month); None: see the word."""
    word: str
    reached: float | None
    """Months from the start until the growing volumes together come to that, ramps left out; 0 where they are there, None
    where they never do."""
