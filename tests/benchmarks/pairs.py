"""The program's side of each pair: a piece of work, and what its floor needs for the same.

    python -m tests.benchmarks.pairs NAME CASE FOLDER SIZE

A pair is prepared, its floor's input is written into the folder, and it is measured in this process.
"""

import json
import pickle
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.batch.build import BatchOptions, build_all
from reportgen.batch.index import NAME as INDEX
from reportgen.binding.bound import bind
from reportgen.binding.outline import labels
from reportgen.files import templates
from reportgen.live.page import live_parts
from reportgen.model.answer import evaluate
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.report.pdf import write_pdf
from reportgen.report.web import write_html
from reportgen.results_file.write import record
from reportgen.runtime.memory import keep_memory, with_one_stack
from reportgen.schema.loading.load import load_case, usual_figures
from reportgen.uncertainty.best_split import best_split
from reportgen.uncertainty.simulation import futures
from reportgen.uncertainty.switching_values import eligible_ranking, switching_values
from reportgen.uncertainty.variables import variables_of
from reportgen.variants.evaluation import Evaluator
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import lay_out, write_workbook
from tests.benchmarks.measure import measured, printed
from tests.benchmarks.sizes import PAIRS
from tests.paths import CASES

Prepared = tuple[Callable[[], object], Any]
"""The work, and what the floor is given."""


def load(file: Path, _folder: Path, _size: int) -> Prepared:
    """Read a case and its price book, every check included."""
    texts = [one.read_text(encoding="utf-8") for one in (file, file.with_name("prices.yaml"))]
    return lambda: load_case(file), texts


def analysed(file: Path, _folder: Path, _size: int) -> Prepared:
    """Evaluate a case over all its runs and assess it."""
    case = load_case(file)
    return lambda: analyse(case, file), _shapes(analyse(case, file))


def runs(file: Path, _folder: Path, _size: int) -> Prepared:
    """Evaluate every line of a case over all its runs, and the decision over the runs."""
    case = load_case(file)
    bound = bind(case)

    def work() -> None:
        done = evaluate(bound.lines, bound.values)
        done.number(done.case.decision.lead)

    return work, _shapes(analyse(case, file))


def _shapes(analysis: Analysis, rows: int | None = None) -> list[tuple[int, int]]:
    """Return the shape of each line over all runs."""
    return [(rows or len(analysis.runs), line.axis.size) for line in analysis.model.lines()]


def simulation(file: Path, _folder: Path, size: int) -> Prepared:
    """Draw futures of all options."""
    case = load_case(file)
    analysis, bound = analyse(case, file), bind(case)
    done = evaluate(bound.lines, bound.values)
    names = labels(case, bound.assumptions) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, bound.assumptions, done.case, done.values)
    settings = case.simulation.model_copy(update={"draws": size})
    options = analysis.results.options
    given = (len(variables.ranges) + len(variables.events), len(options), size)
    return lambda: futures(done.case.options, options, variables, names, settings, None), given


def switching(file: Path, _folder: Path, _size: int) -> Prepared:
    """Search the switching value of every assumption."""
    case = load_case(file)
    bound = bind(case)
    done = evaluate(bound.lines, bound.values)
    names = labels(case, bound.assumptions)
    variables = variables_of(case, bound.assumptions, done.case, done.values)

    def work() -> None:
        eligible = eligible_ranking(done.case.options, variables)
        assert eligible
        switching_values(eligible, bound.assumptions, names, case.case.currency, {})

    return work, _shapes(analyse(case, file))


def split(_file: Path, _folder: Path, _size: int) -> Prepared:
    """Search the best assignment of workloads to options, of a case that has several."""
    file = CASES / "three_workloads.yaml"
    case = load_case(file)
    bound, analysis = bind(case), analyse(case, file)
    done = evaluate(bound.lines, bound.values)
    return lambda: best_split(done.case, done.values, analysis.results.options), _shapes(analysis)


def workbook(file: Path, folder: Path, _size: int) -> Prepared:
    """Write the workbook."""
    analysis = analyse(load_case(file), file)
    return lambda: write_workbook(issue_of(analysis), folder / "book.xlsx"), styled_cells_of(analysis)


def cells_of(analysis: Analysis) -> dict[str, list[tuple[int, int, Any]]]:
    """Return the cells of a workbook with their values."""
    written = lay_out(issue_of(analysis), evaluate_state(issue_of(analysis).values, issue_of(analysis).runs))
    return {
        sheet.title: [
            (cell.row, cell.column, _plain(written.cached[sheet.title].get(cell.coordinate, cell.value)))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in written.book.worksheets
    }


STYLES = ("_fonts", "_fills", "_borders", "_number_formats", "_alignments", "_protections")
"""The tables of a workbook that a cell's style points into."""


def styled_cells_of(
    analysis: Analysis,
) -> tuple[dict[str, list[tuple[int, int, Any, list[int]]]], dict[str, Any]]:
    """Return the cells of a workbook with formulas and styles, and the tables of styles."""
    issue = issue_of(analysis)
    book = lay_out(issue, evaluate_state(issue.values, issue.runs)).book
    cells = {
        sheet.title: [
            (cell.row, cell.column, _plain(cell.value), list(cell._style))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]
        for sheet in book.worksheets
    }
    return cells, {name: getattr(book, name) for name in STYLES}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def results(file: Path, _folder: Path, _size: int) -> Prepared:
    """Make the record of the results file and its text."""
    analysis = analyse(load_case(file), file)
    return lambda: json.dumps(record(analysis), indent=1, ensure_ascii=False), record(analysis)


def paper(file: Path, folder: Path, _size: int) -> Prepared:
    """Compose the paper and set it as PDF."""
    analysis = analyse(load_case(file), file)
    created = datetime.combine(analysis.case.case.date, datetime.min.time(), UTC)

    def work() -> None:
        write_pdf(paper_of(analysis), folder / "paper.pdf", Folders(templates()), created, tuple)

    return work, page_of(analysis)


def page_of(analysis: Analysis) -> tuple[str, str]:
    """Return the finished page of a paper, and where its files are."""
    return render_paper(paper_of(analysis), Folders(templates())), f"{templates().as_uri()}/"


def page(file: Path, folder: Path, _size: int) -> Prepared:
    """Write the paper as a web page with its model."""
    analysis, target, folders = analyse(load_case(file), file), folder / "page.html", Folders(templates())

    def work() -> None:
        composed = paper_of(analysis)
        write_html(composed, target, folders, live_parts(analysis, composed, folders))

    work()
    return work, target.read_text(encoding="utf-8")


def sweep(file: Path, _folder: Path, size: int) -> Prepared:
    """Evaluate variants of volume and of the first option's work."""
    case = load_case(file)
    paths = ("workload.tokens_per_month", "people.loaded_cost_per_fte")
    evaluator = Evaluator(case, usual_figures(file, case), paths)
    columns = dict(zip(paths, (np.geomspace(100, 10_000, size), np.linspace(9e4, 2e5, size)), strict=True))
    bound = bind(case)
    lines = [line for option in bound.lines.options for line in (option.core, option.tco)]
    from reportgen.formula.dependencies import dependencies

    return lambda: evaluator.evaluate(columns), [(size, line.axis.size) for line in dependencies(*lines)]


def unchanged(file: Path, folder: Path, size: int) -> Prepared:
    """Check cases that were built and not changed since; their packs stand for themselves."""
    cases, out = many(file, folder, size)
    index = out / INDEX
    paths = [
        str(path)
        for case in cases
        for path in (case, *(out / f"{case.stem}{end}" for end in (".xlsx", ".pdf", ".json")))
    ]

    def work() -> None:
        done = build_all(cases, BatchOptions(out, force=False, rebuild=False), 1, lambda _: None)
        assert all(one.state == "unchanged" for one in done)

    return work, (paths, str(index))


def many(file: Path, folder: Path, size: int) -> tuple[list[Path], Path]:
    """Make cases of one content with their packs, known to the index; return the cases and the output folder."""
    from dataclasses import replace
    from time import time_ns

    from reportgen.batch.index import Index, entry_of

    inputs, out = folder / "inputs", folder / "out"
    inputs.mkdir(parents=True, exist_ok=True)
    shutil.copy(file.with_name("prices.yaml"), inputs)
    first = Path(shutil.copy(file, inputs / "case-0.yaml"))
    build_all([first], BatchOptions(out, force=False, rebuild=False), 1, lambda _: None)
    index, endings = Index(out), (".xlsx", ".pdf", ".json")
    answer = index.answer(first)
    cases = [first]
    for number in range(1, size):
        case = Path(shutil.copy(file, inputs / f"case-{number}.yaml"))
        pack = [Path(shutil.copy(out / f"case-0{end}", out / f"case-{number}{end}")) for end in endings]
        made_from = [case, inputs / "prices.yaml"]
        index.add(case.stem, entry_of(made_from, pack, replace(answer, case=case.stem), time_ns() + 10**9))
        cases.append(case)
    return cases, out


def batch(processes: int) -> Callable[[Path, Path, int], Prepared]:
    """Build changed cases in some processes."""

    def prepared(file: Path, folder: Path, size: int) -> Prepared:
        inputs, out = folder / "inputs", folder / "out"
        inputs.mkdir(parents=True, exist_ok=True)
        shutil.copy(file.with_name("prices.yaml"), inputs)
        cases = [Path(shutil.copy(file, inputs / f"case-{number}.yaml")) for number in range(size)]
        analysis = analyse(load_case(file), file)
        order = BatchOptions(out, force=False, rebuild=True)
        floor = (page_of(analysis), styled_cells_of(analysis), size)
        return lambda: build_all(cases, order, processes, lambda _: None), floor

    return prepared


PREPARED: dict[str, Callable[[Path, Path, int], Prepared]] = {
    "load": load, "analyse": analysed, "runs": runs, "simulation": simulation, "simulation of 100,000": simulation,
    "switching values": switching, "best split": split, "workbook": workbook, "results": results, "paper": paper, "page": page,
    "sweep": sweep, "unchanged cases": unchanged, "batch, one process": batch(1), "batch, two processes": batch(2),
}  # fmt: skip
"""How each pair of `sizes.py` is prepared."""


def main(name: str, file: Path, folder: Path, size: int) -> None:
    """Measure the program's side of a pair and print what it took; memory is kept as the command line has it."""
    keep_memory()
    work, floor = PREPARED[name](file, folder, size)
    (folder / "floor.pickle").write_bytes(pickle.dumps(floor))
    printed(measured(work, PAIRS[name].times))


if __name__ == "__main__":
    with_one_stack(lambda: main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
