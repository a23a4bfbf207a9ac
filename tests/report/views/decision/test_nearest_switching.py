"""What switches is named with its workloads, and volumes are told in multiples of the plan."""

from pathlib import Path
from typing import Any

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    assumption_name,
    nearest_switching_values,
    switch_condition,
)
from reportgen.report.views.triggers import exhibits
from tests.model.worked import API, FIXED, work

OPTIONS = {"api": API, "fixed": {**FIXED, "monthly_fee": 2500}}
"""At 1 a million tokens the fee is that of 2,500 M a month."""
TWO = {
    "chat": {"name": "Chat", "tokens_per_month": 1000, "output_share": 0},
    "night": {"name": "Night work", "tokens_per_month": 2000, "output_share": 0},
}


def _context(folder: Path, **parts: Any) -> ViewContext:
    return ViewContext.from_paper(paper_of(work(folder, OPTIONS, **parts).analysis))


def _switches(context: ViewContext) -> dict[str, NearestSwitch]:
    return {one.switching_value.path: one for one in nearest_switching_values(context)}


@pytest.mark.slow
def test_the_volume_of_each_workload_switches_by_itself(tmp_path: Path) -> None:
    """3,000 M together, the fee cheaper from 2,500 M on: chat may fall by 500 of 1,000 M, night work by 500 of 2,000 M."""
    context = _context(tmp_path, workloads=TWO)
    found = _switches(context)
    assert found["workloads.chat.tokens_per_month"].value == pytest.approx(500, rel=1e-6)
    assert found["workloads.night.tokens_per_month"].value == pytest.approx(1500, rel=1e-6)
    conditions = [switch_condition(context, found[f"workloads.{key}.tokens_per_month"]) for key in TWO]
    assert conditions == [
        "volume (Chat) below 50% of the plan (500M tokens a month at the start, not 1bn)",
        "volume (Night work) below 75% of the plan (1.5bn tokens a month at the start, not 2bn)",
    ]


def test_the_volume_of_all_workloads_switches_together(tmp_path: Path) -> None:
    """All of them at five sixths are the 2,500 M."""
    context = _context(tmp_path, workloads=TWO, workload={"volume_factor": 1})
    switch = _switches(context)["workload.volume_factor"]
    assert switch.is_volume
    assert switch.value == pytest.approx(2500 / 3000, rel=1e-6)
    condition = "volume (all workloads) below 83% of the plan (2.5bn tokens a month at the start, not 3bn)"
    assert switch_condition(context, switch) == condition


@pytest.mark.slow
def test_a_field_of_workloads_is_named_with_those_that_it_moves(tmp_path: Path) -> None:
    """The growth of one workload, and of two that are drawn together."""
    growth = {"annual_growth": {"value": 0, "low": -0.9, "high": 0}}
    workloads = {key: {**one, **growth} for key, one in TWO.items()}
    paths = [f"workloads.{key}.annual_growth" for key in TWO]
    alone = _context(tmp_path, workloads=workloads)
    names = [assumption_name(alone, _switches(alone)[path]) for path in paths]
    assert names == ["Growth of tokens a year (Chat)", "Growth of tokens a year (Night work)"]
    together = _context(tmp_path, workloads=workloads, simulation={"groups": {"growth": paths}})
    found = _switches(together)
    assert set(paths) & set(found) == {paths[0]}
    assert assumption_name(together, found[paths[0]]) == "Growth of tokens a year (Chat and Night work)"


def test_volumes_that_move_together_are_no_multiple_of_one_plan(tmp_path: Path) -> None:
    """Each moves by its own share of its range, so that no single multiple describes them."""
    ranges = {"chat": (500, 1500), "night": (1800, 2200)}
    workloads = {
        key: {**one, "tokens_per_month": dict(zip(("value", "low", "high"), (one["tokens_per_month"], *ranges[key]), strict=True))}
        for key, one in TWO.items()
    }  # fmt: skip
    paths = [f"workloads.{key}.tokens_per_month" for key in TWO]
    context = _context(tmp_path, workloads=workloads, simulation={"groups": {"volume": paths}})
    switch = _switches(context)[paths[0]]
    assert not switch.is_volume
    assert assumption_name(context, switch) == "Tokens a month at the start (Chat and Night work)"


def test_triggers_watch_the_volumes_of_workloads(tmp_path: Path) -> None:
    """The nearest is looked at first, half way to where the course changes: 1 - (1 - 0.75) / 2 of night work's plan."""
    (exhibit,) = exhibits(_context(tmp_path, workloads=TWO))
    assert exhibit.table is not None
    rows = {str(row.head): [str(cell.words) for cell in row.cells[:4]] for row in exhibit.table.rows}
    assert rows["Volume (Night work)"] == [
        "as planned",
        "below 88% of the plan",
        "below 75% of the plan",
        "Api",
    ]
    assert rows["Volume (Chat)"] == ["as planned", "below 75% of the plan", "below 50% of the plan", "Api"]
    assert str(exhibit.title) == "Look again when one of these moves: volume (Night work) and 4 more values"
