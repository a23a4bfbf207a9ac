"""Changes that the web page saved, merged into the case like the edits of a workbook."""

from pathlib import Path
from shutil import copy

import pytest

from reportgen.adopt.adoption import adopt
from reportgen.adopt.choices import Origin
from reportgen.adopt.reading.page_changes import (
    as_edited_workbook,
    find_case_of,
    is_page_changes,
    read_page_changes,
)
from reportgen.errors import InputError
from reportgen.schema.loading.load import case_of
from tests.agreement.cases import SHIPPED

ORIGIN = Origin("changes.yaml", "Finance", "2026-12-01")


def saved(folder: Path, *lines: str) -> Path:
    """Write changes beside a copy of the case."""
    copy(SHIPPED, folder / SHIPPED.name)
    head = ["changes_of:", f'  case: "{SHIPPED.name}"', "  fingerprint: abc", "changes:"]
    target = folder / "changes.yaml"
    target.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    return target


@pytest.mark.slow
def test_changes_become_the_cases_own(tmp_path: Path) -> None:
    """A volume of 1,500 and a risk left out stand in the case afterwards, with a note; nothing else changes."""
    file = saved(
        tmp_path,
        "  workload.tokens_per_month: {was: 1000, now: 1500}",
        "  risks.deployment_runs_eight_weeks_late.probability: {was: 0.5, now: 0.25}",
    )
    changes = read_page_changes(file)
    case_file = find_case_of(changes)
    adoption = adopt(as_edited_workbook(changes, case_file), case_file, {}, ORIGIN)
    case = case_of(adoption.case.after, str(case_file), "")
    assert case.workload.tokens_per_month is not None
    assert case.workload.tokens_per_month.value == 1500
    assert case.risks[0].probability.value == 0.25
    assert {one.state for one in adoption.merged} == {"taken"}
    assert adoption.manual_steps == ()
    assert "Changed in changes.yaml by Finance on 2026-12-01" in adoption.case.after


@pytest.mark.slow
def test_a_value_beyond_its_range_takes_the_end_with_it(tmp_path: Path) -> None:
    """The range of the volume ends above the value that it moved to, so that the case loads."""
    file = saved(tmp_path, "  workload.tokens_per_month: {was: 1000, now: 90000}")
    adoption = adopt(
        as_edited_workbook(read_page_changes(file), tmp_path / SHIPPED.name),
        tmp_path / SHIPPED.name,
        {},
        ORIGIN,
    )
    adoption.validate()
    assert [one.key for one in adoption.merged] == [
        "workload.tokens_per_month",
        "workload.tokens_per_month.high",
    ]


@pytest.mark.slow
def test_a_change_on_both_sides_is_a_conflict(tmp_path: Path) -> None:
    """The page says 1,500 where 900 was issued, the case says 1,000 today: nothing is taken until it is decided."""
    file = saved(tmp_path, "  workload.tokens_per_month: {was: 900, now: 1500}")
    adoption = adopt(
        as_edited_workbook(read_page_changes(file), tmp_path / SHIPPED.name),
        tmp_path / SHIPPED.name,
        {},
        ORIGIN,
    )
    assert [one.key for one in adoption.conflicts] == ["workload.tokens_per_month"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("options: {}\n", "no changes of a web page"),
        ("changes_of: {case: a.yaml}\nchanges: {x: {was: 1}}\n", "two numbers"),
        ("changes_of: {case: a.yaml}\nchanges: {x: {was: 1, now: true}}\n", "two numbers"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    """A file that is something else says so."""
    file = tmp_path / "changes.yaml"
    file.write_text(text, encoding="utf-8")
    assert is_page_changes(file)
    with pytest.raises(InputError) as refused:
        read_page_changes(file)
    assert sentence in str(refused.value)


def test_an_unknown_assumption_is_refused(tmp_path: Path) -> None:
    """A path that the case does not have is named."""
    file = saved(tmp_path, "  options.other.utilisation: {was: 1, now: 2}")
    with pytest.raises(InputError) as refused:
        as_edited_workbook(read_page_changes(file), tmp_path / SHIPPED.name)
    assert "options.other.utilisation" in str(refused.value)
