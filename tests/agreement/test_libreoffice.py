"""LibreOffice, forced to recalculate, agrees with every cell and with every run of the what-if tables."""

from pathlib import Path

from openpyxl.utils import get_column_letter

from reportgen.workbook.state import state_of
from reportgen.workbook.write import lay_out, write_workbook
from tests.agreement.cases import SHIPPED, analysis_of, differences, same
from tests.engines import libreoffice_values


def test_every_cell_and_table_agrees_after_an_edit(tmp_path: Path) -> None:
    """A utilisation and a price edited: cells, tables, risks and the answer are those of Python."""
    issue = analysis_of(SHIPPED).issue
    book = tmp_path / "book.xlsx"
    places = write_workbook(issue, book).places
    edits = {"options.self_hosted.utilisation": 0.05, "options.api.input_price": 4.0}
    state = state_of({**issue.values, **edits}, issue.runs)
    cells = {
        (sheet, f"D{row}"): edits[path] for path, (sheet, row, _) in places.inputs.items() if path in edits
    }
    found = libreoffice_values(book, cells)
    assert differences(lay_out(issue, state), found, cells)[:5] == []
    compared = 0
    for table in issue.model.tables:
        for line in table.columns:
            for position, expected in enumerate(state.series(line)):
                row, column = places.lines[line].at(position)
                cell = ("Runs", f"{get_column_letter(column)}{row}")
                assert same(found[cell], expected), (cell, issue.runs[position].name)
                compared += 1
    assert compared == 2 * sum(table.columns[0].axis.size for table in issue.model.tables)
