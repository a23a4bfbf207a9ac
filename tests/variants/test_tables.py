"""Tables, summary and heat map of a sweep say what the sweep found."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest

import reportgen as rg
from reportgen.schema.loading.load import usual_figures
from reportgen.variants.axes import Axis
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.grid import Grid
from reportgen.variants.heat_map import REFUSED, Collector, HeatMap, draw
from reportgen.variants.running import Block, evaluated
from reportgen.variants.summary import Summary
from reportgen.variants.tables import table
from reportgen.workers import SERIAL
from tests.paths import INPUTS

READ, WRITTEN = "workload.cached_share", "workload.cache_write_share"
GRID = Grid((Axis(READ, (0.0, 0.5, 0.9)), Axis(WRITTEN, (0.0, 0.3))))
"""Of six variants one is refused: 0.9 read and 0.3 written."""

Found = tuple["rg.LoadedCase", Evaluator, list[Block]]


@pytest.fixture(scope="module")
def found() -> Found:
    """Evaluate the grid."""
    case = rg.load(INPUTS / "small.yaml")
    evaluator = Evaluator(case.case, usual_figures(case.file, case.case), GRID.paths)
    return case, evaluator, list(evaluated(evaluator, GRID, SERIAL, 1))


def written(target: Path, evaluator: Evaluator, blocks: list[Block]) -> Path:
    """Write the blocks into a table."""
    with table(target, evaluator) as write:
        for block in blocks:
            write(block)
    return target


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_csv_file_has_a_line_for_each_variant(tmp_path: Path, found: Found) -> None:
    """Numbers are written to the last digit; a refused variant has its values and its reason, and no figures."""
    _, evaluator, blocks = found
    rows = list(csv.DictReader(_lines(written(tmp_path / "new" / "v.csv", evaluator, blocks))))
    assert [(float(row[READ]), float(row[WRITTEN])) for row in rows] == [
        (0, 0), (0, 0.3), (0.5, 0), (0.5, 0.3), (0.9, 0), (0.9, 0.3),
    ]  # fmt: skip
    figures = blocks[0].figures
    assert float(rows[3]["full_cost.gpu"]) == figures.full_cost[3, 1]
    assert float(rows[0]["tco.api"]) == figures.tco[0, 0]
    assert rows[0]["recommended"] == "api"
    assert float(rows[0]["lead"]) == pytest.approx(1 - figures.full_cost[0, 0] / figures.full_cost[0, 1])
    assert {key for key, value in rows[5].items() if value} == {READ, WRITTEN, "refused"}
    assert "make more than 1" in rows[5]["refused"]


def test_a_parquet_file_is_the_same_table(tmp_path: Path, found: Found) -> None:
    """Floats and texts, nothing where there is no figure."""
    parquet = pytest.importorskip("pyarrow.parquet")
    _, evaluator, blocks = found
    rows = parquet.read_table(written(tmp_path / "v.parquet", evaluator, blocks)).to_pylist()
    lines = list(csv.DictReader(_lines(written(tmp_path / "v.csv", evaluator, blocks))))
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows] == lines


def test_an_interrupted_table_is_not_there(tmp_path: Path, found: Found) -> None:
    """What stood in the file before stays until all is written."""
    _, evaluator, blocks = found
    target = tmp_path / "v.csv"
    target.write_text("before", encoding="utf-8")
    with suppress(KeyboardInterrupt), table(target, evaluator) as write:
        write(blocks[0])
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["v.csv"]
    assert target.read_text(encoding="utf-8") == "before"


def test_the_summary_counts_and_finds_the_ends(found: Found) -> None:
    """One refused, five recommended; the lowest full cost with the variant that has it."""
    _, evaluator, blocks = found
    summary = Summary(evaluator)
    for block in blocks:
        summary.add(block)
    record = summary.record()
    costs = {
        tuple(blocks[0].columns[path][place] for path in GRID.paths): blocks[0].figures.full_cost[place, 1]
        for place in range(5)
    }
    assert (summary.count, summary.evaluated, sum(record["refused"].values())) == (6, 5, 1)
    assert sum(option["recommended"] for option in record["options"].values()) == 5
    ends = record["options"]["gpu"]["full_cost"]
    assert ends["lowest"] == min(costs.values())
    assert costs[ends["at_lowest"][READ], ends["at_lowest"][WRITTEN]] == ends["lowest"]
    assert ends["highest"] == max(costs.values())


def test_the_heat_map_has_a_cell_for_each_pair(found: Found) -> None:
    """The first axis runs across, the second down; the drawing has as many cells and names what is in them."""
    case, evaluator, blocks = found
    collector = Collector(GRID, evaluator, {READ: 0.0, WRITTEN: 0.0})
    collector.add(blocks[0])
    heat = collector.heat_map()
    keys = [
        evaluator.options[place].key if place >= 0 else REFUSED for place in blocks[0].figures.recommended
    ]
    assert heat.cells == (tuple(keys[0::2]), tuple(keys[1::2]))
    assert heat.cells[1][2] == REFUSED
    svg = draw(heat, evaluator, case.assumptions)
    assert svg.startswith("<svg")
    assert "refused" in svg
    assert case.assumptions[READ].label in svg


def test_a_third_axis_is_at_the_case_s_own_value(found: Found) -> None:
    """Of further axes the value nearest to the case's is shown, and said."""
    case, _, _ = found
    rate = "finance.discount_rate"
    grid = Grid((GRID.axes[0], GRID.axes[1], Axis(rate, (0.0, 0.075, 0.2))))
    evaluator = Evaluator(case.case, usual_figures(case.file, case.case), grid.paths)
    collector = Collector(grid, evaluator, {path: row.value for path, row in case.assumptions.items()})
    for block in evaluated(evaluator, grid, SERIAL, 1):
        collector.add(block)
    heat: HeatMap = collector.heat_map()
    assert case.assumptions[rate].value == 0.08
    assert heat.fixed == {rate: 0.075}
    assert heat.cells[1][2] == REFUSED
    assert "0.075" in draw(heat, evaluator, case.assumptions)
