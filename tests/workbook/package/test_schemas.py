"""The finished file against the schemas of ECMA-376, as the validator of the Open XML SDK reads them."""

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import ROOT, SHIPPED, analysis_of

pytestmark = pytest.mark.slow

KNOWN = ("inline-string cell(s)",)
"""Harmless messages about every file that openpyxl writes: Excel moves such texts when it saves."""


@pytest.mark.parametrize(
    "path", [SHIPPED, ROOT / "tests" / "cases" / "nothing_known.yaml"], ids=lambda path: path.stem
)
def test_every_part_is_valid(path: Path, tmp_path: Path) -> None:
    """Sheets, styles, names, charts, drawings, properties and relations: nothing that Excel would want to repair."""
    book = tmp_path / "book.xlsx"
    write_workbook(issue_of(analysis_of(path)), book)
    found = [str(error) for error in OpenXmlValidator().validate(book).errors]
    assert [error for error in found if not any(text in error for text in KNOWN)] == []
