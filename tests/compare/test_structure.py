"""What is no number and differs between two cases: workloads, routes, obligations, machines, books."""

from pathlib import Path

import pytest

from reportgen.compare.changes import changes
from reportgen.compare.edition import Edition
from reportgen.compare.structure import structure_changes
from reportgen.compare.substitutions import plan_substitutions
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from tests.paths import ROOT

Edits = tuple[tuple[str, str], ...]
WORKLOADS, MACHINES = (
    ROOT / "tests" / "cases" / f"{name}.yaml" for name in ("three_workloads", "second_edition_machines")
)
OBLIGATION = "  - {id: framework, name: Framework contract, option: api, amount: 60000, until_month: 12}\n"
VOICE = "  voice: {name: Voice, tokens_per_month: 300, output_share: 0.5}\npeople:"


def edited(folder: Path, case: Path, edits: Edits) -> Case:
    """Load a case with passages replaced."""
    text = case.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    (folder / "edited.yaml").write_text(text, encoding="utf-8")
    return load_case(folder / "edited.yaml")


CHANGES: list[tuple[Path, Edits, list[str]]] = [
    (WORKLOADS, (("people:", VOICE), ("embeddings: small_api}", "embeddings: small_api, voice: api}")),
     ["Workload added: Voice.", "Each to its own: workloads go elsewhere: voice to api."]),
    (WORKLOADS, (("documents: own_machines", "documents: small_api"),),
     ["Each to its own: workloads go elsewhere: documents to small_api."]),
    (WORKLOADS, (("until_month: 12", "until_month: 18"),),
     ["Obligation Framework contract: it is owed to another option or by another month."]),
    (WORKLOADS, ((f"obligations:\n{OBLIGATION}", ""),), ["Obligation gone: Framework contract."]),
    (WORKLOADS, (("workloads: [chat]", "workloads: [chat, documents]"),),
     ["Requirement Personal data stays under contract: who meets it, whether it is a must, or which workloads it is about, is another."]),
    (WORKLOADS, (("option: [own_machines, small_api]", "option: own_machines"),),
     ["Displaced project Search: another option or time displaces it."]),
    (WORKLOADS, (("  fiscal_year_start: 10\n", ""), ("depreciation_years: 3", "depreciation_years: 4")),
     ["Fiscal years begin in the month of the start, they began in month 10 of the calendar.",
      "Machines are depreciated over 4 years, before over 3 years."]),
    (MACHINES, (("    billed: second\n    min_replicas: 0\n", ""),),
     ["Machines by the second: its machines are billed by the month, it was second."]),
    (MACHINES, (("    commitment_renews: true\n", ""),), ["Reserved servers: its commitment does not renew any more."]),
    (MACHINES, (("    replica_tps: 4200\n", "    prompt_tps: 9000\n    output_tps: 900\n"),
                ("{assumption: options.bought.replica_tps,", "{assumption: options.bought.output_tps,")),
     ["Bought servers: its speed is stated for prompt and output, it was for all tokens together.",
      "Risk A larger model is needed: its effects are others."]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "edits", "sentences"), CHANGES, ids=[row[2][0][:30] for row in CHANGES])
def test_what_is_no_number_is_said_in_a_sentence(
    case: Path, edits: Edits, sentences: list[str], tmp_path: Path
) -> None:
    """Each change of structure has its sentence, and nothing else is said."""
    found = structure_changes(load_case(case), edited(tmp_path, case, edits))
    assert [change.sentence for change in found] == sentences


def test_a_new_workload_is_structure_and_its_numbers_are_no_changes(tmp_path: Path) -> None:
    """The numbers of a workload that only one edition has come with it; that of one that both have is a change."""
    edits = (
        ("people:", VOICE),
        ("embeddings: small_api}", "embeddings: small_api, voice: api}"),
        ("tokens_per_month: 9000", "tokens_per_month: 8000"),
    )
    old = Edition("old", "case file", load_case(WORKLOADS))
    new = Edition("new", "case file", edited(tmp_path, WORKLOADS, edits))
    assert [change.path for change in changes(old, new)] == ["workloads.documents.tokens_per_month"]


def test_a_default_price_that_follows_another_is_no_change_of_its_own(tmp_path: Path) -> None:
    """The small api's input price rises; the price of its cache writes, which is the same, is not told again."""
    old = Edition("old", "case file", load_case(WORKLOADS))
    new = Edition(
        "new", "case file", edited(tmp_path, WORKLOADS, (("input_price: 0.05", "input_price: 0.06"),))
    )
    assert [change.path for change in changes(old, new)] == ["options.small_api.input_price"]
    assert "options.small_api.cache_write_price" not in new.values


def test_an_obligation_that_goes_is_a_step_of_its_own(tmp_path: Path) -> None:
    """What is owed is taken to 0 before it goes, so that the difference is the obligation's and not the structure's."""
    old = Edition("old", "case file", load_case(WORKLOADS))
    new = Edition("new", "case file", edited(tmp_path, WORKLOADS, ((f"obligations:\n{OBLIGATION}", ""),)))
    (step,) = plan_substitutions(old, new).removed
    assert (step.label, step.values) == (
        "Obligation gone: Framework contract",
        {"obligations.framework.amount": 0.0},
    )
