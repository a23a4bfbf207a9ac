"""The floors: what the libraries alone take for the same finished work. Nothing of the program is imported here.

    python -m tests.benchmarks.floors NAME INPUT TIMES

`INPUT` is a pickle that the program's side of the pair has written.
"""

import csv
import json
import pickle
import sys
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import measured, printed


def yaml_parsed(texts: Iterable[str]) -> None:
    """Parse YAML texts."""
    from ruamel.yaml import YAML

    for text in texts:
        YAML(typ="safe", pure=True).load(text)


def arrays(shapes: Iterable[tuple[int, int]]) -> None:
    """Multiply and add two arrays of each shape."""
    import numpy as np

    for shape in shapes:
        values = np.full(shape, 1.5)
        values * 2.0 + values


def cells_written(given: tuple[dict[str, list[tuple[int, int, Any, list[int]]]], dict[str, Any]]) -> None:
    """Write cells, formulas as texts, with their styles, with openpyxl: no widths, checks of what is typed, or charts."""
    import openpyxl
    from openpyxl.styles.cell_style import StyleArray

    sheets, styles = given
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in styles.items():
        setattr(book, name, table)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row, column, value, style in cells:
            sheet.cell(row, column, value)._style = StyleArray(style)
    book.save(BytesIO())


def json_written(record: dict[str, Any]) -> None:
    """Write a record as JSON."""
    json.dumps(record, indent=1, ensure_ascii=False)


def rendered(given: tuple[str, str]) -> None:
    """Let WeasyPrint make a PDF of a finished page."""
    import weasyprint

    html, base = given
    weasyprint.HTML(string=html, base_url=base).write_pdf(pdf_variant="pdf/a-3u", pdf_tags=True)


def page_written(html: str) -> None:
    """Parse a finished page and write it again with lxml."""
    from lxml import html as parser

    parser.tostring(parser.fromstring(html))


def drawn(given: tuple[int, int, int]) -> None:
    """Draw the same numbers with numpy, and sort what they come to for each option."""
    import numpy as np

    ranges, options, draws = given
    random = np.random.default_rng(1)
    total = np.zeros(draws)
    for _ in range(ranges):
        total = total + random.triangular(1, 2, 3, draws)
    for _ in range(options):
        np.sort(total)


def json_lines_read(path: str) -> None:
    """Read JSON lines with orjson and add the tokens up."""
    import orjson

    total = 0
    with Path(path).open("rb") as file:
        for line in file:
            total += orjson.loads(line)["response_tokens"]


def csv_read(path: str) -> None:
    """Read a table with csv and add the tokens up."""
    total = 0
    for row in csv.reader(StringIO(Path(path).read_text(encoding="utf-8"))):
        total += int(row[1]) if row[1].isdigit() else 0


def workbooks_loaded(paths: Iterable[str]) -> None:
    """Load workbooks with openpyxl."""
    import openpyxl

    for path in paths:
        openpyxl.load_workbook(path)


def files_looked_at(given: tuple[list[str], str]) -> None:
    """Ask the system for the state of each file, and parse a file of JSON lines."""
    paths, index = given
    for path in paths:
        Path(path).stat()
    for line in Path(index).read_text(encoding="utf-8").split("\n"):
        if line:
            json.loads(line)


def pack_written(given: tuple[tuple[str, str], Any, int]) -> None:
    """Render pages and write cells, as often as there are cases."""
    page, cells, times = given
    for _ in range(times):
        rendered(page)
        cells_written(cells)


FLOORS: dict[str, tuple[Callable[[Any], None], str]] = {
    "load": (yaml_parsed, "ruamel.yaml parses both files"),
    "analyse": (arrays, "numpy multiplies and adds for each value of each line in every run"),
    "runs": (arrays, "numpy multiplies and adds for each value of each line in every run"),
    "simulation": (drawn, "numpy draws the same numbers and sorts them for each option"),
    "simulation of 100,000": (drawn, "numpy draws the same numbers and sorts them for each option"),
    "switching values": (arrays, "numpy multiplies and adds for each value of each line in every run"),
    "best split": (arrays, "numpy multiplies and adds for each value of each line in every run"),
    "workbook": (cells_written, "openpyxl writes the same formulas with their styles"),
    "results": (json_written, "json writes the finished record"),
    "paper": (rendered, "WeasyPrint renders the finished page"),
    "page": (page_written, "lxml parses and writes the finished page"),
    "sweep": (arrays, "numpy multiplies and adds for each value of each line in every variant"),
    "usage, JSON lines": (json_lines_read, "orjson reads each line"),
    "usage, CSV": (csv_read, "csv reads each line"),
    "verify": (workbooks_loaded, "openpyxl loads the workbook"),
    "adopt": (workbooks_loaded, "openpyxl loads the workbook"),
    "compare": (workbooks_loaded, "openpyxl loads both workbooks"),
    "unchanged cases": (files_looked_at, "the system is asked for each file, json parses the index"),
    "build": (pack_written, "WeasyPrint renders the page, openpyxl writes the cells"),
    "batch, one process": (pack_written, "WeasyPrint and openpyxl, as often"),
    "batch, two processes": (pack_written, "WeasyPrint and openpyxl, as often"),
}
"""The floor of each pair, and what it is."""


def main(name: str, given: Path, times: int) -> None:
    """Measure a floor and print what it took."""
    printed(measured(partial(FLOORS[name][0], pickle.loads(given.read_bytes())), times))  # noqa: S301  its own


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
