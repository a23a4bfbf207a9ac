"""The schema of a case file: its sections, their defaults, and the price book that belongs to it."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, PrivateAttr, model_validator
from pydantic.config import JsonDict

from reportgen import units
from reportgen.schema.actuals import ActualMonth
from reportgen.schema.appearance.report import Report
from reportgen.schema.assumption_fields import Measure, Number, Stated, Volume, Written
from reportgen.schema.bounds import USED_SHARE
from reportgen.schema.field_types import (
    Boolean,
    ClaimId,
    Currency,
    Day,
    Figure,
    Integer,
    Key,
    Line,
    Link,
    Name,
    Sentence,
    Text,
    Title,
    between,
    entry_ids,
)  # fmt: skip
from reportgen.schema.finance import Finance, Obligation
from reportgen.schema.opportunity import Project
from reportgen.schema.options import AnyOption, GpuOption, Mix, ServiceOption
from reportgen.schema.people import People
from reportgen.schema.prices import PriceBook
from reportgen.schema.risks import Risk, Scenario
from reportgen.schema.short_names import short_names
from reportgen.schema.workload import (
    MAX_WORKLOADS,
    MIN_WORKLOADS,
    REQUIRED_FIELDS,
    NamedWorkload,
    Stream,
    Workload,
)

MIN_OPTIONS, MAX_OPTIONS = 2, 8
MAX_RISKS, MAX_SCENARIOS = 150, 30
"""Each is a run of the whole model: as many fit into 400 MB of memory, and into a board's patience."""
MAX_NEXT_STEPS, MAX_APPROVALS = 5, 12
"""As many steps fit the decision page, and as many signatures half a page."""


class Heading(Written):
    """What the paper is, for whom and by whom."""

    title: Title = Field(description="The title of the paper.")
    subtitle: Line | None = None
    organisation: Line | None = None
    prepared_for: Line | None = None
    prepared_by: Line | None = None
    sponsor: Line | None = None
    meeting: Line | None = Field(default=None, description="The meeting that decides.")
    decide_by: Day | None = Field(default=None, description="The day by which a decision is needed.")
    paper_number: Line | None = None
    confidentiality: Line | None = None
    date: Day = Field(description="The day of this edition, YYYY-MM-DD.")
    currency: Currency = Field(description="The currency of all money, in three letters.")
    purpose: Sentence | None = Field(default=None, description="What the service is for, as a sentence.")
    if_not: Sentence | None = Field(
        default=None, description="What happens if the board says no, as a sentence."
    )
    not_priced: Sentence | None = Field(
        default=None,
        description="What differs between the options and has no price here, such as the quality of the answers.",
    )


class NextStep(Written):
    """What happens next if the board agrees."""

    step: Line = Field(description="What is done.")
    by: Day | None = Field(default=None, description="The day by which it is done.")
    owner: Line | None = Field(default=None, description="Who does it.")


class Approval(Written):
    """One who signs the decision."""

    role: Line = Field(description="The office that signs, such as Chief Financial Officer.")
    name: Line | None = Field(default=None, description="Who holds it.")


class Bridge(Written):
    """The way from the first estimate to the full cost of one option that runs on GPUs."""

    option: Key | None = Field(
        default=None, description="The option; the first self_hosted one unless given."
    )
    naive_utilisation: Annotated[Stated | None, Measure(
        "Utilisation in the first estimate", units.SHARE, USED_SHARE,
        "the utilisation that teams first plan with",
        reachable=False,
    )] = None  # fmt: skip


class Requirement(Written):
    """Something that options meet or do not."""

    name: Name
    must: Boolean = Field(default=True, description="Whether an option that fails it is not eligible.")
    met_by: dict[str, Boolean] = Field(
        description="Every option but a mix, true or false; a mix meets it where those it routes to do."
    )
    workloads: Annotated[tuple[Key, ...], Field(min_length=1)] | None = Field(
        default=None, description="The workloads that it is about; all unless given."
    )


class Criterion(Written):
    """A weighted score beside the money."""

    name: Name
    weight: Number = Field(ge=0, description="How much it counts.")
    scores: dict[str, Annotated[Number, Field(ge=0, le=5)]] = Field(description="Every option, from 0 to 5.")


class BreakEven(Written):
    """The volumes at which the options are compared, log-spaced."""

    low: Volume = Field(default=50.0, gt=0, description="The smallest volume, M tokens a month.")
    high: Volume = Field(default=100000.0, gt=0, description="The largest volume.")
    points: Annotated[Integer, between(2, 200)] = Field(default=25, description="How many volumes.")


class Simulation(Written):
    """Random futures: how many, from which seed, and how sure the budget shall be."""

    draws: Annotated[Integer, between(100, 1000000)] = Field(
        default=10000, description="How many futures are drawn."
    )
    seed: Annotated[Integer, between(0, 2**32 - 1)] = Field(
        default=1, description="Where the random numbers begin."
    )
    confidence: Number = Field(
        default=0.8, gt=0, lt=1, description="The percentile that the contingency covers."
    )
    groups: dict[Key, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="Assumptions that move together: for each group a list of their paths.",
    )
    independent: Boolean = Field(
        default=False,
        description="Whether the same field with the same range on several options is drawn for each of them.",
    )


class Claim(Written):
    """A figure in a source, and what was made of it."""

    id: ClaimId
    title: Line
    url: Link | None = None
    figure: Figure | None = Field(default=None, description="The figure as printed.")
    recomputed: Figure | None = Field(default=None, description="The figure as recomputed.")
    used: Figure | None = Field(default=None, description="The figure that was used, and why.")
    effect: Text | None = Field(default=None, description="What the difference does to the decision.")
    interest: Text | None = Field(default=None, description="Who has an interest in the source.")

    def shown(self, name: Literal["figure", "recomputed", "used"]) -> str:
        """Print a figure: text as written, a number with six digits, nothing where there is none."""
        figure: float | str | None = getattr(self, name)
        return figure if isinstance(figure, str) else "" if figure is None else f"{figure:,.6g}"


NEEDS_WORKLOAD: JsonDict = {
    "anyOf": [
        {"required": ["workloads"]},
        {"required": ["workload"], "properties": {"workload": {"required": list(REQUIRED_FIELDS)}}},
    ]
}
"""For editors: a case has workloads, or a workload that says how many tokens, and of which sort."""


class Case(Written):
    """A business case: everything that the program knows about it.

    `baseline` and `bridge.option` are filled in where the file leaves them out; `book` is the price book
    that the case's items were looked up in, None where it names none.
    """

    model_config = ConfigDict(json_schema_extra=NEEDS_WORKLOAD)

    case: Heading
    finance: Finance
    workload: Workload = Field(
        default=Workload(), description="The tokens to be served; with `workloads`, only what they share."
    )
    workloads: dict[Key, NamedWorkload] = Field(
        default_factory=dict,
        description="Two to six workloads, each under its key, in place of one.",
        json_schema_extra={"minProperties": MIN_WORKLOADS, "maxProperties": MAX_WORKLOADS},
    )
    people: People
    baseline: Key = Field(
        default="", description="The option that the others are compared with; the first api unless given."
    )
    bridge: Bridge = Bridge(option=None)
    options: dict[Key, AnyOption] = Field(description="Two to eight options, each under its key.")
    risks: tuple[Risk, ...] = Field(
        default=(), max_length=MAX_RISKS, description="Events that may happen, each with its effects."
    )
    obligations: tuple[Obligation, ...] = Field(
        default=(), description="Spend that is owed to providers whichever option is chosen."
    )
    opportunity: tuple[Project, ...] = Field(default=(), description="Projects that the options displace.")
    price_scenarios: tuple[Scenario, ...] = Field(
        default=(), max_length=MAX_SCENARIOS, description="Moves of prices without a probability."
    )
    requirements: tuple[Requirement, ...] = ()
    strategic_fit: tuple[Criterion, ...] = ()
    break_even: BreakEven = BreakEven()
    simulation: Simulation = Simulation()
    price_book: Line | None = Field(
        default=None, description="The price book, beside the case; prices.yaml unless given."
    )
    usual: Line | None = Field(
        default=None,
        description="A file of usual figures and limits of one's own, beside the case, in place of the shipped one.",
    )
    sources: tuple[Claim, ...] = Field(default=(), description="Figures in sources that contradict others.")
    next_steps: tuple[NextStep, ...] = Field(
        default=(), max_length=MAX_NEXT_STEPS, description="What happens next, in order: up to five steps."
    )
    approvals: tuple[Approval, ...] = Field(
        default=(), max_length=MAX_APPROVALS, description="Who signs the decision: up to twelve."
    )
    actuals: tuple[ActualMonth, ...] = Field(
        default=(), description="Months that have passed, as `reportgen actual --write` records them."
    )
    report: Report = Report()
    _book: PriceBook | None = PrivateAttr(None)
    _files: tuple[bytes, bytes] = PrivateAttr((b"", b""))
    _shortened: tuple[str, ...] = PrivateAttr(())
    _widened: tuple[str, ...] = PrivateAttr(())

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: object) -> object:
        """Fill in the default baseline (first api), the bridge's option (first self_hosted), and ids of projects."""
        if not isinstance(data, dict) or not isinstance(data.get("options"), dict):
            return data
        kinds = {key: o.get("kind") for key, o in data["options"].items() if isinstance(o, dict)}
        filled = {**data}
        if isinstance(projects := data.get("opportunity"), list):
            filled["opportunity"] = [
                {"id": id_, **project} if isinstance(project, dict) and id_ else project
                for id_, project in zip(entry_ids(projects), projects, strict=True)
            ]
        if kinds and "baseline" not in data:
            filled["baseline"] = first_of_kind(kinds, "api") or _first_service(kinds)
        bridge = data.get("bridge", {})
        if isinstance(bridge, dict) and "option" not in bridge and first_of_kind(kinds, "self_hosted"):
            filled["bridge"] = {**bridge, "option": first_of_kind(kinds, "self_hosted")}
        return filled

    @model_validator(mode="after")
    def _shorten(self) -> "Case":
        """Give a short name by rule to every option whose name is too long and that states none."""
        stated = {key: option.short_name for key, option in self.options.items() if option.short_name}
        found = short_names({key: option.name for key, option in self.options.items()}, stated)
        for key, short in found.items():
            self.options[key] = self.options[key].model_copy(update={"short_name": short})
        self._shortened = tuple(found)
        return self

    @property
    def shortened(self) -> tuple[str, ...]:
        """Return the keys of the options whose short name was made by rule."""
        return self._shortened

    @property
    def book(self) -> PriceBook | None:
        """Return the price book of the case; None if it names none."""
        return self._book

    @property
    def streams(self) -> dict[str, Stream]:
        """Return the workloads by the prefix of their paths: the single one, or each of several."""
        if not self.workloads:
            return {"workload": self.workload}
        return {f"workloads.{key}": workload for key, workload in self.workloads.items()}

    @property
    def gpu_options(self) -> dict[str, GpuOption]:
        """Return the options that run on GPUs, by key."""
        return {key: option for key, option in self.options.items() if isinstance(option, GpuOption)}

    @property
    def services(self) -> dict[str, ServiceOption]:
        """Return the options that serve workloads themselves, by key: all but the mixes."""
        return {key: option for key, option in self.options.items() if not isinstance(option, Mix)}

    @property
    def mixes(self) -> dict[str, Mix]:
        """Return the mixes, by key."""
        return {key: option for key, option in self.options.items() if isinstance(option, Mix)}

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return everything that has effects: the risks, then the price scenarios."""
        return (*self.risks, *self.price_scenarios)

    def meets(self, requirement: Requirement, key: str) -> bool:
        """Return whether an option meets a requirement: a mix, where those that carry the workloads concerned do."""
        option = self.options[key]
        if not isinstance(option, Mix):
            return requirement.met_by[key]
        concerned = requirement.workloads or tuple(self.workloads)
        return all(requirement.met_by[option.routes[workload]] for workload in concerned)

    @property
    def widened(self) -> tuple[str, ...]:
        """Return a sentence for each range that was widened because a price of the book has left it."""
        return self._widened

    def with_widened(self, sentences: tuple[str, ...]) -> "Case":
        """Return a copy of the case whose ranges were widened."""
        copy = self.model_copy()
        copy._widened = sentences  # noqa: SLF001 (its own)
        return copy

    @property
    def files(self) -> tuple[bytes, bytes]:
        """Return the case file and the price book as they were read, once: what is computed, embedded and attached is that."""
        return self._files

    def with_files(self, files: tuple[bytes, bytes]) -> "Case":
        """Return a copy of the case that holds the files it was read from."""
        copy = self.model_copy()
        copy._files = files  # noqa: SLF001 (its own)
        return copy

    def with_book(self, book: PriceBook | None) -> "Case":
        """Return a copy of the case that holds this price book."""
        copy = self.model_copy()
        copy._book = book  # noqa: SLF001 (its own)
        return copy


def _first_service(kinds: dict[str, object]) -> str:
    """Return the key of the first option that is no mix; of the first option where all are."""
    return next((key for key, kind in kinds.items() if kind != "mix"), next(iter(kinds)))


def first_of_kind(kinds: dict[str, object], kind: str) -> str | None:
    """Return the key of the first option of a kind; None if there is none."""
    return next((key for key, found in kinds.items() if found == kind), None)
