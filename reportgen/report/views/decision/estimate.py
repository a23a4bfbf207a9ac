"""When the money is spent, how rough the estimate is, what has no price, and the fit where it speaks for another option."""

from reportgen.report.parts import Text
from reportgen.report.views.budget import budget_year, cash_of
from reportgen.report.views.context import LOW_PLAN, ViewContext
from reportgen.report.views.decision.purpose import as_sentence
from reportgen.report.views.decision.rivals import eligible
from reportgen.report.views.strategic_fit import HIGHEST_SCORE, weighted_scores
from reportgen.report.wording import join_list, same_as_printed
from reportgen.results.options import OptionResult

NOTHING_PRICED = "the quality of the answers, and whatever else the case gives no figure for."


def estimate_sentences(context: ViewContext) -> tuple[Text, ...]:
    """List the sentences on the plan of spending and on the limits of the figures."""
    found = (_spending(context), _roughness(context), _fit(context), _not_priced(context))
    return tuple(sentence for sentence in found if sentence)


def _spending(context: ViewContext) -> str:
    """State cash by fiscal year, and how much of it is capital, operating, own staff and hiring."""
    option, money = context.subject, context.figures.money
    years = option.budget.fiscal_years
    by_year = join_list([f"{money(cash_of(year))} in {budget_year(context, year)}" for year in years])
    capital, operating, staff, sold = (
        sum(getattr(year, name) for year in years)
        for name in ("capital", "operating", "own_staff", "residual")
    )
    kinds = [f"{money(operating)} operating, of which {money(staff)} own staff"]
    if not same_as_printed(capital, 0.0, context.figures.notation):
        kinds.insert(0, f"{money(capital)} capital")
    if not same_as_printed(sold, 0.0, context.figures.notation):
        kinds.append(f"less {money(-sold)} from machines sold at the end")
    return f"When it is spent ({option.short_name}, by fiscal year): {by_year}. It is {'; '.join(kinds)}; {_hires(context, option)}."


def _hires(context: ViewContext, option: OptionResult) -> str:
    """Count the people who are hired for an option; a mix hires those of its parts."""
    rows = [context.assumption(f"options.{key}.hires") for key in {option.key, *option.parts}]
    count = round(sum(row.value for row in rows if row))
    return f"{count or 'no'} new {'hire' if count == 1 else 'hires'}"


def _roughness(context: ViewContext) -> str:
    """State the class of the estimate and how many assumptions name a source."""
    maturity, stated = context.results.estimate_class, context.stated
    if maturity is None or not stated:
        return ""
    sourced = sum(bool(row.source) for row in stated)
    return (
        f"How rough it is: class {maturity.number} of 5, where 1 is definitive and 5 rough; "
        f"{sourced or 'none'} of {len(stated)} stated assumptions {'names' if sourced <= 1 else 'name'} a source.{_low_plan(context)}"
    )


def _low_plan(context: ViewContext) -> str:
    """State how few futures cost no more than the plan, and what half of them exceed; empty where the plan does not lie low."""
    simulation, best = context.results.simulation, context.paper.best
    if simulation is None or best is None or simulation.options[best.key].point_percentile >= LOW_PLAN:
        return ""
    own = simulation.options[best.key]
    return f" {context.chance(own.point_percentile)} of {context.futures} cost no more than this plan; half cost {context.figures.money(own.tco.p50)} or more."


def _fit(context: ViewContext) -> str:
    """State that another eligible option has the higher score of strategic fit; empty where none has."""
    best = context.paper.best
    if best is None or not context.paper.strategic_fit:
        return ""
    scores = weighted_scores(context.paper.strategic_fit)
    shown = {option.key: context.number(scores[option.key], ".1f") for option in eligible(context)}
    high = context.number(max(scores[key] for key in shown), ".1f")
    if high == shown[best.key]:
        return ""
    firsts = context.named_together(o for o in eligible(context) if shown[o.key] == high)
    return f"The strategic fit speaks for {firsts}: {high} of {HIGHEST_SCORE}, against {shown[best.key]} for {best.name}."


def _not_priced(context: ViewContext) -> str:
    """State what differs between the options and has no price."""
    return f"Not priced: {as_sentence(context.paper.proposal.not_priced) if context.paper.proposal.not_priced else NOTHING_PRICED}"
