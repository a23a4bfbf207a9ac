"""A variant is refused where loading it as a case of its own refuses it, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest

import reportgen as rg
from reportgen.errors import InputError
from reportgen.library import _written
from tests.paths import INPUTS

SMALL = (
    ({"workload.cached_share": 0.6, "workload.cache_write_share": 0.5}, "make more than 1"),
    ({"workload.cached_share": 0.6, "workload.cache_write_share": 0.4}, ""),
    ({"options.api.lead_time_months": 1.0}, "until_live is missing"),
    ({"options.gpu.tuning_fte_months": 1.0}, "no months to do it in"),
    ({"options.gpu.tuning_fte_months": 1.0, "options.gpu.tuning_months": 2.0}, ""),
    ({"workload.tokens_per_month": 4e9}, "beyond what any case has"),
    ({"options.gpu.utilisation": 0.9}, ""),
)
BILLION = (
    ({"options.api.cached_input_price": 1.5}, "is above options.api.input_price"),
    ({"options.api.cached_input_price": 1.5, "options.api.input_price": 2.0}, ""),
    ({"options.self_hosted.deployment_months": 90.0}, "longer than the"),
    ({"options.self_hosted.utilisation": 0.9}, ""),
    ({"risks.the_api_provider_raises_prices.probability": 1.0}, ""),
)


def as_a_case(case: "rg.LoadedCase", changes: dict[str, float], folder: Path) -> bool:
    """Return whether a variant loads when it is written down as a case."""
    try:
        rg.load(_written(case.with_values(changes), folder))
    except InputError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes", "reason"),
    [*(("small", *one) for one in SMALL), *(("one-billion-tokens", *one) for one in BILLION)],
)
def test_what_is_no_case_is_refused(
    tmp_path: Path, name: str, changes: dict[str, float], reason: str
) -> None:
    """Shares, missing options until live, work without months, limits, prices and times: as loading says."""
    case = rg.load(INPUTS / f"{name}.yaml")
    found = rg.sweep(case, [changes])
    assert reason in found.refused[0]
    assert bool(found.refused[0]) == bool(reason)
    assert as_a_case(case, changes, tmp_path) == (not reason)
    assert np.isnan(found.full_cost[0]).all() == bool(reason)
    assert (found.recommended[0] is None) == bool(reason)


def test_a_run_of_a_risk_stays_within_bounds(tmp_path: Path) -> None:
    """A risk that takes a share beyond 1 makes the variant none, as it would the case."""
    source = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    risk = "risks:\n  - name: Fewer users\n    id: fewer\n    probability: 0.1\n    effects: [{assumption: options.gpu.utilisation, add: 0.5}]\n"
    assert "risks:" not in source
    path = tmp_path / "case.yaml"
    path.write_text(source + risk, encoding="utf-8")
    (tmp_path / "prices.yaml").write_bytes((INPUTS / "prices.yaml").read_bytes())
    found = rg.sweep(path, {"options.gpu.utilisation": [0.3, 0.5, 0.6]})
    assert [bool(reason) for reason in found.refused] == [False, False, True]
    assert "Fewer users" in found.refused[2]


@pytest.mark.long
@pytest.mark.parametrize("name", ["small", "one-billion-tokens"])
def test_extreme_values_of_every_path(tmp_path: Path, name: str) -> None:
    """Each input at values that are usually too small or too large: refused exactly where loading refuses."""
    case = rg.load(INPUTS / f"{name}.yaml")
    wrong = []
    for row in case.assumptions.values():
        values = {0.0, 1.0, 0.5, row.value * 1e4, row.value * 20, row.value / 1000, row.value + 13, 1e-5}
        for value in (v for v in values if row.is_input and row.bounds.contains(v)):
            refused = rg.sweep(case, [{row.path: value}]).refused[0]
            if bool(refused) == as_a_case(case, {row.path: value}, tmp_path):
                wrong.append((row.path, value, refused))
    assert wrong == []
