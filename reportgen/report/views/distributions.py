"""Where total cost may end: over every combination of the named risks, and over simulated futures."""

from collections.abc import Sequence

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.model.results import OptionResult, Simulated, Simulation
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.parts import Exhibit, Row, Table, Words, cells
from reportgen.report.views.context import PRINTED_WIDTH, Desk
from reportgen.report.views.decision.requests import confidence
from reportgen.report.wording import listed

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


def exhibit(desk: Desk) -> Exhibit | None:
    """Show the joint distribution of the risks and the simulated futures, with percentiles and contingency."""
    simulation = desk.results.simulation
    if not desk.results.risks and not simulation:
        return None
    title = _title(desk)
    drawings = []
    if desk.results.risks:
        curves = [RiskCurve(o.short_name, desk.colours[o.key], o.joint_curve, o.tco) for o in desk.options]
        drawings.append(("joint", "Risks alone: chance of at most this cost", curves, PERCENTILES))
    if simulation:
        curves = [
            RiskCurve(o.short_name, desk.colours[o.key], s.curve, o.tco) for o, s in _shown(desk, simulation)
        ]
        drawings.append(("futures", "Risks and ranges: share of futures", curves, SIMULATED))
    beside = len(drawings) == 2
    width = PRINTED_WIDTH[desk.paper.size] * (HALF if beside else 1)
    charts = [
        risk_curves(desk.frame(name, f"{heading}. {title}", width), curves, shares, heading=heading)
        for name, heading, curves, shares in drawings
    ]
    kind = "half" if beside else "full"
    chart = "".join(f'<div class="{kind}">{one}</div>' for one in charts)
    subtitle = f"Nominal total cost, {desk.results.currency}; dots: {_dots(desk, simulation)}; ring: the plan, without risks"
    table = Table(
        desk.thousand,
        desk.heads(),
        (*_plan(desk), *_risks(desk), *_futures(desk, simulation)),
        wide=desk.many,
    )
    return desk.exhibit("outcomes", title, subtitle, _sheets(desk, simulation), chart=chart, table=table)


def _shown(desk: Desk, simulation: Simulation) -> Shown:
    return [(o, simulation.options[o.key]) for o in desk.options]


def _dots(desk: Desk, simulation: Simulation | None) -> str:
    risks = "P50, P80, P90" if desk.results.risks else ""
    futures = "P10, P50, P90" if simulation else ""
    return f"{risks} and {futures}" if risks and futures else risks or futures


def _title(desk: Desk) -> str:
    simulation, best = desk.results.simulation, desk.paper.best
    if simulation is None:
        return _joint_title(desk)
    if best is None or simulation.holds is None or desk.results.runner_up is None:
        spread = simulation.options[desk.subject.key].tco
        low, high = desk.figures.money(spread.p10), desk.figures.money(spread.p90)
        return f"In 8 of 10 simulated futures the total cost of {desk.subject.name} lies between {low} and {high}"
    if simulation.holds >= CERTAIN:
        return f"In every simulated future the lowest full cost is that of {best.name}"
    return (
        f"In {desk.chance(simulation.holds)} of simulated futures the lowest full cost is that of {best.name}"
    )


def _joint_title(desk: Desk) -> str:
    first = max(desk.options, key=lambda o: o.cheapest)
    if first.cheapest >= CERTAIN:
        return f"Whichever risks happen, the lowest total cost is that of {first.name}"
    return f"With a chance of {desk.chance(first.cheapest)}, the lowest total cost with risks is that of {first.name}"


def _plan(desk: Desk) -> list[Row]:
    return [Row("The plan, before risk", cells(desk.row_of("tco"), desk.chosen))]


def _risks(desk: Desk) -> list[Row]:
    """Give percentiles, contingency and the chance of the lowest total cost, over the risks alone."""
    if not desk.results.risks:
        return []
    figures, chosen = desk.figures, desk.chosen
    rows = [Row("Risks alone, every combination", (), "group")]
    for name in ("p50", "p80", "p90"):
        printed = [
            figures.figure(getattr(o, name), f"joint.{o.key}.{name}", "thousands") for o in desk.options
        ]
        rows.append(Row(f"{name.upper()} of total cost", cells(printed, chosen)))
    spare = [figures.plain(o.contingency, "thousands") for o in desk.options]
    rows.append(Row(f"Contingency ({confidence(desk)})", cells(spare, chosen), "subtotal"))
    chances = [desk.chance(o.cheapest) for o in desk.options]
    rows.append(Row("Lowest total cost, chance", cells(chances, chosen)))
    return rows


def _futures(desk: Desk, simulation: Simulation | None) -> list[Row]:
    """Give percentiles, the plan's own, and who is cheapest, over the simulated futures."""
    if simulation is None:
        return []
    figures, chosen, shown = desk.figures, desk.chosen, _shown(desk, simulation)
    rows = [Row("Risks and ranges together, simulated", (), "group")]
    for name in ("p10", "p50", "p90"):
        printed = [figures.plain(getattr(s.tco, name), "thousands") for _, s in shown]
        rows.append(Row(f"{name.upper()} of total cost", cells(printed, chosen)))
    rows.append(
        Row(
            "No dearer than the plan",
            cells([desk.chance(s.point_percentile) for _, s in shown], chosen),
        )
    )
    rows.append(
        Row(
            "P50 of full cost (PV)",
            cells([figures.plain(s.full_cost.p50, "thousands") for _, s in shown], chosen),
        )
    )
    firsts: list[Words] = [
        "not eligible" if s.cheapest is None else _with_error(desk, s, s.cheapest) for _, s in shown
    ]
    rows.append(Row("Lowest full cost, share", cells(firsts, chosen), "subtotal"))
    drivers = [s.drivers[0].label if s.drivers else "none" for _, s in shown]
    if len(shown) <= FEW:
        rows.append(Row("Strongest driver", cells(drivers, chosen), "text"))
    return rows


def _with_error(desk: Desk, one: Simulated, share: float) -> Words:
    error = one.cheapest_error or 0.0
    plus = f" ±{desk.share(error, 1)}" if error >= 0.0005 else ""
    return Markup("{}{}").format(desk.share(share, 1), plus)


def _sheets(desk: Desk, simulation: Simulation | None) -> str:
    parts = []
    if desk.results.risks:
        parts.append("sheet Risks: risks independent, impacts added, ranges left out.")
    if simulation:
        cut = (
            f" A value was cut to its bound in {desk.chance(simulation.clipped)} of them."
            if simulation.clipped
            else ""
        )
        parts.append(
            f"Sheet Simulation: {desk.number(simulation.draws, ',.0f')} futures from seed {simulation.seed}, each a run of the whole "
            f"model.{cut}{_why_low(_shown(desk, simulation))}"
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
