"""`reportgen build` of many cases as lines of JSON."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reportgen.batch.build import CaseBuild
from reportgen.cli import app
from reportgen.compare.portfolio import Answer, OptionAnswer

OPTIONS = (OptionAnswer("a", "Option A", 100.0, 110.0), OptionAnswer("b", "Option B", 200.0, 210.0))


def test_each_case_is_a_line_as_soon_as_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each case with its answer or its problem, then one with the counts; the worst status is the exit status."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("case: 1\n", encoding="utf-8")

    def build_all(cases: Sequence[Path], *rest: Any) -> tuple[CaseBuild, ...]:
        finished: Callable[[CaseBuild], None] = rest[2]
        answer = Answer(
            "one", "One", date(2026, 11, 23), "USD", 3, "f", OPTIONS, "a", "robust", None, (), "b"
        )
        done = (
            CaseBuild(cases[0], "unchanged", 0, "", answer),
            CaseBuild(cases[1], "failed", 1, "It is wrong.", None),
        )
        for one in reversed(done):
            finished(one)
        return done

    monkeypatch.setattr("reportgen.batch.build.build_all", build_all)
    shown = CliRunner().invoke(app, ["build", str(tmp_path), "-o", str(tmp_path / "out"), "--json"])
    lines = [json.loads(line) for line in shown.stdout.splitlines()]
    assert shown.exit_code == 1
    assert [line["event"] for line in lines] == ["case", "case", "end"]
    assert (Path(lines[0]["case"]).stem, lines[0]["state"], lines[0]["message"]) == (
        "two",
        "failed",
        "It is wrong.",
    )
    assert (lines[1]["recommended"], lines[1]["full_cost"], lines[1]["flipped"]) == ("a", 110.0, True)
    assert (lines[2]["ok"], lines[2]["status"]) == (False, 1)
    assert [lines[2][state] for state in ("built", "unchanged", "failed")] == [0, 1, 1]
    assert "✗" not in shown.stderr
