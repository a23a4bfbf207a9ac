"""Many cases interrupted with Ctrl-C: what was finished is whole, nothing else is there, and the next run goes on from it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import CASES, ROOT

pytestmark = pytest.mark.slow

SMALL = CASES / "nothing_known.yaml"
COUNT, ENDS = 7, (".pdf", ".json", ".xlsx")
"""Cases: more than the two that are done and the two begun when the first is reported; the files of a pack."""


def build(cases: list[Path], out: Path) -> subprocess.Popen[str]:
    """Start a build of many cases, two at a time, with a line of JSON for each case that is done."""
    command = [sys.executable, "-m", "reportgen", "build", *map(str, cases), "-o", str(out)]
    return subprocess.Popen(
        [*command, "--jobs", "2", "--json"], cwd=ROOT, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def written(out: Path) -> dict[str, set[str]]:
    """Return the kinds of files that stand in a folder, by the name of their case; locks and hidden files left out."""
    found: dict[str, set[str]] = {}
    for file in out.iterdir():
        if file.suffix in ENDS and not file.name.startswith("."):
            found.setdefault(file.stem, set()).add(file.suffix)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_ctrl_c_leaves_whole_packs_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """Interrupted after the first case: exit 130, only whole packs; the rest is built by the next run, the whole ones are kept."""
    cases, out = [tmp_path / f"case-{number}.yaml" for number in range(COUNT)], tmp_path / "out"
    text = f"{SMALL.read_text(encoding='utf-8')}\nreport: {{sections: [decision]}}\n"
    for case in cases:
        case.write_text(text, encoding="utf-8")
    program = build(cases, out)
    assert program.stdout is not None
    assert json.loads(program.stdout.readline())["state"] == "built"
    os.killpg(program.pid, signal.SIGINT)
    _, said = program.communicate(timeout=120)
    assert program.returncode == 130, said
    assert "Traceback" not in said
    whole = written(out)
    assert 1 <= len(whole) < COUNT
    assert all(kinds == set(ENDS) for kinds in whole.values())
    kept = {file: file.read_bytes() for file in out.iterdir() if file.stem in whole}
    program = build(cases, out)
    lines, said = program.communicate(timeout=120)
    assert program.returncode == 0, said
    *done, end = map(json.loads, lines.splitlines())
    unchanged = {Path(one["case"]).stem for one in done if one["state"] == "unchanged"}
    assert unchanged == set(whole)
    assert (end["built"], end["unchanged"]) == (COUNT - len(whole), len(whole))
    assert set(written(out)) == {case.stem for case in cases}
    assert all(file.read_bytes() == content for file, content in kept.items())
