"""Exhibit of the distributions of total cost: joint distribution of the named risks, and simulated futures."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.parts import Exhibit, Row, Table, Text, cells
from reportgen.report.views.context import LOW_PLAN, PRINTED_WIDTH, RELATIVE_TOLERANCE, ViewContext
from reportgen.report.views.decision.headline import are_level, lead_is_close
from reportgen.report.views.decision.requests import contingency_percentile
from reportgen.report.wording import CERTAINTY, join_list
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Simulated, Simulation

RISK_PERCENTILES = (0.5, 0.8, 0.9)
SIMULATED_PERCENTILES = (0.1, 0.5, 0.9)
HALF_WIDTH = 0.485
"""Share of the text width that each of two charts side by side takes."""

MOST_WITH_DRIVERS = 4
"""With more options, the strongest driver of each is listed in the workbook only."""


_Panel = tuple[str, str, list[RiskCurve], tuple[float, ...]]
SimulatedOptions = Sequence[tuple[OptionResult, Simulated]]


def exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    """Return the chart of both distributions, and the table of their percentiles; none without risks and simulation."""
    simulation = context.results.simulation
    if not context.results.risks and not simulation:
        return ()
    title = _title(context)
    panels = list(_panels(context, simulation))
    side_by_side = len(panels) == 2
    width = PRINTED_WIDTH[context.paper.size] * (HALF_WIDTH if side_by_side else 1)
    charts = [
        risk_curves(context.frame(name, f"{heading}. {title}", width), curves, shares, heading=heading)
        for name, heading, curves, shares in panels
    ]
    kind = "half" if side_by_side else "full"
    chart = "".join(f'<div class="{kind}">{one}</div>' for one in charts)
    subtitle = f"Nominal total cost, {context.results.currency}; dots: {_percentiles_marked(context, simulation)}; ring: the plan, without risks"
    table = Table(
        context.unit.words,
        context.heads(),
        (*_plan_rows(context), *_risk_rows(context), *_simulation_rows(context, simulation)),
        wide=context.many,
    )
    sheets = _sheets(context, simulation)
    return (
        context.exhibit("outcomes", title, subtitle, sheets, chart=chart),
        context.exhibit(
            "outcomes-table",
            _table_title(context),
            f"Nominal total cost, {context.unit.words}",
            sheets,
            table=table,
        ),
    )


def _panels(context: ViewContext, simulation: Simulation | None) -> Iterator[_Panel]:
    """Yield id, heading, curves and marked shares of each chart."""
    colours = context.colours
    if context.results.risks:
        curves = [RiskCurve(o.short_name, colours[o.key], o.joint_curve, o.tco) for o in context.options]
        yield "joint", "Risks alone: chance of at most this cost", curves, RISK_PERCENTILES
    if simulation:
        drawn = _simulated_options(context, simulation)
        curves = [RiskCurve(o.short_name, colours[o.key], s.curve, o.tco) for o, s in drawn]
        heading = f"{_drawn(context)}: share of futures"
        if simulation.exact:
            heading = "The whole model: chance of at most this cost"
        yield "futures", heading, curves, SIMULATED_PERCENTILES


def _drawn(context: ViewContext) -> str:
    """Name what differs from one simulated future to the next."""
    if not context.results.swings:
        return "Risks"
    return "Risks and ranges" if context.results.risks else "Ranges"


def _table_title(context: ViewContext) -> str:
    best = context.paper.best
    if best is None or best.contingency is None:
        return "How far the total cost of the options may spread"
    return f"The contingency of {best.name} is {context.figures.money(best.contingency)}"


def _simulated_options(context: ViewContext, simulation: Simulation) -> SimulatedOptions:
    return [(o, simulation.options[o.key]) for o in context.options]


def _percentiles_marked(context: ViewContext, simulation: Simulation | None) -> str:
    """State at which shares of the outcomes the dots stand, chart by chart from left to right."""
    marked = [RISK_PERCENTILES] if context.results.risks else []
    marked += [SIMULATED_PERCENTILES] if simulation else []
    listed = [join_list([context.share(share) for share in shares]) for shares in marked]
    if len(listed) == 1 or marked[0] == marked[-1]:
        return f"the cost that {listed[0]} of outcomes stay within"
    return f"the cost that {listed[0]} of outcomes stay within, right {listed[1]}"


def _title(context: ViewContext) -> str:
    simulation = context.results.simulation
    if simulation is None:
        return _joint_title(context)
    spread = simulation.options[context.subject.key].tco
    low, high = context.figures.money(spread.p10), context.figures.money(spread.p90)
    return (
        f"In 8 of 10 {context.futures} the total cost of {context.subject.name} lies between {low} and {high}"
    )


def _joint_title(context: ViewContext) -> str:
    if lead_is_close(context) and are_level(context):
        return "How far the named risks spread the total cost of each option"
    first = max(context.options, key=lambda o: o.cheapest or 0.0)
    if first.cheapest is None:
        return "No option meets every requirement: no chance of the lowest total cost is given"
    if first.cheapest >= CERTAINTY:
        return f"Whichever risks happen, the lowest total cost{context.of_eligible} is that of {first.name}"
    return f"With a chance of {context.chance(first.cheapest)}, the lowest total cost{context.of_eligible} with risks is that of {first.name}"


def _of_those(context: ViewContext) -> str:
    """Return whom a row ranks, shorter than in a sentence."""
    return "" if context.all_eligible else " of the eligible"


def _plan_rows(context: ViewContext) -> list[Row]:
    return [Row("The plan, before risk", cells(context.result_row("tco"), context.chosen_column))]


def _risk_rows(context: ViewContext) -> list[Row]:
    """Return rows for the joint distribution of the risks: percentiles, contingency, probability of the lowest total cost."""
    if not context.results.risks:
        return []
    figures, chosen, unit = context.figures, context.chosen_column, context.unit.number_format
    rows = [Row("Risks alone, every combination", (), "group")]
    for name in ("p50", "p80", "p90"):
        printed = [figures.figure(getattr(o, name), f"joint.{o.key}.{name}", unit) for o in context.options]
        rows.append(Row(f"{name.upper()} of total cost", cells(printed, chosen)))
    alone = [figures.plain_text(o.risks_alone or 0.0, unit) for o in context.options]
    percent = contingency_percentile(context)
    rows.append(Row(f"Excess of {percent} over the plan, risks alone", cells(alone, chosen), "subtotal"))
    chances = ["not eligible" if o.cheapest is None else context.chance(o.cheapest) for o in context.options]
    rows.append(Row(f"Lowest total cost{_of_those(context)}, chance", cells(chances, chosen)))
    return rows


def _simulation_rows(context: ViewContext, simulation: Simulation | None) -> list[Row]:
    """Return rows for the simulated futures: percentiles, the plan's percentile, share with the lowest full cost."""
    if simulation is None:
        return []
    figures, chosen, simulated = (
        context.figures,
        context.chosen_column,
        _simulated_options(context, simulation),
    )
    head = "Every combination, with the whole model" if simulation.exact else f"{_drawn(context)}, simulated"
    rows = [Row(head, (), "group")]

    def amounts(label: str, values: Iterable[float], kind: str = "") -> None:
        printed = [figures.plain_text(value, context.unit.number_format) for value in values]
        rows.append(Row(label, cells(printed, chosen), kind))

    for name in ("p10", "p50", "p90"):
        amounts(f"{name.upper()} of total cost", (getattr(s.tco, name) for _, s in simulated))
    planned = [context.chance(s.point_percentile) for _, s in simulated]
    rows.append(Row("Costs no more than the plan", cells(planned, chosen)))
    contingencies = (o.contingency or 0.0 for o in context.options)
    amounts(f"Contingency ({contingency_percentile(context)})", contingencies, "subtotal")
    amounts("Mean of full cost (PV)", (s.mean_full_cost for _, s in simulated))
    amounts("P50 of full cost (PV)", (s.full_cost.p50 for _, s in simulated))
    firsts: list[Text] = [
        "not eligible" if s.cheapest is None else _with_error(context, s, s.cheapest) for _, s in simulated
    ]
    rows.append(Row(f"Lowest full cost{_of_those(context)}, share", cells(firsts, chosen), "subtotal"))
    drivers = [s.drivers[0].label if s.drivers else "none" for _, s in simulated]
    if len(simulated) <= MOST_WITH_DRIVERS:
        rows.append(Row("Strongest driver", cells(drivers, chosen), "text"))
    return rows


def _with_error(context: ViewContext, one: Simulated, share: float) -> Text:
    error = one.cheapest_error or 0.0
    plus = f" ±{context.share(error, 1)}" if error >= 0.0005 else ""
    return Markup("{}{}").format(context.share(share, 1), plus)


def _sheets(context: ViewContext, simulation: Simulation | None) -> str:
    parts = []
    if context.results.risks:
        parts.append("sheet Risks: risks independent, impacts added, ranges left out.")
    if simulation:
        cut = (
            f" A value was cut to its bound in {context.chance(simulation.clipped)} of them."
            if simulation.clipped
            else ""
        )
        level = lead_is_close(context) and are_level(context)
        tie = " Where options are level, a future counts for the first of them." if level else ""
        futures = "combinations of the risks" if simulation.exact else f"futures from seed {simulation.seed}"
        parts.append(
            f"Sheet Simulation: {context.number(simulation.draws, ',.0f')} {futures}, each worked out "
            f"with the whole model.{cut}{tie}{_low_plan_note(context, _simulated_options(context, simulation))}"
        )
    return first_lower(" ".join(parts))


def _is_at_risk(context: ViewContext, option: OptionResult) -> bool:
    """Return whether a risk that may happen moves the total cost of an option."""
    least = RELATIVE_TOLERANCE * max(abs(option.tco), 1.0)
    return any(
        risk.probability > 0 and abs(risk.impact[option.key]) > least for risk in context.results.risks
    )


def _low_plan_note(context: ViewContext, simulated: SimulatedOptions) -> str:
    """Explain a plan of low percentile by what was drawn that touches the option: risks, ranges, or both together."""
    low = [o for o, s in simulated if s.point_percentile < LOW_PLAN]
    at_risk = {o.key for o in low if _is_at_risk(context, o)}
    risks, both = (
        "it holds no risks, which add more cost than they save",
        "risks and ranges together add more cost than they save",
    )
    why = {
        o.short_name: (both if context.results.swings else risks)
        if o.key in at_risk
        else "ranges add more upwards than they save downwards"
        for o in low
    }
    return "".join(
        f" The plan lies low for {join_list([name for name, own in why.items() if own == reason])}: {reason}."
        for reason in dict.fromkeys(why.values())
    )
