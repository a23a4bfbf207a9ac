"""Overview table of the options: one column per option while they are few, else one row per option."""

from collections.abc import Callable

from reportgen.report.parts import Cell, Row, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.strategic_fit import weighted_scores
from reportgen.results.options import OptionResult
from reportgen.runtime.records import dataclass

MOST_COLUMNS = 4
"""Up to this many options have a column each; more have a row each."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of every option, with a long and a short label, and the kind of its row."""

    label: str
    short: str
    value: Callable[[OptionResult], Text]
    kind: str = ""


def options_at_a_glance(context: ViewContext) -> Table:
    """Return the overview table, amounts in the unit that their size asks for."""
    measures = _measures(context)
    corner = f"{context.unit.words}, {context.paper.horizon}"
    if len(context.options) <= MOST_COLUMNS:
        rows = tuple(
            Row(m.label, cells([m.value(o) for o in context.options], context.chosen_column), m.kind)
            for m in measures
        )
        return Table(corner, context.heads(), rows)
    shown = [m for m in measures if m.short]
    best = context.paper.best
    listing = tuple(
        Row(
            o.short_name,
            tuple(Cell(m.value(o)) for m in shown),
            "chosen" if best and o.key == best.key else "",
        )
        for o in context.options
    )
    return Table(corner, tuple(Cell(m.short) for m in shown), listing)


def rounding_note(context: ViewContext) -> str:
    """Return the note on rounding where a printed full cost is not the sum of the amounts above it; else nothing."""
    columns = [
        ((o.pv, o.expected_risk_core, o.opportunity_pv, o.expected_exit_pv), o.full_cost)
        for o in context.options
    ]
    return context.rounding_note(columns, context.unit).strip()


def _nine_in_ten(context: ViewContext) -> str:
    """Label the total cost that nine in ten futures stay within, in the words of the request; empty where there are none."""
    drawn = context.results.risks or context.results.simulation
    return f"Total cost not exceeded in 9 of 10 {context.futures.rstrip(',')}" if drawn else ""


def _not_exceeded(context: ViewContext, option: OptionResult) -> Text:
    unit, simulation = context.unit.number_format, context.results.simulation
    if simulation is None:
        return context.figures.figure(option.p90, f"joint.{option.key}.p90", unit)
    path = f"simulation.options.{option.key}.tco.p90"
    return context.figures.figure(simulation.options[option.key].tco.p90, path, unit)


def _measures(context: ViewContext) -> tuple[Measure, ...]:
    figures, unit = context.figures, context.unit.number_format
    money = (
        ("Total cost, nominal, before risk", "Total cost, nominal", "tco", ""),
        ("Present value of it", "Present value", "pv", ""),
        ("Expected risk, discounted", "Expected risk", "expected_risk_core", ""),
        ("Displaced projects, discounted", "Displaced projects", "opportunity_pv", ""),
        ("Expected cost of leaving, discounted", "Expected exit", "expected_exit_pv", ""),
        ("Full economic cost", "Full economic cost", "full_cost", "total"),
    )
    measures = [
        Measure(label, short, lambda o, name=name: figures.option_result(o, name, unit), kind)  # type: ignore[misc]
        for label, short, name, kind in money
    ]
    measures += [
        Measure(_nine_in_ten(context), "", lambda o: _not_exceeded(context, o)),
        Measure("Months from start to go-live", "", lambda o: "in service" if context.serves_from_the_start(o) else figures.plain_text(context.months_to_service(o), "months")),
    ]  # fmt: skip
    if context.paper.strategic_fit:
        scores = weighted_scores(context.paper.strategic_fit)
        measures.append(Measure("Strategic fit, of 5", "", lambda o: context.number(scores[o.key], ".1f")))
    if not all(o.eligible for o in context.options):
        measures.append(
            Measure("Meets every must-have", "Must-haves", lambda o: "met" if o.eligible else "not met")
        )
    return tuple(measure for measure in measures if measure.label)
