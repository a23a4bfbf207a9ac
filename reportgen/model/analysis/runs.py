"""TCO and core of each option in every run: the what-if tables, on which all of stage 2 is built."""

from collections.abc import Sequence

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import WhatIfTable
from reportgen.formula.nodes import At, Constant, Labels, Line, Node, PerPosition, WhatIf, as_node
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Runs:
    """The what-if tables, one per option; their lines are on the run axis."""

    names: Line
    tco: dict[str, Line]
    core: dict[str, Line]
    tables: tuple[WhatIfTable, ...]

    def in_base(self, line: Line) -> Node:
        """Return a column's value in the base case, its first row."""
        return At(line, as_node(1))

    def in_run(self, line: Line, number: Line) -> Node:
        """Return a column's value in the run whose number stands at this position."""
        return At(line, as_node(number))

    def numbers(self, key: str, label: str, runs: Sequence[str], axis: Axis) -> Line:
        """Define the numbers of runs, one per position of an axis: the rows of the what-if tables, from 1.

        Why: a run is looked up by its number, since Excel reads `~ * ?` in a name as a pattern, and people rename risks.
        """
        place = {name: number for number, name in enumerate(self.names.axis.labels, start=1)}
        numbers = tuple(Constant(float(place[run])) for run in runs)
        return Line(key, label, units.PLACE, PerPosition(numbers), axis)


def runs(outline: Outline, options: tuple[Option, ...]) -> Runs:
    """Define one what-if table per option.

    Why: two results per table are all that LibreOffice recalculates.
    """
    axis = Axis("runs", tuple(run.name for run in outline.runs), across=False)
    names = Line("runs.name", "Run", units.TEXT, Labels(axis.labels), axis)
    tco: dict[str, Line] = {}
    core: dict[str, Line] = {}
    for option in options:
        key = option.key
        tco[key] = Line(f"runs.tco.{key}", "TCO", units.MONEY, WhatIf(option.tco), axis)
        core[key] = Line(f"runs.core.{key}", "Core", units.MONEY_PV, WhatIf(option.core), axis)
    tables = tuple(
        WhatIfTable(o.outline.short_name, o.key, (o.tco, o.core), (tco[o.key], core[o.key])) for o in options
    )
    return Runs(names, tco, core, tables)
