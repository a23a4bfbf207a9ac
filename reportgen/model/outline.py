"""The structure of a case: which options, projects and risks exist. Never how large a number is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.formula.nodes import Axis
from reportgen.formula.runs import Run

Kind = Literal["api", "self_hosted", "on_prem", "platform"]

SPARE_RISKS = 10
"""Rows for risks that finance adds in the workbook; each is a run without effects at probability 0."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One dated rate of a price: in force from `effective` (None: always been) until the next; `path` names it."""

    effective: date | None
    path: str


@dataclass(frozen=True, slots=True)
class ProjectOutline:
    """A project that an option displaces, during its deployment or its operation."""

    id: str
    name: str
    during: Literal["deployment", "operation"]


@dataclass(frozen=True, slots=True)
class OptionOutline:
    """One option: its kind, the api options it leans on, and which of its parts somebody has estimated."""

    key: str
    name: str
    short_name: str
    kind: Kind
    until_live: str | None = None
    spill_to: str | None = None
    cached_price: bool = False
    """A price for cached input is known."""
    exit: bool = False
    """Exit has a probability and a month."""
    projects: tuple[ProjectOutline, ...] = ()
    failed: tuple[str, ...] = ()
    """The must-have requirements that the option does not meet."""
    schedules: tuple[tuple[str, tuple[Rate, ...]], ...] = ()
    """Price component (input_price, ...) and its dated rates out of the price book."""
    migrations: tuple[date, ...] = ()
    """First days of the months that start after a model retires."""

    @property
    def label(self) -> str:
        """Name the option in running headings."""
        return self.short_name

    @property
    def unquantified(self) -> tuple[str, ...]:
        """Name the parts that nobody has estimated and that count for this option (MODEL, "What is not known")."""
        owned = self.kind in ("self_hosted", "on_prem")
        opportunity = () if self.projects or not owned else ("opportunity",)
        return opportunity + (() if self.exit else ("exit",))


@dataclass(frozen=True, slots=True)
class RiskOutline:
    """A risk; spare ones are rows that finance may fill."""

    id: str
    name: str
    spare: bool = False

    @property
    def probability(self) -> str:
        """Give the path of its probability."""
        return f"risks.{self.id}.probability"


@dataclass(frozen=True, slots=True)
class SwingOutline:
    """An assumption with a low and a high, and the names of the two runs that set them."""

    path: str
    label: str
    unit: str
    low_run: str
    high_run: str


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A step of the bridge: what it restores (paths), and the run in which all later ones are still left out."""

    label: str
    run: str
    restored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BridgeOutline:
    """The option that the naive-to-full bridge is about, and its steps up to the TCO."""

    option: str
    steps: tuple[BridgeStep, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything about a case that decides which lines there are."""

    years: int
    start: date
    options: tuple[OptionOutline, ...]
    baseline: str
    risks: tuple[RiskOutline, ...]
    runs: tuple[Run, ...]
    swings: tuple[SwingOutline, ...]
    bridge: BridgeOutline | None = None

    @property
    def months(self) -> Axis:
        """Give the axis of months, labelled by number."""
        return Axis("months", tuple(str(m) for m in range(1, 12 * self.years + 1)))

    @property
    def real_risks(self) -> tuple[RiskOutline, ...]:
        """List the risks of the case without the spare rows."""
        return tuple(risk for risk in self.risks if not risk.spare)

    def purposes(self, purpose: str) -> tuple[Run, ...]:
        """List the runs that answer one question, in order."""
        return tuple(run for run in self.runs if run.purpose == purpose)


def spare_risks() -> tuple[RiskOutline, ...]:
    """Make the rows for risks that finance adds."""
    return tuple(RiskOutline(f"spare_{n}", f"Spare risk {n}", spare=True) for n in range(1, SPARE_RISKS + 1))
