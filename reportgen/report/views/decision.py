"""The decision page: what the board is asked to decide, the answer, and what would change it."""

from dataclasses import dataclass

from markupsafe import Markup

from reportgen.model.results import OptionResult
from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.charts.money import volume
from reportgen.report.figures import compared, listed
from reportgen.report.parts import Row, Table, Words, cells
from reportgen.report.views.desk import Desk
from reportgen.report.views.flips import flips

PEOPLE = ("deployment", "ongoing")
CHART_WIDTH = 380


@dataclass(frozen=True, slots=True)
class Kpi:
    """One of the four figures of the page."""

    value: Words
    label: Words


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """The words, figures and pictures of the first page."""

    headline: str
    paragraphs: tuple[Words, ...]
    asks: tuple[Words, ...]
    kpis: tuple[Kpi, ...]
    chart: Markup
    chart_note: Words
    changes: tuple[Words, ...]
    glance: Table


def decision_page(desk: Desk) -> DecisionPage:
    """Word the first page."""
    return DecisionPage(
        headline(desk), (_costs(desk), _drivers(desk), _certainty(desk)), asks(desk), _kpis(desk), _chart(desk),
        "Solid: nominal total cost before risk. Hatched: expected risk. Opportunity and exit cost are not in it.",
        changes(desk), _glance(desk),
    )  # fmt: skip


def headline(desk: Desk) -> str:
    """Say the answer in one line."""
    best, results = desk.paper.best, desk.results
    if best is None:
        return "No option meets every requirement: nothing is recommended"
    if results.too_close and results.runner_up and results.lead is not None and results.lead < 0.05:
        runner = results.option(results.runner_up)
        return f"Too close to call: {best.name} is barely ahead of {runner.name}"
    verb = "Stay with" if best.key in desk.paper.in_use else "Choose"
    doubt = ", with a part not yet quantified" if results.too_close else ""
    return f"{verb} {best.name}{doubt}"


def _costs(desk: Desk) -> Words:
    """Say what the recommended option costs and how the others compare."""
    best, figures = desk.paper.best, desk.figures
    if best is None:
        failed = [f"{o.name} does not meet {listed(o.failed_requirements)}" for o in desk.options]
        return f"{listed(failed)}. The costs below are shown for information."
    rest = [o for o in desk.options if o.key != best.key]
    parts = [f"{compared(best.tco - o.tco, desk.results.currency)} {o.name}" for o in rest]
    return Markup("Over {} from {}, the total cost of {} is {} in nominal terms, before risk: {}.").format(
        desk.paper.span, desk.paper.starts, best.name, figures.of(best, "tco"), listed(parts)
    )


def _drivers(desk: Desk) -> Words:
    """Say what the dearest option's cost is made of."""
    dearest = max(desk.options, key=lambda o: o.tco)
    people = sum(dearest.categories[name] for name in PEOPLE)
    share = people / dearest.tco if dearest.tco else 0.0
    word = (
        "Engineers account for"
        if share >= 0.5
        else "Engineers account for only"
        if share < 0.2
        else "Engineers are"
    )
    best = desk.paper.best
    own = ""
    if best and best.key != dearest.key and best.tco:
        part = sum(best.categories[name] for name in PEOPLE) / best.tco
        own = f"; for {best.name} it is {part:.0%}"
    return Markup("The dearest is {}, at {}. {} {:.0%} of that{}.").format(
        dearest.name, desk.figures.of(dearest, "tco"), word, share, own
    )


def _certainty(desk: Desk) -> Words:
    """Say by how much the recommendation leads on full economic cost, and what it leaves out."""
    results, best, figures = desk.results, desk.paper.best, desk.figures
    if best is None:
        return "Relax a requirement, or change an option so that it meets them, before asking again."
    whole = Markup(
        "With risks, displaced projects and the cost of leaving, discounted, it comes to {}"
    ).format(figures.of(best, "full_cost"))
    if results.runner_up is None or results.lead is None:
        after = Markup(". It is the only eligible option.")
    else:
        runner = results.option(results.runner_up)
        after = Markup("; the next, {}, to {}: a lead of {:.0%}.").format(
            runner.name, figures.of(runner, "full_cost"), results.lead
        )
    missing = f" Not quantified for it: {listed(best.not_quantified)}." if best.not_quantified else ""
    return whole + after + missing


def asks(desk: Desk) -> tuple[Words, ...]:
    """Say what the board is asked to decide: numbered, costed and dated."""
    best, results, figures = desk.paper.best, desk.results, desk.figures
    when = desk.paper.decide_by
    by = f" by {when.day} {when:%B %Y}" if when else ""
    if best is None:
        return (f"Decide{by} which requirement may be relaxed, or ask for an option that meets them all.",)
    percent = f"P{round(100 * results.confidence)}"
    amount = best.tco + best.contingency
    spare = f"a contingency of {figures.money(best.contingency)} ({percent})"
    if abs(best.contingency) < 0.005 * abs(best.tco):
        spare = f"no contingency, as none is needed at {percent}"
    approve = Markup("Approve{} {} for {} over {}: nominal cost of {} and {}.").format(
        by, figures.money(amount), best.name, desk.paper.span, figures.of(best, "tco"), spare
    )
    return (approve, _keep(desk, best), _review(desk, best))


def _keep(desk: Desk, best: OptionResult) -> Words:
    lean = desk.paper.leans.get(best.key)
    if lean and lean != best.key:
        name = desk.results.option(lean).name
        return f"Keep {name} until go-live, planned after {best.go_live:.1f} months."
    if best.expected_exit is None:
        return "Ask for an estimate of what leaving it would cost: there is none."
    return Markup("Accept an expected cost of leaving of {}, nominal.").format(
        desk.figures.of(best, "expected_exit")
    )


def _review(desk: Desk, best: OptionResult) -> Words:
    """Give the first volume at which another option's total cost falls below, as a date to look again."""
    crossings = [
        (o.break_even.volume, o)
        for o in desk.options
        if o.break_even and o.break_even.volume is not None and best.key == desk.results.baseline
    ]
    if crossings:
        at, option = min(crossings, key=lambda pair: pair[0])
        return f"Look again when volume nears {volume(at)} tokens a month: total cost is then lower with {option.name}."
    return "Look again when a price in appendix A changes, and at the latest after twelve months."


def _kpis(desk: Desk) -> tuple[Kpi, ...]:
    results, best, figures = desk.results, desk.paper.best, desk.figures
    if best is None:
        low = min(desk.options, key=lambda o: o.full_cost)
        return (
            Kpi(figures.of(low, "full_cost"), f"Lowest full economic cost, {low.short_name}: not eligible"),
        )
    kpis = [
        Kpi(
            figures.of(best, "tco"), f"Nominal cost of {best.short_name} over {desk.paper.span}, before risk"
        ),
        Kpi(
            figures.of(best, "full_cost"),
            "Full economic cost: discounted, with risk, displaced projects and exit",
        ),
    ]
    if results.lead is not None and results.runner_up:
        runner = results.option(results.runner_up)
        kpis.append(Kpi(f"{results.lead:.0%}", f"Lead in full economic cost over {runner.short_name}"))
    kpis.append(Kpi(f"{best.go_live:.1f}", "Months from the start to go-live, as planned"))
    return tuple(kpis)


def _chart(desk: Desk) -> Markup:
    bars = [DecisionBar(o.short_name, desk.colours[o.key], o.tco, o.expected_risk) for o in desk.options]
    title = f"Nominal cost over {desk.paper.span} with expected risk"
    return Markup(decision_bars(desk.frame("decision", title, CHART_WIDTH), bars))  # noqa: S704  our own drawing


def changes(desk: Desk) -> tuple[Words, ...]:
    """Say which single changes would make another option the cheapest on core, and what volume would."""
    found = flips(desk.results)
    lines: list[Words] = [
        f"{flip.words}: {flip.winner.name} would then have the lowest core." for flip in found[:3]
    ]
    if not found and desk.results.swings:
        count = len(desk.results.swings)
        lines.append(
            f"None of the {count} ranged assumptions, alone at its low or high, makes another option cheaper on core."
        )
    if not found and desk.results.scenarios:
        lines.append("No named price scenario does either.")
    for option in desk.options:
        even = option.break_even
        if even and even.volume is not None and len(lines) < 4:
            base = desk.results.option(desk.results.baseline).short_name
            lines.append(
                f"Volume: from about {volume(even.volume)} tokens a month, {option.name} below {base} in total cost."
            )
    if desk.results.too_close:
        lines.append(f"The answer is too close to call: {listed(desk.results.too_close_reasons)}.")
    return tuple(lines) or ("Nothing was tested: no assumption has a range and there is no price scenario.",)


def _glance(desk: Desk) -> Table:
    names = (
        ("Total cost, nominal, before risk", "tco"), ("Present value", "pv"), ("Displaced projects, discounted", "opportunity_pv"),
        ("Expected cost of leaving, discounted", "expected_exit_pv"), ("Expected risk, discounted", "expected_risk_core"),
    )  # fmt: skip
    rows = [Row(label, cells(desk.row_of(name), desk.chosen)) for label, name in names]
    rows.append(Row("Full economic cost", cells(desk.row_of("full_cost"), desk.chosen), "total"))
    eligible = ["yes" if o.eligible else "no" for o in desk.options]
    if not all(o.eligible for o in desk.options):
        rows.append(Row("Meets every must-have", cells(eligible, desk.chosen)))
    return Table(f"{desk.results.currency} thousand, {desk.paper.span}", desk.heads(), tuple(rows))
