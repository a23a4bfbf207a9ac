"""The structure of a case: its options, projects, risks and runs, without the values of its assumptions."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from reportgen.formula.axis import Axis
from reportgen.formula.runs import Run
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

Kind = Literal["api", "self_hosted", "on_prem", "platform", "mix"]

SPARE_RISKS = 10
"""The number of rows for risks added in the workbook; each is a run without effects, at probability 0."""


@dataclass(frozen=True, slots=True)
class RateOutline:
    """One dated rate of a price: the paths of its amount and of the first day on which it is in force."""

    label: str
    amount: str
    effective: str


@dataclass(frozen=True, slots=True)
class TableOutline:
    """The dated rates of one item and component of the price book.

    `exchange` is the path of the exchange rate to the case's currency, `retires` that of the item's last day.
    """

    key: str
    title: str
    unit: Unit
    rates: tuple[RateOutline, ...]
    exchange: str | None
    retires: str | None


@dataclass(frozen=True, slots=True)
class BookPrice:
    """A price of an option from the price book: its table, followed by those of the successors of retired items."""

    field: str
    tables: tuple[TableOutline, ...]


@dataclass(frozen=True, slots=True)
class WorkloadOutline:
    """A workload: its key, and the prefix of the paths of its assumptions.

    The single workload of a case without `workloads` has the key "w" and the prefix "workload".
    """

    key: str
    name: str
    prefix: str

    def path(self, field: str) -> str:
        """Return the path of one of its assumptions."""
        return f"{self.prefix}.{field}"


SINGLE_WORKLOAD = WorkloadOutline("w", "Workload", "workload")
"""The workload of a case that states one `workload`."""


@dataclass(frozen=True, slots=True)
class ObligationOutline:
    """Spend owed to an api option by the end of a month, whichever option is chosen."""

    id: str
    name: str
    option: str
    until_month: int

    @property
    def amount(self) -> str:
        """Return the path of the amount owed."""
        return f"obligations.{self.id}.amount"


@dataclass(frozen=True, slots=True)
class RequirementOutline:
    """A requirement: whether each option but a mix meets it, and the keys of the workloads that it is about.

    `workloads` lists every workload where the case names none.
    """

    name: str
    must: bool
    met_by: Mapping[str, bool]
    workloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectOutline:
    """A project that an option displaces during its deployment or its operation.

    A project that several options displace is listed at each of them.
    """

    id: str
    name: str
    during: Literal["deployment", "operation"]


@dataclass(frozen=True, slots=True)
class OptionOutline:
    """One option: its kind, the api options that it uses, and which of its parts are quantified."""

    key: str
    name: str
    short_name: str
    kind: Kind
    until_live: str | None = None
    spill_to: str | None = None
    cached_price: bool = False
    """Whether it has a price for cached input."""
    exit: bool = False
    """Whether its exit has a probability and a month."""
    projects: tuple[ProjectOutline, ...] = ()
    failed: tuple[str, ...] = ()
    """The must-have requirements that the option does not meet."""
    book_prices: tuple[BookPrice, ...] = ()
    """Its prices from the price book."""
    retirements: tuple[str, ...] = ()
    """The paths of the last days of models that have a successor."""
    speeds: Literal["replica", "pair"] = "replica"
    """How the speed of its machines is stated: `replica_tps`, or the pair `prompt_tps` and `output_tps`."""
    billed: Literal["month", "second"] = "month"
    servers: bool = False
    """Whether machines come in servers (`gpus_per_server`)."""
    committed: bool = False
    """Whether `committed_replicas` is stated."""
    renews: bool = False
    """Whether its commitment renews until the end of the horizon."""
    write_price: bool = False
    """Whether it has a price for cache writes, of its own or from the price book; else input_price applies."""
    capped: bool = False
    """Whether `max_replicas` caps its machines."""
    routes: Mapping[str, str] = field(default_factory=dict)
    """Of a mix, the key of the option that carries each workload; empty otherwise."""

    @property
    def label(self) -> str:
        """Return the option's name for headings."""
        return self.short_name

    @property
    def unquantified(self) -> tuple[str, ...]:
        """Return the parts that apply to this option and are not quantified (MODEL, "What is not known")."""
        own_service = self.kind in ("self_hosted", "on_prem")
        opportunity = () if self.projects or not own_service else ("opportunity",)
        return opportunity + (() if self.exit else ("exit",))


@dataclass(frozen=True, slots=True)
class RiskOutline:
    """A risk; `spare` marks an empty row that can be filled in the workbook."""

    id: str
    name: str
    spare: bool = False

    @property
    def probability(self) -> str:
        """Return the path of its probability."""
        return f"risks.{self.id}.probability"


@dataclass(frozen=True, slots=True)
class SwingOutline:
    """An uncertainty: an assumption with a low and a high, and the names of the two runs that set them.

    `paths` are all assumptions that move together, the first one included.
    """

    path: str
    label: str
    unit: str
    low_run: str
    high_run: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionOutline:
    """A criterion of strategic fit; `key` is the slug of its name."""

    key: str
    name: str

    @property
    def weight(self) -> str:
        """Return the path of its weight."""
        return f"strategic_fit.{self.key}.weight"

    def score(self, option: str) -> str:
        """Return the path of an option's score."""
        return f"strategic_fit.{self.key}.scores.{option}"


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A step of the bridge: the paths that it restores, and the run in which all later steps are still left out."""

    label: str
    run: str
    restored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BridgeOutline:
    """The option of the naive-to-full bridge, and its steps up to the TCO."""

    option: str
    steps: tuple[BridgeStep, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything about a case that determines which lines exist."""

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
    workloads: tuple[WorkloadOutline, ...] = (SINGLE_WORKLOAD,)
    obligations: tuple[ObligationOutline, ...] = ()
    requirements: tuple[RequirementOutline, ...] = ()
    fiscal_year_start: int = 1
    """The calendar month, 1 to 12, in which fiscal years begin."""
    depreciation_years: int | None = None
    """The whole years over which purchases are depreciated; None where they are not."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """The account that each category of cost is booked to, by the key of the category, where one is named."""

    @property
    def tables(self) -> tuple[TableOutline, ...]:
        """Return the tables of dated rates that options use, each once."""
        tables = (table for option in self.options for price in option.book_prices for table in price.tables)
        return tuple({table.key: table for table in tables}.values())

    @property
    def months(self) -> Axis:
        """Return the axis of months, labelled by number."""
        return Axis("months", tuple(str(m) for m in range(1, 12 * self.years + 1)))

    @property
    def real_risks(self) -> tuple[RiskOutline, ...]:
        """Return the risks of the case without the spare rows."""
        return tuple(risk for risk in self.risks if not risk.spare)

    def purposes(self, purpose: str) -> tuple[Run, ...]:
        """Return the runs of one purpose, in order."""
        return tuple(run for run in self.runs if run.purpose == purpose)


def spare_risks() -> tuple[RiskOutline, ...]:
    """Return the spare rows for risks added in the workbook."""
    return tuple(RiskOutline(f"spare_{n}", f"Spare risk {n}", spare=True) for n in range(1, SPARE_RISKS + 1))
