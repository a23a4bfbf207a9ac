"""The what-if tables (Excel data tables) on Runs: per option two results of every run, over the run selector."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import DataTableFormula

from reportgen.formula.excel import fill_template, template
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE
from reportgen.workbook.layout.addresses import absolute
from reportgen.workbook.package.writer import rounded
from reportgen.workbook.sheets.elements.page import Page


def write_table(page: Page, number: int, at: tuple[int, int], names: int) -> None:
    """Write one what-if table: names and numbers of the runs, live results in its head, one row per run.

    `at` is its first column and the row of its head; `names` is the first column of the first table.
    """
    canvas, table = page.canvas, page.issue.model.tables[number]
    column, head = at
    canvas.text(head - 2, column, table.title, "block")
    canvas.text(head - 1, column, "Run", "header")
    canvas.text(head - 1, column + 1, "No.", "header_right")
    for shift, line in enumerate(table.columns):
        text = f"{line.label}, {page.unit(line.unit.name)}"
        canvas.text(head - 1, column + 2 + shift, text, "header_right")
    canvas.text(head, column, "The run shown, live", "header_rule")
    canvas.text(head, column + 1, "", "header_rule")
    for line in table.heads:
        _write_result_head(page, line)
    _write_run_names(page, number, at, names)
    _write_results(page, head + 1, table.columns, column + 2)


def _write_result_head(page: Page, line: Line) -> None:
    place = page.places.lines[line]
    text = fill_template(template(line.formula, line, page.addresses), 0, page.addresses)
    page.canvas.formula(place.row, place.column, text, page.state.series(line)[0], "total", line.unit.kind)


def _write_run_names(page: Page, number: int, at: tuple[int, int], names: int) -> None:
    """Write names and numbers of the runs: a risk's name is linked to the Risks sheet, later tables to the first one."""
    column, head = at
    first = page.places.lines[page.issue.model.run_names].row
    risk = next(line for line in page.places.lines if line.key == "risks.name")
    risks = {name: place for place, name in enumerate(risk.axis.labels)}
    size = page.issue.model.tables[number].columns[0].axis.size
    for place, run in enumerate(page.issue.runs[:size]):
        row = head + 1 + place
        if number:
            link, own = (f"={get_column_letter(at)}{first + place}" for at in (names, names + 1))
            page.canvas.formula(row, column, link, run.name, "label", "text")
            page.canvas.formula(row, column + 1, own, float(place + 1), "number", "flag")
            continue
        page.canvas.value(row, column + 1, float(place + 1), "number", "flag")
        if run.purpose == "risk":
            link = f'={page.addresses.relative_cell(risk, risks[run.name])}&""'
            page.canvas.formula(row, column, link, run.name, "label", "text")
        else:
            page.canvas.text(row, column, run.name, "label_total" if run.name == BASE else "label")


def _write_results(page: Page, top: int, lines: tuple[Line, Line], column: int) -> None:
    last = top + lines[0].axis.size - 1
    reference = f"{get_column_letter(column)}{top}:{get_column_letter(column + 1)}{last}"
    selector = absolute(*page.places.put_in[1:]).replace("$", "")
    for shift, line in enumerate(lines):
        for place, value in enumerate(page.state.series(line)):
            row = top + place
            page.canvas.value(row, column + shift, rounded(float(value)), "number", line.unit.kind)
    first = page.canvas.sheet.cell(top, column)
    page.canvas.cached[first.coordinate] = float(page.state.series(lines[0])[0])
    # Text "0" as Excel writes it: openpyxl omits an attribute that is False
    first.value = DataTableFormula(reference, dt2D="0", dtr="0", r1=selector)  # type: ignore[arg-type]
