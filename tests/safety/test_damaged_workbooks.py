"""Whatever was done to a workbook: every command that opens it ends with a sentence and a documented exit status."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.cli import app
from reportgen.editions.carry import carried
from reportgen.errors import ReportgenError
from reportgen.pipeline import verification
from reportgen.pipeline.existing import keep_edited, told_mixed
from reportgen.schema.loading.load import load_case
from reportgen.workbook import read
from reportgen.workbook.package import confined
from reportgen.workbook.package.confined import SECONDS, TooMuch
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.verify import opened
from tests.adopt.returned_pack import ReturnedPack, issued
from tests.adopt.this_process import InThisProcess, Rebuilt, in_this_process
from tests.paths import ROOT
from tests.safety.archive_mutants import workbook_mutant
from tests.safety.limits import NeverEndsError, at_most

SEED = 20_261_128
FOUND = (20_261_252,)
"""Seeds at which a command once failed: a version of ZIP that the library does not read."""
MUTANTS, SHARDS = 500, 10
STATUSES = {0, 1, 2, 3, 4}
"""The documented exit statuses but that of a bug, 70."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A pack in the usual folders, what it was made from, and what its workbook was when it was sound."""

    pack: ReturnedPack
    analysis: Analysis
    sound: bytes

    def commands(self) -> dict[str, Callable[[], int]]:
        """Return what opens a workbook, by the name of the command; each gives its exit status."""
        book, results = self.pack.back, self.pack.folder / "out" / "acme.json"
        case = str(self.pack.case)
        over = self.pack.folder / "over" / "acme.xlsx"
        over.parent.mkdir(exist_ok=True)
        shutil.copy(book, over)
        shutil.copy(results, over.with_suffix(".json"))
        return {
            "verify": lambda: run("verify", str(book), "--fast"),
            "adopt": lambda: run("adopt", str(book), "--case", case),
            "compare": lambda: run("compare", str(book), case),
            "since": lambda: done(lambda: carried(self.analysis, over, results, book)),
            "build over": lambda: (
                done(lambda: carried(self.analysis, over, results, None)) or done(lambda: _kept(over))
            ),
        }


def _kept(over: Path) -> None:
    told_mixed(over.with_suffix(".json"))
    keep_edited(over, force=True)
    keep_edited(over, force=False)


def done(work: Callable[[], object]) -> int:
    """Do what a command does; gives the exit status."""
    try:
        work()
    except ReportgenError as error:
        return error.status if str(error).strip() else 70
    return 0


def run(*arguments: str) -> int:
    """Run a command in this process, and give its exit status; an error that is none of the program's is raised."""
    found = CliRunner().invoke(app, arguments)
    match found.exception:
        case None | SystemExit():
            return found.exit_code
        case ReportgenError() as error:
            assert str(error).strip()
            return error.status
        case error:
            raise error


@contextmanager
def limited(make: Callable[..., Any], *args: Any, **kwargs: Any) -> Iterator[InThisProcess]:
    """Provide what stands in for a confined process, with its limit on time."""
    try:
        with at_most(SECONDS), in_this_process(make, *args, **kwargs) as child:
            yield child
    except NeverEndsError as error:
        raise TooMuch("It takes longer.") from error


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """Build a pack, once."""
    pack = issued(tmp_path_factory.mktemp("damaged") / "pack")
    sound = (pack.folder / "out" / "acme.xlsx").read_bytes()
    return Damaged(pack, analyse(load_case(pack.case), pack.case), sound)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    """Return the workbooks that were built again so far."""
    return Rebuilt(tmp_path_factory.mktemp)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, rebuilt: Rebuilt) -> None:
    """Open each workbook in this process, once, and build each issue again once."""
    latest: dict[Path, tuple[bytes, OpenedBook]] = {}

    def open_once(path: Path) -> OpenedBook:
        content = path.read_bytes()
        if path not in latest or latest[path][0] != content:
            latest[path] = content, open_book(path)
        return latest[path][1]

    for module in (confined, opened, read):
        monkeypatch.setattr(module, "confined_process", limited)
    for module in (opened, read):
        monkeypatch.setattr(module, "open_book", open_once)
    monkeypatch.setattr(verification, "issued_again", rebuilt.build)


def statuses(seeds: Iterable[int], damaged: Damaged) -> Counter[tuple[str, int]]:
    """Run every command on mutants; count the exit statuses by command."""
    found: Counter[tuple[str, int]] = Counter()
    for seed in seeds:
        damaged.pack.back.write_bytes(workbook_mutant(damaged.sound, seed))
        for name, command in damaged.commands().items():
            try:
                with at_most(6 * SECONDS):
                    found[name, command()] += 1
            except BaseException as error:
                error.add_note(f"workbook_mutant(..., {seed}), {name}")
                raise
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_some_damaged_workbooks_end_in_a_sentence(damaged: Damaged) -> None:
    """Some seeds through every command that opens a workbook, and those at which one once failed."""
    seeds = [*range(SEED, SEED + 2), *FOUND]
    found = statuses(seeds, damaged)
    assert {status for _, status in found} <= STATUSES
    assert found.total() == len(seeds) * len(damaged.commands())


@pytest.mark.long
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_five_hundred_damaged_workbooks_end_in_a_sentence(damaged: Damaged, shard: int) -> None:
    """Every command that opens a workbook, in this process."""
    length = MUTANTS // SHARDS
    found = statuses(range(SEED + shard * length, SEED + (shard + 1) * length), damaged)
    assert {status for _, status in found} <= STATUSES
    assert found.total() == length * len(damaged.commands())


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEED, SEED + 1))
def test_a_damaged_workbook_ends_the_program_itself_in_a_sentence(damaged: Damaged, seed: int) -> None:
    """The same as a user has it, in the confined process: every command, and a build over the workbook."""
    book, case = damaged.pack.back, str(damaged.pack.case)
    book.write_bytes(workbook_mutant(damaged.sound, seed))
    over = damaged.pack.folder / f"over-{seed}"
    over.mkdir()
    shutil.copy(book, over / "acme.xlsx")
    for arguments in (
        ("verify", str(book), "--fast"),
        ("adopt", str(book), "--case", case),
        ("compare", str(book), case),
        ("build", case, "-o", str(over)),
        ("build", case, "-o", str(over / "new"), "--format", "html", "--since", str(book)),
    ):
        ended = subprocess.run(
            [sys.executable, "-m", "reportgen", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode in STATUSES, ended.stderr
        assert "Traceback" not in ended.stderr
        assert (ended.stdout + ended.stderr).strip()
