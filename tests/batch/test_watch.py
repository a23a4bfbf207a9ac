"""Watching a case: built at once and after every save, errors told and recovered from."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Timer
from time import monotonic, sleep

import pytest

from reportgen.batch.watch import Rebuild, watch
from reportgen.errors import InputError, Problem, SurroundingsError
from reportgen.pipeline.build import build
from reportgen.pipeline.writing import WORKER_MODULES, BuildWorker, Form
from reportgen.workers import worker_process
from tests.adopt.workbook_editor import WorkbookEditor
from tests.paths import INPUTS
from tests.prices.books import BOOK

pytestmark = pytest.mark.slow

SMALL = INPUTS / "small.yaml"
LONG = 240.0
"""Seconds after which a save that nobody noticed fails the test."""


@pytest.fixture
def stop() -> Iterator[Event]:
    """Stop watching at the end, or when a save goes unnoticed."""
    event = Event()
    timer = Timer(LONG, event.set)
    timer.start()
    yield event
    event.set()
    timer.cancel()


def soon(action: Callable[[], object]) -> None:
    """Do something once watching has begun."""
    timer = Timer(0.3, action)
    timer.start()


def save(path: Path, text: str) -> Callable[[], None]:
    """Save as editors do: a new file in place of the old one."""

    def replace() -> None:
        draft = path.with_suffix(".draft")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)

    return replace


def test_every_save_builds_again_and_errors_are_recovered_from(tmp_path: Path, stop: Event) -> None:
    """Built at once; a save with a slip is told; the next builds; so do the price book and a style of one's own; other files do nothing."""
    case, book, own = tmp_path / "acme.yaml", tmp_path / "prices.yaml", tmp_path / "look"
    own.mkdir()
    case.write_text("sound", encoding="utf-8")
    book.write_text(BOOK, encoding="utf-8")
    texts: list[str] = []

    def build() -> None:
        texts.append(case.read_text(encoding="utf-8"))
        if texts[-1] == "slip":
            raise InputError([Problem("acme.yaml", 1, 1, "case", "slip", "There is a slip.")])

    found: list[Rebuild] = []
    saves = [
        save(case, "slip"),
        save(case, "mended"),
        save(book, BOOK + "\n"),
        save(own / "report.css", "body { color: black }"),
        save(tmp_path / "notes.txt", "no case"),
    ]
    began = monotonic()
    for done in watch(case, build, own, stop):
        found.append(done)
        if len(found) == 5:
            saves[4]()
            sleep(0.3)
            stop.set()
            break
        began = monotonic()
        soon(saves[len(found) - 1])
    assert texts == ["sound", "slip", "mended", "mended", "mended"]
    saved = [one.saved for one in found]
    assert saved[:4] == [(), ("acme.yaml",), ("acme.yaml",), ("prices.yaml",)]
    assert "report.css" in saved[4]
    assert [one.error is None for one in found] == [True, False, True, True, True]
    assert "There is a slip." in str(found[1].error)
    assert monotonic() - began < LONG


def test_a_saved_case_is_built_again_with_its_web_page(tmp_path: Path, stop: Event) -> None:
    """A small case, saved while it is watched: its pack is made anew, with a web page of the paper."""
    case, page = tmp_path / SMALL.name, tmp_path / "out" / f"{SMALL.stem}.html"
    for file in (SMALL, SMALL.parent / "prices.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    built: list[str] = []

    def build_pack() -> None:
        build(case, tmp_path / "out", force=False, progress=lambda *_: None, form=Form("html"))
        built.append(page.read_text(encoding="utf-8"))

    for done in watch(case, build_pack, stop=stop):
        assert done.error is None
        if len(built) == 2:
            break
        text = case.read_text(encoding="utf-8")
        soon(save(case, text.replace("title: ", "title: Once more ", 1)))
    assert "Once more " in built[1]
    assert "Once more " not in built[0]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_web_page_is_there_before_the_pdf_and_both_are_what_a_build_writes(tmp_path: Path) -> None:
    """While a case is watched: the answer, workbook, results, page, PDF, in this order, with the bytes of plain builds."""
    told: list[str] = []
    build(
        SMALL, tmp_path / "watched", force=False, form=Form(page_first=True),
        progress=lambda what, detail: told.append(Path(detail.split(",")[0]).suffix or what),
        on_results=lambda results: told.append(str(results.recommended)),
    )  # fmt: skip
    assert told[2:] == ["api", ".xlsx", ".json", ".html", ".pdf"]
    for kind in ("html", "pdf"):
        build(SMALL, tmp_path / kind, force=False, progress=lambda *_: None, form=Form(kind))  # type: ignore[arg-type]
        name = f"{SMALL.stem}.{kind}"
        assert (tmp_path / "watched" / name).read_bytes() == (tmp_path / kind / name).read_bytes()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_second_process_writes_what_one_alone_does(tmp_path: Path) -> None:
    """Build after build: the workbook, the results and the page are told as soon as they are there, and all bytes are the same."""
    build(SMALL, tmp_path / "alone", force=False, progress=lambda *_: None, form=Form(page_first=True))
    told: list[str] = []
    with worker_process(*WORKER_MODULES) as executor:
        worker = BuildWorker(executor)
        for _ in range(2):
            build(
                SMALL, tmp_path / "shared", force=False, form=Form(page_first=True), worker=worker,
                progress=lambda what, detail: told.append(Path(detail.split(",")[0]).suffix or what),
            )  # fmt: skip
            assert worker.fit is not None
    assert told[2:6] == told[8:] == [".xlsx", ".json", ".html", ".pdf"]
    for kind in ("xlsx", "json", "html", "pdf"):
        name = f"{SMALL.stem}.{kind}"
        assert (tmp_path / "shared" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def test_an_edited_workbook_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    """Whoever would write it: no other file of the pack is touched."""
    build(SMALL, tmp_path, force=False, progress=lambda *_: None, form=Form("html"))
    workbook = tmp_path / f"{SMALL.stem}.xlsx"
    finance = WorkbookEditor(workbook)
    finance.value("workload.tokens_per_month", 7e9)
    finance.save(workbook)
    pack = [file for file in tmp_path.iterdir() if file.suffix != ".lock"]
    before = {file: file.stat().st_mtime_ns for file in pack}
    with (
        worker_process(*WORKER_MODULES) as executor,
        pytest.raises(SurroundingsError, match="was edited since"),
    ):
        build(SMALL, tmp_path, force=False, progress=lambda *_: None, worker=BuildWorker(executor))
    left = {file for file in tmp_path.iterdir() if file.suffix != ".lock"}
    assert left == set(pack)
    assert {file: file.stat().st_mtime_ns for file in pack} == before


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_the_command_builds_at_a_save_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    """The built, saved and built again case; then a sentence, the status of an interrupted program, and nobody left over."""
    case = tmp_path / SMALL.name
    for file in (SMALL, SMALL.parent / "prices.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "watch",
        str(case),
        "-o",
        str(tmp_path / "out"),
        "--format",
        "html",
    ]
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    stopped = Timer(LONG, program.kill)
    stopped.start()
    assert program.stderr is not None
    told: list[str] = []
    with program.stderr as lines:
        for line in lines:
            told.append(line.strip())
            if "built to begin with" in line:
                save(case, case.read_text(encoding="utf-8") + "# saved\n")()
            if "was saved" in line:
                os.killpg(program.pid, signal.SIGINT)
    assert program.wait() == 130
    stopped.cancel()
    assert f"✓ built after {case.name} was saved; waiting for the next save" in told
    assert told[-1] == "Interrupted; what was finished is complete."
    deadline = monotonic() + LONG
    while there(program.pid):
        assert monotonic() < deadline
        sleep(0.05)


def there(group: int) -> bool:
    """Say whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_missing_library_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the extra, one sentence says what to install, before anything is built."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(SurroundingsError, match="pip install watchfiles"):
        next(watch(tmp_path / "acme.yaml", lambda: pytest.fail("built")))
