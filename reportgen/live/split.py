"""The search of the best split in the page: the lines that it needs, as tables for split.js, and the split as issued."""

from collections.abc import Sequence

from reportgen.analysis import Analysis
from reportgen.formula.lines import SplitSearch
from reportgen.formula.nodes import Line
from reportgen.formula.runs import Run
from reportgen.live.layout import Layout
from reportgen.uncertainty.best_split import SHOWN


def tables(search: SplitSearch, runs: Sequence[Run], layout: Layout) -> dict[str, object]:
    """Return where split.js finds the lines and inputs of the search, and the runs over which it costs an assignment."""
    places, lines = {line: place for place, line in enumerate(layout.lines)}, search.lines

    def cell(line: Line | None) -> list[int] | None:
        return [places[line], layout.places[line][1]] if line else None

    by_name = {run.name: place for place, run in enumerate(runs) if run.purpose in ("base", "risk")}
    return {
        "parts": [
            {"own": cell(part.own), "paid": [cell(line) for line in part.paid]}
            for part in lines.parts.values()
        ],
        "together": cell(lines.together), "shortfall": cell(lines.shortfall),
        "routing": [layout.inputs[path] for path in lines.routing],
        "used": [layout.inputs[path] for path in lines.used],
        "paid": [layout.inputs[path] for path in lines.paid],
        "allowed": search.allowed, "shown": SHOWN,
        "runs": [by_name[name] for name in search.runs],
        "chances": [layout.inputs[path] for path in search.chances],
    }  # fmt: skip


def as_issued(analysis: Analysis) -> dict[str, object] | None:
    """Return the best split as issued, options by their places among all; None where there is none."""
    search, found = analysis.split, analysis.results.best_split
    if search is None or found is None or found.best is None:
        return None
    places = {option.key: place for place, option in enumerate(analysis.results.options)}
    return {
        "workloads": [one.name for one in analysis.case.workloads.values()],
        "options": [places[key] for key in search.keys],
        "count": found.assignments,
        "issued": {
            "routes": [places[option] for option in found.best.routes.values()], "full": found.best.full_cost,
            "lead": found.lead, "stated": places[found.best_stated] if found.best_stated else -1,
        },
    }  # fmt: skip
