"""How long a cold build takes, beside the least that its two libraries need for the same result.

    .venv/bin/python tests/benchmarks/build.py [CASE] [--runs 5]

The floor is one process that does nothing but let WeasyPrint render the finished page and let openpyxl write the
workbook's cells as constants. Build and floor run in turn, each in a fresh process; so do --help and a bare Python.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.report.composition import paper_of
from reportgen.workbook.issue import issue_of
from tests.paths import ROOT

FLOOR = """
import json, sys, weasyprint
weasyprint.HTML(filename=sys.argv[1], base_url=sys.argv[2]).write_pdf(sys.argv[3], pdf_variant="pdf/a-3u", pdf_tags=True)
import openpyxl
book = openpyxl.Workbook()
book.remove(book.active)
for name, cells in json.load(open(sys.argv[4], encoding="utf-8")).items():
    sheet = book.create_sheet(name)
    for row, column, value in cells:
        sheet.cell(row, column, value)
book.save(sys.argv[5])
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took: seconds on the clock, seconds of the processor, megabytes at its peak."""

    clock: float
    processor: float
    memory: float


def ran(*command: str) -> Taken:
    """Run a command in a process of its own. Raises RuntimeError where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def in_turn(first: list[str], second: list[str], runs: int) -> tuple[list[Taken], list[Taken]]:
    """Run two commands in turn, a first time each without counting it."""
    ran(*first), ran(*second)
    pairs = [(ran(*first), ran(*second)) for _ in range(runs)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def prepared(case: Path, folder: Path) -> list[str]:
    """Write down what the floor needs, and give its command.

    Imports here, called in a process apart: a process is billed for the memory of the one it is forked from.
    """
    from reportgen.assessment import analyse
    from reportgen.files import templates
    from reportgen.report.folders import Folders
    from reportgen.report.page import render_paper
    from reportgen.schema.loading.load import load_case
    from reportgen.workbook.state import evaluate_state
    from reportgen.workbook.write import lay_out

    analysis = analyse(load_case(case), case)
    written = lay_out(issue_of(analysis), evaluate_state(issue_of(analysis).values, issue_of(analysis).runs))
    cells = {
        sheet.title: [
            (cell.row, cell.column, written.cached[sheet.title].get(cell.coordinate, cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in written.book.worksheets
    }
    html, book = folder / "page.html", folder / "cells.json"
    html.write_text(render_paper(paper_of(analysis), Folders(templates())), encoding="utf-8")
    book.write_text(json.dumps(cells, default=str), encoding="utf-8")
    base = templates().as_uri() + "/"
    return [
        sys.executable,
        "-c",
        FLOOR,
        str(html),
        base,
        str(folder / "p.pdf"),
        str(book),
        str(folder / "b.xlsx"),
    ]


def compared(first: list[Taken], second: list[Taken]) -> str:
    """Say how many times as much the first takes, pair by pair, on the clock and of the processor."""
    pairs = list(zip(first, second, strict=True))
    clock = statistics.median(a.clock / b.clock for a, b in pairs)
    processor = statistics.median(a.processor / b.processor for a, b in pairs)
    return f"{clock:.2f} times as long on the clock, {processor:.2f} times of the processor"


def line(what: str, taken: list[Taken]) -> None:
    """Print the medians of some runs."""
    clock, processor, memory = (
        statistics.median(getattr(one, name) for one in taken) for name in ("clock", "processor", "memory")
    )
    print(f"{what:<24} {clock:7.2f} s on the clock {processor:7.2f} s of the processor {memory:5.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("case", nargs="?", type=Path, default=ROOT / "inputs" / "one-billion-tokens.yaml")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    program = [sys.executable, "-m", "reportgen"]
    with TemporaryDirectory() as name:
        with ProcessPoolExecutor(1) as other:
            floor = other.submit(prepared, given.case.resolve(), Path(name)).result()
        build = [*program, "build", str(given.case.resolve()), "-o", str(Path(name) / "out"), "--force"]
        builds, floors = in_turn(build, floor, given.runs)
    helps, bare = in_turn([*program, "--help"], [sys.executable, "-c", "pass"], max(given.runs, 10))
    line("build", builds)
    line("its libraries alone", floors)
    print(f"  {compared(builds, floors)} (aim: at most 1.5 times; memory below 250 MB)")
    line("--help", helps)
    line("bare Python", bare)
    apart = statistics.median(a.clock - b.clock for a, b in zip(helps, bare, strict=True))
    print(f"  {apart:.2f} s more on the clock (aim: at most 0.25 s)")


if __name__ == "__main__":
    main()
