"""The random cases that the second computation is compared on use every field of the model."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.agreement.generated import generated, generated_book
from tests.oracle import evaluate, with_book
from tests.oracle.inputs.case import ranged
from tests.oracle.inputs.fields import COMPONENTS, DEFAULTS, REQUIRED, SHARED_DEFAULTS, WORKLOAD_DEFAULTS

Case = dict[str, Any]
SEEDS = range(160)
CASES = [generated(seed) for seed in SEEDS]


def options(case: Case, kind: str | None = None) -> list[Case]:
    """List a case's options, of one kind where one is named."""
    return [option for option in case["options"].values() if kind in (None, option["kind"])]


def effects(case: Case) -> list[str]:
    """List the paths that risks act on."""
    return [effect["assumption"] for risk in case.get("risks", []) for effect in risk["effects"]]


FEATURES: dict[str, Callable[[Case], bool]] = {
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


@pytest.mark.parametrize("kind", ["api", "self_hosted", "on_prem", "platform"])
def test_every_field_of_a_kind_is_stated_somewhere(kind: str) -> None:
    """Each field of the table stands in a tenth of the options of its kind at least."""
    stated = [option for case in CASES for option in options(case, kind)]
    for field in (*REQUIRED[kind], *DEFAULTS[kind]):
        assert sum(field in option for option in stated) >= len(stated) / 10, field


def test_every_field_of_a_workload_and_of_what_is_shared_is_stated_somewhere() -> None:
    """Each stands in a tenth of the cases at least."""
    for field in WORKLOAD_DEFAULTS:
        blocks = [[case.get("workload", {}), *case.get("workloads", {}).values()] for case in CASES]
        assert sum(any(field in block for block in some) for some in blocks) >= len(CASES) / 10, field
    for path in SHARED_DEFAULTS:
        shared, field = path.split(".")
        assert sum(field in case.get(shared, {}) for case in CASES) >= len(CASES) / 10, path


def test_the_same_seed_gives_the_same_case() -> None:
    """A case that disagrees can be found again by its number."""
    assert generated(7) == generated(7)
    assert generated(7) != generated(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_case_is_valid(seed: int) -> None:
    """No stated run leaves a bound or acts on what has no value, and what must be given together is."""
    case, book = generated(seed), generated_book(seed)
    named = any("prices" in option or "gpu_prices" in option for option in options(case))
    assert book is not None or not named
    whole = with_book(case, book) if book else case
    for one in [{"effects": []}, *case.get("risks", []), *case.get("price_scenarios", [])]:
        pairs = [
            (effect["assumption"], name)
            for effect in one["effects"]
            for name in effect
            if name != "assumption"
        ]
        assert len(set(pairs)) == len(pairs)
        assert all(found["core"] == found["core"] for found in evaluate(whole, one["effects"]).values())
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
