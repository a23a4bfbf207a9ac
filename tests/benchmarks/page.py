"""Measure the live page: its size, what it adds to a build, a change and ten thousand futures in Chromium, beside Python.

Run as `python -m tests.benchmarks.page [CASE ...]`; without arguments the largest shipped case. Times of the browser are
wall-clock, the median and from least to most; run it on a machine with nothing else to do.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.binding.bound import bind
from reportgen.files import templates
from reportgen.live.page import live_parts
from reportgen.model.answer import evaluate
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.web import write_html
from reportgen.schema.loading.load import load_case
from tests.live.browser import chromium, opened
from tests.paths import INPUTS

CHANGES = 12
CHANGE = """async (count) => {
  const entry = document.querySelector("#live-first input[type=number]"), times = [];
  for (let i = 1; i <= count; i++) {
    entry.value *= 1.01;
    const from = performance.now();
    entry.dispatchEvent(new Event("input"));
    await new Promise((drawn) => requestAnimationFrame(() => drawn()));
    document.body.offsetHeight;
    times.push(performance.now() - from);
  }
  return times;
}"""


def main(files: list[Path]) -> None:
    """Measure every case, and print a line for each figure."""
    with chromium() as browser, TemporaryDirectory() as folder:
        for file in files:
            print(file.name)
            _measure(browser, file, Path(folder) / "page.html")


def _measure(browser: Any, file: Path, target: Path) -> None:
    analysis = analyse(load_case(file), file)
    _pages(analysis, target)
    bound = bind(analysis.case)
    evaluate(bound.lines, bound.values)
    started = process_time()
    done = evaluate(bound.lines, bound.values)
    done.number(done.case.decision.lead)
    print(
        f"  Python, all runs, answer alone     {1000 * (process_time() - started):7.0f} ms of processor time"
    )
    page = opened(browser, target)
    page.show_model()
    alone = []
    for _ in range(CHANGES):
        settled = page.settled()
        alone += page.page.evaluate(CHANGE, 1)
        page.settle(settled)
    for turn, times in (
        ("a change by itself", alone),
        ("a change in every frame", page.page.evaluate(CHANGE, CHANGES)),
    ):
        print(
            f"  {turn:<34} {sorted(times)[CHANGES // 2]:7.0f} ms (from {min(times):.0f} to {max(times):.0f})"
        )
    settled, entry = page.settled(), page.page.locator("#live-first input[type=number]").first
    entry.fill(str(2 * float(entry.input_value())))
    page.settle(settled)
    print(
        f"  ten thousand futures               {float(page.page.get_attribute('html', 'data-drawn')):7.0f} ms"
    )


def _pages(analysis: Analysis, target: Path) -> None:
    """Write the page twice, without and with the model, and print what the model adds."""
    folders, paper, seconds = Folders(templates()), paper_of(analysis), []
    write_html(paper, target, folders)
    live_parts(analysis, paper, folders)  # the first time, modules are imported
    for live in (False, True):
        started, wall = process_time(), perf_counter()
        size = write_html(paper, target, folders, live_parts(analysis, paper, folders) if live else None)
        seconds.append((process_time() - started, perf_counter() - wall))
    print(f"  size                               {size / 1000:7.0f} kB")
    print(
        f"  added to a build by the model      {1000 * (seconds[1][0] - seconds[0][0]):7.0f} ms of processor time"
    )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [INPUTS / "ten-to-twenty-billion-tokens.yaml"])
