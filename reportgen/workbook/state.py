"""What a workbook is written from: the case as issued, and the numbers that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import Model
from reportgen.formula.nodes import Line, Node
from reportgen.formula.runs import BASE, Run, active_values
from reportgen.schema.assumptions import Assumption

Value = float | str | bool
EXCEL_EPOCH = date(1899, 12, 30)
"""The day from which Excel counts days."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says about the case."""

    title: str
    organisation: str
    prepared_for: str
    prepared_by: str
    date: date
    currency: str
    fingerprint: str
    edition: int
    file: str
    text: str
    """The case file as it was read, for the Case sheet."""
    limitations: tuple[str, ...]
    prices: str = ""
    """The items of the price book that the case uses, as text, for the Case sheet."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A figure in a source as printed, as recomputed and as used, and what the difference does."""

    id: str
    title: str
    url: str
    figure: str
    recomputed: str
    used: str
    effect: str
    interest: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A workbook's content as issued: the model, the register, the runs and the cover; structure that never moves."""

    model: Model
    assumptions: tuple[Assumption, ...]
    runs: tuple[Run, ...]
    years: int
    start: date
    cover: Cover
    options: tuple[tuple[str, str], ...]
    """Key and kind of each option, in order."""
    editions: tuple[Issued, ...] = ()
    """Every edition up to this one."""
    since: Comparison | None = None
    """What changed since the edition before; None where this is the first, or nobody asked."""
    claims: tuple[Claimed, ...] = ()
    """Figures in sources, and what was made of them."""

    @property
    def values(self) -> dict[str, float]:
        """Give the values as issued, by path, the first day of the first month among them."""
        start = {"finance.start": float((self.start - EXCEL_EPOCH).days)}
        return start | {assumption.path: assumption.value for assumption in self.assumptions}


@dataclass(frozen=True, slots=True)
class State:
    """The numbers that a workbook shows: current values and effects, and which run is shown."""

    values: Mapping[str, float]
    runs: tuple[Run, ...]
    shown: str
    every: Evaluation
    here: Evaluation

    def series(self, line: Line) -> list[Value]:
        """Give a line's values along its axis."""
        wide = np.broadcast_to(self.here[line], (1, line.axis.size))
        return [plain(value) for value in wide[0]]

    def stated(self, path: str, model: Model) -> float:
        """Give what an assumption's cell holds: the value typed, or what the price book's rates as stated come to."""
        line = model.looked_up.get(path)
        return self.at_base(line) if line else self.values[path]

    def at_base(self, line: Line) -> float:
        """Give a line's first value in the base case, whatever run is shown."""
        values = self.every[line]
        place = next(place for place, run in enumerate(self.runs) if run.name == BASE)
        return float(values[min(place, len(values) - 1), 0])

    def single(self, node: Node) -> Value:
        """Give the value of a formula with one value."""
        return plain(self.here.node(node)[0, 0])


def state_of(values: Mapping[str, float], runs: tuple[Run, ...], shown: str = BASE) -> State:
    """Evaluate all runs and stage 2, with one run shown."""
    every = Evaluation(active_values(values, runs))
    chosen = [run for run in runs if run.name == shown]
    return State(values, runs, shown, every, Evaluation(active_values(values, chosen), runs, every, shown))


def plain(value: Any) -> Value:
    """Turn a value of an evaluation into one that a cell holds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return bool(value)
    return float(value)
