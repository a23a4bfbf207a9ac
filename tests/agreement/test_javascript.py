"""The model in JavaScript has the numbers of the reader in Python: every line, in every run, whatever the inputs are."""

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
from numpy.typing import NDArray

from reportgen.binding.bound import Bound, bind
from reportgen.formula.dependencies import lines_in
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, active_values, active_values_at
from reportgen.live.layout import Layout, layout_of
from reportgen.live.script import model_script
from reportgen.model import answer
from reportgen.model.case import model
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import CASES, each_set
from tests.agreement.moves import moved, moved_day
from tests.paths import ROOT

LIVE = ROOT / "templates" / "live"
NODE = shutil.which("node") or shutil.which("nodejs")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed: sh .ci/setup test installs it")
VECTORS = 200
WHOLE = 8
"""Of so many vectors both stages are compared in the whole run, of the others the lines that every run computes."""
CHUNK = 1200
"""Rows that Python evaluates at once: they fit into memory."""
CLOSE, DUST = 1e-9, 1e-14
Array = NDArray[Any]


@dataclass(frozen=True)
class Written:
    """A case written as a script, with the vectors that it is evaluated over."""

    bound: Bound
    layout: Layout
    vectors: list[dict[str, float]]
    shown: list[int]
    folder: Path

    def numbers(self) -> Array:
        """Return the numbers of every vector, then the results of all runs; shape (vectors, cells)."""
        return np.memmap(self.folder / "numbers.bin", dtype=float).reshape(len(self.vectors), -1)

    @property
    def runs(self) -> tuple[Any, ...]:
        """Return all runs."""
        return self.bound.lines.outline.runs


def written(path: Path, folder: Path, whole: int) -> Written:
    """Write a case as a script, and its vectors: the stated values, then random ones, the run shown changing in turn."""
    bound = bind(load_case(path))
    done = answer.evaluate(bound.lines, bound.values)
    lines = list(model(bound.lines, answer.joint_distribution(done, 1)).lines())
    layout = layout_of(lines, list(bound.values))
    vectors, together = [bound.values], max(1, CHUNK // len(bound.lines.outline.runs))
    for seed in range(VECTORS):
        chance = random.Random(seed)  # noqa: S311  no secret
        rows = {row.path: moved(row, chance) for row in bound.inputs if row.unit.kind != "date"}
        vectors.append({**bound.values, **rows, **_days(bound, (seed + 1) // together)})
    shown = [place % len(bound.lines.outline.runs) for place in range(len(vectors))]
    folder.mkdir()
    for name in ("functions.js", "model.js"):
        shutil.copy(LIVE / name, folder / name)
    script = model_script(layout, bound.values, bound.lines.outline.runs)
    (folder / "script.js").write_text(script, encoding="utf-8")
    rest = [1.0, 0.0, -np.inf] * len(layout.looked_up)
    table = [
        [shown[place], float(place <= whole), *(vector[path] for path in layout.inputs), *rest]
        for place, vector in enumerate(vectors)
    ]
    np.array(table).tofile(folder / "inputs.bin")
    return Written(bound, layout, vectors, shown, folder)


def _days(bound: Bound, seed: int) -> dict[str, float]:
    """Move days at random; as stated for the first vectors.

    Why: where Python evaluates several vectors at once, the days of rates are those of the first.
    """
    chance, start = random.Random(-seed), bound.values["finance.start"]  # noqa: S311  no secret
    days = [row for row in bound.inputs if row.unit.kind == "date"]
    return {row.path: moved_day(row, chance, start) if seed else row.value for row in days}


def scales(values: dict[Line, Array], lines: tuple[Line, ...]) -> dict[Line, Array]:
    """Return how large the numbers are that each line is made of: what ought to be nothing is dust of these."""
    found: dict[Line, Array] = {}
    for line in lines:
        own = np.nan_to_num(np.abs(values[line]), posinf=0.0).max(axis=-1)
        below = [found[other] for other in lines_in(line.formula) if other in found]
        found[line] = np.maximum.reduce([own, *below])
    return found


def differing(expected: Array, found: Array, scale: Array) -> Array:
    """Return where two arrays differ by more than a billionth, errors and dust aside; shape (vectors, positions)."""
    both = (np.isnan(expected) & np.isnan(found)) | (expected == found)
    with np.errstate(invalid="ignore"):
        limit = np.maximum(CLOSE * np.maximum(np.abs(expected), np.abs(found)), DUST * scale[:, None])
        return np.asarray(~both & ~(np.abs(expected - found) <= limit))


def stage_one_differences(case: Written) -> list[str]:
    """Compare every line that runs compute, and TCO and core in every run, over all vectors."""
    layout, runs, numbers = case.layout, case.runs, case.numbers()
    many, out, cells = max(1, CHUNK // len(runs)), [], layout.sizes[0]
    lines = [line for line in layout.lines[: layout.first_stage] if layout.places[line][0] == "v"]
    for first in range(0, len(case.vectors), many):
        points = case.vectors[first : first + many]
        evaluation = Evaluation(active_values_at(points, runs))
        rows = np.array([place * len(runs) + case.shown[first + place] for place in range(len(points))])
        every, found = len(points) * len(runs), numbers[first : first + many]
        values = {
            line: np.broadcast_to(evaluation[line], (every, line.axis.size))[rows].astype(float)
            for line in layout.lines[: layout.first_stage]
        }
        scale = scales(values, layout.lines[: layout.first_stage])
        for line in lines:
            start = layout.places[line][1]
            wrong = differing(values[line], found[:, start : start + line.axis.size], scale[line])
            out += [f"{line.key} of vector {first + place}" for place in np.flatnonzero(wrong.any(axis=1))]
        for line, column in layout.columns.items():
            expected = np.broadcast_to(evaluation[line], (every, 1)).reshape(len(points), len(runs))
            results = found[:, cells + column :: len(layout.columns)]
            wrong = differing(expected, results, np.abs(expected).max(axis=1))
            out += [
                f"{line.key} in {runs[run].name} of vector {first + place}"
                for place, run in np.argwhere(wrong)
            ]
    return out


def whole_differences(case: Written, whole: int) -> list[str]:
    """Compare every line of both stages over the first vectors, texts included."""
    layout, numbers, out = case.layout, case.numbers(), []
    texts = json.loads((case.folder / "texts.json").read_text(encoding="utf-8"))
    for place, values in enumerate(case.vectors[: whole + 1]):
        run = case.runs[case.shown[place]]
        every = Evaluation(active_values(values, case.runs))
        shown = Evaluation(active_values(values, [run]), case.runs, every, run.name)
        if values != case.vectors[0]:
            shown = shown.changed_since_issue()
        wide = {line: np.broadcast_to(shown[line], (1, line.axis.size)) for line in layout.lines}
        plain = {line: found if found.dtype != object else np.zeros((1, 1)) for line, found in wide.items()}
        scale = scales(plain, layout.lines)
        for line in layout.lines:
            array, start = layout.places[line]
            if array == "v":
                found = numbers[place : place + 1, start : start + line.axis.size]
                wrong = bool(differing(wide[line].astype(float), found, scale[line]).any())
            else:
                found = texts[place][start : start + line.axis.size]
                wrong = not all(map(same, wide[line][0], found))
            if wrong:
                out.append(f"{line.key} of vector {place} in {run.name}: {wide[line][0]} is not {found}")
    return out


def same(expected: object, found: object) -> bool:
    """Return whether a value that may be a text is the same."""
    if isinstance(expected, str) or isinstance(found, str):
        return expected == found
    number, other = float(expected), np.nan if found is None else float(found)  # type: ignore[arg-type]
    return (np.isnan(number) and np.isnan(other)) or abs(number - other) <= CLOSE * max(abs(number), DUST)


def compare(paths: Sequence[Path], folder: Path, whole: int) -> list[str]:
    """Evaluate cases in one process of Node, and list where a line differs."""
    cases = [written(path, folder / path.stem, whole) for path in paths]
    command = [str(NODE), str(Path(__file__).with_name("javascript.js")), *(str(one.folder) for one in cases)]
    subprocess.run(command, check=True)
    out = []
    for case in cases:
        found = [*stage_one_differences(case), *whole_differences(case, whole)]
        out += [f"{case.folder.name}: {one}" for one in found]
    return out


@each_set
def test_every_line_and_run_agrees_over_random_inputs(cases: tuple[Path, ...], tmp_path: Path) -> None:
    """Two hundred random vectors of each case: every line that runs compute, in every run; both stages of the first ones."""
    assert cases
    assert BASE
    assert compare(cases, tmp_path, WHOLE) == []


@pytest.mark.long
def test_both_stages_agree_over_random_inputs(tmp_path: Path) -> None:
    """Two hundred random vectors of each case: every line of both stages, texts included."""
    assert compare(CASES, tmp_path, VECTORS) == []
