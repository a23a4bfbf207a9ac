"""The best split found in JavaScript is the one found in Python, whatever the inputs are."""

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.assessment import analyse
from reportgen.binding.bound import Bound, bind
from reportgen.live.layout import Layout
from reportgen.live.page import page_layout
from reportgen.live.script import data, model_script
from reportgen.live.split import tables
from reportgen.results.split import Split
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from reportgen.uncertainty.best_split import _must_haves as must_haves
from reportgen.uncertainty.best_split import _Search as Search
from reportgen.uncertainty.part_costs import PartCosts
from tests.agreement.cases import analysis_of
from tests.agreement.loaded import loaded
from tests.agreement.moves import moved
from tests.agreement.test_javascript import LIVE, NODE
from tests.paths import CASES, INPUTS

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed: sh .ci/setup test installs it")
VECTORS = 20
CLOSE = 1e-9


@dataclass(frozen=True)
class Written:
    """A case with the script of its split, and the vectors that it is looked for over."""

    bound: Bound
    keys: tuple[str, ...]
    issued: tuple[Split, ...]
    """The best five in the results of the case."""
    vectors: list[dict[str, float]]
    folder: Path


def written(case: Case, file: Path, folder: Path) -> Written:
    """Write a case as a script with its split, and its vectors: the stated values, then random ones."""
    analysis = analysis_of(file) if file.parent in {INPUTS, CASES} else analyse(case, file)
    assert analysis.split
    bound = bind(case)
    layout, values = page_layout(analysis)
    vectors = [values]
    for seed in range(VECTORS):
        chance = random.Random(seed)  # noqa: S311  no secret
        rows = {row.path: moved(row, chance) for row in bound.inputs if row.unit.kind != "date"}
        vectors.append({**values, **rows})
    folder.mkdir()
    for name in ("functions.js", "model.js", "split.js"):
        shutil.copy(LIVE / name, folder / name)
    script = model_script(layout, values, analysis.runs)
    split = f"const SPLIT={data(tables(analysis.split, analysis.runs, layout))};"
    (folder / "script.js").write_text(f"{script}{split}\n", encoding="utf-8")
    np.array([_row(layout, vector) for vector in vectors]).tofile(folder / "inputs.bin")
    best = analysis.results.best_split
    assert best
    return Written(bound, analysis.split.keys, best.five, vectors, folder)


def _row(layout: Layout, vector: dict[str, float]) -> list[float]:
    return [*(vector[path] for path in layout.inputs), *([1.0, 0.0, -np.inf] * len(layout.looked_up))]


def differences(case: Written) -> list[str]:
    """Compare the full cost of every assignment, and the best five with their routes, over all vectors."""
    lines, out = case.bound.lines, []
    found = json.loads((case.folder / "splits.json").read_text(encoding="utf-8"))
    assert len(found) == len(case.vectors)
    rules = must_haves(lines.outline)
    assert len(found[0]["full"]) >= len(case.issued) > 1
    for place, (vector, one) in enumerate(zip(case.vectors, found, strict=True)):
        search = Search(lines.outline, PartCosts(lines, vector, case.keys))
        grids = np.meshgrid(*search.allowed(rules), indexing="ij")
        full = search.full_costs(np.stack([grid.ravel() for grid in grids], axis=-1))
        if not np.allclose(full, one["full"], rtol=CLOSE, atol=0.0):
            out.append(f"{case.folder.name}, vector {place}: {full} is not {one['full']}")
        expected = search.lowest(rules, 5) if place else case.issued
        routes = [[case.keys[option] for option in split["routes"]] for split in one["five"]]
        if routes != [list(split.routes.values()) for split in expected]:
            out.append(f"{case.folder.name}, vector {place}: {expected} is not {routes}")
        costs = [split["full"] for split in one["five"]]
        if not np.allclose(costs, [split.full_cost for split in expected], rtol=CLOSE, atol=0.0):
            out.append(f"{case.folder.name}, vector {place}: {expected} do not cost {costs}")
    return out


def compare(cases: Sequence[tuple[Case, Path]], folder: Path) -> list[str]:
    """Find the splits of cases in one process of Node, and list where one differs."""
    done = [written(case, file, folder / f"{file.stem}-{place}") for place, (case, file) in enumerate(cases)]
    command = [str(NODE), str(Path(__file__).with_name("split.js")), *(str(one.folder) for one in done)]
    subprocess.run(command, check=True)
    return [text for one in done for text in differences(one)]


@pytest.mark.slow
def test_splits_of_test_case_agree_over_random_inputs(tmp_path: Path) -> None:
    """Interim staff, projects, obligations and credit: every assignment and the best five, over twenty random vectors."""
    file = CASES / "three_workloads.yaml"
    assert compare([(load_case(file), file)], tmp_path) == []


@pytest.mark.long
def test_splits_of_the_largest_shipped_case_agree_over_random_inputs(tmp_path: Path) -> None:
    """Every assignment and the best five, over twenty random vectors."""
    file = INPUTS / "ten-to-twenty-billion-tokens.yaml"
    assert compare([(load_case(file), file)], tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 5])
def test_splits_of_generated_cases_agree_over_random_inputs(tmp_path: Path, seed: int) -> None:
    """What the generator of cases makes up, with spend that is owed: every assignment and the best five, over twenty random vectors."""
    cases: Any = loaded(tmp_path, seed)
    (tmp_path / "out").mkdir()
    assert compare([cases], tmp_path / "out") == []
