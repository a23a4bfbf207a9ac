"""The random cases that the second computation is compared on use every field of the model."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pydantic import BaseModel

from reportgen.schema.assumption_fields import measure_of
from reportgen.schema.case import BreakEven, Bridge, Case, Requirement, Simulation
from reportgen.schema.finance import Finance, Obligation
from reportgen.schema.opportunity import Project
from reportgen.schema.options import KINDS, Option
from reportgen.schema.people import People
from reportgen.schema.risks import Effect, Risk, Scenario
from reportgen.schema.workload import NamedWorkload, Shared, Workload
from tests.agreement.generated import generated, generated_book
from tests.oracle import evaluate, with_book
from tests.oracle.inputs.case import ranged
from tests.oracle.inputs.fields import COMPONENTS, DEFAULTS, REQUIRED

Written = dict[str, Any]
SEEDS = range(110)
CASES = [generated(seed) for seed in SEEDS]


def options(case: Written, kind: str | None = None) -> list[Written]:
    """List a case's options, of one kind where one is named."""
    return [option for option in case["options"].values() if kind in (None, option["kind"])]


def happenings(case: Written) -> list[Written]:
    """List what has effects: risks and price scenarios."""
    return [*case.get("risks", []), *case.get("price_scenarios", [])]


def effects(case: Written) -> list[str]:
    """List the paths that risks act on."""
    return [effect["assumption"] for risk in case.get("risks", []) for effect in risk["effects"]]


FEATURES: dict[str, Callable[[Written], bool]] = {
    "several workloads": lambda case: "workloads" in case,
    "no `workload` beside them": lambda case: "workload" not in case,
    "a mix": lambda case: bool(options(case, "mix")),
    "several speeds": lambda case: any("prompt_tps" in option for option in options(case)),
    "billed by the second": lambda case: any(option.get("billed") == "second" for option in options(case)),
    "a hybrid": lambda case: any("spill_to" in option for option in options(case)),
    "an api in use": lambda case: any(
        case["options"][key].get("until_live") == key for key in case["options"]
    ),
    "renewing": lambda case: any(option.get("commitment_renews") for option in options(case)),
    "obligations": lambda case: "obligations" in case,
    "a project of several options": lambda case: any(
        isinstance(p["option"], list) for p in case.get("opportunity", [])
    ),
    "a rule about workloads": lambda case: any("workloads" in rule for rule in case.get("requirements", [])),
    "a wish": lambda case: any(not rule.get("must", True) for rule in case.get("requirements", [])),
    "depreciation": lambda case: "depreciation_years" in case["finance"],
    "fiscal years": lambda case: "fiscal_year_start" in case["finance"],
    "tax": lambda case: "irrecoverable_vat" in case["finance"],
    "bridge": lambda case: "bridge" in case,
    "no risks": lambda case: not case.get("risks"),
    "no ranges": lambda case: not ranged(case),
    "ranges": lambda case: bool(ranged(case)),
    "a book": lambda case: any("prices" in option or "gpu_prices" in option for option in options(case)),
    "a range beside a book's price": lambda case: any(
        "prices" in option and "input_price" in option for option in options(case)
    ),
    "an effect on a value": lambda case: any(path.endswith("monthly_value") for path in effects(case)),
    "an effect on a confidence": lambda case: any(path.endswith("confidence") for path in effects(case)),
    "an effect on an exit": lambda case: any(path.endswith("exit_probability") for path in effects(case)),
    "an effect on volume": lambda case: "workload.volume_factor" in effects(case),
    "an effect on tax": lambda case: "finance.irrecoverable_vat" in effects(case),
    "an effect on a rate": lambda case: any(path.startswith("prices.") for path in effects(case)),
    "an effect on a write price": lambda case: any(
        path.endswith("cache_write_price") for path in effects(case)
    ),
    "a price scenario": lambda case: bool(case.get("price_scenarios")),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_feature_is_in_many_cases(feature: str) -> None:
    """At least one case in sixteen has it, and not all."""
    have = sum(FEATURES[feature](case) for case in CASES)
    assert len(CASES) / 16 <= have < len(CASES)


UNNUMBERED = {
    Case: {"price_book", "actuals", "strategic_fit", "sources", "report", "approvals", "next_steps", "usual"},
    Option: {"kind", "name", "short_name", "today"},
    NamedWorkload: {"name"},
    Simulation: {"groups"},
    Finance: {"accounts"},
    Risk: {"name", "id", "response", "owner"},
    Scenario: {"name", "id"},
    Project: {"name", "id"},
    Obligation: {"name", "id"},
    Requirement: {"name"},
}
"""By part of a case what needs no drawing: names, and what the second computation says nothing of."""
BLOCKS: dict[type[BaseModel], Callable[[Written], list[Written]]] = {
    Case: lambda case: [case],
    Finance: lambda case: [case["finance"]],
    People: lambda case: [case["people"]],
    Shared: lambda case: [case.get("workload", {})],
    Workload: lambda case: [] if "workloads" in case else [case["workload"]],
    NamedWorkload: lambda case: list(case.get("workloads", {}).values()),
    Bridge: lambda case: [case.get("bridge", {})],
    BreakEven: lambda case: [case["break_even"]],
    Simulation: lambda case: [case["simulation"]],
    Obligation: lambda case: case.get("obligations", []),
    Project: lambda case: case.get("opportunity", []),
    Requirement: lambda case: case.get("requirements", []),
    Risk: lambda case: case.get("risks", []),
    Scenario: lambda case: case.get("price_scenarios", []),
    Effect: lambda case: [effect for one in happenings(case) for effect in one["effects"]],
    **{model: partial(options, kind=kind) for kind, model in KINDS.items()},
}
"""Every part of a case that has fields, and where it stands in a case."""


def fields_of(model: type[BaseModel]) -> set[str]:
    """Name the fields of a part that have to be drawn."""
    left_out = [names for part, names in UNNUMBERED.items() if issubclass(model, part)]
    return set(model.model_fields).difference(*left_out)


@pytest.mark.parametrize("model", BLOCKS, ids=lambda model: model.__name__)
def test_every_field_of_the_schema_is_drawn(model: type[BaseModel]) -> None:
    """Each stands in a fortieth of the blocks that may state it at least, and in five of them."""
    blocks = [block for case in CASES for block in BLOCKS[model](case)]
    least = max(5, len(blocks) / 40)
    counted = {field: sum(field in block for block in blocks) for field in fields_of(model)}
    assert {field: count for field, count in counted.items() if count < least} == {}


@pytest.mark.parametrize("model", UNNUMBERED, ids=lambda model: model.__name__)
def test_what_needs_no_drawing_is_in_the_schema(model: type[BaseModel]) -> None:
    """A field that is renamed does not stay behind in the list."""
    assert UNNUMBERED[model] <= set(model.model_fields)


@pytest.mark.parametrize("kind", ["api", "self_hosted", "on_prem", "platform"])
def test_the_second_computation_knows_the_fields_of_a_kind(kind: str) -> None:
    """Its tables, written from the definitions, and the schema name the same assumptions."""
    numbers = {field for field, info in KINDS[kind].model_fields.items() if measure_of(info)}
    assert numbers == {*REQUIRED[kind], *DEFAULTS[kind]}


@pytest.mark.parametrize("count", range(1, 7))
def test_every_number_of_workloads_is_drawn(count: int) -> None:
    """One, or two to six, each in five cases at least."""
    assert sum(max(1, len(case.get("workloads", {}))) == count for case in CASES) >= 5


def test_the_same_seed_gives_the_same_case() -> None:
    """A case that disagrees can be found again by its number."""
    assert generated(7) == generated(7)
    assert generated(7) != generated(8)


@pytest.mark.parametrize("seed", SEEDS[:40])
def test_case_is_valid(seed: int) -> None:
    """No stated run leaves a bound or acts on what has no value."""
    case, book = generated(seed), generated_book(seed)
    whole = with_book(case, book) if book else case
    for one in [{"effects": []}, *happenings(case)]:
        assert all(found["core"] == found["core"] for found in evaluate(whole, one["effects"]).values())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_must_be_given_together_is(seed: int) -> None:
    """A book for prices out of one, work with its months, caps with what takes the rest, routes for every workload."""
    case, book = generated(seed), generated_book(seed)
    assert book is not None or not any(
        "prices" in option or "gpu_prices" in option for option in options(case)
    )
    for one in happenings(case):
        pairs = [
            (effect["assumption"], name)
            for effect in one["effects"]
            for name in effect
            if name != "assumption"
        ]
        assert len(set(pairs)) == len(pairs)
    assert 2 <= len(case["options"]) <= 8
    for option in options(case):
        assert bool(option.get("tuning_fte_months")) <= bool(option.get("tuning_months"))
        assert bool(option.get("refresh_fte_months")) <= bool(option.get("refresh_months"))
        assert bool(option.get("committed_replicas")) <= bool(option.get("commitment_months"))
        assert ("max_replicas" in option) == ("spill_to" in option)
        assert not ("gpus_per_server" in option and option.get("billed") == "second")
        assert not ("prefix_cache_reach" in option and "replica_tps" in option)
        if option["kind"] == "mix":
            assert set(option["routes"]) == set(case["workloads"])
            assert len(set(option["routes"].values())) >= 2
        if "prices" in option:
            assert not any("value" in option.get(field, {}) for field in COMPONENTS)
