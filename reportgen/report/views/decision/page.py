"""The decision page: requests to the board, the answer, and what would change it."""

from collections.abc import Sequence

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.figures import NOT_QUANTIFIED
from reportgen.report.parts import Table, Text
from reportgen.report.views.context import MOST_NAMED, ViewContext
from reportgen.report.views.decision.at_a_glance import options_at_a_glance, rounding_note
from reportgen.report.views.decision.estimate import estimate_sentences
from reportgen.report.views.decision.headline import (
    ROBUST_LEAD,
    are_level,
    headline,
    lead_is_close,
    next_option,
    only_eligible,
    printed_lead,
)
from reportgen.report.views.decision.largest_risks import risk_sentences
from reportgen.report.views.decision.purpose import purpose
from reportgen.report.views.decision.reasons import reasons_of
from reportgen.report.views.decision.requests import amount_note, board_requests
from reportgen.report.views.decision.rivals import PARTS, cheaper_in_cash
from reportgen.report.views.decision.what_would_change import advice_changes
from reportgen.report.wording import (
    difference_in_words,
    join_at_most,
    join_list,
    multiple_in_words,
    number_word,
    same_as_printed,
)
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Simulation
from reportgen.runtime.records import dataclass

UNQUANTIFIED = {"risk": "risk", "opportunity": "displaced projects", "exit": "the cost of leaving"}
"""What the parts that nobody has estimated are called in a sentence."""

CHART_WIDTH = {"A4": 379, "Letter": 392}
"""Width of the chart in CSS pixels, that of its column, so that its text is printed in the size that it is drawn in."""
MOST_COMPARED = 4
"""Up to this many options, the first paragraph compares the recommended one with each of the others."""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure of the page."""

    value: Text
    label: Text


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Texts, figures, chart and table of the first page. Templates read `decision.*`, as do users' own ones."""

    headline: str
    purpose: str
    paragraphs: tuple[Text, ...]
    requests: tuple[Text, ...]
    requests_note: str
    kpis: tuple[Kpi, ...]
    chart: Markup
    chart_title: Text
    chart_note: Text
    changes: tuple[Text, ...]
    risks: tuple[Text, ...]
    estimate: tuple[Text, ...]
    options: Table
    options_note: Text


def decision_page(context: ViewContext) -> DecisionPage:
    """Return the content of the first page."""
    return DecisionPage(
        headline(context), purpose(context), (_costs(context), _drivers(context), _certainty(context)), board_requests(context), amount_note(context), _kpis(context), _chart(context),
        f"Nominal total cost over {context.paper.horizon}{', with expected risk' if context.results.risks else '; risk not quantified'}",
        _chart_note(context), advice_changes(context), risk_sentences(context), estimate_sentences(context), options_at_a_glance(context),
        rounding_note(context),
    )  # fmt: skip


def _missed_must_haves(context: ViewContext) -> str:
    """Say of each must-have which options do not meet it."""
    parts: list[str] = []
    for rule in dict.fromkeys(name for o in context.options for name in o.failed_requirements):
        failing = [o.name for o in context.options if rule in o.failed_requirements]
        if len(failing) == len(context.options):
            parts.append(f"{'no' if parts else 'No'} option meets “{rule}”")
        else:
            verb = "does" if len(failing) == 1 else "do"
            parts.append(f"{join_at_most(failing, MOST_COMPARED, 'options')} {verb} not meet “{rule}”")
    if len(parts) > MOST_COMPARED:
        parts[MOST_COMPARED - 1 :] = [
            f"{number_word(len(parts) - MOST_COMPARED + 1)} more must-haves are missed too"
        ]
    return join_list(parts)


def _costs(context: ViewContext) -> Text:
    """State what the recommended option costs and compare the others with it."""
    best, figures = context.paper.best, context.figures
    if best is None:
        return f"{_missed_must_haves(context)}. The costs below are shown for information."
    start = Markup("Over {} from {}, the total cost of {} is {}, nominal and before risk").format(
        context.paper.horizon, context.month(0), best.name, figures.option_result(best, "tco")
    )
    rest = sorted((o for o in context.options if o.key != best.key), key=lambda o: o.tco)
    if len(rest) < MOST_COMPARED:
        parts = [
            f"{difference_in_words(best.tco - o.tco, figures.notation)} {o.name}{_ineligible_note(o)}"
            for o in rest
        ]
        return start + f": {join_list(parts)}."
    costs = {option.key: option.tco for option in rest}
    parts = [
        f"{difference_in_words(best.tco - end.tco, figures.notation)} "
        f"{join_at_most([o.name + _ineligible_note(o) for o in context.level_with(end.tco, costs)], MOST_NAMED, 'options')}"
        for end in (rest[0], rest[-1])
    ]
    if same_as_printed(rest[0].tco, rest[-1].tco, figures.notation):
        return (
            start + f": {difference_in_words(best.tco - rest[0].tco, figures.notation)} each of the others."
        )
    return start + f": {parts[0]}, the lowest of the others, and {parts[1]}, the highest."


def _ineligible_note(option: OptionResult) -> str:
    return "" if option.eligible else " (which fails a must-have)"


def _drivers(context: ViewContext) -> Text:
    """State the highest total cost, the engineers' share of it, and the error of the first estimate."""
    top = max(o.tco for o in context.options)
    level = context.level_with(top, {o.key: o.tco for o in context.options})
    dearest = level[0]
    if all(same_as_printed(o.tco, dearest.tco, context.figures.notation) for o in context.options):
        return Markup(
            "Every option has this total cost, to the figures shown; engineers account for {} of it.{}"
        ).format(_engineering_share(context, dearest), _first_estimate(context))
    if dearest.tco <= 0:
        return _first_estimate(context).strip()
    start = Markup("The highest total cost is that of {}, {}; ").format(
        context.named_together(level), context.figures.option_result(dearest, "tco")
    )
    share = f"engineers account for {_engineering_share(context, dearest)} of it"
    if len({_engineering_share(context, option) for option in level}) > 1:
        share += f" at {dearest.name}"
    return start + f"{share}{_recommended_comparison(context, level)}.{_first_estimate(context)}"


def _engineering_share(context: ViewContext, option: OptionResult) -> str:
    staff = sum(year.own_staff for year in option.budget.fiscal_years)
    return context.chance(staff / option.tco if option.tco > 0 else 0.0)


def _recommended_comparison(context: ViewContext, dearest: Sequence[OptionResult]) -> str:
    best = context.paper.best
    if best is None or best.key in [option.key for option in dearest]:
        return ""
    return f", against {_engineering_share(context, best)} for {best.name}"


def _first_estimate(context: ViewContext) -> str:
    """State the multiple of the bridge's first estimate that its option costs; empty if it is not above 1."""
    steps = [step for step in context.results.bridge if step.cost is not None]
    if not steps or context.results.bridge_option is None:
        return ""
    option = context.results.option(context.results.bridge_option)
    first = steps[0].cost or 0.0
    multiple = multiple_in_words(option.tco, first, context.figures.notation)
    if not multiple or option.tco <= first:
        return ""
    return f" For {option.name}, total cost is {multiple} the first estimate of {context.figures.money(first)}, which takes hardware at {_naive_utilisation(context)} utilisation and little else."


def _naive_utilisation(context: ViewContext) -> str:
    row = context.assumption("bridge.naive_utilisation")
    return context.share(row.value) if row else "hoped-for"


def _certainty(context: ViewContext) -> Text:
    """State the lead on full economic cost, the verdict, and which parts are not quantified."""
    best = context.paper.best
    if best is None:
        return "Relax a requirement, or change an option so that it meets them, before asking again."
    return _full_cost_sentence(context, best) + _cash_sentence(context) + _verdict_sentence(context, best)


def _full_cost_sentence(context: ViewContext, best: OptionResult) -> Markup:
    results, figures = context.results, context.figures
    parts = _parts_added(context, best)
    adds = f"With {join_list(parts)}, discounted" if parts else "Discounted"
    sentence = Markup("{}, its full economic cost is {}").format(
        adds, figures.option_result(best, "full_cost")
    )
    if results.runner_up is None:
        return sentence + ("; no other option is eligible." if only_eligible(context) else ".")
    runner = results.option(results.runner_up)
    if same_as_printed(runner.full_cost, best.full_cost, figures.notation):
        return sentence + f", as is that of {runner.name} to the figures shown."
    others = {o.key: o.full_cost for o in context.options if o.eligible and o.key != best.key}
    level = context.named_together(context.level_with(runner.full_cost, others))
    return sentence + Markup("; that of {}, {}, is {}.").format(
        next_option(context), level, figures.option_result(runner, "full_cost")
    )


def _parts_added(context: ViewContext, option: OptionResult) -> list[str]:
    """List the parts that full cost adds to present value, those that print as zero left out."""
    amounts = [(words, getattr(option, name)) for name, words in PARTS]
    return [
        words
        for words, amount in amounts
        if amount is not None and not same_as_printed(amount, 0, context.figures.notation)
    ]


def _cash_sentence(context: ViewContext) -> str:
    """State which option costs less cash than the recommended one, and what turns that; empty if none does."""
    found = cheaper_in_cash(context)
    best = context.paper.best
    if best is None or found is None or not found.causes:
        return ""
    name, money = found.option.name, context.figures.money
    cash = f" In cash it costs {money(found.saving)} more than {name}; what decides is"
    parts = [
        (
            one.words,
            f"{money(one.excess)} more for {name}{'' if one.quantified else f', {NOT_QUANTIFIED} for {best.name}'}",
        )
        for one in found.causes
    ]
    if len(parts) == 1:
        return f"{cash} {': '.join(parts[0])}."
    return f"{cash} {join_list([f'{words} ({more})' for words, more in parts])}."


def _verdict_sentence(context: ViewContext, best: OptionResult) -> str:
    simulated, results = context.results.simulation, context.results
    sentence = ""
    if _is_tested(context) and simulated and simulated.holds is not None:
        share = context.chance(simulated.holds)
        sentence = f" It stays the cheapest eligible option in {share} of {futures(context)}{_oftener(context, simulated)}"
        sentence += f": the answer is {_word(context)}." if results.verdict else "."
    if best.not_quantified:
        sentence += f" {_with_verb(tuple(UNQUANTIFIED[part] for part in best.not_quantified))} {NOT_QUANTIFIED} for {best.name}: nothing is added there, which does not make it zero."
    return sentence


def _oftener(context: ViewContext, simulated: Simulation) -> str:
    """Name the option that is the cheapest in more futures than the recommended one; empty where none is."""
    most = max(
        (o for o in context.options if o.eligible), key=lambda o: simulated.options[o.key].cheapest or 0.0
    )
    share, holds = simulated.options[most.key].cheapest or 0.0, simulated.holds or 0.0
    if share <= holds or context.chance(share) == context.chance(holds):
        return ""
    return f", {most.name} in {context.chance(share)}"


def _is_tested(context: ViewContext) -> bool:
    """Return whether the simulated futures say something of the order: not where the first options are level."""
    simulation = context.results.simulation
    tested = simulation is not None and simulation.holds is not None and context.results.runner_up is not None
    return tested and not (lead_is_close(context) and are_level(context))


def futures(context: ViewContext) -> str:
    """Name what the shares are of: "10,000 simulated futures", or all combinations of the risks by their chance."""
    simulation = context.results.simulation
    if simulation is None or simulation.exact:
        return "all combinations of the risks, by their chance"
    return f"{context.number(simulation.draws, ',.0f')} simulated futures"


def _word(context: ViewContext) -> str:
    """Return the word for how sure the answer is, with its reason."""
    results = context.results
    if results.verdict != "robust":
        return f"{results.verdict} ({reasons_of(context)})" if results.reasons else str(results.verdict)
    ranged = ", and no single assumption, within its range, changes it" if results.swings else ""
    return f"robust (its lead is at least {context.share(ROBUST_LEAD)}{ranged})"


def _with_verb(parts: tuple[str, ...]) -> str:
    return f"{first_upper(join_list(parts))} {'is' if len(parts) == 1 and parts[0] != UNQUANTIFIED['opportunity'] else 'are'}"


def _kpis(context: ViewContext) -> tuple[Kpi, ...]:
    best, figures = context.paper.best, context.figures
    if best is None:
        low = context.subject
        return (
            Kpi(
                figures.option_result(low, "tco"),
                f"Nominal total cost of {low.short_name}, before risk: not eligible",
            ),
            Kpi(
                figures.option_result(low, "full_cost"),
                "Its full economic cost, the lowest of all options: not eligible",
            ),
        )
    return (
        Kpi(figures.option_result(best, "tco"), f"Nominal total cost of {best.short_name} over {context.paper.horizon}, before risk"),
        Kpi(figures.option_result(best, "full_cost"), f"Full economic cost: discounted, {_scope(context, best)}"),
        _third_kpi(context, best),
        _last_kpi(context, best),
    )  # fmt: skip


def _last_kpi(context: ViewContext, best: OptionResult) -> Kpi:
    simulation = context.results.simulation
    if not _is_tested(context) or simulation is None or simulation.holds is None:
        return Kpi(*_time_to_production(context, best))
    of = "of all combinations of risks, by chance," if simulation.exact else "of simulated futures"
    return Kpi(
        context.chance(simulation.holds),
        f"{of} in which {best.short_name} stays the cheapest{'' if context.all_eligible else ' eligible option'}",
    )


def _scope(context: ViewContext, best: OptionResult) -> str:
    known = {
        name: (words, short)
        for (name, words), short in zip(PARTS, ("risk", "displaced projects", "leaving"), strict=True)
    }
    parts = [words for words in known.values() if words[0] in _parts_added(context, best)]
    return f"with {join_list([short for _, short in parts])}" if parts else "nothing else is quantified"


def _third_kpi(context: ViewContext, best: OptionResult) -> Kpi:
    results = context.results
    if results.lead is not None and results.runner_up:
        return Kpi(
            printed_lead(context),
            f"Lead in full economic cost over {results.option(results.runner_up).short_name}",
        )
    return Kpi(
        context.figures.option_result(best, "cost_per_m_tokens", "price"),
        f"{results.currency} per M tokens, nominal, before risk",
    )


def _time_to_production(context: ViewContext, best: OptionResult) -> tuple[Text, Text]:
    if context.serves_from_the_start(best):
        return "At once", f"{best.short_name}: in service from the start"
    return context.months(context.months_to_service(best)), "From the start to go-live, as planned"


def _chart(context: ViewContext) -> Markup:
    bars = [
        DecisionBar(o.short_name, context.colours[o.key], o.tco, o.expected_risk) for o in context.options
    ]
    low = min(context.options, key=lambda o: o.tco)
    title = f"Nominal total cost over {context.paper.horizon}: lowest, {low.name}{_ineligible_note(low)} with {context.figures.money(low.tco)}"
    return Markup(decision_bars(context.frame("decision", title, CHART_WIDTH[context.paper.size]), bars))  # noqa: S704  a chart drawn by this program


def _chart_note(context: ViewContext) -> str:
    risk = "Hatched: expected risk, the sum of probability times impact. " if context.results.risks else ""
    return f"Solid: total cost before risk. {risk}Opportunity and exit cost are not in it."
