"""The heat map of a grid: the recommended option at each pair of values of the first two axes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.money import Notation
from reportgen.report.charts.drawing.palette import MUTE, RULE, Colour, option_colours
from reportgen.report.charts.grid import Axis as Side
from reportgen.report.charts.grid import winners_grid
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.variants.axes import Axis
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.grid import Grid
from reportgen.variants.running import Block

MOST_ACROSS, MOST_DOWN = 24, 24
"""Columns and rows that are drawn; of more values some are left out, evenly."""
REFUSED, NONE = "refused", "none"
"""What stands in a cell whose variant is refused, or in which no option is eligible."""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Keys of recommended options over two axes, those of `fixed` at the given values; rows run down."""

    down: Axis | None
    across: Axis
    fixed: Mapping[str, float]
    cells: tuple[tuple[str, ...], ...]


class Collector:
    """Gathers the cells of a heat map from the blocks of a sweep.

    Axes beyond the second are at the value that is nearest to the case's own.
    """

    def __init__(self, grid: Grid, evaluator: Evaluator, own: Mapping[str, float]) -> None:
        self._keys = [option.key for option in evaluator.options]
        self._grid = grid
        rest = grid.axes[2:]
        self._fixed = [int(np.argmin(np.abs(np.array(axis.values) - own[axis.path]))) for axis in rest]
        across, down = grid.shape[0], grid.shape[1] if len(grid.shape) > 1 else 1
        self._across, self._down = _evenly(across, MOST_ACROSS), _evenly(down, MOST_DOWN)
        self._cells = np.full((down, across), -1, dtype=np.int16)

    def add(self, block: Block) -> None:
        """Take a block in."""
        places = np.unravel_index(np.arange(block.start, block.start + len(block)), self._grid.shape)
        shown = np.ones(len(block), dtype=bool)
        for axis, place in zip(places[2:], self._fixed, strict=True):
            shown &= axis == place
        row = places[1] if len(places) > 1 else np.zeros_like(places[0])
        found = np.where(block.figures.refused >= 0, -2, block.figures.recommended)
        self._cells[row[shown], places[0][shown]] = found[shown]

    def heat_map(self) -> HeatMap:
        """Return what was gathered."""
        names: dict[int, str] = {**dict(enumerate(self._keys)), -1: NONE, -2: REFUSED}
        first, *others = self._grid.axes
        cells = self._cells[np.ix_(self._down, self._across)]
        return HeatMap(
            _thinned(others[0], self._down) if others else None,
            _thinned(first, self._across),
            {axis.path: axis.values[place] for axis, place in zip(others[1:], self._fixed, strict=True)},
            tuple(tuple(names[int(cell)] for cell in row) for row in cells),
        )


def _evenly(count: int, most: int) -> NDArray[np.intp]:
    """Return at most `most` of `count` places, first and last included."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.intp))


def _thinned(axis: Axis, places: NDArray[np.intp]) -> Axis:
    return Axis(axis.path, tuple(axis.values[place] for place in places))


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    kind: str


def colours(evaluator: Evaluator) -> dict[str, tuple[str, Colour]]:
    """Return name and colour of each option by key, as in the paper, and of cells without a recommendation."""
    options = [_Kind(option.key, option.outline.kind) for option in evaluator.options]
    found = option_colours(options)
    named = {option.key: (option.outline.short_name, found[option.key]) for option in evaluator.options}
    return named | {
        NONE: ("none eligible", Colour(RULE, MUTE)),
        REFUSED: ("refused", Colour("#FFFFFF", MUTE)),
    }


def draw(found: HeatMap, evaluator: Evaluator, rows: Mapping[str, Assumption]) -> str:
    """Draw a heat map as SVG."""
    case = evaluator.case
    title = f"Recommended option by {rows[found.across.path].label}"
    if found.down:
        title += f" and {rows[found.down.path].label}"
    down = _side(case, found.down, rows) if found.down else Side("", ("",), None)
    frame = Frame("heat-map", f"{title}{fixed_words(found, rows)}", Notation(case.case.currency))
    return winners_grid(frame, down, _side(case, found.across, rows), found.cells, colours(evaluator))


def fixed_words(found: HeatMap, rows: Mapping[str, Assumption]) -> str:
    """Return at which values the other axes are, as the end of a sentence; "" where there are none."""
    if not found.fixed:
        return ""
    return " at " + ", ".join(f"{rows[path].label} {value:.4g}" for path, value in found.fixed.items())


def _side(case: Case, axis: Axis, rows: Mapping[str, Assumption]) -> Side:
    row = rows[axis.path]
    stated = axis.values.index(row.value) if row.value in axis.values else None
    return Side(f"{row.label}, {row.unit.text(case.case.currency)}", value_words(axis.values), stated)


def value_words(values: Sequence[float]) -> tuple[str, ...]:
    """Return the values of an axis as short texts."""
    return tuple(f"{value:,.4g}" if abs(value) < 1e6 else f"{value:.3g}" for value in values)
