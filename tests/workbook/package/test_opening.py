"""The largest workbook is soon opened by LibreOffice."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case
from reportgen.workbook.issue import issue_of
from reportgen.workbook.package.libreoffice import find_libreoffice
from reportgen.workbook.write import write_workbook
from tests.engines import need_libreoffice
from tests.workbook.sizes import sized, written

pytestmark = pytest.mark.long


def open_and_export(book: Path, folder: Path) -> None:
    """Have LibreOffice open a file normally and write its first sheet as text."""
    program = find_libreoffice()
    assert program
    with TemporaryDirectory() as profile:
        subprocess.run(
            [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "csv", "--outdir", folder, book],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip


def test_the_largest_workbook_opens(tmp_path: Path) -> None:
    """Eight options, five years, forty risks: LibreOffice opens it and shows its checks."""
    need_libreoffice()
    largest = tmp_path / "largest.xlsx"
    case = written(sized(8, 5, 40, "Polish"), tmp_path)
    write_workbook(issue_of(analyse(load_case(case), case)), largest)
    open_and_export(largest, tmp_path)
    assert "Master check,Checks: all pass" in (tmp_path / "largest.csv").read_text(encoding="latin-1")
