"""What a user would do instead, on the same case in the same run, each a process of its own.

LibreOffice recalculates and prints the book; XlsxWriter fills a workbook with constants, and LibreOffice renders the finished page.
"""

import pickle
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.commands import PROGRAM, _finished
from tests.benchmarks.measure import Taken, ran

CONSTANTS = """
import pickle, sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False})
for name, cells in pickle.load(open(sys.argv[1], "rb")).items():
    sheet = book.add_worksheet(name)
    for row, column, value in cells:
        sheet.write(row - 1, column - 1, value)
book.close()
"""


def others(case: Path, folder: Path) -> Iterator[tuple[str, Taken | str]]:
    """Yield what each way takes, or why it was left out; the program's own build is the first."""
    own = Path(shutil.copy(case, folder / "instead.yaml"))
    shutil.copy(case.with_name("prices.yaml"), folder)
    build = (*PROGRAM, "build", str(own), "-o", str(folder / "built"), "--force")
    ran(build)
    yield "reportgen: live workbook, paper and results", ran(build)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        page, cells = other.submit(_finished, str(own), styled=False).result()
    office = shutil.which("soffice")
    if office is None:
        yield "LibreOffice", "LibreOffice is not installed"
    else:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        html = folder / "page.html"
        html.write_text(page[0], encoding="utf-8")

        def printed(source: Path) -> tuple[str, ...]:
            return (
                office,
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder / "printed"),
                str(source),
            )

        book = folder / "built" / "instead.xlsx"
        ran(printed(book))
        yield "LibreOffice recalculates and prints the workbook", ran(printed(book))
        yield "LibreOffice renders the finished page", ran(printed(html))
    if find_spec("xlsxwriter") is None:
        yield "XlsxWriter", "XlsxWriter is not installed"
    else:
        given = folder / "cells.pickle"
        given.write_bytes(pickle.dumps(cells))
        yield (
            "XlsxWriter fills a workbook with constants",
            ran((sys.executable, "-c", CONSTANTS, str(given), str(folder / "constants.xlsx"))),
        )
