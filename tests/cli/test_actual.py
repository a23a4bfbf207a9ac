"""`reportgen actual` at a terminal: what it prints, records and exits with."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen.cli import app
from tests.actuals.test_report import CASE, bill, usage_file


def run(folder: Path, share: float, *arguments: str) -> Result:
    """Run `reportgen actual` on 1,000 M tokens a month with a share of output."""
    path = folder / "acme.yaml"
    if not path.exists():
        path.write_text(CASE, encoding="utf-8")
    usage = usage_file(folder, 1000, share)
    return CliRunner().invoke(app, ["actual", str(path), str(usage), *arguments], terminal_width=120)


@pytest.mark.slow
def test_a_changed_answer_exits_with_3(tmp_path: Path) -> None:
    """As planned it exits 0; with 80 % of output the other option is cheaper, exit 3; the sentence is on stdout."""
    done = run(tmp_path, 0.2)
    assert done.exit_code == 0
    assert "The recommendation would still be made: Now." in done.stdout
    assert "no spend is known" in done.stderr
    assert "no spend is known" not in run(tmp_path, 0.2, "--quiet").stderr
    dearer = run(tmp_path, 0.8)
    assert dearer.exit_code == 3
    assert "THE RECOMMENDATION WOULD NOT BE MADE AGAIN: Other, it was Now." in dearer.stdout


def test_write_records_the_months(tmp_path: Path) -> None:
    """The case records both months with their source, everything else stays; JSON has the same figures."""
    paid = bill(tmp_path, 2200, 100)
    done = run(tmp_path, 0.2, "--bills", str(paid), "--write", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["command"] == "actual"
    assert [round(one["rest"], 6) for one in found["result"]["months"]] == [100, 100]
    text = (tmp_path / "acme.yaml").read_text(encoding="utf-8")
    assert text.startswith(CASE)
    recorded = text.removeprefix(CASE)
    assert recorded.count("spend: 2200, other_spend: 100") == 2
    assert 'month: "2027-01", option: api, tokens: 1000' in recorded
    assert "FOCUS: focus.csv" in recorded
