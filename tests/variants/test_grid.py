"""Tables of variants: paths in the first line, values below; every mistake with its line."""

from pathlib import Path

import pytest

import reportgen as rg
from reportgen.errors import InputError
from reportgen.schema.assumptions import Assumption
from reportgen.variants.axes import Axis
from reportgen.variants.grid import MOST_VARIANTS, Grid, read_table, require_size
from tests.paths import INPUTS

VOLUME, GROWTH = "workload.tokens_per_month", "workload.annual_growth"


@pytest.fixture(scope="module")
def inputs() -> dict[str, Assumption]:
    """Load the register of the small case."""
    return rg.load(INPUTS / "small.yaml").assumptions


def written(folder: Path, text: str) -> Path:
    """Write a table."""
    path = folder / "variants.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_variants(tmp_path: Path, inputs: dict[str, Assumption]) -> None:
    """An empty cell is the case's own value; empty lines count for nothing."""
    table = read_table(written(tmp_path, f"{VOLUME},{GROWTH}\n100,0.5\n,2\n\n300,\n"), inputs)
    assert len(table) == 3
    assert table.columns(0, 9)[VOLUME].tolist() == [100, inputs[VOLUME].value, 300]
    assert table.columns(1, 3)[GROWTH].tolist() == [2, inputs[GROWTH].value]


@pytest.mark.parametrize(
    ("text", "line", "path", "sentence"),
    [
        ("", 1, "", "names the paths"),
        (f"{VOLUME}\n", 1, "", "no variant"),
        ("workload.token_per_month\n1\n", 1, "workload.token_per_month", "Did you mean"),
        (f"{VOLUME},{VOLUME}\n1,2\n", 1, VOLUME, "two columns"),
        (f"{VOLUME}\n1\nmany\n", 3, VOLUME, "no number"),
        (f"{VOLUME},{GROWTH}\n1\n", 2, "", "1 cells"),
        (f"{VOLUME}\n1\n-5\n", 3, VOLUME, "out of bounds"),
    ],
)
def test_mistakes_in_a_table(
    tmp_path: Path,
    inputs: dict[str, Assumption],
    text: str,
    line: int,
    path: str,
    sentence: str,
) -> None:
    """Each mistake is told with its line and its path."""
    with pytest.raises(InputError) as raised:
        read_table(written(tmp_path, text), inputs)
    problem = raised.value.problems[0]
    assert (problem.line, problem.path) == (line, path)
    assert sentence in problem.sentence


def test_too_many_variants() -> None:
    """A grid beyond what one sweep evaluates is refused before anything is laid out."""
    many = tuple(map(float, range(1000)))
    grid = Grid(tuple(Axis(name, many) for name in "abc"))
    assert len(grid) > MOST_VARIANTS
    with pytest.raises(InputError, match="1,000,000,000 variants"):
        require_size(grid, "case.yaml")
