"""Editions: numbered, carried on in the workbook, rebuilt to the byte, and telling what changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.editions.carry import carried
from reportgen.editions.file_comparison import compare_files
from reportgen.files import digest, templates
from reportgen.pipeline.writing import write_digests, write_results, write_workbook
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.results_file.schema import as_json
from reportgen.results_file.write import results_file
from reportgen.schema.loading.load import load_case
from reportgen.workbook.package.reader import open_book
from reportgen.workbook.read import editions_of
from reportgen.workbook.sheets.change_log import read_editions
from reportgen.workbook.verify.rules.table import apply_rules
from tests.adopt.conftest import quick, rebuilt
from tests.adopt.edited_copy import write_edited_copy
from tests.engines import formualizer_values
from tests.results_file.test_schema import by_declared_types
from tests.schema.conftest import edited

pytestmark = pytest.mark.slow

__all__ = ["edited", "quick", "rebuilt"]

Edited = Callable[..., Path]
DEARER = (
    "input_price: {value: 1.00, low: 0.60, high: 1.40",
    "input_price: {value: 9.00, low: 0.60, high: 9.40",
)
FEW = "\nbaseline: api\nsimulation: {draws: 100}\nbreak_even: {points: 2}\n"
"""Ten thousand futures take a second, and the runs over volumes half of the what-if tables."""
FILES = ("acme.xlsx", "acme.json")


def built(case: Path, folder: Path, since: Path | None = None, years: int = 2) -> Analysis:
    """Build a pack without its paper, over two years in place of three unless another number is asked for."""
    folder.mkdir(exist_ok=True)
    workbook, results = (folder / name for name in FILES)
    case.write_text(small(case.read_text(encoding="utf-8"), years), encoding="utf-8")
    analysis = carried(analysis_of(case.read_text(encoding="utf-8"), case), workbook, results, since)
    write_workbook(analysis, workbook)
    write_results(analysis, results)
    write_digests(results, {workbook.name: digest(workbook)})
    return analysis


@cache
def analysis_of(_: str, case: Path) -> Analysis:
    """Work out a case that stands in a file, the same text once."""
    return analyse(load_case(case), case)


def small(text: str, years: int = 2) -> str:
    """Return the text of the shipped case with few futures and volumes, over some years in place of three."""
    return text.replace("\nbaseline: api\n", FEW).replace("years: 3\n", f"years: {years}\n")


def contents(folder: Path) -> list[bytes]:
    """Read the pack."""
    return [(folder / name).read_bytes() for name in FILES]


@pytest.mark.parametrize("form", ["acme.xlsx", pytest.param("acme.json", marks=pytest.mark.long)])
def test_the_second_edition_says_what_changed_and_is_rebuilt_to_the_byte(
    form: str, edited: Edited, tmp_path: Path
) -> None:
    """Out of a workbook or a results file: edition 2 with its history; built again the same way or plainly, the same bytes."""
    out, old = tmp_path / "out", tmp_path / "old"
    first = built(edited(), out)
    assert (first.edition, first.since) == (1, None)
    shutil.copytree(out, old)
    second = built(edited(DEARER), out, old / form)
    assert second.edition == 2
    assert second.since is not None
    assert second.since.flipped
    assert second.since.old.name == form
    kept = contents(out)
    built(edited(DEARER), out, old / form)
    assert contents(out) == kept
    built(edited(DEARER), out)
    assert contents(out) == kept
    built(edited(DEARER), out, out / form)
    assert contents(out) == kept
    found = read_editions(load_workbook(out / "acme.xlsx"))
    assert [(one.number, one.recommended) for one in found] == [(1, "api"), (2, "platform")]
    assert found == second.editions
    third = built(edited(), out, out / form)
    assert [one.number for one in third.editions] == [1, 2, 3]
    assert third.editions[0].fingerprint == third.editions[2].fingerprint


@pytest.mark.confined
def test_other_inputs_without_since_make_the_edition_anew(edited: Edited, tmp_path: Path) -> None:
    """A draft changes as often as it likes: the number stays, the history too, and nothing is said of changes."""
    out = tmp_path / "out"
    built(edited(), out)
    built(edited(DEARER), out, out / "acme.xlsx")
    draft = built(edited(("years: 3", "years: 4")), out)
    assert (draft.edition, draft.since) == (2, None)
    assert draft.editions[0].recommended == "api"


def test_a_case_file_is_the_first_edition(edited: Edited, tmp_path: Path) -> None:
    """Compared with a case file nobody built: it counts as edition 1. An unchanged one gives no second edition."""
    old = tmp_path / "old.yaml"
    text = edited().read_text(encoding="utf-8")
    old.write_text(small(text), encoding="utf-8")
    second = built(edited(DEARER), tmp_path / "out", old)
    assert [(one.number, one.recommended) for one in second.editions] == [(1, "api"), (2, "platform")]
    shutil.rmtree(tmp_path / "out")
    assert built(edited(), tmp_path / "out", old).edition == 1


def test_what_stands_there_may_be_no_workbook(edited: Edited, tmp_path: Path) -> None:
    """A file that is no workbook has no editions; broken results tell nothing of changes."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "acme.xlsx").write_text("no workbook", encoding="utf-8")
    (out / "acme.json").write_text("{", encoding="utf-8")
    assert built(edited(), out).edition == 1


def test_the_change_log_adds_up_and_keeps_the_rules(edited: Edited, tmp_path: Path) -> None:
    """Its sums are live and agree with their values; the linter finds nothing in the workbook."""
    out = tmp_path / "out"
    built(edited(), out)
    second = built(
        edited(DEARER, ("  - name: The API provider", "  - name: The  API provider")), out, out / "acme.xlsx"
    )
    book = out / "acme.xlsx"
    cached = load_workbook(book, data_only=True)["Change log"]
    values = {cell: v for (sheet, cell), v in formualizer_values(book).items() if sheet == "Change log"}
    sums = {cell: v for cell, v in values.items() if isinstance(v, float)}
    assert second.since is not None
    assert sorted(sums.values()) == pytest.approx(sorted(second.since.bridge.after.values()), rel=1e-9)
    for cell, value in sums.items():
        assert cached[cell].value == pytest.approx(value, rel=1e-9)
    assert [(rule.id, found) for rule, found in apply_rules(open_book(book)) if found] == []


def test_the_paper_has_a_section_about_it(edited: Edited, tmp_path: Path) -> None:
    """Chart, effects and inputs, with titles that the numbers give; without a comparison no section."""
    out = tmp_path / "out"
    first = built(edited(), out, years=3)
    second = built(edited(DEARER, ("years: 3", "years: 4")), out, out / "acme.json")
    assert 'id="changes"' not in render_paper(paper_of(first), Folders(templates()))
    text = render_paper(paper_of(second), Folders(templates()))
    assert "The recommendation is Managed platform; it was Commercial API" in text
    assert (
        "The recommendation changes with: Input price, Commercial API. That change alone would have been enough."
        in text
    )
    assert "The full cost of Commercial API rises from $102k to" in text
    assert "The horizon is 4 years, it was 3." in text
    assert "Edition 2" in text


def test_an_edited_workbook_is_compared_by_what_its_cells_hold(edited: Edited, tmp_path: Path) -> None:
    """A changed input, probability, effect and a risk in a spare row; text in an input is refused with its cell."""
    out = tmp_path / "out"
    case = edited()
    built(case, out)
    book, back = out / "acme.xlsx", tmp_path / "back.xlsx"
    write_edited_copy(book, back, {"finance.discount_rate": 0.2}, chance=(0, 0.6))
    found = compare_files(book, back)
    assert {(c.path, c.before, c.after) for c in found.changes} == {
        ("finance.discount_rate", 0.1, 0.2),
        ("risks.deployment_runs_eight_weeks_late.probability", 0.5, 0.6),
    }
    assert found.new.edition == 1


def test_the_results_file_carries_history_and_comparison(edited: Edited, tmp_path: Path) -> None:
    """As JSON: the editions before, and the bridge that the paper shows."""
    out = tmp_path / "out"
    built(edited(), out)
    second = built(edited(DEARER), out, out / "acme.json")
    record = json.loads((out / "acme.json").read_text(encoding="utf-8"))
    assert (record["edition"], len(record["history"])) == (2, 1)
    assert record["since"]["bridge"]["steps"][0]["key"] == "options.api.input_price"
    assert replace(second, since=None).edition == 2
    results = results_file(second)
    assert json.dumps(as_json(results)) == by_declared_types(results)


SPOILT: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
    ("of another workbook", lambda record: record["files"].update({"acme.xlsx": "0" * 64})),
    ("without digests", lambda record: record.pop("files")),
    ("digests of another kind", lambda record: record.update(files=["acme.xlsx"])),
    ("without inputs", lambda record: record.pop("inputs")),
    ("options of another kind", lambda record: record.update(options={"api": 1})),
    ("a cost that is none", lambda record: record["options"]["api"].update(full_cost=None)),
    ("without its number", lambda record: record.pop("edition")),
    ("without its history", lambda record: record.update(history=[])),
    ("a history that is none", lambda record: record.update(history=[{"number": "first"}])),
    ("names of another kind", lambda record: record["inputs"]["options"].update(api=["name"])),
)
"""A results file that does not tell the editions of the workbook beside it, by what is wrong with it."""


@pytest.mark.confined
def test_the_results_file_tells_the_editions_of_its_own_workbook(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as the workbook does, which is opened only where the results file is not of it, or is none."""
    out = tmp_path / "out"
    case = edited()
    built(case, out)
    second = built(edited(DEARER), out, out / "acme.json")
    workbook, results = (out / name for name in FILES)
    opened = []
    monkeypatch.setattr(
        "reportgen.workbook.read.editions_of", lambda path: opened.append(path) or editions_of(path)
    )
    text = results.read_text(encoding="utf-8")
    fresh = replace(second, history=(), since=None)

    def history() -> tuple[object, ...]:
        analysis = carried(fresh, workbook, results, None)
        return analysis.editions

    assert history() == second.editions
    assert not opened
    for what, spoil in SPOILT:
        record = json.loads(text)
        spoil(record)
        results.write_text(json.dumps(record), encoding="utf-8")
        assert history() == second.editions, what
        assert opened, what
        opened.clear()
    for content in ("{", "[]", "3", "\ud800", "[" * 100_000):
        results.write_text(content, encoding="utf-8", errors="surrogatepass")
        assert history() == second.editions, content[:3]
        assert opened, content[:3]
        opened.clear()
    results.write_text(text, encoding="utf-8")
    write_edited_copy(workbook, workbook, {})
    assert history() == second.editions
    assert opened
