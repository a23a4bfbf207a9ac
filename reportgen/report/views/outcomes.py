"""Where total cost may end: over every combination of the named risks, and over simulated futures."""

from collections.abc import Sequence

from reportgen.model.results import OptionResult, Simulated
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.parts import Exhibit, Row, Table, cells
from reportgen.report.views.asks import confidence
from reportgen.report.views.desk import Desk
from reportgen.report.wording import listed

PERCENTILES = (0.5, 0.8, 0.9)
SIMULATED = (0.1, 0.5, 0.9)
CERTAIN = 1 - 1e-9
LOW = 0.3
"""A plan below this share of the simulated futures is explained."""


def joint(desk: Desk) -> Exhibit:
    """Show the joint distribution of the risks, with percentiles and contingency."""
    curves = [RiskCurve(o.short_name, desk.colours[o.key], o.joint_curve, o.tco) for o in desk.options]
    title = _joint_title(desk)
    drawing = risk_curves(desk.frame("joint", title), curves, PERCENTILES, listing=False)
    subtitle = (
        f"Chance that nominal total cost with risks stays at or below an amount, {desk.results.currency}; dots: P50, P80, P90; "
        f"ring: the plan"
    )
    note = "sheet Risks, as issued: every combination of independent risks, impacts added; ranges of assumptions are not in it."
    return desk.exhibit("joint", title, subtitle, note, chart=drawing, table=_percentiles(desk))


def _joint_title(desk: Desk) -> str:
    first = max(desk.options, key=lambda o: o.cheapest)
    if first.cheapest >= CERTAIN:
        return f"Whichever risks happen, the lowest total cost is that of {first.name}"
    return f"With a chance of {_chance(desk, first.cheapest)}, the lowest total cost with risks is that of {first.name}"


def _chance(desk: Desk, value: float) -> str:
    """Write a chance that is not certain without rounding it to certainty."""
    return f"over {desk.share(0.99)}" if value > 0.995 else desk.share(value)


def _percentiles(desk: Desk) -> Table:
    figures, chosen = desk.figures, desk.chosen
    rows = [Row("Total cost, nominal, before risk (the plan)", cells(desk.row_of("tco"), chosen))]
    for name in ("p50", "p80", "p90"):
        printed = [
            figures.figure(getattr(o, name), f"joint.{o.key}.{name}", "thousands") for o in desk.options
        ]
        rows.append(Row(f"{name.upper()}: {name[1:]} in 100 outcomes cost at most", cells(printed, chosen)))
    spare = [figures.plain(o.contingency, "thousands") for o in desk.options]
    rows.append(
        Row(
            f"Contingency at {confidence(desk)}: that percentile less the plan", cells(spare, chosen), "total"
        )
    )
    chances = [desk.share(o.cheapest) for o in desk.options]
    rows.append(Row("Chance of the lowest total cost", cells(chances, chosen)))
    return Table(desk.thousand, desk.heads(), tuple(rows))


def simulated(desk: Desk) -> Exhibit:
    """Show the simulated futures: ranges and risks drawn together through the whole model."""
    simulation = desk.results.simulation
    assert simulation is not None
    shown = [(o, simulation.options[o.key]) for o in desk.options if o.key in simulation.options]
    curves = [RiskCurve(o.short_name, desk.colours[o.key], s.curve, o.tco) for o, s in shown]
    title = _simulated_title(desk)
    drawing = risk_curves(desk.frame("simulation", title), curves, SIMULATED, listing=False)
    subtitle = f"Share of futures whose nominal total cost is at most an amount, {desk.results.currency}; dots: P10, P50, P90; ring: the plan"
    note = (
        f"sheet Simulation, as issued: {desk.number(simulation.draws, ',.0f')} futures from seed {simulation.seed}; ranges and risks "
        f"drawn together through the whole model; a value was cut to its bound in {desk.share(simulation.clipped, 1)} of them."
        f"{_why_low(shown)}"
    )
    return desk.exhibit("simulation", title, subtitle, note, chart=drawing, table=_spread(desk, shown))


def _simulated_title(desk: Desk) -> str:
    simulation, best = desk.results.simulation, desk.paper.best
    assert simulation is not None
    if best is None or simulation.holds is None or desk.results.runner_up is None:
        spread = simulation.options[desk.subject.key].tco
        low, high = desk.figures.money(spread.p10), desk.figures.money(spread.p90)
        return f"The total cost of {desk.subject.name} lies between {low} and {high} in 8 of 10 futures"
    if simulation.holds >= CERTAIN:
        return f"In every simulated future the lowest full cost is that of {best.name}"
    return f"In {_chance(desk, simulation.holds)} of simulated futures the lowest full cost is that of {best.name}"


def _why_low(shown: Sequence[tuple[OptionResult, Simulated]]) -> str:
    """Explain a plan that lies low among the futures: by risks where they add cost on balance, else by ranges."""
    low = [o for o, s in shown if s.point_percentile < LOW]
    adding = [o.short_name for o in low if (o.expected_risk or 0.0) > 0]
    others = [o.short_name for o in low if (o.expected_risk or 0.0) <= 0]
    said = (
        f" The plan lies low for {listed(adding)}: it is free of risks, and on balance they add cost."
        if adding
        else ""
    )
    return said + (
        f" It lies low for {listed(others)}: ranges add more cost upwards than they save downwards."
        if others
        else ""
    )


def _spread(desk: Desk, shown: Sequence[tuple[OptionResult, Simulated]]) -> Table:
    figures, chosen = desk.figures, desk.chosen
    rows = [
        Row(
            "Total cost, nominal, before risk (the plan)",
            cells([figures.of(o, "tco", "thousands") for o, _ in shown], chosen),
        )
    ]
    rows.append(
        Row(
            "Share of futures that cost no more than the plan",
            cells([desk.share(s.point_percentile) for _, s in shown], chosen),
        )
    )
    for name in ("p10", "p50", "p90"):
        printed = [figures.plain(getattr(s.tco, name), "thousands") for _, s in shown]
        rows.append(Row(f"{name.upper()} of total cost, nominal, risks drawn", cells(printed, chosen)))
    full = [figures.plain(s.full_cost.p50, "thousands") for _, s in shown]
    rows.append(Row("P50 of full economic cost, discounted", cells(full, chosen)))
    firsts = ["not eligible" if s.cheapest is None else _share_with_error(desk, s) for _, s in shown]
    rows.append(Row("Share of futures with the lowest full cost", cells(firsts, chosen), "total"))
    drivers = [s.drivers[0].label if s.drivers else "" for _, s in shown]
    if any(drivers) and len(shown) <= 4:
        rows.append(Row("Strongest driver of full cost", cells(drivers, chosen), "text"))
    return Table(desk.thousand, desk.heads(o for o, _ in shown), tuple(rows))


def _share_with_error(desk: Desk, one: Simulated) -> str:
    error = (
        f" ±{desk.share(one.cheapest_error, 1)}"
        if one.cheapest_error and one.cheapest_error >= 0.0005
        else ""
    )
    return f"{desk.share(one.cheapest or 0.0, 1)}{error}"
