"""Lines of the model in words and in figures, and assumptions with their range and source."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.analysis import Analysis
    from reportgen.formula.nodes import Line
    from reportgen.schema.assumptions import Assumption

SUGGESTED = 3
"""The largest number of names that are suggested."""


def explained(case_file: Path, start: str, month: int) -> list[str]:
    """Explain the lines and assumptions whose names begin with `start`.

    Lines by month are given in figures for one month, others for each of their positions, named. A name that something
    has is explained alone, without longer ones that begin with it. Raises SurroundingsError for a month that the case
    does not have, and for a name that nothing has, with the nearest names.
    """
    from reportgen.actuals.recorded import analyse_with_actuals
    from reportgen.errors import SurroundingsError
    from reportgen.schema.loading.load import load_case

    analysis = analyse_with_actuals(load_case(case_file, widen=True), case_file)
    months = 12 * analysis.results.years
    if month > months:
        raise SurroundingsError(f"There is no month {month}: the case has the months 1 to {months}.")
    named = analysis.model.names.values()
    lines = {line.key: line for line in (*analysis.model.lines(), *named)}
    rows = {row.path: row for row in analysis.inputs}
    names = [name for name in (*lines, *rows) if name.startswith(start)]
    if start in lines or start in rows:
        names = [start]
    if not names:
        raise SurroundingsError(_unknown(start, (*lines, *rows)))
    texts = [_line(analysis, lines[name], month) for name in dict.fromkeys(names) if name in lines]
    return texts + [_assumption(analysis, rows[name]) for name in dict.fromkeys(names) if name in rows]


def _unknown(name: str, known: tuple[str, ...]) -> str:
    """Say that nothing has a name, and which names are near it."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, SUGGESTED)
    last = name.rpartition(".")[2]
    near = near or [one for one in known if last and one.rpartition(".")[2] == last][:SUGGESTED]
    hint = f"Did you mean {', or '.join(near)}?" if near else "options.KEY. lists those of an option."
    return f"No line and no assumption begins with {name}. {hint}"


def _line(analysis: "Analysis", line: "Line", month: int) -> str:
    from reportgen.casing import first_lower
    from reportgen.formula.explain import formula_in_words

    labels = {row.path: first_lower(row.label) for row in analysis.assumptions}
    figures = "\n".join(f"  {one}" for one in _figures(analysis, line, month))
    return f"{line.key}\n  {formula_in_words(line, labels)}\n{figures}\n"


def _figures(analysis: "Analysis", line: "Line", month: int) -> Iterator[str]:
    """Yield a line in figures: for a month, for its only value, or for each of its positions by name."""
    from reportgen.formula.axis import SINGLE
    from reportgen.formula.explain import formula_in_figures

    if line.axis.name == "months":
        yield f"month {month}: {formula_in_figures(line, analysis.base, month - 1, _printed)}"
    elif line.axis == SINGLE:
        yield formula_in_figures(line, analysis.base, 0, _printed)
    else:
        for position, name in enumerate(line.axis.labels):
            yield f"{name}: {formula_in_figures(line, analysis.base, position, _printed)}"


def _assumption(analysis: "Analysis", row: "Assumption") -> str:
    """Give an assumption's value, range, source and owner."""
    currency = analysis.case.case.currency
    printed, unit = row.unit.printed(row.value), row.unit.text(currency)
    value = f"{printed}{unit[1:]}" if unit.startswith("%") else f"{printed} {unit}"
    origin = "" if row.given else " (the default: the case does not state it)"
    lines = [row.path, f"  {row.label} = {value}{origin}"]
    if row.low is not None or row.high is not None:
        low, high = ("open" if end is None else row.unit.printed(end) for end in (row.low, row.high))
        lines.append(f"  range: {low} to {high}, {row.distribution}")
    else:
        lines.append("  range: none")
    lines.append(f"  source: {row.source or 'none'}")
    lines += [f"  {name}: {text}" for name, text in (("owner", row.owner), ("note", row.note)) if text]
    return "\n".join(lines) + "\n"


def _printed(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.0f}"
