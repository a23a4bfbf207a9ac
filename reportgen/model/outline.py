"""The structure of a case: which options, projects and risks exist. Never how large a number is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.formula.nodes import Axis
from reportgen.formula.runs import Run
from reportgen.units import Unit

Kind = Literal["api", "self_hosted", "on_prem", "platform"]

SPARE_RISKS = 10
"""Rows for risks that finance adds in the workbook; each is a run without effects at probability 0."""


@dataclass(frozen=True, slots=True)
class RateOutline:
    """One dated rate of a price: the paths of its amount and of the day from which it is in force."""

    label: str
    amount: str
    effective: str


@dataclass(frozen=True, slots=True)
class TableOutline:
    """The dated rates of one item and component of the price book; `exchange` turns them into the case's currency."""

    key: str
    title: str
    unit: Unit
    rates: tuple[RateOutline, ...]
    exchange: str | None
    retires: str | None


@dataclass(frozen=True, slots=True)
class BookPrice:
    """A price of an option out of the price book: its table, and those that take over when an item retires."""

    field: str
    tables: tuple[TableOutline, ...]


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
    booked: tuple[BookPrice, ...] = ()
    """Its prices out of the price book."""
    retirements: tuple[str, ...] = ()
    """Paths of the days on which a model retires that another one follows."""

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
class CriterionOutline:
    """A criterion of strategic fit; `key` is the slug of its name."""

    key: str
    name: str

    @property
    def weight(self) -> str:
        """Give the path of its weight."""
        return f"strategic_fit.{self.key}.weight"

    def score(self, option: str) -> str:
        """Give the path of an option's score."""
        return f"strategic_fit.{self.key}.scores.{option}"


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
    currency: str = ""
    criteria: tuple[CriterionOutline, ...] = ()

    @property
    def tables(self) -> tuple[TableOutline, ...]:
        """List the tables of dated rates that options use, each once."""
        booked = (table for option in self.options for price in option.booked for table in price.tables)
        return tuple({table.key: table for table in booked}.values())

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
