"""The results file, key by key: what each holds; its JSON schema is made from here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import to_jsonable_python

from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.model.results import (
    EstimateClass,
    Finding,
    Growth,
    Simulation,
    SwitchingValue,
    TwoWay,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One option in the base case: money nominal in the case's currency, over the horizon, unless said."""

    tco: float
    """Total cost of ownership, before risk."""
    pv: float
    """Its present value."""
    core: float
    """Present value with displaced projects and expected exit cost, discounted."""
    years: tuple[float, ...]
    categories: Mapping[str, float]
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


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk: its probability, and what it adds to each option when it happens."""

    name: str
    probability: float
    impact: Mapping[str, float]
    """On TCO, by option."""
    impact_core: Mapping[str, float]
    """On core, by option."""


@dataclass(frozen=True, slots=True)
class Joint:
    """All combinations of risks: percentiles of TCO with their impacts, and the chance of the lowest."""

    p50: float
    p80: float
    p90: float
    cheapest: float


@dataclass(frozen=True, slots=True)
class Even:
    """When an option stops costing more than the baseline; null: not reached, `word` says which way."""

    month: int | None
    volume: float | None
    """M tokens a month at the start, where `word` is "about"."""
    word: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A price scenario: core by option."""

    name: str
    core: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the bridge: `cost` is cumulative before risk, the amount added after; `multiple` of the first estimate."""

    label: str
    cost: float | None
    multiple: float | None


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the first estimate of an option to its full cost."""

    option: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """What a case comes to: amounts unrounded; null means not quantified, or not reached."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid", "use_attribute_docstrings": True}

    fingerprint: str
    """The same for the same inputs and program."""
    program: str
    case: str
    """The case file's name without its ending."""
    inputs: Mapping[str, Any]
    """The case as resolved: as case.schema.json says, defaults filled in."""
    prices: Mapping[str, Any] | None
    """The items of the price book that the case uses, as the book writes them; null where it uses none."""
    recommended: str | None
    """The eligible option of lowest full cost; null where none is eligible."""
    too_close: bool
    """Too close to call: by the lead, by the share of futures, or because a part of the option is not quantified."""
    verdict: Verdict | None
    """How sure the answer is, in a word; null where nothing is recommended, or nothing else is eligible."""
    options: Mapping[str, Option]
    risks: tuple[Risk, ...]
    joint: Mapping[str, Joint]
    """By option."""
    joint_error: float | None
    """Standard error of those chances, at most; null where every combination of risks was counted."""
    break_even: Mapping[str, Even]
    """By option, without the baseline."""
    price_scenarios: tuple[Scenario, ...]
    bridge: Bridge | None
    simulation: Simulation | None
    """Random futures; null where the case has neither ranges nor risks."""
    switching_values: tuple[SwitchingValue, ...]
    """Of every stated assumption that effects reach, those that matter most first."""
    two_way: TwoWay | None
    growth: tuple[Growth, ...]
    """Break-even at the low, the value and the high of the volume's growth."""
    estimate_class: EstimateClass | None
    findings: tuple[Finding, ...]
    """Advice on the inputs."""
    assumptions: Mapping[str, float]
    """Every assumption's value by its path."""
    edition: int
    """The number of this edition."""
    history: tuple[Issued, ...]
    """The editions before this one."""
    since: Comparison | None
    """What changed since the edition before; null where this is the first, or nobody asked."""


def plain(results: ResultsFile) -> dict[str, Any]:
    """Turn the results into what JSON holds."""
    found: dict[str, Any] = to_jsonable_python(results)
    return found


def results_schema() -> str:
    """Write the JSON schema of a results file, as inputs/results.schema.json holds it."""
    schema = TypeAdapter(ResultsFile).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The results of a case"}
    return json.dumps({**schema, **head}, indent=2, ensure_ascii=False) + "\n"
