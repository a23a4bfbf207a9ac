"""A workbook with many what-if cells is recalculated on request, and Runs explains how."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("case", "cells", "mode", "said"),
    [
        (SHIPPED, 920, "auto", "in LibreOffice press Ctrl+Shift+F9 after changes"),
        (SHIPPED.with_name("hospital-group.yaml"), 2800, "autoNoTable", "after a change press F9"),
    ],
    ids=["small", "large"],
)
def test_runs_says_how_its_tables_are_filled(
    tmp_path: Path, case: Path, cells: int, mode: str, said: str
) -> None:
    """Up to 2,400 what-if cells Excel recalculates at every change; above, only on F9, and the head of Runs says so."""
    issue = issue_of(analysis_of(case))
    assert len(issue.runs) * 2 * len(issue.model.tables) == cells
    written = write_workbook(issue, tmp_path / "book.xlsx")
    assert said in written.book["Runs"]["B3"].value
    with ZipFile(tmp_path / "book.xlsx") as parts:
        found = re.search(r'calcMode="(\w+)"', parts.read("xl/workbook.xml").decode())
    assert found
    assert found[1] == mode
