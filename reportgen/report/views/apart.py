"""What stands apart from cash: displaced projects with the time to production, and the cost of leaving."""

from markupsafe import Markup

from reportgen.model.results import OptionResult
from reportgen.report.charts.lines import MonthLine, exit_curve
from reportgen.report.charts.timeline import Deployment, Milestone, Phase, timeline
from reportgen.report.figures import listed
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views.desk import Desk

WEEKS_PER_MONTH = 52 / 12
PHASES = (("Planning and first model", 0.5), ("Hardening", 0.75), ("Performance", 1.0))
"""The phases of deployment and where each ends, as shares of it: weeks 8, 12 and 16 of a 16-week plan."""

SHORT = 1.0
"""Deployments of up to so many months are shown as one phase."""

EXIT_LABELS = {
    "engineering": "Engineers", "parallel": "Running both", "commitment": "Remaining commitment", "fees": "Fees",
    "resale": "Machines sold", "residual_forgone": "Residual value forgone",
}  # fmt: skip


def opportunity(desk: Desk) -> Section:
    """Word the section on opportunity cost and time to production."""
    exhibits = (*((_projects(desk),) if desk.results.projects else ()), _timeline(desk))
    return Section(
        "opportunity",
        "Opportunity cost and time",
        _opportunity_title(desk),
        _opportunity_lede(desk),
        exhibits,
        new_page=False,
    )


def _opportunity_title(desk: Desk) -> str:
    known = [o for o in desk.options if o.opportunity]
    if not known:
        return "No displaced project is priced"
    most = max(known, key=lambda o: o.opportunity or 0.0)
    return f"Projects worth {desk.figures.money(most.opportunity or 0.0)} are displaced by {most.name}"


def _opportunity_lede(desk: Desk) -> Words:
    unknown = [o.name for o in desk.options if o.opportunity is None]
    said = (
        "What the engineers would have delivered instead, net of what that would cost, times a confidence; nominal. "
        "It is not spent money and is not in any total cost."
    )
    if not unknown:
        return said
    verb = "is" if len(unknown) == 1 else "are"
    return f"{said} For {listed(unknown)} nobody has estimated it: it {verb} not quantified there, which is not zero."


def _projects(desk: Desk) -> Exhibit:
    names = {o.key: o.name for o in desk.options}
    rows = []
    for project in desk.results.projects:
        amounts = (
            f"{project.monthly_value:,.0f}",
            f"{project.confidence:.0%}",
            f"{round(project.cost / 1000):,}",
        )
        rows.append(
            Row(
                project.name,
                (
                    Cell(names[project.option], number=False),
                    Cell(project.during, number=False),
                    *cells(amounts),
                ),
            )
        )
    for option in desk.options:
        if option.opportunity:
            total = desk.figures.of(option, "opportunity", "thousands")
            rows.append(
                Row(
                    f"All, {option.name}",
                    (*cells(("", ""), number=False), *cells(("", "", total))),
                    "subtotal",
                )
            )
    heads = (
        Cell("Displaced by", number=False), Cell("During", number=False), Cell("Value a month"), Cell("Confidence"),
        Cell(f"{desk.results.currency} thousand"),
    )  # fmt: skip
    top = max(desk.results.projects, key=lambda p: p.cost)
    return Exhibit(
        "projects", f"Dearest project displaced: {top.name}", f"Displaced projects over {desk.paper.span}, nominal",
        Table("Project", heads, tuple(rows)), f"{desk.source}, sheet Opportunity. Values are their sponsors' estimates.",
    )  # fmt: skip


def _timeline(desk: Desk) -> Exhibit:
    deployments = [
        Deployment(o.short_name, desk.colours[o.key], _phases(o), _live(desk, o)) for o in desk.options
    ]
    slowest = max(desk.options, key=lambda o: o.go_live + o.stabilisation_months)
    fastest = min(desk.options, key=lambda o: o.go_live)
    if slowest.go_live + slowest.stabilisation_months <= fastest.go_live + 1e-9:
        title = "All options go live at the same time"
    else:
        stable = "stable" if slowest.stabilisation_months else "live"
        months = slowest.go_live + slowest.stabilisation_months
        title = f"{fastest.name}: live after {_months(fastest.go_live)}; {slowest.name}: {stable} after {_months(months)}"
    drawing = timeline(desk.frame("timeline", title), deployments, "Weeks from the start")
    return Exhibit(
        "timeline", title, "Weeks from the start to a stable service, as planned, before any delay",
        Markup(drawing),  # noqa: S704  our own drawing
        f"{desk.source}, sheets of the options. Deployments of more than a month are split as 0 to 50 %, 75 % and 100 % of their "
        f"length: first model, hardening, performance.",
    )  # fmt: skip


def _months(months: float) -> str:
    text = f"{months:.1f}".removesuffix(".0")
    return f"{text} month" if text == "1" else f"{text} months"


def _phases(option: OptionResult) -> tuple[Phase, ...]:
    start = option.lead_time_months * WEEKS_PER_MONTH
    length = option.deployment_months * WEEKS_PER_MONTH
    phases = [Phase("Lead time", 0.0, start)] if start > 0 else []
    if option.deployment_months > SHORT:
        begin = start
        for label, share in PHASES:
            phases.append(Phase(label, begin, start + share * length))
            begin = start + share * length
    elif length > 0:
        phases.append(Phase("Contract, set-up and cut-over", start, start + length))
    if option.stabilisation_months > 0:
        stable = start + length + option.stabilisation_months * WEEKS_PER_MONTH
        phases.append(Phase("Stabilisation", start + length, stable))
    return tuple(phases)


def _live(desk: Desk, option: OptionResult) -> tuple[Milestone, ...]:
    if option.key in desk.paper.in_use:
        return (Milestone("In use; new contract live", option.go_live * WEEKS_PER_MONTH),)
    return (Milestone("Live", option.go_live * WEEKS_PER_MONTH),)


def leaving(desk: Desk) -> Section:
    """Word the section on exit cost."""
    known = [o for o in desk.options if o.exit_curve]
    if not known:
        return Section(
            "exit",
            "Exit cost",
            "No cost of leaving is quantified",
            "No option states a probability and a month of exit.",
        )
    most = max(known, key=lambda o: o.expected_exit or 0.0)
    title = f"Leaving {most.name} weighs most: {desk.figures.money(most.expected_exit or 0.0)} expected"
    unknown = [o.name for o in desk.options if o.exit_curve is None]
    lede = "What leaving at the end of a month costs, nominal, and that cost times its probability. It is not in the total cost."
    if unknown:
        lede += f" Not quantified for {listed(unknown)}."
    return Section(
        "exit", "Exit cost", title, lede, (_curve(desk, known), _components(desk, known)), new_page=False
    )


def _month(desk: Desk, option: OptionResult) -> int:
    path = f"options.{option.key}.exit_month"
    return int(next(row.value for row in desk.paper.assumptions if row.path == path))


def _curve(desk: Desk, known: list[OptionResult]) -> Exhibit:
    lines = [
        MonthLine(o.key, o.short_name, desk.colours[o.key], o.exit_curve or (), _month(desk, o))
        for o in known
    ]
    dear = max(known, key=lambda o: max(o.exit_curve or (0.0,)))
    curve = dear.exit_curve or ()
    at = curve.index(max(curve)) + 1
    title = f"Leaving costs at most {desk.figures.money(max(curve))}: {dear.name} in month {at}"
    return Exhibit(
        "exit-curve", title, f"Cost of leaving at the end of each month, {desk.results.currency}, nominal; the month examined is marked",
        Markup(exit_curve(desk.frame("exit-curve", title), lines)), f"{desk.source}, sheet Exit.",  # noqa: S704  our own drawing
    )  # fmt: skip


def _components(desk: Desk, known: list[OptionResult]) -> Exhibit:
    chosen = 0 if desk.paper.best and known[0].key == desk.paper.best.key else None
    rows = []
    for name, label in EXIT_LABELS.items():
        amounts = [o.exit_parts[name][_month(desk, o) - 1] if name in o.exit_parts else 0.0 for o in known]
        if any(amounts):
            rows.append(Row(label, cells([_thousands(amount) for amount in amounts], chosen)))
    totals = [
        desk.figures.figure((o.exit_curve or ())[_month(desk, o) - 1], f"options.{o.key}.exit_curve.{_month(desk, o) - 1}", "thousands")
        for o in known
    ]  # fmt: skip
    rows.append(Row("Cost of leaving", cells(totals, chosen), "total"))
    rows.append(Row("Month examined", cells([str(_month(desk, o)) for o in known], chosen)))
    values = {row.path: row.value for row in desk.paper.assumptions}
    chances = [
        desk.figures.figure(values[f"options.{o.key}.exit_probability"], f"assumptions.options.{o.key}.exit_probability", "probability")
        for o in known
    ]  # fmt: skip
    rows.append(Row("Probability", cells(chances, chosen)))
    expected = [desk.figures.of(o, "expected_exit", "thousands") for o in known]
    rows.append(Row("Expected, nominal", cells(expected, chosen), "total"))
    dear = max(known, key=lambda o: (o.exit_curve or (0.0,))[_month(desk, o) - 1])
    name = max(dear.exit_parts, key=lambda part: dear.exit_parts[part][_month(desk, dear) - 1])
    heads = tuple(Cell(o.short_name, chosen=place == chosen) for place, o in enumerate(known))
    return Exhibit(
        "exit-components", f"What locks {dear.name} in most is {EXIT_LABELS[name].lower()}",
        f"Components in the month examined, {desk.results.currency} thousand, nominal",
        Table("", heads, tuple(rows)), f"{desk.source}, sheet Exit.",
    )  # fmt: skip


def _thousands(amount: float) -> str:
    whole = round(amount / 1000)
    return f"{whole:,}".replace("-", "−") if whole else "–"
