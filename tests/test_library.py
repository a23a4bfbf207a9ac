"""The library: what it says is what the commands say, sweeps agree with single evaluations, mistakes are told."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

import reportgen as rg
from reportgen.errors import InputError
from tests.packs import small_case
from tests.paths import INPUTS, ROOT

CASE = INPUTS / "one-billion-tokens.yaml"
VOLUME, PRICE = "workload.tokens_per_month", "options.api.input_price"


@pytest.fixture(scope="module")
def case() -> "rg.LoadedCase":
    """Load the shipped case."""
    return rg.load(CASE)


@pytest.mark.slow
def test_evaluate_with_other_values(case: "rg.LoadedCase") -> None:
    """Twice the tokens cost an api twice as much for tokens; the case itself stays as it was."""
    before, after = rg.evaluate(case), rg.evaluate(case, {VOLUME: 2000})
    tokens = {
        name: result.options["api"].categories["compute"]
        for name, result in (("before", before), ("after", after))
    }
    assert tokens["after"] == pytest.approx(2 * tokens["before"], rel=1e-9)
    assert case.assumptions[VOLUME].value == 1000
    assert before.recommended == "api"
    assert "<table>" in after._repr_html_()
    assert "workload.tokens_per_month" in case._repr_html_()


@pytest.mark.slow
def test_a_sweep_agrees_with_single_evaluations(case: "rg.LoadedCase") -> None:
    """A thousand variants in one call; some of them evaluated by themselves come to the same."""
    variants = {VOLUME: np.geomspace(100, 100_000, 1000), PRICE: np.linspace(0.6, 1.4, 1000)}
    found = rg.sweep(case, variants)
    assert len(found) == 1000
    for place in (0, 500, 999):
        one = rg.evaluate(case, {path: float(values[place]) for path, values in found.changes.items()})
        assert found.tco[place] == pytest.approx([option.tco for option in one.options.values()], rel=1e-9)
        assert found.full_cost[place] == pytest.approx(
            [option.full_cost for option in one.options.values()], rel=1e-9
        )
        assert found.recommended[place] == one.recommended
    assert "1000 variants" in found._repr_html_()


@pytest.mark.slow
def test_a_sweep_over_changes(case: "rg.LoadedCase") -> None:
    """What a variant does not name has the case's own value."""
    found = rg.sweep(case, [{}, {VOLUME: 2000}, {PRICE: 1.2}])
    assert found.changes[VOLUME].tolist() == [1000, 2000, 1000]
    assert found.full_cost[0] == pytest.approx(
        [one.full_cost for one in rg.evaluate(case).options.values()], rel=1e-9
    )


def test_mistakes(case: "rg.LoadedCase") -> None:
    """An unknown path, a value out of bounds and paths of different lengths are told."""
    with pytest.raises(InputError, match=r"Did you mean workload\.tokens_per_month"):
        rg.evaluate(case, {"workload.token_per_month": 2000})
    with pytest.raises(InputError, match="out of bounds"):
        rg.sweep(case, {VOLUME: [1000, -1]})
    with pytest.raises(ValueError, match="a value for each variant"):
        rg.sweep(case, {VOLUME: [1, 2], PRICE: [1, 2, 3]})
    with pytest.raises(AttributeError):
        rg.nothing  # type: ignore[attr-defined]  # noqa: B018 (it is asked for)


def test_problems_have_codes(tmp_path: Path) -> None:
    """Each problem of a case has its code, place and message as plain data."""
    text = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    path = tmp_path / "small.yaml"
    (tmp_path / "prices.yaml").write_text(
        (INPUTS / "prices.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    path.write_text(
        text.replace("utilisation: 0.3", "utilization: 0.3").replace(
            "tokens_per_month: 400", "tokens_per_month: 4e9"
        ),
        encoding="utf-8",
    )
    with pytest.raises(InputError) as raised:
        rg.load(path)
    records = [problem.record for problem in raised.value.problems]
    assert [(one["code"], one["path"]) for one in records] == [
        ("limit", "workload.tokens_per_month"),
        ("unknown-key", "options.gpu.utilization"),
    ]
    assert records[0]["line"] == 4
    assert records[0]["file"] == str(path)


SCRIPT = """\
import sys
import reportgen as rg

case = rg.load(sys.argv[1])
print("loaded")
print(rg.evaluate(case).recommended)
print(len(rg.sweep(case, {"workload.tokens_per_month": [100, 200]})))
for _ in range(2):
    pack = rg.build(case.with_values({"workload.tokens_per_month": 500}), "packs")
print(pack.workbook.name, pack.paper.name, pack.results.recommended)
"""


@pytest.mark.slow
def test_a_script_without_a_main_guard(tmp_path: Path) -> None:
    """A plain script builds twice, the second time over a workbook that a process of its own looks at: it runs once."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script, small_case(tmp_path)], check=True, capture_output=True, text=True, cwd=tmp_path,
        env=environment,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["loaded", "api", "2", "small.xlsx small.pdf api"]
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_build_writes_the_pack_of_a_changed_case(tmp_path: Path) -> None:
    """Three files stand in the folder, the changed case beside them; its results are those of `evaluate`."""
    case = rg.load(small_case(tmp_path)).with_values({VOLUME: 500})
    pack = rg.build(case, tmp_path / "out")
    assert [path.exists() for path in (pack.workbook, pack.results_file, pack.paper)] == [True] * 3
    written = rg.load(pack.source)
    assert pack.source.parent == tmp_path / "out"
    assert written.assumptions[VOLUME].value == 500
    single = rg.evaluate(case).options
    assert {one.key: one.full_cost for one in pack.results.options} == {
        key: one.full_cost for key, one in single.items()
    }
    book = load_workbook(pack.workbook, read_only=True)
    assert "Summary" in book.sheetnames


@pytest.mark.slow
def test_tables_in_notebooks(case: "rg.LoadedCase") -> None:
    """Case, result and sweep are HTML tables: names escaped, the recommended option marked, long sweeps shortened."""
    html = rg.evaluate(case)._repr_html_()
    assert html.count("<tr>") == 1 + 3
    assert "Commercial API ←" in html
    assert case._repr_html_().startswith("<table><caption>Serving one billion tokens a month</caption>")
    long = rg.sweep(case, {VOLUME: np.linspace(100, 1000, 50)})._repr_html_()
    assert long.count("<tr>") == 1 + 20
    assert "<td>100</td>" in long
    assert "<td>1,000</td>" in long
