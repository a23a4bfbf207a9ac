"""The verification of workbooks: as issued, edited, with wrong values, saved by another program, and of another origin."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from reportgen.pipeline.verification import verified
from reportgen.workbook.issue import issue_of
from reportgen.workbook.package.reader import open_book
from reportgen.workbook.verify.recalculation import compared_values
from reportgen.workbook.verify.report import record, table
from reportgen.workbook.verify.verify import NOT_INSTALLED
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import analysis_of
from tests.engines import convert_for_test, write_changed
from tests.packs import small_case

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small case over one year with few volumes once: LibreOffice fills each of its what-if tables in turn."""
    folder = tmp_path_factory.mktemp("issued")
    case = small_case(folder)
    text = case.read_text(encoding="utf-8").replace("years: 2", "years: 1", 1)
    case.write_text(f"{text}simulation: {{draws: 100}}\nbreak_even: {{points: 2}}\n", encoding="utf-8")
    write_workbook(issue_of(analysis_of(case)), folder / "issued.xlsx")
    return folder / "issued.xlsx"


@pytest.fixture(scope="module")
def resaved(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let LibreOffice recalculate the workbook and save it, once."""
    return convert_for_test(issued, tmp_path_factory.mktemp("resaved"), "xlsx")


def test_a_workbook_as_issued_has_no_findings(issued: Path) -> None:
    """Safe, all rules followed, checks passing, the same as built again."""
    found = verified(issued, recalculate=False)
    assert found.findings == 0
    assert found.made_by_reportgen
    assert found.unchanged_reason == "as it was issued, built again and compared"
    assert [line[2] for line in table(found)][:-1] == ["✓", "✓", "–", "✓", "✓"]


def test_what_was_changed_since_issue_is_told_with_before_and_after(issued: Path, tmp_path: Path) -> None:
    """An input is a change, a formula typed over a finding; both are found by building the workbook again."""
    before = load_workbook(issued)
    row = next(r for r in range(1, 99) if before["Inputs"].cell(r, 13).value == "workload.annual_growth")
    path = tmp_path / "edited.xlsx"
    write_changed(issued, path, {("Inputs", f"D{row}"): 0.9, ("Workload", "J14"): 5.0})
    found = verified(path, recalculate=False)
    typed = (f"Inputs!D{row}", f"is 0.9, was {before['Inputs'][f'D{row}'].value}")
    assert [(one.where, one.what) for one in found.changed] == [typed]
    formula = ("Workload!J14", f"is 5, was {before['Workload']['J14'].value}")
    assert [(one.where, one.what) for one in found.overwritten] == [formula]


def test_a_recalculation_finds_poisoned_values_in_formulas_and_what_if_tables(
    issued: Path, resaved: Path, tmp_path: Path
) -> None:
    """A wrong value in a what-if table is reported; the workbook as issued has none."""
    opened = open_book(issued)
    runs = opened.sheets["Runs"]
    row, column = max(runs.table_cells)
    cell = runs.sheet.cell(row, column).coordinate
    path = tmp_path / "poisoned.xlsx"
    write_changed(issued, path, {("Runs", cell): 1.0})
    found = compared_values(open_book(path), convert_for_test(path, tmp_path / "again", "xlsx"))
    assert [one.where for one in found.wrong if one.where == f"Runs!{cell}"]
    assert found.cells > 1000
    assert compared_values(opened, resaved).wrong == ()


def test_tables_saved_by_libreoffice_are_recognised(resaved: Path) -> None:
    """It saves what-if tables as formulas that Excel does not know: reported once, with no other finding."""
    found = verified(resaved, recalculate=True)
    assert "build the workbook again" in found.values.skipped
    tables = next(places for rule, places in found.rules if rule.id == "what-if-tables")
    assert len(tables) == 1
    assert found.changed == ()


def test_without_libreoffice_the_verdict_says_so(issued: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved values are reported as not recalculated, instead of as right."""
    monkeypatch.setenv("PATH", "")
    found = verified(issued, recalculate=True)
    assert found.values.skipped == NOT_INSTALLED
    assert f"  – saved values              {NOT_INSTALLED}" in list(table(found))


def test_any_workbook_can_be_verified(tmp_path: Path) -> None:
    """One made with openpyxl: no saved values, a number over a formula, a sum that stops short, a constant."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 11):
        sheet.cell(row, 1, row * 1.5)
        sheet.cell(row, 2, f"=A{row}*1.19")
    sheet["B5"], sheet["B11"] = 7, "=SUM(B1:B9)"
    book.save(tmp_path / "plain.xlsx")
    found = verified(tmp_path / "plain.xlsx", recalculate=False)
    assert not found.made_by_reportgen
    by_rule = {rule["id"]: [one["where"] for one in rule["findings"]] for rule in record(found)["rules"]}
    assert by_rule["copies"] == ["Sheet!B5"]
    assert by_rule["whole-ranges"] == ["Sheet!B11"]
    assert by_rule["saved-values"] == ["Sheet!B1"]
    assert len(by_rule["constants"]) == 9


def saved_without_values(issued: Path, folder: Path) -> Path:
    """Save a workbook again with openpyxl, which drops every saved value."""
    book = load_workbook(issued)
    book.save(folder / "unsaved.xlsx")
    return folder / "unsaved.xlsx"


def test_a_file_saved_without_values_is_told_so_once(issued: Path, tmp_path: Path) -> None:
    """One finding; what was not computed neither passes nor fails a check."""
    found = verified(saved_without_values(issued, tmp_path), recalculate=False)
    told = {rule.id: places for rule, places in found.rules if places}
    assert list(told) == ["saved-values"]
    assert len(told["saved-values"]) == 1
    assert "open the workbook in a spreadsheet program and save it" in told["saved-values"][0].what
    lines = list(table(found))
    assert "  – checks                    not known: no values were saved, and none were computed" in lines


def test_the_checks_of_a_file_without_values_are_judged_by_what_is_computed(
    issued: Path, tmp_path: Path
) -> None:
    """LibreOffice computes them: all pass, and the missing values are still the only finding."""
    found = verified(saved_without_values(issued, tmp_path), recalculate=True)
    assert {rule.id for rule, places in found.rules if places} == {"saved-values"}
    lines = list(table(found))
    assert "  ✓ checks                    all pass" in lines
    assert any("judged by what LibreOffice computes" in line for line in lines)


def linked_workbook(folder: Path) -> Path:
    """Save a workbook that reads another one, and in which a sum stops short."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 11):
        sheet.cell(row, 1, row * 1.5)
    sheet["B1"], sheet["C1"] = "=SUM(A1:A9)", "=[1]Sheet1!$A$1"
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="prices.xlsx", TargetMode="External")
    book._external_links.append(link)  # type: ignore[attr-defined]
    book.save(folder / "linked.xlsx")
    return folder / "linked.xlsx"


def test_a_link_to_another_workbook_does_not_stop_the_other_rules(tmp_path: Path) -> None:
    """It is a finding of its own, is not followed, and the sum that stops short is found all the same."""
    found = verified(linked_workbook(tmp_path), recalculate=True)
    by_rule = {rule["id"]: [one["where"] for one in rule["findings"]] for rule in record(found)["rules"]}
    assert found.unsafe == ()
    assert by_rule["external"] == ["workbook", "Sheet!C1"]
    assert by_rule["whole-ranges"] == ["Sheet!B1"]
    assert (
        "that would open the workbooks it links to" in found.values.skipped
        or found.values.skipped == NOT_INSTALLED
    )
    assert "  ✗ links                     it links to another file; none was followed" in list(table(found))


def test_a_rate_beside_the_amounts_is_no_range_that_stops_short(tmp_path: Path) -> None:
    """NPV reads its rate by itself: the cell beside the range belongs to the formula; a cell that it does not read is left out."""
    book = Workbook()
    sheet = book.worksheets[0]
    for column in range(2, 9):
        sheet.cell(1, column, 0.1 * column)
        sheet.cell(2, column, 0.1 * column)
    sheet["A1"], sheet["A2"] = "=NPV(B1,C1:H1)", "=SUM(C2:H2)"
    book.save(tmp_path / "npv.xlsx")
    found = verified(tmp_path / "npv.xlsx", recalculate=False)
    by_rule = {rule["id"]: [one["where"] for one in rule["findings"]] for rule in record(found)["rules"]}
    assert by_rule["whole-ranges"] == ["Sheet!A2"]


def test_a_hostile_file_is_not_opened(tmp_path: Path) -> None:
    """Only the danger is reported."""
    (tmp_path / "book.xlsx").write_bytes(b"no workbook")
    found = verified(tmp_path / "book.xlsx", recalculate=False)
    assert found.findings == 1
    assert list(table(found))[-1] == "book.xlsx is not safe to open."
