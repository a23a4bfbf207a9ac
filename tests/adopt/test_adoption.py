"""An edited workbook is merged into its case; nothing else in the case file changes."""

import difflib
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.origin_case import find_case_file
from reportgen.adopt.three_way import Side, merge_cell
from reportgen.cli import app
from reportgen.editions.reader import read_edition
from reportgen.errors import InputError, ReportgenError
from reportgen.schema.loading.load import load_case
from reportgen.schema.risks import Operation
from reportgen.workbook.read import read_workbook
from tests.adopt.edited_copy import write_edited_copy
from tests.agreement.cases import SHIPPED

TYPED = {"finance.discount_rate": 0.12, "workload.hours_per_month": 720, "options.api.batch_share": 0.2}


def run(*arguments: str | Path) -> Result:
    """Run `reportgen adopt` in this process; known errors are raised."""
    done = CliRunner().invoke(app, ["adopt", *map(str, arguments), "--on", "2026-11-24", "--by", "Finance"])
    if isinstance(done.exception, ReportgenError):
        raise done.exception
    return done


@pytest.mark.parametrize(
    ("issued", "theirs", "ours", "choice", "state"),
    [
        (1.0, 2.0, 1.0, None, "taken"),
        (1.0, 2.0, 2.0, None, "agreed"),
        (1.0, 2.0, 3.0, None, "conflict"),
        (1.0, 2.0, 3.0, "theirs", "taken"),
        (1.0, 2.0, 3.0, "ours", "kept"),
        (1.0, "=1+1", 1.0, "theirs", "refused"),
        (1.0, True, 1.0, None, "refused"),
        (1.0, None, 1.0, None, "refused"),
    ],
)
def test_one_cell_is_merged_three_ways(
    issued: object, theirs: object, ours: float, choice: Side | None, state: str
) -> None:
    """A change on one side is taken, on both sides a conflict unless decided; a value that is no number is refused."""
    assert merge_cell("a", "value", "Inputs!D1", issued, theirs, ours, choice).state == state


@pytest.mark.slow
@pytest.mark.confined
def test_the_case_is_changed_at_its_place(case: Path, tmp_path: Path) -> None:
    """Shown first, written with --apply: a value in braces, a bare number, a default, a probability; three lines change, one is added."""
    before = case.read_text(encoding="utf-8")
    book = write_edited_copy(tmp_path / "acme.xlsx", tmp_path / "back.xlsx", TYPED, chance=(0, 0.6))
    shown = run(book, "--case", case)
    assert shown.exit_code == 0
    assert "finance.discount_rate" in shown.stdout
    assert case.read_text(encoding="utf-8") == before
    assert run(book, "--case", case, "--apply").exit_code == 0
    after = case.read_text(encoding="utf-8")
    lines = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert [line[0] for line in lines] == ["-", "+", "-", "+", "+", "-", "+"]
    note = "Changed in back.xlsx by Finance on 2026-11-24; value was 730"
    assert f'+   hours_per_month: {{value: 720, note: "{note}"}}' in lines
    assert read_edition(book).values == read_edition(case).values
    assert load_case(case).finance.discount_rate.low == 0.07
    assert "There is nothing to take." in run(book, "--case", case).stderr


@pytest.mark.slow
def test_a_conflict_is_listed_and_stops_until_it_is_decided(case: Path, tmp_path: Path) -> None:
    """The case moved to 0.11, finance typed 0.12: exit 1 and nothing written; ours keeps, theirs takes."""
    book = write_edited_copy(tmp_path / "acme.xlsx", tmp_path / "back.xlsx", {"finance.discount_rate": 0.12})
    text = case.read_text(encoding="utf-8").replace(
        "discount_rate: {value: 0.10", "discount_rate: {value: 0.11"
    )
    case.write_text(text, encoding="utf-8")
    stopped = run(book, "--case", case, "--apply")
    assert stopped.exit_code == 1
    assert "1 conflict. Nothing was written" in stopped.stderr
    assert case.read_text(encoding="utf-8") == text
    assert run(book, "--case", case, "--apply", "--ours", "finance.discount_rate").exit_code == 0
    assert case.read_text(encoding="utf-8") == text
    assert run(book, "--case", case, "--apply", "--theirs", "all").exit_code == 0
    assert load_case(case).finance.discount_rate.value == 0.12


@pytest.mark.slow
def test_a_formula_in_an_input_is_shown_and_not_taken(case: Path, tmp_path: Path) -> None:
    """A value that is no number is never written into the case; `compare` refuses it with its cell."""
    book = write_edited_copy(
        tmp_path / "acme.xlsx", tmp_path / "back.xlsx", {"finance.discount_rate": "=0.1+0.02"}
    )
    done = run(book, "--case", case)
    assert "Inputs!D12: it holds a formula whose value was not saved with it" in done.stdout
    assert "1 edit was not taken" in done.stderr
    assert done.exit_code == 3
    with pytest.raises(InputError, match=r"Inputs!D12 holds '=0\.1\+0\.02', which is no number"):
        read_edition(book)
    assert read_edition(book, issued=True).values == read_edition(case).values


@pytest.mark.slow
def test_weights_and_scores_are_taken_with_a_remark(case: Path, tmp_path: Path) -> None:
    """Criteria are matched by name, whatever their order today; they have no note, so a comment on the line records the change."""
    keys = {"strategic_fit.criterion_1.weight": 4, "strategic_fit.criterion_2.scores.api": 3}
    book = write_edited_copy(tmp_path / "acme.xlsx", tmp_path / "back.xlsx", keys)
    scale = "  - {name: Scale, weight: 3, scores: {api: 4, self_hosted: 1, platform: 3}}\n"
    text = case.read_text(encoding="utf-8").replace(scale, "")
    last = "  - {name: Existing infrastructure"
    case.write_text(text.replace(last, scale + last), encoding="utf-8")
    assert run(book, "--case", case, "--apply").exit_code == 0
    after = case.read_text(encoding="utf-8")
    remark = "changed in back.xlsx by Finance on 2026-11-24; was"
    assert f"{scale.rstrip().replace('weight: 3', 'weight: 4')}   # {remark} 3\n" in after
    assert (
        f"{{name: Data governance, weight: 3, scores: {{api: 3, self_hosted: 5, platform: 4}}}}   # {remark} 2\n"
        in after
    )


@pytest.mark.slow
def test_an_assumption_that_is_gone_today_is_said(case: Path, tmp_path: Path) -> None:
    """The case has no price for cached input any more: its edit is reported, not lost."""
    book = write_edited_copy(
        tmp_path / "acme.xlsx", tmp_path / "back.xlsx", {"options.api.cached_input_price": 0.2}
    )
    text = case.read_text(encoding="utf-8").replace("    cached_input_price: {value: 0.10}\n", "")
    case.write_text(
        text.replace("cached_share: {value: 0.0, low: 0.0, high: 0.5", "cached_share: {value: 0.0"),
        encoding="utf-8",
    )
    said = (
        "options.api.cached_input_price is 0.2 there; the case has no options.api.cached_input_price today."
    )
    assert said in run(book, "--case", case).stdout


@pytest.mark.slow
def test_the_case_is_found_by_the_workbooks_name(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In inputs, beside the workbook or above it; otherwise an error demands --case."""
    out = tmp_path / "out"
    out.mkdir()
    shutil.move(case.with_suffix(".xlsx"), out)
    monkeypatch.chdir(tmp_path)
    assert run(out / "acme.xlsx").exit_code == 0
    case.unlink()
    with pytest.raises(InputError, match="no case that it was issued from; name the case with --case"):
        run(out / "acme.xlsx")


@pytest.mark.slow
def test_no_command_that_overwrites_is_offered_while_an_edit_is_refused(case: Path, tmp_path: Path) -> None:
    """One edit taken and one refused: the next command has no --force; with everything taken it has."""
    typed = {"finance.discount_rate": 0.12, "workload.cached_share": "35%"}
    book = write_edited_copy(tmp_path / "acme.xlsx", tmp_path / "back.xlsx", typed)
    partly = run(book, "--case", case, "--apply")
    assert f"reportgen build {case} --since {book}" in partly.stderr.replace("\n", " ")
    assert "--force" not in partly.stderr + partly.stdout
    assert partly.exit_code == 3
    whole = run(book, "--case", case, "--apply", "--values")
    assert f"--since {book} --force" in whole.stderr
    assert whole.exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("acme (1).xlsx", marks=pytest.mark.long),
        pytest.param("acme_v2.xlsx", marks=pytest.mark.long),
        "From finance.xlsx",
    ],
)
def test_a_renamed_workbook_finds_the_case_that_it_was_issued_from(
    name: str, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the text it carries; after the case was edited by title and options; where two could be it, --case decides."""
    out = tmp_path / "out"
    out.mkdir()
    shutil.move(case.with_suffix(".xlsx"), out)
    book = shutil.move(out / "acme.xlsx", out / name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.yaml").write_text("case: {title: Other}\noptions: {}\n", encoding="utf-8")
    assert find_case_file(read_workbook(book)) == case
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("years: 2", "years: 3"), encoding="utf-8")
    assert find_case_file(read_workbook(book)) == case
    (tmp_path / "twin.yaml").write_text(text.replace("years: 2", "years: 4"), encoding="utf-8")
    with pytest.raises(InputError, match="It may have been issued from any of"):
        find_case_file(read_workbook(book))


@pytest.mark.slow
def test_plain_values_are_taken_on_request_and_line_endings_stay(case: Path, tmp_path: Path) -> None:
    """35% and 3,50 $ are refused with what they stand for; --values takes them; a case with CRLF keeps it everywhere."""
    before = case.read_bytes().replace(b"\n", b"\r\n")
    case.write_bytes(before)
    typed = {"workload.cached_share": "35%", "options.api.output_price": "3,50 $"}
    book = write_edited_copy(tmp_path / "acme.xlsx", tmp_path / "back.xlsx", typed)
    shown = run(book, "--case", case, "--apply")
    assert "it holds text, which stands for 0.35: --values takes it." in shown.stdout
    assert (
        "2 edits were not taken: the reasons stand above. Plain values are taken with --values."
        in shown.stderr
    )
    assert (shown.exit_code, case.read_bytes()) == (3, before)
    assert "reportgen build" not in shown.stderr
    assert run(book, "--case", case, "--apply", "--values").exit_code == 0
    after = case.read_bytes()
    assert b"\n" not in after.replace(b"\r\n", b"")
    old, new = before.split(b"\r\n"), after.split(b"\r\n")
    assert len([line for line in new if line not in old]) == 2
    assert load_case(case).workload.cached_share.value == 0.35
    assert load_case(case).options["api"].output_price.value == 3.5


@pytest.mark.slow
@pytest.mark.parametrize("command", ["adopt", "compare", "since"])
def test_an_archive_that_is_no_workbook_is_said_in_a_sentence(command: str, tmp_path: Path) -> None:
    """A list of content types alone: one sentence and exit 1, never a traceback."""
    path = tmp_path / "ct_only.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
    arguments = {
        "adopt": ["adopt", path, "--case", SHIPPED],
        "compare": ["compare", path, SHIPPED],
        "since": ["build", SHIPPED, "-o", tmp_path, "--since", path],
    }[command]
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert isinstance(done.exception, InputError)
    assert "This cannot be read as a workbook" in str(done.exception)


def test_text_is_changed_in_every_way_that_people_write() -> None:
    """Braces, blocks, lists by name, a range added, a note kept; KeyError for a parent that does not exist."""
    text = CaseText(
        "a:\n  x: 1   # one\n  y:\n    value: 2\n    note: Old.\n\n# below\nrisks:\n  - {name: Rain today, probability: 0.5}\n"
    )
    text.set_assumption("a.x", {"low": 0.5}, 1.0, "new")
    text.set_assumption("a.y", {"value": 3.25, "high": 4.0}, 2.0, "new")
    text.set_assumption("a.z", {"value": 7.0}, 0.0, "new")
    text.set_assumption("risks.rain_today.probability", {"value": 0.25}, 0.5, "new")
    assert text.text == (
        'a:\n  x: {value: 1, low: 0.5, note: "new"}   # one\n  y:\n    value: 3.25\n    note: "Old. new"\n    high: 4\n'
        '  z: {value: 7, note: "new"}\n\n# below\nrisks:\n  - {name: Rain today, probability: {value: 0.25, note: "new"}}\n'
    )
    with pytest.raises(KeyError):
        text.set_assumption("b.x", {"value": 1.0}, 1.0, "new")


def test_risks_are_added_to_every_form_of_a_list() -> None:
    """Into a block, a bracketed list, an empty list, and a file without the list; a name that gives no id gets one."""
    does: dict[tuple[str, Operation], float] = {("a.b", "add"): 2.0}
    risk = '{name: "Rain", probability: {value: 0.5, note: "n"}, effects: [{assumption: a.b, add: 2}]}'
    for before, after in (
        ("risks: []\n", f"risks: [{risk}]\n"),
        ("risks: [{name: A}]\n", f"risks: [{{name: A}}, {risk}]\n"),
    ):
        text = CaseText(before)
        text.add_risk("Rain", "rain", 0.5, does, "n")
        assert text.text == after
    block = '  - name: "雨"\n    id: added\n    probability: {value: 0.5, note: "n"}\n    effects:\n      - {assumption: a.b, add: 2}'
    for before, after in (
        ("x: 1\n", f"x: 1\nrisks:\n{block}\n"),
        ("risks:\n  - name: A\n", f"risks:\n  - name: A\n{block}\n"),
    ):
        text = CaseText(before)
        text.add_risk("雨", "added", 0.5, does, "n")
        assert text.text == after


def test_one_operation_of_two_is_taken_out() -> None:
    """The other operation is kept."""
    text = CaseText(
        "risks:\n  - name: A\n    effects:\n      - assumption: a.b\n        multiply: 2\n        add: 1\n"
    )
    text.set_effect(("risks", "a"), "a.b", "multiply", None, "gone")
    assert text.text == "risks:\n  - name: A\n    effects:\n      - {assumption: a.b, add: 1}\n"
