"""What `reportgen sweep` prints: the options over all variants, what was refused, and the heat map of the recommendation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportgen.cli.console import console, new_table

if TYPE_CHECKING:
    from reportgen.schema.assumptions import Assumption
    from reportgen.variants.evaluation import Evaluator
    from reportgen.variants.heat_map import HeatMap
    from reportgen.variants.summary import Summary

CELL = 3
"""Characters of a cell."""


def print_summary(summary: "Summary", currency: str) -> None:
    """Print how often each option is recommended and the range of its full cost, then the refused variants by reason."""
    from reportgen.report.charts.drawing.money import Notation, money

    notation = Notation(currency)
    shown = new_table(
        f"{summary.count:,} variants", ("Option", "Recommended", "Share", "Full cost from", "to"), 1
    )
    for option, eligible in zip(summary.evaluator.options, summary.evaluator.eligible, strict=True):
        count, spread = summary.recommended[option.key], summary.full_cost[option.key]
        share = f"{count / summary.evaluated:.1%}" if summary.evaluated else "–"
        ends = [
            money(cost, notation) if summary.evaluated else "–" for cost in (spread.lowest, spread.highest)
        ]
        name = option.outline.short_name if eligible else f"{option.outline.short_name} (not eligible)"
        shown.add_row(name, f"{count:,}", share, *ends)
    out = console()
    out.print(shown)
    for reason, number in summary.refused.most_common():
        out.print(f"{number:,} refused: {reason}", soft_wrap=True)


def print_heat_map(found: "HeatMap", evaluator: "Evaluator", rows: "Mapping[str, Assumption]") -> None:
    """Print a cell for each pair of values, with the number and on a terminal the colour of the recommended option."""
    from rich.text import Text

    from reportgen.report.charts.drawing.palette import ink_on
    from reportgen.variants.heat_map import NONE, REFUSED, colours, fixed_words, value_words

    out, styles = console(), colours(evaluator)
    marks = {key: str(place) for place, key in enumerate(styles, start=1)} | {NONE: "–", REFUSED: "×"}
    heads = value_words(found.down.values) if found.down else ("",)
    side = max(map(len, heads))
    first, last = (value_words(found.across.values)[place] for place in (0, -1))
    out.print()
    if found.down:
        out.print(f"Down: {rows[found.down.path].label}{fixed_words(found, rows)}", soft_wrap=True)
    out.print(f"Across: {rows[found.across.path].label}, {first} to {last}", soft_wrap=True)
    for head, keys in zip(heads, found.cells, strict=True):
        line = Text(f"{head:>{side}} ")
        for key in keys:
            fill = styles[key][1].fill
            line.append(f"{marks[key]:^{CELL}}", style=f"{ink_on(fill)} on {fill}")
        out.print(line, soft_wrap=True)
    present = dict.fromkeys(key for keys in found.cells for key in keys)
    names = (f"{marks[key]} {styles[key][0]}" for key in styles if key in present)
    out.print(" " * (side + 1) + "   ".join(names), soft_wrap=True)


def heat_map_record(found: "HeatMap") -> dict[str, Any]:
    """Return a heat map as plain data; `cells` has a row for each value down."""
    axes = {"down": found.down, "across": found.across}
    return {
        **{name: {"path": axis.path, "values": axis.values} if axis else None for name, axis in axes.items()},
        "fixed": dict(found.fixed),
        "cells": found.cells,
    }
