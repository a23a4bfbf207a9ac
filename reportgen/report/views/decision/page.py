"""The decision page: what the board is asked to decide, the answer, and what would change it."""

from dataclasses import dataclass

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.model.results import OptionResult
from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.figures import NOT_QUANTIFIED
from reportgen.report.parts import Table, Words
from reportgen.report.views.context import Desk
from reportgen.report.views.decision.at_a_glance import glance
from reportgen.report.views.decision.headline import headline, lead_words, only_eligible
from reportgen.report.views.decision.requests import asks
from reportgen.report.views.decision.what_would_change import changes
from reportgen.report.wording import compared, listed, same_as_printed, times

PEOPLE = ("deployment", "ongoing")
CHART_WIDTH = {"A4": 385, "Letter": 398}
MANY = 4
"""Up to so many options the first paragraph compares the recommended one with each of the others."""


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
    chart_title: Words
    chart_note: Words
    changes: tuple[Words, ...]
    glance: Table


def decision_page(desk: Desk) -> DecisionPage:
    """Word the first page."""
    return DecisionPage(
        headline(desk), (_costs(desk), _drivers(desk), _certainty(desk)), asks(desk), _kpis(desk), _chart(desk),
        f"Nominal total cost over {desk.paper.span}{', with expected risk' if desk.results.risks else '; risk not quantified'}",
        _chart_note(desk), changes(desk), glance(desk),
    )  # fmt: skip


def _costs(desk: Desk) -> Words:
    """Say what the recommended option costs and how the others compare."""
    best, figures = desk.paper.best, desk.figures
    if best is None:
        failed = [f"{o.name} does not meet “{listed(o.failed_requirements)}”" for o in desk.options[:MANY]]
        return f"{listed(failed)}. The costs below are shown for information."
    start = Markup("Over {} from {}, the total cost of {} is {}, nominal and before risk").format(
        desk.paper.span, desk.month(0), best.name, figures.of(best, "tco")
    )
    rest = sorted((o for o in desk.options if o.key != best.key), key=lambda o: o.tco)
    if len(rest) < MANY:
        parts = [f"{compared(best.tco - o.tco, figures.notation)} {o.name}{_failing(o)}" for o in rest]
        return start + f": {listed(parts)}."
    low, high = rest[0], rest[-1]
    parts = [f"{compared(best.tco - o.tco, figures.notation)} {o.name}{_failing(o)}" for o in (low, high)]
    return start + f": {parts[0]}, the lowest of the others, and {parts[1]}, the highest."


def _failing(option: OptionResult) -> str:
    return "" if option.eligible else " (which fails a must-have)"


def _drivers(desk: Desk) -> Words:
    """Say what the dearest option's cost is made of, and how far its first estimate was off."""
    dearest = max(desk.options, key=lambda o: o.tco)
    start = Markup("The highest total cost is that of {}, {}; ").format(
        dearest.name, desk.figures.of(dearest, "tco")
    )
    return (
        start
        + f"engineers account for {_people(desk, dearest)} of it{_beside(desk, dearest)}.{_first_estimate(desk)}"
    )


def _people(desk: Desk, option: OptionResult) -> str:
    return desk.share(sum(option.categories[name] for name in PEOPLE) / option.tco if option.tco > 0 else 0.0)


def _beside(desk: Desk, dearest: OptionResult) -> str:
    best = desk.paper.best
    return f", against {_people(desk, best)} for {best.name}" if best and best.key != dearest.key else ""


def _first_estimate(desk: Desk) -> str:
    """Say what the naive first estimate of the bridge's option leaves out."""
    steps = [step for step in desk.results.bridge if step.cost is not None]
    if not steps or desk.results.bridge_option is None:
        return ""
    option = desk.results.option(desk.results.bridge_option)
    first = steps[0].cost or 0.0
    multiple = times(option.tco, first, desk.figures.notation)
    if not multiple or option.tco <= first:
        return ""
    return f" For {option.name}, total cost is {multiple} the first estimate of {desk.figures.money(first)}, which takes hardware at {_naive(desk)} utilisation and little else."


def _naive(desk: Desk) -> str:
    row = desk.assumption("bridge.naive_utilisation")
    return desk.share(row.value) if row else "hoped-for"


def _certainty(desk: Desk) -> Words:
    """Say by how much the recommendation leads on full economic cost, how sure that is, and what it leaves out."""
    best = desk.paper.best
    if best is None:
        return "Relax a requirement, or change an option so that it meets them, before asking again."
    return _full(desk, best) + _sure(desk, best)


def _full(desk: Desk, best: OptionResult) -> Markup:
    results, figures = desk.results, desk.figures
    parts = [name for name, part in _added(best) if part is not None]
    adds = f"With {listed(parts)}, discounted" if parts else "Discounted"
    whole = Markup("{}, its full economic cost is {}").format(adds, figures.of(best, "full_cost"))
    if results.runner_up is None:
        return whole + ("; no other option is eligible." if only_eligible(desk) else ".")
    runner = results.option(results.runner_up)
    if same_as_printed(runner.full_cost, best.full_cost, figures.notation):
        return whole + f", as is that of {runner.name} to the figures shown."
    return whole + Markup("; that of the next, {}, is {}.").format(
        runner.name, figures.of(runner, "full_cost")
    )


def _added(option: OptionResult) -> tuple[tuple[str, float | None], ...]:
    return (
        ("expected risk", option.expected_risk_core), ("displaced projects", option.opportunity_pv),
        ("the expected cost of leaving", option.expected_exit_pv),
    )  # fmt: skip


def _sure(desk: Desk, best: OptionResult) -> str:
    simulated, results = desk.results.simulation, desk.results
    said = ""
    if simulated and simulated.holds is not None and results.runner_up is not None:
        said = f" It stays the cheapest eligible option in {desk.chance(simulated.holds)} of {desk.number(simulated.draws, ',.0f')} simulated futures"
        said += (
            f": the answer is {results.verdict}."
            if results.verdict and results.verdict != "too close to call"
            else "."
        )
    if best.not_quantified:
        said += f" {_are(best.not_quantified)} {NOT_QUANTIFIED} for {best.name}: nothing is added there, which does not make it zero."
    return said


def _are(parts: tuple[str, ...]) -> str:
    return f"{first_upper(listed(parts))} {'is' if len(parts) == 1 else 'are'}"


def _kpis(desk: Desk) -> tuple[Kpi, ...]:
    results, best, figures = desk.results, desk.paper.best, desk.figures
    if best is None:
        low = desk.subject
        return (
            Kpi(figures.of(low, "tco"), f"Nominal total cost of {low.short_name}, before risk: not eligible"),
            Kpi(
                figures.of(low, "full_cost"),
                "Its full economic cost, the lowest of all options: not eligible",
            ),
        )
    return (
        Kpi(figures.of(best, "tco"), f"Nominal total cost of {best.short_name} over {desk.paper.span}, before risk"),
        Kpi(figures.of(best, "full_cost"), f"Full economic cost: discounted, {_scope(best)}"),
        _third(desk, best),
        Kpi(*_production(desk, best)) if results.simulation is None or results.simulation.holds is None or results.runner_up is None
        else Kpi(desk.chance(results.simulation.holds), f"of simulated futures in which {best.short_name} stays cheapest"),
    )  # fmt: skip


def _scope(best: OptionResult) -> str:
    known = {"risk": "risk", "opportunity": "displaced projects", "exit": "exit"}
    parts = [words for part, words in known.items() if part not in best.not_quantified]
    return f"with {listed(parts)}" if parts else "before risk, projects and exit: not quantified"


def _third(desk: Desk, best: OptionResult) -> Kpi:
    results = desk.results
    if results.lead is not None and results.runner_up:
        return Kpi(
            lead_words(desk),
            f"Lead in full economic cost over {results.option(results.runner_up).short_name}",
        )
    return Kpi(
        desk.figures.of(best, "cost_per_m_tokens", "price"),
        f"{results.currency} per M tokens, nominal, before risk",
    )


def _production(desk: Desk, best: OptionResult) -> tuple[Words, Words]:
    if best.go_live <= 0:
        return "At once", f"{best.short_name}: in service from the start"
    return desk.months(best.go_live), "From the start to go-live, as planned"


def _chart(desk: Desk) -> Markup:
    bars = [DecisionBar(o.short_name, desk.colours[o.key], o.tco, o.expected_risk) for o in desk.options]
    low = min(desk.options, key=lambda o: o.tco)
    title = (
        f"Nominal total cost over {desk.paper.span}: lowest, {low.name} with {desk.figures.money(low.tco)}"
    )
    return Markup(decision_bars(desk.frame("decision", title, CHART_WIDTH[desk.paper.size]), bars))  # noqa: S704  our own drawing


def _chart_note(desk: Desk) -> str:
    risk = "Hatched: expected risk, the sum of probability times impact. " if desk.results.risks else ""
    return f"Solid: total cost before risk. {risk}Opportunity and exit cost are not in it."
