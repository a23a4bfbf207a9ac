"""The outline of a case: workloads, mixes, obligations, how machines are bought, and the runs of its questions."""

from pathlib import Path

import pytest

from reportgen.binding.outline import outline_of
from reportgen.model.outline import (
    ObligationOutline,
    OptionOutline,
    Outline,
    ProjectOutline,
    RequirementOutline,
    WorkloadOutline,
)
from reportgen.schema.assumptions import assumptions
from reportgen.schema.loading.load import load_case
from tests.paths import ROOT

WORKLOADS, MACHINES = (
    ROOT / "tests" / "cases" / f"{name}.yaml" for name in ("three_workloads", "second_edition_machines")
)


def outline(path: Path) -> Outline:
    """Outline a case."""
    case = load_case(path)
    return outline_of(case, assumptions(case))


def option(path: Path, key: str) -> OptionOutline:
    """Outline one option of a case."""
    return next(found for found in outline(path).options if found.key == key)


def test_workloads_stand_with_their_paths() -> None:
    """Three workloads under their keys; a single one has the key w and the paths of `workload`."""
    chat, *others = outline(WORKLOADS).workloads
    assert chat == WorkloadOutline("chat", "Chat", "workloads.chat")
    assert [one.key for one in others] == ["documents", "embeddings"]
    (single,) = outline(MACHINES).workloads
    assert (single.key, single.path("starts_month")) == ("w", "workload.starts_month")


def test_a_mix_has_routes_and_fails_what_its_parts_fail(tmp_path: Path) -> None:
    """The small api fails the must-have for chat, so a mix fails it only where chat goes there."""
    mix = option(WORKLOADS, "by_work")
    assert (mix.kind, mix.failed, mix.projects) == ("mix", (), ())
    assert mix.routes == {"chat": "api", "documents": "own_machines", "embeddings": "small_api"}
    text = WORKLOADS.read_text(encoding="utf-8").replace("{chat: api, doc", "{chat: small_api, doc")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    failing = option(tmp_path / "case.yaml", "by_work")
    assert failing.failed == ("Personal data stays under contract",)


def test_obligations_requirements_and_books_are_structure() -> None:
    """Who is owed what until when, which workloads a requirement is about, fiscal years and depreciation."""
    found = outline(WORKLOADS)
    assert found.obligations == (ObligationOutline("framework", "Framework contract", "api", 12),)
    assert found.obligations[0].amount == "obligations.framework.amount"
    must, wish = found.requirements
    met = {"api": True, "small_api": False, "own_machines": True}
    assert must == RequirementOutline("Personal data stays under contract", True, met, ("chat",))
    assert (wish.must, wish.workloads) == (False, ("chat", "documents", "embeddings"))
    assert (found.fiscal_year_start, found.depreciation_years) == (10, 3)
    assert (outline(MACHINES).fiscal_year_start, outline(MACHINES).depreciation_years) == (1, None)


def test_a_project_stands_at_every_option_that_displaces_it() -> None:
    """Search is displaced by two of the options, and by no other."""
    search = ProjectOutline("search", "Search", "deployment")
    displaced = {found.key: found.projects for found in outline(WORKLOADS).options}
    assert displaced == {"api": (), "small_api": (search,), "own_machines": (search,), "by_work": ()}


def test_projects_of_one_name_have_ids_of_their_own() -> None:
    """Two options displace an assistant each; the second one's id has its option's key added, labels say whose it is."""
    assert [one.id for one in option(MACHINES, "reserved").projects] == ["assistant"]
    assert [one.id for one in option(MACHINES, "bought").projects] == ["assistant_bought"]
    case = load_case(MACHINES)
    labels = [row.label for row in assumptions(case) if row.path.endswith("confidence")]
    assert labels == ["Assistant (Reserved servers): confidence", "Assistant (Bought servers): confidence"]


def test_machines_say_how_they_are_bought_and_billed() -> None:
    """By the second with speeds as a pair; by the server, committed to and renewed; owned, by the server."""
    facts = {
        found.key: (found.speeds, found.billed, found.servers, found.committed, found.renews, found.capped)
        for found in outline(MACHINES).options
    }
    assert facts == {
        "api": ("replica", "month", False, False, False, False),
        "elastic": ("pair", "second", False, False, False, False),
        "reserved": ("replica", "month", True, True, True, False),
        "bought": ("replica", "month", True, False, False, False),
    }


def test_a_price_of_cache_writes_is_known_where_it_is_stated() -> None:
    """The api states one; the small one does not, and its input price stands in the register in its place."""
    assert option(WORKLOADS, "api").write_price
    assert not option(WORKLOADS, "small_api").write_price
    rows = {row.path: row for row in assumptions(load_case(WORKLOADS))}
    row = rows["options.small_api.cache_write_price"]
    assert (row.value, row.given, row.follows) == (0.05, False, "options.small_api.input_price")
    assert not row.is_input
    assert rows["options.api.cache_write_price"].is_input


def test_the_ladder_scales_all_workloads_together() -> None:
    """26,400 M tokens a month as stated: 5,000 of them are a factor of 5,000 / 26,400; the name keeps the volume."""
    first, *_, last = outline(WORKLOADS).purposes("ladder")
    assert first.name == "Volume 1: 5,000 M tokens a month"
    assert [(e.path, e.operation) for e in first.effects] == [("workload.volume_factor", "set")]
    assert first.effects[0].amount == pytest.approx(5000 / 26400)
    assert last.effects[0].amount == pytest.approx(200000 / 26400)
    (single,) = outline(MACHINES).purposes("ladder")[0].effects
    assert (single.path, single.amount) == ("workload.volume_factor", pytest.approx(500 / 14000))


def test_what_effects_newly_reach_has_runs_of_its_own() -> None:
    """Ranges of tax, of a confidence, of an exit's probability and of a workload make two runs each."""
    paths = {swing.path for swing in outline(WORKLOADS).swings}
    assert paths >= {
        "finance.irrecoverable_vat", "opportunity.search.confidence", "options.api.exit_probability",
        "workload.volume_factor", "workloads.chat.tokens_per_month",
    }  # fmt: skip
    names = [run.name for run in outline(WORKLOADS).runs]
    assert len(names) == len(set(names))


def test_the_bridge_ends_with_tax_credits_and_obligations() -> None:
    """The last run restores everything; the one before it leaves out tax and what is owed (own machines have no credit)."""
    *_, before, last = outline(WORKLOADS).purposes("bridge")
    assert (last.name, last.effects) == ("Bridge 9: tax, credits, obligations", ())
    left_out = [(e.path, e.amount) for e in before.effects]
    assert left_out == [("finance.irrecoverable_vat", 0.0), ("obligations.framework.amount", 0.0)]
    *_, before, last = outline(MACHINES).purposes("bridge")
    assert [e.path for e in before.effects] == ["finance.irrecoverable_vat", "options.reserved.credit"]


def test_a_case_without_tax_credits_and_obligations_has_no_such_step() -> None:
    """The shipped case's bridge ends with talent, which restores model replacement too."""
    bridge = outline(ROOT / "inputs" / "one-billion-tokens.yaml").bridge
    assert bridge is not None
    assert bridge.steps[-1].label == "talent"
    assert bridge.steps[-1].restored == (
        "people.ml_premium", "options.self_hosted.hires", "options.self_hosted.refresh_fte_months",
    )  # fmt: skip


def test_a_stated_tax_of_nothing_is_a_step_and_no_machine_stays_none(tmp_path: Path) -> None:
    """`irrecoverable_vat: 0` counts as stated; a fleet that may be switched off begins with none in the first estimate."""
    text = MACHINES.read_text(encoding="utf-8").replace("{option: reserved,", "{option: elastic,")
    text = text.replace("discount_rate: 0.1}", "discount_rate: 0.1, irrecoverable_vat: 0}")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    runs = outline(tmp_path / "case.yaml").purposes("bridge")
    assert runs[-1].name == "Bridge 9: tax, credits, obligations"
    first = {effect.path: effect.amount for effect in runs[0].effects}
    assert first["options.elastic.min_replicas"] == 0.0
