"""The runs of the tornado: each uncertainty at its low and at its high."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from reportgen.binding.together import moving_together
from reportgen.formula.runs import Effect, Run
from reportgen.model.outline import SwingOutline
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case

NAMED = 3
"""The largest number of options, or of assumptions that move together, that a label names."""


def swings(case: Case, rows: Sequence[Assumption], names: Mapping[str, str]) -> Iterator[SwingOutline]:
    """Yield each uncertainty with the names of its two runs; `names` gives the labels of assumptions by path."""
    short = {key: option.short_name for key, option in case.options.items()}
    for group in moving_together(case, rows):
        first, label = group[0], group_label(group, names, short)
        yield SwingOutline(
            first.path, label, first.unit.text(case.case.currency), f"{label}: low", f"{label}: high",
            tuple(row.path for row in group),
        )  # fmt: skip


def swing_runs(swing: SwingOutline, rows: Mapping[str, Assumption]) -> tuple[Run, Run]:
    """Return the runs of an uncertainty: all that moves together at its low, and at its high; `rows` by path."""
    low = tuple(_set(row, row.low, "low") for path in swing.paths for row in [rows[path]])
    high = tuple(_set(row, row.high, "high") for path in swing.paths for row in [rows[path]])
    return Run(swing.low_run, low, "tornado"), Run(swing.high_run, high, "tornado")


def _set(row: Assumption, amount: float | None, bound: Literal["low", "high"]) -> Effect:
    assert amount is not None
    return Effect(row.path, "set", amount, bound)


def group_label(group: Sequence[Assumption], names: Mapping[str, str], short: Mapping[str, str]) -> str:
    """Return the label of assumptions that move together: one name for all where they are one field of several options."""
    if len(group) == 1:
        return names[group[0].path]
    if len({(row.label, row.path.rpartition(".")[2]) for row in group}) == 1:
        owners = [short.get(row.path.split(".")[1], "") for row in group]
        listed = (
            f"{', '.join(owners[:-1])} and {owners[-1]}" if len(owners) <= NAMED else f"{len(owners)} options"
        )
        return f"{group[0].label}, {listed}"
    if len(group) < NAMED:
        return " and ".join(names[row.path] for row in group)
    return f"{names[group[0].path]} and {len(group) - 1} that move with it"
