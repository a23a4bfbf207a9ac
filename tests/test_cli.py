"""The command line as its user meets it: what it writes, says, and exits with."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines import write_changed
from tests.packs import small_case
from tests.paths import ROOT

pytestmark = pytest.mark.slow

CASE = ROOT / "inputs" / "one-billion-tokens.yaml"
ANSWER = "API has the lowest full cost over two years: $52k (One rented GPU $223k); TCO $57k. Open: risk, the cost of leaving API, displaced projects of One rented GPU and the cost of leaving One rented GPU are not quantified; cheapest in 100% of 10,000 futures."


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run reportgen in a folder."""
    command = [sys.executable, "-m", "reportgen", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.slow
def test_build_writes_three_files_says_the_answer_and_gives_the_same_bytes_again(tmp_path: Path) -> None:
    """The answer alone stands on stdout, the steps on stderr; built once more, every file is the same to the byte."""
    case, names, found = str(small_case(tmp_path)), ("small.xlsx", "small.json", "small.pdf"), []
    for _ in range(2):
        done = run("build", case, "-o", str(tmp_path))
        assert (done.returncode, done.stdout.strip()) == (0, ANSWER), done.stderr
        assert done.stderr.count("✓") == 5
        found.append({name: (tmp_path / name).read_bytes() for name in names})
    assert found[0] == found[1]
    results = json.loads(found[0]["small.json"])
    assert results["recommended"] == "api"
    assert round(results["options"]["gpu"]["tco"]) == 240_290


@pytest.mark.slow
def test_edited_workbook_is_not_overwritten(tmp_path: Path) -> None:
    """An edited input stops the build with exit 4; --force writes over it and keeps it, with its edition in the name."""
    case, book = str(small_case(tmp_path)), tmp_path / "small.xlsx"
    assert run("build", case, "-o", str(tmp_path), "--format", "html").returncode == 0
    issued = book.read_bytes()
    copy = tmp_path / "copy.xlsx"
    shutil.copy(book, copy)
    write_changed(copy, book, {("Inputs", "D12"): 0.2})
    stopped = run("build", case, "-o", str(tmp_path), "--format", "html")
    assert stopped.returncode == 4
    assert "edited since it was issued (Inputs!D12 is 0.2, was 0.08)" in stopped.stderr
    edited = book.read_bytes()
    assert run("build", case, "-o", str(tmp_path), "--format", "html", "--force").returncode == 0
    assert book.read_bytes() == issued
    kept = [path for path in tmp_path.glob("*.xlsx") if path not in (book, copy)]
    assert [path.name for path in kept] == ["small.edition-1.xlsx"]
    assert kept[0].read_bytes() == edited


def test_all_problems_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    """Two slips in one file: both places, exit 1, no file."""
    text = CASE.read_text(encoding="utf-8").replace("gpus_per_replica: 2", "gpus_per_replica: 0", 1)
    case = tmp_path / "acme.yaml"
    case.write_text(text.replace("annual_growth:", "anual_growth:"), encoding="utf-8")
    done = run("build", "acme.yaml", "-o", "out", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "options.self_hosted.gpus_per_replica" in done.stderr
    assert "annual_growth" in done.stderr
    assert "2 problems. Nothing was written." in done.stderr
    assert not (tmp_path / "out").exists()


def test_wrong_command_line_and_missing_file(tmp_path: Path) -> None:
    """An unknown option exits 2, a missing file 1."""
    assert run("build", "--colour").returncode == 2
    assert run("build", "nothing.yaml", folder=tmp_path).returncode == 1


def test_help_leads_with_examples() -> None:
    """Help names what one types."""
    shown = run("--help").stdout
    assert "reportgen build inputs/one-billion-tokens.yaml" in shown
    assert run("--version").stdout.startswith("reportgen 0.")


def test_explain_puts_a_line_into_words_and_figures() -> None:
    """Average load of month 1 is 1000 M x 1e6 / (730 x 3600) = 380.5 tokens a second: two replicas."""
    done = run("explain", str(CASE), "options.self_hosted.replicas", "--month", "6")
    assert done.returncode == 0
    assert "rounded up" in done.stdout
    assert "= 2" in done.stdout


@pytest.mark.slow
def test_missing_pango_still_gives_workbook_and_results(tmp_path: Path) -> None:
    """Without Pango: workbook and results are written, one sentence names it and the command, exit 4."""
    hidden = tmp_path / "weasyprint"
    hidden.mkdir()
    (hidden / "__init__.py").write_text("print('noise')\nraise OSError('no pango')\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        str(small_case(tmp_path)),
        "-o",
        str(tmp_path / "out"),
    ]
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 4
    assert "Pango is missing. Install it with:" in done.stderr
    assert "noise" not in done.stdout
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".json", ".xlsx"]
