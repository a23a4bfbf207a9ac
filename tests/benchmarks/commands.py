"""Whole commands, each a cold process, beside a cold process that does the same finished work with the library alone."""

import json
import pickle
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Taken, best, ran

USAGE_ROWS, FEW_ROWS = 200_000, 20_000
PROGRAM = (sys.executable, "-m", "reportgen")
FINDINGS = (0, 3)
"""Exit statuses of commands that find something."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command and its floor, each as words."""

    name: str
    words: tuple[str, ...]
    floor: tuple[str, ...]
    what: str
    """What the floor is."""


def commands(case: Path, folder: Path, *, quick: bool) -> Iterator[Command]:
    """Yield the commands, on files that are made in a folder."""
    out = folder / "out"
    own = Path(shutil.copy(case, folder / "mine.yaml"))
    shutil.copy(case.with_name("prices.yaml"), folder)
    ran((*PROGRAM, "build", str(own), "-o", str(out), "--force"))
    book, edited = out / "mine.xlsx", folder / "edited.xlsx"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        page, cells = other.submit(_finished, str(own), styled=True).result()
        other.submit(_edited, str(book), str(edited)).result()

    def floor(name: str, given: Any) -> tuple[str, ...]:
        place = folder / f"{name}.pickle"
        place.write_bytes(pickle.dumps(given))
        return sys.executable, "-c", _once(name), str(place)

    yield Command(
        "--help", (*PROGRAM, "--help"), (sys.executable, "-c", "import typer"), "Python imports typer"
    )
    yield Command(
        "build", (*PROGRAM, "build", str(own), "-o", str(out), "--force"), floor("build", (page, cells, 1)),
        "WeasyPrint renders the page, openpyxl writes the cells",
    )  # fmt: skip
    yield Command(
        "verify",
        (*PROGRAM, "verify", str(book), "--fast"),
        floor("verify", [str(book)]),
        "openpyxl loads the workbook",
    )
    yield Command(
        "adopt",
        (*PROGRAM, "adopt", str(edited), "--case", str(own)),
        floor("adopt", [str(edited)]),
        "openpyxl loads the workbook",
    )
    yield Command(
        "compare", (*PROGRAM, "compare", str(book), str(edited)), floor("compare", [str(book), str(edited)]),
        "openpyxl loads both workbooks",
    )  # fmt: skip
    lines, table = usage_files(folder, FEW_ROWS if quick else USAGE_ROWS)
    columns = ("--columns", "time=time,input=input,output=output")
    yield Command(
        "usage, JSON lines",
        (*PROGRAM, "usage", str(lines)),
        floor("usage, JSON lines", str(lines)),
        "orjson reads each line",
    )
    yield Command(
        "usage, CSV",
        (*PROGRAM, "usage", str(table), *columns),
        floor("usage, CSV", str(table)),
        "csv reads each line",
    )


def _once(name: str) -> str:
    """Return the script of a floor that is done once, in a process that has imported nothing before."""
    return (
        "import pickle, sys; from tests.benchmarks.floors import FLOORS; "
        f"FLOORS[{name!r}][0](pickle.load(open(sys.argv[1], 'rb')))"
    )


def _finished(file: str, *, styled: bool) -> tuple[tuple[str, str], Any]:
    """Return the finished page and cells of a case, with formulas and styles or as constants; called in a process apart, whose memory nobody inherits."""
    from reportgen.assessment import analyse
    from reportgen.schema.loading.load import load_case
    from tests.benchmarks.pairs import cells_of, page_of, styled_cells_of

    analysis = analyse(load_case(Path(file)), Path(file))
    return page_of(analysis), (styled_cells_of if styled else cells_of)(analysis)


def _edited(book: str, target: str) -> None:
    """Copy a workbook with another number in one of its inputs."""
    from tests.engines import write_changed

    write_changed(Path(book), Path(target), {("Inputs", "D12"): 0.12})


def usage_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write the same requests as JSON lines and as a table: one for each minute."""
    lines, table = folder / "usage.jsonl", folder / "usage.csv"
    with lines.open("w", encoding="utf-8") as first, table.open("w", encoding="utf-8") as second:
        second.write("time,input,output\n")
        for number in range(rows):
            day, minute = divmod(number, 1440)
            when = f"2026-{1 + day // 28 % 12:02}-{1 + day % 28:02}T{minute // 60:02}:{minute % 60:02}:00Z"
            read, written = 900 + number % 700, 100 + number % 300
            row = {
                "startTime": when, "model": "served", "usage": {"input": read, "output": written}, "response_tokens": written,
                "prompt_tokens": read, "completion_tokens": written, "spend": 0.01,
            }  # fmt: skip
            first.write(json.dumps(row) + "\n")
            second.write(f"{when},{read},{written}\n")
    return lines, table


def measure(command: Command, times: int) -> tuple[Taken, Taken]:
    """Run a command and its floor in turn."""
    pairs = [(ran(command.words, fails=FINDINGS), ran(command.floor)) for _ in range(times)]
    return best([one for one, _ in pairs]), best([one for _, one in pairs])
