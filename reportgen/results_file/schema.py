"""The results file, key by key: what each holds; its JSON schema is made from here."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar, TypeVar

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import to_jsonable_python

from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.results.actuals import Actual
from reportgen.results.checks import Finding
from reportgen.results.options import BreakEven, BridgeFigures, JointFigures, OptionFigures
from reportgen.results.results import Verdict
from reportgen.results.runs import Growth, RiskFigures, Scenario
from reportgen.results.split import BestSplit
from reportgen.results.uncertainty import EstimateClass, JointRuns, Simulation, SwitchingValue, TwoWay
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the first estimate of an option to its full cost."""

    option: str
    steps: tuple[BridgeFigures, ...]


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
    """Too close to call: by the lead, the share of futures, another ranking, or a full cost that is not above 0."""
    verdict: Verdict | None
    """How sure the answer is, in a word; null where nothing is recommended, or nothing else is eligible."""
    reasons: tuple[str, ...]
    """Why the word is not a better one; empty where it is robust."""
    lead: float | None
    """Share of the runner-up's full cost by which the recommended option is cheaper."""
    runner_up: str | None
    joint_runs: JointRuns | None
    """The joint runs of the risks through the model; null where the case names no risks."""
    best_split: BestSplit | None
    """The best assignment of workloads to options; null where the case has one workload."""
    workloads: Mapping[str, tuple[float, ...]]
    """M tokens in each month, by workload; "w" is a single one."""
    options: Mapping[str, OptionFigures]
    risks: tuple[RiskFigures, ...]
    joint: Mapping[str, JointFigures]
    """By option."""
    joint_error: float | None
    """Standard error of those chances, at most; null where every combination of risks was counted."""
    break_even: Mapping[str, BreakEven]
    """By option, without the baseline."""
    price_scenarios: tuple[Scenario, ...]
    bridge: Bridge | None
    simulation: Simulation | None
    """Random futures, or all combinations of the risks; null where the case has neither ranges nor risks."""
    switching_values: tuple[SwitchingValue, ...]
    """Of every stated assumption that effects reach, those that matter most first."""
    two_way: TwoWay | None
    growth: tuple[Growth, ...]
    """Break-even at the low, the value and the high of the growth of each workload's volume."""
    estimate_class: EstimateClass | None
    findings: tuple[Finding, ...]
    """Advice on the inputs."""
    actual: Actual | None
    """Plan against actual of the option that has served; null where the case records no month that has passed."""
    assumptions: Mapping[str, float]
    """Every assumption's value by its path."""
    edition: int
    """The number of this edition."""
    history: tuple[Issued, ...]
    """The editions before this one."""
    since: Comparison | None
    """What changed since the edition before; null where this is the first, or where no earlier one is named."""
    files: Mapping[str, str]
    """The other files of the pack by name, with their SHA-256 digests: a file that differs is of another edition, or edited."""


Figures = TypeVar("Figures")


def only(kind: type[Figures], result: Figures) -> Figures:
    """Return the figures of a result without what its own class adds: a `kind` with the fields of that one alone."""
    return kind(**{field.name: getattr(result, field.name) for field in fields(kind)})  # type: ignore[arg-type]


def as_json(results: ResultsFile) -> dict[str, Any]:
    """Turn the results into what JSON holds, every field of every value.

    Why not by the types declared here: to have pydantic read them takes a hundredth of a build.
    """
    found: dict[str, Any] = to_jsonable_python(results)
    return found


def results_schema() -> str:
    """Write the JSON schema of a results file, as inputs/results.schema.json holds it."""
    schema = TypeAdapter(ResultsFile).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The results of a case"}
    return json.dumps({**schema, **head}, indent=2, ensure_ascii=False) + "\n"
