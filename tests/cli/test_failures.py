"""Failures of the machine are sentences with an exit status, and no bug."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from tests.paths import ROOT

COMMAND = [sys.executable, "-m", "reportgen"]
LISTING = ["prices", "find", "", "--book", str(ROOT / "inputs" / "prices.yaml")]


def run(*arguments: str, stdout: object = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run a command with another output."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,  # type: ignore[call-overload]
    )


@pytest.mark.slow
def test_a_reader_that_wants_no_more_is_no_failure() -> None:
    """The pipe is closed before anything is written, as head does: exit 0, and nothing is said."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = run(*LISTING, stdout=write)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    """Exit 4, and no talk of a bug."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        done = run(*LISTING, stdout=full)
    assert done.returncode == 4
    assert "no space left on device" in done.stderr
    assert "bug" not in done.stderr


def test_of_many_problems_the_first_fifty_are_shown() -> None:
    """Three thousand problems: fifty in words, and their count."""
    text = str(InputError([Problem("a.yaml", n, 1, "", "", f"Problem {n}.") for n in range(1, 3001)]))
    assert "Problem 50." in text
    assert "Problem 51." not in text
    assert text.endswith("3000 problems; the first 50 are shown. Nothing was written.")
