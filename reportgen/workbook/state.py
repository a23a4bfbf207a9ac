"""The content of a workbook: the case as issued, and the values to show."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import numpy as np

from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import Model
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, Run, active_values
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption

Value = float | str | bool
WhatIfMode = Literal["live", "issued"]
"""Whether a workbook has what-if tables, or the results of all runs as issued alone."""
WITHOUT_TABLES = "Run calculated; results of all runs as issued"
"""The label on Runs of a workbook without what-if tables."""
EXCEL_EPOCH = date(1899, 12, 30)
"""The day from which Excel counts days."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The case's data for the Cover and the Case sheet."""

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
class CheckedClaim:
    """A figure quoted from a source: as printed, as recomputed, as used, and the effect of the difference on the decision."""

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
    """The issued content of a workbook: model, assumptions, runs and cover. Edits of the workbook never change it."""

    model: Model
    assumptions: tuple[Assumption, ...]
    runs: tuple[Run, ...]
    years: int
    start: date
    cover: Cover
    options: tuple[tuple[str, str], ...]
    """Key and kind of each option, in order."""
    editions: tuple[Issued, ...] = ()
    """All editions up to and including this one."""
    since: Comparison | None = None
    """The comparison with the edition before; None for a first edition, or where none was requested."""
    claims: tuple[CheckedClaim, ...] = ()
    """Figures from sources that were recomputed."""
    what_if: WhatIfMode = "live"

    @property
    def spare_runs(self) -> frozenset[str]:
        """Return the names of the runs that wait for a risk to be added in the workbook."""
        return frozenset(run.name for run in self.runs if run.purpose == "risk" and not run.effects)

    @property
    def names_risks(self) -> bool:
        """Return whether the case names a risk."""
        return any(run.purpose == "risk" and run.effects for run in self.runs)

    @property
    def values(self) -> dict[str, float]:
        """Return the values as issued by path, with the first day of the first month (finance.start) as an Excel serial."""
        start = {"finance.start": float((self.start - EXCEL_EPOCH).days)}
        return start | {assumption.path: assumption.value for assumption in self.assumptions}


@dataclass(frozen=True, slots=True)
class State:
    """The values that a workbook shows: current inputs and effects, and the run shown."""

    values: Mapping[str, float]
    runs: tuple[Run, ...]
    shown: str
    all_runs: Evaluation
    shown_run: Evaluation

    def series(self, line: Line) -> list[Value]:
        """Return a line's values along its axis, in the run shown."""
        values = np.broadcast_to(self.shown_run[line], (1, line.axis.size))
        return [cell_value(value) for value in values[0]]

    def since(self, issue: Issue) -> "State":
        """Return the state as what a workbook shows that was issued as `issue`: results as issued hold only without changes."""
        if not count_changes(issue, self):
            return self
        return replace(self, shown_run=self.shown_run.changed_since_issue())

    def run_number(self, name: str) -> float:
        """Return the number of a run, from 1; 0 where no run, or more than one, has that name."""
        names = [run.name.casefold() for run in self.runs]
        return float(names.index(name.casefold()) + 1) if names.count(name.casefold()) == 1 else 0.0

    def stated_value(self, path: str, model: Model) -> float:
        """Return the value of an assumption's cell: the input, or the first month's price from the price book, before effects."""
        line = model.looked_up.get(path)
        return self.base_value(line) if line else self.values[path]

    def base_value(self, line: Line) -> float:
        """Return a line's first value in the base case, independent of the run shown."""
        values = self.all_runs[line]
        place = next(place for place, run in enumerate(self.runs) if run.name == BASE)
        return float(values[min(place, len(values) - 1), 0])


def count_changes(issue: Issue, state: State, left_out: AbstractSet[str] = frozenset()) -> float:
    """Return the number of inputs and effects that differ from their values as issued; some paths may be left out."""
    passed = set(issue.model.looked_up) | left_out
    changed = (a.path for a in issue.assumptions if a.path not in passed and state.values[a.path] != a.value)
    rows = {path.removesuffix(".effective") for path in changed}  # a rate and its first day share a row
    now = [effect.amount_in(state.values) for run in state.runs for effect in run.effects]
    issued = [effect.amount for run in issue.runs for effect in run.effects]
    return float(len(rows) + sum(a != b for a, b in zip(now, issued, strict=True)))


def evaluate_state(values: Mapping[str, float], runs: tuple[Run, ...], shown: str = BASE) -> State:
    """Evaluate all runs, and the lines that depend on all of them, with one run shown."""
    all_runs = Evaluation(active_values(values, runs))
    chosen = [run for run in runs if run.name == shown]
    return State(
        values, runs, shown, all_runs, Evaluation(active_values(values, chosen), runs, all_runs, shown)
    )


def cell_value(value: Any) -> Value:
    """Convert a value of an evaluation into a cell value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return bool(value)
    return float(value)
