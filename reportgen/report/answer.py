"""Answer sentence of a case, as the terminal and the paper print it."""

from reportgen.report.charts.drawing.money import Notation, money, needs_cents
from reportgen.report.views.decision.reasons import reasons_in_words
from reportgen.report.wording import CERTAINTY, join_list
from reportgen.results.options import OptionResult
from reportgen.results.results import Results

YEARS = {1: "one year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}


def answer_sentence(results: Results) -> str:
    """State which option has the lowest full cost, what the others cost, and the verdict of the simulation."""
    if results.recommended is None:
        failed = "; ".join(f"{o.name} fails {join_list(o.failed_requirements)}" for o in results.options)
        return f"No option meets every requirement: {failed}. Nothing is recommended."
    best = results.option(results.recommended)
    others = sorted((o for o in results.options if o.key != best.key), key=lambda o: o.full_cost)
    others_listed = ", ".join(
        f"{o.short_name} {_printed_full_cost(results, o)}{'' if o.eligible else ' (not eligible)'}"
        for o in others
    )
    scope = "" if all(o.eligible for o in results.options) else " among the eligible options"
    ranking = (
        f"{best.name} has the lowest full cost{scope} over {YEARS[results.years]}: {_printed_full_cost(results, best)} ({others_listed}); "
        f"TCO {money(best.tco, _notation(results))}."
    )
    return " ".join(filter(None, (ranking, _certainty(results))))


def _certainty(results: Results) -> str:
    """State the verdict and the share of simulated futures in which the recommendation holds; empty without a verdict."""
    simulation = results.simulation
    holds = (
        f"cheapest in {_printed_share(simulation.holds)} of {simulation.draws:,} futures"
        if simulation and simulation.holds is not None
        else ""
    )
    match results.verdict:
        case None:
            return ""
        case word:
            within = sum(one.within for one in results.switching_values)
            because = reasons_in_words(results.reasons, within)
            return f"{word.capitalize()}: {'; '.join(filter(None, (because, holds)))}."


def _printed_share(share: float) -> str:
    """Format a share so that rounding never shows 0% or 100% for a share strictly between them."""
    if 0.995 <= share < CERTAINTY:
        return "more than 99%"
    if 0 < share < 0.005:
        return "less than 1%"
    return f"{share:.0%}"


def _printed_full_cost(results: Results, option: OptionResult) -> str:
    return money(option.full_cost, _notation(results))


def _notation(results: Results) -> Notation:
    return Notation(results.currency, cents=needs_cents(option.tco for option in results.options))
