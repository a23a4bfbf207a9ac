"""Risk scenarios: the register, the joint distribution with the contingency, the tornado and price scenarios."""

from markupsafe import Markup

from reportgen.model.results import RiskResult
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.charts.tornado import TornadoBar, tornado
from reportgen.report.figures import Figures, listed
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views.desk import Desk
from reportgen.report.views.flips import winner

SHOWN = 10
"""Bars of the tornado at most."""


def section(desk: Desk) -> Section:
    """Word the section on risk."""
    exhibits: list[Exhibit] = []
    if desk.results.risks:
        exhibits += [_register(desk), _joint(desk), _percentiles(desk)]
    if desk.results.swings:
        exhibits.append(_tornado(desk))
    if desk.results.scenarios:
        exhibits.append(_scenarios(desk))
    return Section("risk", "Risk scenarios", _title(desk), _lede(desk), tuple(exhibits))


def _title(desk: Desk) -> str:
    if not desk.results.risks:
        return "No risks are quantified: the costs in this paper are those of a plan that holds"
    most = max(desk.options, key=lambda o: o.expected_risk or 0.0)
    expected = most.expected_risk or 0.0
    if expected <= 0:
        return "On balance the named risks add no cost to any option"
    share = expected / most.tco if most.tco else 0.0
    return (
        f"Risk weighs most on {most.name}: {desk.figures.money(expected)} expected, {share:.0%} of its cost"
    )


def _lede(desk: Desk) -> Words:
    count = len(desk.results.risks)
    if not count:
        return "The case names no risks. Expected risk is not quantified, nothing is added for it, and the ranking says so."
    parts = [Markup("{} for {}").format(desk.figures.of(o, "expected_risk"), o.name) for o in desk.options]
    noun = "risk is" if count == 1 else "risks are"
    whole = Markup("{} {} each priced as a run of the whole model; nominal expected cost: ").format(
        count, noun
    )
    return (
        whole
        + Markup("; ").join(parts)
        + ". A risk that saves money, such as a delay that postpones spending, is shown as it is."
    )


def _register(desk: Desk) -> Exhibit:
    heads = (Cell("Probability"), *desk.heads(), Cell("Response and owner", number=False))
    ranked = sorted(enumerate(desk.results.risks), key=lambda pair: -_weight(pair[1]))
    rows = tuple(_risk_row(desk, place, risk) for place, risk in ranked)
    worst = ranked[0][1]
    total = Row(
        "Expected, nominal",
        (Cell(""), *cells(desk.row_of("expected_risk"), desk.chosen), Cell("", number=False)),
        "total",
    )
    return Exhibit(
        "risk-register", f"Largest expected cost: {worst.name[0].lower() + worst.name[1:]}",
        f"Change of nominal total cost if the risk happens, {desk.results.currency} thousand; ordered by expected cost",
        Table("What could happen", heads, (*rows, total), wide=True), f"{desk.source}, sheet Risks. Probabilities are estimates.",
    )  # fmt: skip


def _weight(risk: RiskResult) -> float:
    return risk.probability * max(abs(value) for value in risk.impact.values())


def _risk_row(desk: Desk, place: int, risk: RiskResult) -> Row:
    figures: Figures = desk.figures
    chance = figures.figure(risk.probability, f"risks.{place}.probability", "probability")
    impacts = [
        figures.figure(risk.impact[o.key], f"risks.{place}.impact.{o.key}", "thousands") for o in desk.options
    ]
    answer = ". ".join(part for part in (risk.response, risk.owner) if part) or "no response stated"
    return Row(risk.name, (Cell(chance), *cells(impacts, desk.chosen), Cell(answer, number=False)))


def _joint(desk: Desk) -> Exhibit:
    curves = [RiskCurve(o.short_name, desk.colours[o.key], o.joint_curve, o.tco) for o in desk.options]
    first = max(desk.options, key=lambda o: o.cheapest)
    title = (
        f"The lowest total cost is that of {first.name} in every combination of risks"
        if first.cheapest > 1 - 1e-9
        else f"The lowest total cost is that of {first.name} with a chance of {first.cheapest:.0%}"
    )
    drawing = risk_curves(desk.frame("joint", title), curves)
    return Exhibit(
        "joint", title,
        f"Chance that nominal total cost with risks is at most so much, {desk.results.currency}; the dot is the plan without risks",
        Markup(drawing),  # noqa: S704  our own drawing
        f"{desk.source}, sheet Risks: every combination of independent risks, impacts added. Ranges of assumptions are not in it. "
        f"The plan lies low in it because risks mostly add.",
    )  # fmt: skip


def _percentiles(desk: Desk) -> Exhibit:
    figures, chosen = desk.figures, desk.chosen
    rows = [Row("Total cost, nominal, before risk", cells(desk.row_of("tco"), chosen))]
    for name in ("p50", "p80", "p90"):
        printed = [
            figures.figure(getattr(o, name), f"joint.{o.key}.{name}", "thousands") for o in desk.options
        ]
        rows.append(Row(f"{name.upper()}: {name[1:]} in 100 outcomes cost at most", cells(printed, chosen)))
    percent = f"P{round(100 * desk.results.confidence)}"
    spare = [f"{round(o.contingency / 1000):,}" if round(o.contingency / 1000) else "–" for o in desk.options]
    rows.append(
        Row(f"Contingency at {percent}", cells([text.replace("-", "−") for text in spare], chosen), "total")
    )
    best = desk.paper.best or desk.options[0]
    title = (
        f"No contingency is needed for {best.name} at {percent}"
        if round(best.contingency) <= 0
        else f"A contingency of {figures.money(best.contingency)} covers {best.name} at {percent}"
    )
    return Exhibit(
        "percentiles", title, f"Nominal total cost with risks, {desk.results.currency} thousand",
        Table("", desk.heads(), tuple(rows)), f"{desk.source}, sheet Risks, as issued.",
    )  # fmt: skip


def _tornado(desk: Desk) -> Exhibit:
    subject = desk.paper.best or min(desk.options, key=lambda o: o.core)
    bars = [
        TornadoBar(
            s.label,
            _value(s.low, s.unit),
            _value(s.high, s.unit),
            s.core_low[subject.key],
            s.core_high[subject.key],
        )
        for s in desk.results.swings
    ]
    ranked = sorted(bars, key=lambda bar: -bar.swing(subject.core))[:SHOWN]
    moved = [bar for bar in ranked if bar.swing(subject.core) > 1e-9 * max(abs(subject.core), 1.0)]
    title = (
        f"What moves the core of {subject.name} most: {moved[0].label[0].lower() + moved[0].label[1:]}"
        if moved
        else "No ranged assumption moves it"
    )
    drawing = tornado(
        desk.frame("tornado", title), subject.core, moved or ranked[:1], desk.colours[subject.key]
    )
    return Exhibit(
        "tornado", title,
        f"Core of {subject.name} (present value with displaced projects and expected exit) at each assumption's low and high, "
        f"{desk.results.currency}; the {len(moved)} widest of {len(desk.results.swings)}",
        Markup(drawing), f"{desk.source}, sheet Sensitivity.",  # noqa: S704  our own drawing
    )  # fmt: skip


def _value(value: float, unit: str) -> str:
    if unit.startswith("%"):
        return f"{100 * value:.4g} %".replace("-", "−")
    return f"{value:,.6g}".replace("-", "−")


def _scenarios(desk: Desk) -> Exhibit:
    figures, chosen = desk.figures, desk.chosen
    rows = [Row("Base case", cells(desk.row_of("core"), chosen))]
    for place, scenario in enumerate(desk.results.scenarios):
        printed = [
            figures.figure(scenario.core[o.key], f"price_scenarios.{place}.core.{o.key}", "thousands")
            for o in desk.options
        ]
        rows.append(Row(scenario.name, cells(printed, chosen)))
    base = winner(desk.results, {o.key: o.core for o in desk.options})
    firsts = [(s.name, winner(desk.results, s.core)) for s in desk.results.scenarios]
    turned = [
        f"{first.name} if {name[0].lower() + name[1:]}"
        for name, first in firsts
        if first and base and first.key != base.key
    ]
    title = (
        f"Prices change the order: {listed(turned)} would be first on core"
        if turned
        else "No price scenario changes which eligible option has the lowest core"
    )
    return Exhibit(
        "price-scenarios", title, f"Core in each price scenario, {desk.results.currency} thousand, discounted, before risk",
        Table("Scenario", desk.heads(), tuple(rows)), f"{desk.source}, sheet Price scenarios.",
    )  # fmt: skip
