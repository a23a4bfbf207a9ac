"""The options at a glance: side by side while they are few, below each other where they are many."""

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.report.parts import Cell, Row, Table, Words, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.fit import weighted
from reportgen.results.options import OptionResult

COLUMNS = 4
"""Up to so many options stand side by side."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing said of every option: in full and short; `extra` ones give way where space is scarce."""

    label: str
    short: str
    said: Callable[[OptionResult], Words]
    kind: str = ""


def glance(context: ViewContext) -> Table:
    """Put the options side by side, money in thousands."""
    measures = _measures(context)
    corner = f"{context.thousand}, {context.paper.span}"
    if len(context.options) <= COLUMNS:
        rows = tuple(
            Row(m.label, cells([m.said(o) for o in context.options], context.chosen), m.kind)
            for m in measures
        )
        return Table(corner, context.heads(), rows)
    shown = [m for m in measures if m.short]
    best = context.paper.best
    listing = tuple(
        Row(
            o.short_name,
            tuple(Cell(m.said(o)) for m in shown),
            "chosen" if best and o.key == best.key else "",
        )
        for o in context.options
    )
    return Table(corner, tuple(Cell(m.short) for m in shown), listing)


def _measures(context: ViewContext) -> tuple[Measure, ...]:
    figures = context.figures
    money = (
        ("Total cost, nominal, before risk", "Total cost, nominal", "tco", ""),
        ("Present value of it", "Present value", "pv", ""),
        ("Expected risk, discounted", "Expected risk", "expected_risk_core", ""),
        ("Displaced projects, discounted", "Displaced projects", "opportunity_pv", ""),
        ("Expected cost of leaving, discounted", "Expected exit", "expected_exit_pv", ""),
        ("Full economic cost", "Full economic cost", "full_cost", "total"),
    )
    found = [
        Measure(label, short, lambda o, name=name: figures.of(o, name, "thousands"), kind)  # type: ignore[misc]
        for label, short, name, kind in money
    ]
    found += [
        Measure("Total cost, 9 in 10 outcomes below" if context.results.risks else "", "", lambda o: figures.figure(o.p90, f"joint.{o.key}.p90", "thousands"), "extra"),
        Measure("Months from start to go-live", "", lambda o: figures.plain(o.go_live, "months") if o.go_live else "in service", "extra"),
        Measure("Break-even month", "", lambda o: _month(context, o), "extra"),
    ]  # fmt: skip
    if context.paper.strategic_fit:
        scores = weighted(context.paper.strategic_fit)
        found.append(
            Measure("Strategic fit, of 5", "", lambda o: context.number(scores[o.key], ".1f"), "extra")
        )
    if not all(o.eligible for o in context.options):
        found.append(
            Measure("Meets every must-have", "Must-haves", lambda o: "met" if o.eligible else "not met")
        )
    return tuple(measure for measure in found if measure.label)


def _month(context: ViewContext, option: OptionResult) -> Words:
    if option.break_even is None:
        return "baseline"
    if option.break_even.month is None:
        return "not reached"
    return context.figures.figure(option.break_even.month, f"break_even.{option.key}.month", "month")
