"""Section on opportunity cost: the value of displaced projects, and the time to a stable service."""

from collections.abc import Iterator

from reportgen.report.charts.timeline import Deployment, Milestone, Phase, timeline
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, join_list, names_level_with, same_as_printed
from reportgen.results.options import OptionResult

WEEKS_PER_MONTH = 52 / 12
PHASES = (("Planning and first model", 0.5), ("Hardening", 0.75), ("Performance", 1.0))
"""Phases of deployment and the share of it at which each ends: weeks 8, 12 and 16 of a 16-week plan."""

SINGLE_PHASE_MONTHS = 1.0
"""A deployment of up to this many months is drawn as one phase."""

MOST_WITH_PHASES = 3
"""With more options, each deployment is drawn as one phase."""


def section(context: ViewContext) -> Section:
    """Return the section on opportunity cost and time to production."""
    exhibits = (*((_projects(context),) if context.results.projects else ()), _timeline(context))
    return Section("opportunity", "Opportunity cost and time", _title(context), _lede(context), exhibits)


def _title(context: ViewContext) -> str:
    quantified = [o for o in context.options if o.opportunity]
    if not quantified:
        unquantified = [o.name for o in context.options if o.opportunity is None]
        return "No displaced project is priced" if unquantified else "No option displaces a project"
    most = max(option.opportunity or 0.0 for option in quantified)
    level = context.level_with(most, {o.key: o.opportunity for o in context.options})
    each = " by each" if len(level) > 1 else ""
    return f"{context.named_together(level)}: {context.figures.money(most)} of other work displaced{each}"


def _lede(context: ViewContext) -> Text:
    unquantified = [o.name for o in context.options if o.opportunity is None]
    sentence = (
        "What the engineers would have delivered instead, net of what delivering it would cost, times a confidence; nominal. It is "
        "not spent money and in no total cost."
    )
    return (
        f"{sentence} Not quantified, which is not zero, for {join_list(unquantified)}."
        if unquantified
        else sentence
    )


def _largest_project(context: ViewContext) -> str:
    """Name the project whose displacement costs most, or those that are level."""
    money = context.figures.money
    top = max(project.cost for project in context.results.projects)
    if top <= 0 or same_as_printed(top, 0, context.figures.notation):
        return "No project displaced is worth more than it costs"
    costs = [(project.name, project.cost) for project in context.results.projects]
    names = list(dict.fromkeys(names_level_with(top, costs, context.figures.notation)))
    if len(names) == 1:
        return f"Largest project displaced: {names[0]}, {money(top)}"
    return f"Largest projects displaced, {money(top)} each: {join_at_most(names, 3, 'projects')}"


def _projects(context: ViewContext) -> Exhibit:
    names = {o.key: o.name for o in context.options}
    order = {o.key: place for place, o in enumerate(context.options)}
    figures = context.figures
    unit = context.unit_of(option.opportunity for option in context.options)
    rows = [
        Row(
            project.name,
            (
                Cell(names[project.option], number=False), Cell(project.during, number=False),
                *cells((figures.plain_text(project.monthly_value, "count"), context.share(project.confidence), figures.plain_text(project.cost, unit.number_format))),
            ),
        )
        for project in sorted(context.results.projects, key=lambda one: order[one.option])
    ]  # fmt: skip
    blank = (*cells(("", ""), number=False), *cells(("", "")))
    for option in context.options:
        if option.opportunity and sum(p.option == option.key for p in context.results.projects) > 1:
            total = Cell(figures.option_result(option, "opportunity", unit.number_format))
            rows.append(Row(f"All, {option.name}", (*blank, total), "subtotal"))
    columns = [
        ([p.cost for p in context.results.projects if p.option == o.key], o.opportunity)
        for o in context.options
    ]
    heads = (
        Cell("Displaced by", number=False), Cell("During", number=False), Cell(f"{context.results.currency} a month"), Cell("Confidence"),
        Cell(unit.words),
    )  # fmt: skip
    title = _largest_project(context)
    table = Table("Project", heads, tuple(rows), wide=True, widths=(34, 21, 11, 12, 11, 11))
    subtitle = f"Value displaced over {context.paper.horizon}, nominal: value a month, times confidence, times the months in which it is displaced"
    return context.exhibit(
        "projects",
        title,
        subtitle,
        f"sheet Opportunity. Values are their sponsors' estimates.{context.rounding_note(columns, unit)}",
        table=table,
    )


def _timeline(context: ViewContext) -> Exhibit:
    single = len(context.options) > MOST_WITH_PHASES
    last_parts = [_last_part(context, option) for option in context.options]
    deployments = [
        Deployment(
            option.short_name,
            context.colours[option.key],
            _phases(part, single=single),
            _milestones(context, part),
        )
        for option, part in zip(context.options, last_parts, strict=True)
    ]
    title = _timeline_title(context)
    unit = "Weeks from the start"
    drawing = timeline(context.frame("timeline", title), deployments, unit)
    if context.many:
        drawings = (
            timeline(context.frame(f"timeline-{place}", title), [one], unit, every=deployments)
            for place, one in enumerate(deployments, start=1)
        )
        drawing = "".join(f'<div class="piece">{one}</div>' for one in drawings)
    note = "sheets of the options."
    if not single and any(map(_is_split, last_parts)):
        note += (
            " A deployment of more than a month is split by the usual course: first model to half of it, hardening to three quarters, "
            "performance to its end."
        )
    subtitle = f"Weeks from {context.month(0)} to a stable service, as planned, before any delay"
    return context.exhibit("timeline", title, subtitle, note, chart=drawing, in_pieces=context.many)


def _timeline_title(context: ViewContext) -> str:
    stable = {o.key: _months_to_stable(context, o) for o in context.options}
    slowest = max(context.options, key=lambda o: stable[o.key])
    fastest = min(context.options, key=lambda o: stable[o.key])
    if stable[slowest.key] <= 0:
        return "Every option is in service from the start"
    if stable[slowest.key] <= stable[fastest.key] + 1e-9:
        return f"Every option is in stable service {context.months(stable[slowest.key])} after the start"
    first = "from the start" if stable[fastest.key] <= 0 else f"after {context.months(stable[fastest.key])}"
    firsts, lasts = (
        context.named_together(o for o in context.options if abs(stable[o.key] - stable[end.key]) < 1e-9)
        for end in (fastest, slowest)
    )
    return f"Stable service: {firsts} {first}, {lasts} after {context.months(stable[slowest.key])}"


def _last_part(context: ViewContext, option: OptionResult) -> OptionResult:
    """Return the part of an option that is the last in stable service; an option but a mix is its own part."""
    parts = [context.results.option(key) for key in option.parts]
    return max(parts, key=lambda part: _months_until_stable(context, part))


def _months_to_stable(context: ViewContext, option: OptionResult) -> float:
    """Return the months from the start to a stable service; a mix is stable when the last of its parts is."""
    return _months_until_stable(context, _last_part(context, option))


def _months_until_stable(context: ViewContext, part: OptionResult) -> float:
    """Return the months until a part is stable.

    What serves from the start and plans no stabilisation is stable from the start, whatever is set up meanwhile.
    """
    if part.stabilisation_months <= 0 and context.serves_from_the_start(part):
        return 0.0
    return part.go_live + part.stabilisation_months


def _phases(option: OptionResult, *, single: bool) -> tuple[Phase, ...]:
    start = option.lead_time_months * WEEKS_PER_MONTH
    length = option.deployment_months * WEEKS_PER_MONTH
    phases = [Phase("Lead time", 0.0, start)] if start > 0 else []
    if length > 0:
        phases += (
            [*_deployment_phases(start, length)]
            if _is_split(option) and not single
            else [_single_phase(option, start, length)]
        )
    if option.stabilisation_months > 0:
        stable = start + length + option.stabilisation_months * WEEKS_PER_MONTH
        phases.append(Phase("Stabilisation", start + length, stable))
    return tuple(phases)


def _is_split(option: OptionResult) -> bool:
    """Return whether a deployment is long enough to be drawn in phases."""
    return option.deployment_months > SINGLE_PHASE_MONTHS


def _deployment_phases(start: float, length: float) -> Iterator[Phase]:
    begin = start
    for label, share in PHASES:
        yield Phase(label, begin, start + share * length)
        begin = start + share * length


def _single_phase(option: OptionResult, start: float, length: float) -> Phase:
    label = "Deployment" if _is_split(option) else "Contract, set-up and cut-over"
    return Phase(label, start, start + length)


def _milestones(context: ViewContext, option: OptionResult) -> tuple[Milestone, ...]:
    if context.serves_from_the_start(option):
        return (
            Milestone(
                "Serves throughout; set-up ends here" if option.go_live else "Serves throughout",
                option.go_live * WEEKS_PER_MONTH,
            ),
        )
    return (Milestone("Live", option.go_live * WEEKS_PER_MONTH),)
