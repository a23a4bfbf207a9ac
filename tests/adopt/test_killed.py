"""Adoptions that are killed or interrupted: each file is whole, and the next command finishes what was begun."""

import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from reportgen.adopt.journal import ENDING
from tests.paths import CASES, ROOT
from tests.safety.ended import Ended

pytestmark = pytest.mark.slow
SEED, KILLED = 20_261_128, 25
WRITE = """
import sys
from pathlib import Path
from reportgen.adopt.adoption import FileRevision
from reportgen.adopt.journal import recover, write_whole
from reportgen.files import read_text
from reportgen.schema.loading.load import load_case

case, book = (Path(sys.argv[1], name) for name in ("acme.yaml", "prices.yaml"))
recover(case)
files = []
for path, old, new in ((case, "title: ", "title: Another "), (book, "input: 0.75", "input: 0.85")):
    before = read_text(path)
    files.append(FileRevision(path, before, before if new in before else before.replace(old, new, 1)))
if any(file.changed for file in files):
    write_whole(case, files, lambda: load_case(case))
"""
"""What `adopt --apply` does once it knows what to write: the same two files, journal and check."""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Return a folder with a case and its price book."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    reset(folder)
    return folder


def reset(folder: Path) -> None:
    """Write case and price book as they were, and nothing else."""
    for path in folder.iterdir():
        path.unlink()
    for name, source in (("acme.yaml", "dated_prices.yaml"), ("prices.yaml", "prices.yaml")):
        (folder / name).write_bytes((CASES / source).read_bytes())


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def prepared(
    inputs: Path, place: Path
) -> tuple[Ended, tuple[str, ...], dict[str, bytes], dict[str, bytes], list[tuple[str, int]]]:
    """Return what runs the adoption, both files before and after it, and the points at which it can be ended."""
    command, ended, before = ("-c", WRITE, str(inputs)), Ended(place / "hook", inputs), files_of(inputs)
    changes = ended.events(command, "folder")
    after = files_of(inputs)
    assert before != after
    reset(inputs)
    events = ended.events(command, "any")
    moments = Random(SEED)  # noqa: S311  moments, no secrets
    points = [("folder", number) for number in range(1, changes + 1)]
    points += [("any", moments.randrange(events // 2, events)) for _ in range(max(KILLED - changes, 0))]
    return ended, command, before, after, points


@pytest.mark.long
def test_a_killed_adoption_is_finished_or_was_not_begun(inputs: Path, tmp_path: Path) -> None:
    """At twenty-five points, every change of the folder among them: whole files, and after the next command all of it or nothing."""
    ended, command, before, after, points = prepared(inputs, tmp_path)
    for kind, at in points:
        reset(inputs)
        assert ended.run(command, kind, at, signal.SIGKILL).returncode == -signal.SIGKILL
        found = files_of(inputs)
        for name, content in before.items():
            assert found[name] in (content, after[name]), (kind, at)
        if any(name.endswith(ENDING) for name in found):
            check = subprocess.run(
                [sys.executable, "-m", "reportgen", "check", str(inputs / "acme.yaml")],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            assert "was ended before it was done; it was finished now" in check.stderr, (kind, at)
            assert {name: files_of(inputs)[name] for name in after} == after, (kind, at)
        else:
            assert {name: found[name] for name in before} in (before, after), (kind, at)


@pytest.mark.parametrize("every", [2, pytest.param(1, marks=pytest.mark.long)])
def test_an_interrupted_adoption_leaves_both_files_as_they_were(
    every: int, inputs: Path, tmp_path: Path
) -> None:
    """Ctrl-C at every change of the folder, or every second one: all as before and no journal, or all of it written."""
    ended, command, before, after, points = prepared(inputs, tmp_path)
    for kind, at in points:
        if kind == "folder" and at % every == 0:
            reset(inputs)
            assert ended.run(command, kind, at, signal.SIGINT).returncode != 0
            assert files_of(inputs) in (before, after), at
