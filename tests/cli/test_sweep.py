"""`reportgen sweep`: what is printed, written and refused."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen.cli import THREADS, app
from reportgen.errors import InputError
from tests.paths import INPUTS

SMALL = str(INPUTS / "small.yaml")
GRID = ("--over", "workload.tokens_per_month=100..100000:3log", "--over", "workload.annual_growth=0,1")


def run(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(app, ["sweep", *arguments], catch_exceptions=True)


def test_a_grid_is_summed_up_and_drawn(tmp_path: Path) -> None:
    """The table of options, a heat map of numbers, and both files."""
    out, drawing = tmp_path / "v.csv", tmp_path / "h.svg"
    done = run(SMALL, *GRID, "-o", str(out), "--heat-map", str(drawing))
    assert done.exit_code == 0, done.output
    assert "6 variants" in done.stdout
    lines = done.stdout.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("Across:"))
    assert "Down: Growth of tokens a year" in lines[first - 1]
    assert [set(line.split()[1:]) <= {"1", "2"} for line in lines[first + 1 : first + 3]] == [True, True]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 6
    assert drawing.read_text(encoding="utf-8").startswith("<svg")


def test_json_holds_summary_heat_map_and_files(tmp_path: Path) -> None:
    """Everything as one object on stdout."""
    done = run(SMALL, *GRID, "-o", str(tmp_path / "v.csv"), "--json")
    found = json.loads(done.stdout)
    assert (found["command"], found["ok"], found["result"]["variants"]) == ("sweep", True, 6)
    assert found["result"]["files"] == [str(tmp_path / "v.csv")]
    heat = found["result"]["heat_map"]
    assert heat["across"]["values"] == pytest.approx([100, 100_000**0.5 * 10, 100_000], rel=1e-12)
    assert sum(map(len, heat["cells"])) == 6


def test_a_table_of_variants(tmp_path: Path) -> None:
    """Each line is a variant; what breaks a limit is counted with its reason."""
    table = tmp_path / "in.csv"
    table.write_text("workload.cached_share,workload.cache_write_share\n0.5,0.5\n0.9,0.5\n", encoding="utf-8")
    done = run(SMALL, "--variants", str(table))
    assert done.exit_code == 0
    assert "1 refused: workload.cached_share and workload.cache_write_share make more than 1." in done.stdout
    assert "Across" not in done.stdout


def test_mistakes_end_before_anything_is_evaluated(tmp_path: Path) -> None:
    """A wrong command line ends with 2, a wrong value with the problems of the case."""
    assert run(SMALL).exit_code == 2
    assert run(SMALL, "--over", "a=b").exit_code == 2
    assert run(SMALL, *GRID, "-o", str(tmp_path / "v.xlsx")).exit_code == 2
    wrong = run(SMALL, "--over", "options.gpu.utilisation=0.5..1.5:3")
    assert isinstance(wrong.exception, InputError)
    assert "out of bounds" in str(wrong.exception)


def test_linear_algebra_takes_one_thread() -> None:
    """The command line says so before numpy is imported, unless the environment says otherwise; processes inherit it."""
    code = (
        "import os, sys, reportgen.cli\nsys.argv = ['reportgen', '--version']\n"
        "try:\n    reportgen.cli.main()\nexcept SystemExit:\n    print(*(os.environ[name] for name in reportgen.cli.THREADS))"
    )
    bare = {name: value for name, value in os.environ.items() if name not in THREADS}
    for environment, expected in ((bare, "1 1"), ({**bare, THREADS[0]: "4"}, "4 1")):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
        )
        assert done.stdout.splitlines()[-1] == expected
