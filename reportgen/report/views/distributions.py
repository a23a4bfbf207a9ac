"""Where total cost may end: over every combination of the named risks, and over simulated futures."""

from collections.abc import Sequence

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.parts import Exhibit, Row, Table, Words, cells
from reportgen.report.views.context import PRINTED_WIDTH, ViewContext
from reportgen.report.views.decision.requests import confidence
from reportgen.report.wording import listed
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Simulated, Simulation

PERCENTILES = (0.5, 0.8, 0.9)
SIMULATED = (0.1, 0.5, 0.9)
HALF = 0.485
"""Share of the width that each of two drawings beside each other takes."""

FEW = 4
"""From more options on, what drives each is left to the workbook."""

CERTAIN = 1 - 1e-9
LOW = 0.3
"""A plan below this share of the simulated futures is explained."""

Shown = Sequence[tuple[OptionResult, Simulated]]


def exhibit(context: ViewContext) -> Exhibit | None:
    """Show the joint distribution of the risks and the simulated futures, with percentiles and contingency."""
    simulation = context.results.simulation
    if not context.results.risks and not simulation:
        return None
    title = _title(context)
    drawings = []
    if context.results.risks:
        curves = [
            RiskCurve(o.short_name, context.colours[o.key], o.joint_curve, o.tco) for o in context.options
        ]
        drawings.append(("joint", "Risks alone: chance of at most this cost", curves, PERCENTILES))
    if simulation:
        curves = [
            RiskCurve(o.short_name, context.colours[o.key], s.curve, o.tco)
            for o, s in _shown(context, simulation)
        ]
        drawings.append(("futures", "Risks and ranges: share of futures", curves, SIMULATED))
    beside = len(drawings) == 2
    width = PRINTED_WIDTH[context.paper.size] * (HALF if beside else 1)
    charts = [
        risk_curves(context.frame(name, f"{heading}. {title}", width), curves, shares, heading=heading)
        for name, heading, curves, shares in drawings
    ]
    kind = "half" if beside else "full"
    chart = "".join(f'<div class="{kind}">{one}</div>' for one in charts)
    subtitle = f"Nominal total cost, {context.results.currency}; dots: {_dots(context, simulation)}; ring: the plan, without risks"
    table = Table(
        context.thousand,
        context.heads(),
        (*_plan(context), *_risks(context), *_futures(context, simulation)),
        wide=context.many,
    )
    return context.exhibit(
        "outcomes", title, subtitle, _sheets(context, simulation), chart=chart, table=table
    )


def _shown(context: ViewContext, simulation: Simulation) -> Shown:
    return [(o, simulation.options[o.key]) for o in context.options]


def _dots(context: ViewContext, simulation: Simulation | None) -> str:
    risks = "P50, P80, P90" if context.results.risks else ""
    futures = "P10, P50, P90" if simulation else ""
    return f"{risks} and {futures}" if risks and futures else risks or futures


def _title(context: ViewContext) -> str:
    simulation, best = context.results.simulation, context.paper.best
    if simulation is None:
        return _joint_title(context)
    if best is None or simulation.holds is None or context.results.runner_up is None:
        spread = simulation.options[context.subject.key].tco
        low, high = context.figures.money(spread.p10), context.figures.money(spread.p90)
        return f"In 8 of 10 simulated futures the total cost of {context.subject.name} lies between {low} and {high}"
    if simulation.holds >= CERTAIN:
        return f"In every simulated future the lowest full cost is that of {best.name}"
    return f"In {context.chance(simulation.holds)} of simulated futures the lowest full cost is that of {best.name}"


def _joint_title(context: ViewContext) -> str:
    first = max(context.options, key=lambda o: o.cheapest)
    if first.cheapest >= CERTAIN:
        return f"Whichever risks happen, the lowest total cost is that of {first.name}"
    return f"With a chance of {context.chance(first.cheapest)}, the lowest total cost with risks is that of {first.name}"


def _plan(context: ViewContext) -> list[Row]:
    return [Row("The plan, before risk", cells(context.row_of("tco"), context.chosen))]


def _risks(context: ViewContext) -> list[Row]:
    """Give percentiles, contingency and the chance of the lowest total cost, over the risks alone."""
    if not context.results.risks:
        return []
    figures, chosen = context.figures, context.chosen
    rows = [Row("Risks alone, every combination", (), "group")]
    for name in ("p50", "p80", "p90"):
        printed = [
            figures.figure(getattr(o, name), f"joint.{o.key}.{name}", "thousands") for o in context.options
        ]
        rows.append(Row(f"{name.upper()} of total cost", cells(printed, chosen)))
    spare = [figures.plain(o.contingency, "thousands") for o in context.options]
    rows.append(Row(f"Contingency ({confidence(context)})", cells(spare, chosen), "subtotal"))
    chances = [context.chance(o.cheapest) for o in context.options]
    rows.append(Row("Lowest total cost, chance", cells(chances, chosen)))
    return rows


def _futures(context: ViewContext, simulation: Simulation | None) -> list[Row]:
    """Give percentiles, the plan's own, and who is cheapest, over the simulated futures."""
    if simulation is None:
        return []
    figures, chosen, shown = context.figures, context.chosen, _shown(context, simulation)
    rows = [Row("Risks and ranges together, simulated", (), "group")]
    for name in ("p10", "p50", "p90"):
        printed = [figures.plain(getattr(s.tco, name), "thousands") for _, s in shown]
        rows.append(Row(f"{name.upper()} of total cost", cells(printed, chosen)))
    rows.append(
        Row(
            "No dearer than the plan",
            cells([context.chance(s.point_percentile) for _, s in shown], chosen),
        )
    )
    rows.append(
        Row(
            "P50 of full cost (PV)",
            cells([figures.plain(s.full_cost.p50, "thousands") for _, s in shown], chosen),
        )
    )
    firsts: list[Words] = [
        "not eligible" if s.cheapest is None else _with_error(context, s, s.cheapest) for _, s in shown
    ]
    rows.append(Row("Lowest full cost, share", cells(firsts, chosen), "subtotal"))
    drivers = [s.drivers[0].label if s.drivers else "none" for _, s in shown]
    if len(shown) <= FEW:
        rows.append(Row("Strongest driver", cells(drivers, chosen), "text"))
    return rows


def _with_error(context: ViewContext, one: Simulated, share: float) -> Words:
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
        parts.append(
            f"Sheet Simulation: {context.number(simulation.draws, ',.0f')} futures from seed {simulation.seed}, each a run of the whole "
            f"model.{cut}{_why_low(_shown(context, simulation))}"
        )
    return first_lower(" ".join(parts))


def _why_low(shown: Shown) -> str:
    """Explain a plan that lies low among the futures: by risks where they add cost on balance, else by ranges."""
    low = [o for o, s in shown if s.point_percentile < LOW]
    adding = [o.short_name for o in low if (o.expected_risk or 0.0) > 0]
    others = [o.short_name for o in low if (o.expected_risk or 0.0) <= 0]
    said = (
        f" The plan lies low for {listed(adding)}: it holds no risks, which add cost on balance."
        if adding
        else ""
    )
    return said + (
        f" It lies low for {listed(others)}: ranges add more upwards than they save downwards."
        if others
        else ""
    )
