"""The decision page: what the board is asked to decide, the answer, and what would change it."""

from dataclasses import dataclass

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.figures import NOT_QUANTIFIED
from reportgen.report.parts import Table, Words
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.at_a_glance import glance
from reportgen.report.views.decision.headline import headline, lead_words, only_eligible
from reportgen.report.views.decision.requests import asks
from reportgen.report.views.decision.what_would_change import changes
from reportgen.report.wording import compared, listed, same_as_printed, times
from reportgen.results.options import OptionResult

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


def decision_page(context: ViewContext) -> DecisionPage:
    """Word the first page."""
    return DecisionPage(
        headline(context), (_costs(context), _drivers(context), _certainty(context)), asks(context), _kpis(context), _chart(context),
        f"Nominal total cost over {context.paper.span}{', with expected risk' if context.results.risks else '; risk not quantified'}",
        _chart_note(context), changes(context), glance(context),
    )  # fmt: skip


def _costs(context: ViewContext) -> Words:
    """Say what the recommended option costs and how the others compare."""
    best, figures = context.paper.best, context.figures
    if best is None:
        failed = [f"{o.name} does not meet “{listed(o.failed_requirements)}”" for o in context.options[:MANY]]
        return f"{listed(failed)}. The costs below are shown for information."
    start = Markup("Over {} from {}, the total cost of {} is {}, nominal and before risk").format(
        context.paper.span, context.month(0), best.name, figures.of(best, "tco")
    )
    rest = sorted((o for o in context.options if o.key != best.key), key=lambda o: o.tco)
    if len(rest) < MANY:
        parts = [f"{compared(best.tco - o.tco, figures.notation)} {o.name}{_failing(o)}" for o in rest]
        return start + f": {listed(parts)}."
    low, high = rest[0], rest[-1]
    parts = [f"{compared(best.tco - o.tco, figures.notation)} {o.name}{_failing(o)}" for o in (low, high)]
    return start + f": {parts[0]}, the lowest of the others, and {parts[1]}, the highest."


def _failing(option: OptionResult) -> str:
    return "" if option.eligible else " (which fails a must-have)"


def _drivers(context: ViewContext) -> Words:
    """Say what the dearest option's cost is made of, and how far its first estimate was off."""
    dearest = max(context.options, key=lambda o: o.tco)
    start = Markup("The highest total cost is that of {}, {}; ").format(
        dearest.name, context.figures.of(dearest, "tco")
    )
    return (
        start
        + f"engineers account for {_people(context, dearest)} of it{_beside(context, dearest)}.{_first_estimate(context)}"
    )


def _people(context: ViewContext, option: OptionResult) -> str:
    return context.share(
        sum(option.categories[name] for name in PEOPLE) / option.tco if option.tco > 0 else 0.0
    )


def _beside(context: ViewContext, dearest: OptionResult) -> str:
    best = context.paper.best
    return f", against {_people(context, best)} for {best.name}" if best and best.key != dearest.key else ""


def _first_estimate(context: ViewContext) -> str:
    """Say what the naive first estimate of the bridge's option leaves out."""
    steps = [step for step in context.results.bridge if step.cost is not None]
    if not steps or context.results.bridge_option is None:
        return ""
    option = context.results.option(context.results.bridge_option)
    first = steps[0].cost or 0.0
    multiple = times(option.tco, first, context.figures.notation)
    if not multiple or option.tco <= first:
        return ""
    return f" For {option.name}, total cost is {multiple} the first estimate of {context.figures.money(first)}, which takes hardware at {_naive(context)} utilisation and little else."


def _naive(context: ViewContext) -> str:
    row = context.assumption("bridge.naive_utilisation")
    return context.share(row.value) if row else "hoped-for"


def _certainty(context: ViewContext) -> Words:
    """Say by how much the recommendation leads on full economic cost, how sure that is, and what it leaves out."""
    best = context.paper.best
    if best is None:
        return "Relax a requirement, or change an option so that it meets them, before asking again."
    return _full(context, best) + _sure(context, best)


def _full(context: ViewContext, best: OptionResult) -> Markup:
    results, figures = context.results, context.figures
    parts = [name for name, part in _added(best) if part is not None]
    adds = f"With {listed(parts)}, discounted" if parts else "Discounted"
    whole = Markup("{}, its full economic cost is {}").format(adds, figures.of(best, "full_cost"))
    if results.runner_up is None:
        return whole + ("; no other option is eligible." if only_eligible(context) else ".")
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


def _sure(context: ViewContext, best: OptionResult) -> str:
    simulated, results = context.results.simulation, context.results
    said = ""
    if simulated and simulated.holds is not None and results.runner_up is not None:
        said = f" It stays the cheapest eligible option in {context.chance(simulated.holds)} of {context.number(simulated.draws, ',.0f')} simulated futures"
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


def _kpis(context: ViewContext) -> tuple[Kpi, ...]:
    results, best, figures = context.results, context.paper.best, context.figures
    if best is None:
        low = context.subject
        return (
            Kpi(figures.of(low, "tco"), f"Nominal total cost of {low.short_name}, before risk: not eligible"),
            Kpi(
                figures.of(low, "full_cost"),
                "Its full economic cost, the lowest of all options: not eligible",
            ),
        )
    return (
        Kpi(figures.of(best, "tco"), f"Nominal total cost of {best.short_name} over {context.paper.span}, before risk"),
        Kpi(figures.of(best, "full_cost"), f"Full economic cost: discounted, {_scope(best)}"),
        _third(context, best),
        Kpi(*_production(context, best)) if results.simulation is None or results.simulation.holds is None or results.runner_up is None
        else Kpi(context.chance(results.simulation.holds), f"of simulated futures in which {best.short_name} stays cheapest"),
    )  # fmt: skip


def _scope(best: OptionResult) -> str:
    known = {"risk": "risk", "opportunity": "displaced projects", "exit": "exit"}
    parts = [words for part, words in known.items() if part not in best.not_quantified]
    return f"with {listed(parts)}" if parts else "before risk, projects and exit: not quantified"


def _third(context: ViewContext, best: OptionResult) -> Kpi:
    results = context.results
    if results.lead is not None and results.runner_up:
        return Kpi(
            lead_words(context),
            f"Lead in full economic cost over {results.option(results.runner_up).short_name}",
        )
    return Kpi(
        context.figures.of(best, "cost_per_m_tokens", "price"),
        f"{results.currency} per M tokens, nominal, before risk",
    )


def _production(context: ViewContext, best: OptionResult) -> tuple[Words, Words]:
    if best.go_live <= 0:
        return "At once", f"{best.short_name}: in service from the start"
    return context.months(best.go_live), "From the start to go-live, as planned"


def _chart(context: ViewContext) -> Markup:
    bars = [
        DecisionBar(o.short_name, context.colours[o.key], o.tco, o.expected_risk) for o in context.options
    ]
    low = min(context.options, key=lambda o: o.tco)
    title = f"Nominal total cost over {context.paper.span}: lowest, {low.name} with {context.figures.money(low.tco)}"
    return Markup(decision_bars(context.frame("decision", title, CHART_WIDTH[context.paper.size]), bars))  # noqa: S704  our own drawing


def _chart_note(context: ViewContext) -> str:
    risk = "Hatched: expected risk, the sum of probability times impact. " if context.results.risks else ""
    return f"Solid: total cost before risk. {risk}Opportunity and exit cost are not in it."
