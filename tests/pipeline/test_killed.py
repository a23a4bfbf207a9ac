"""Builds that are killed, and builds at the same time, leave a pack of one edition."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.pipeline.drafts import digest
from tests.paths import CASES, ROOT

pytestmark = [pytest.mark.slow, pytest.mark.long]
SEED, KILLS, TOGETHER = 20261128, 20, 4
RATE = "discount_rate: 0.1"


def command(case: Path, folder: Path) -> list[str]:
    """Return the command that builds a case into a folder."""
    return [sys.executable, "-m", "reportgen", "build", str(case), "-o", str(folder)]


def whole(folder: Path) -> bool:
    """Return whether all files of the pack are those that the results file was written with."""
    files = json.loads((folder / "small.json").read_bytes())["files"]
    return len(files) == 2 and all(digest(folder / name) == text for name, text in files.items())


def edited(case: Path, number: int) -> None:
    """Write the case with another discount rate, so that every build is another."""
    text = (CASES / "nothing_known.yaml").read_text(encoding="utf-8")
    assert RATE in text
    case.write_text(text.replace(RATE, f"{RATE}{number:03d}1"), encoding="utf-8")


def test_a_pack_is_of_one_edition_wherever_a_build_is_killed(tmp_path: Path) -> None:
    """Killed at seeded moments over its whole time: the pack is whole, or the next build says that it mends it."""
    case, folder, moments = tmp_path / "small.yaml", tmp_path / "out", random.Random(SEED)  # noqa: S311  moments, no secrets
    edited(case, 0)
    began = time.perf_counter()
    subprocess.run(command(case, folder), cwd=ROOT, check=True, capture_output=True)
    length = time.perf_counter() - began
    for number in range(1, KILLS + 1):
        edited(case, number)
        with subprocess.Popen(
            command(case, folder),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as building:
            time.sleep(moments.uniform(0.3, 1.1) * length)
            if building.poll() is None:
                os.killpg(building.pid, signal.SIGKILL)
        if whole(folder):
            continue
        done = subprocess.run(command(case, folder), cwd=ROOT, check=True, capture_output=True, text=True)
        assert "pack mended" in done.stderr
        assert whole(folder)
    subprocess.run(command(case, folder), cwd=ROOT, check=True, capture_output=True)
    assert whole(folder)
    assert [path.name for path in folder.iterdir() if path.name.endswith(".drafts")] == []


def test_builds_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    """Each of several either writes a whole pack or says that another one is under way, and ends with exit 4."""
    case, folder = tmp_path / "small.yaml", tmp_path / "out"
    shutil.copy(CASES / "nothing_known.yaml", case)
    building = [
        subprocess.Popen(
            command(case, folder), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(TOGETHER)
    ]
    ended = [(one.communicate()[1], one.returncode) for one in building]
    assert {status for _, status in ended} <= {0, 4}
    assert any(status == 0 for _, status in ended)
    assert all("is under way" in text for text, status in ended if status == 4)
    assert whole(folder)
