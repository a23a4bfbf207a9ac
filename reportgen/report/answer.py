"""The answer in a sentence, as the terminal and the paper give it."""

from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.wording import listed
from reportgen.results.options import OptionResult
from reportgen.results.results import Results

YEARS = {1: "one year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}


def sentence(results: Results) -> str:
    """Say who has the lowest full cost, what the others cost, and how sure that is."""
    if results.recommended is None:
        failed = "; ".join(f"{o.name} fails {listed(o.failed_requirements)}" for o in results.options)
        return f"No option meets every requirement: {failed}. Nothing is recommended."
    best = results.option(results.recommended)
    others = sorted((o for o in results.options if o.key != best.key), key=lambda o: o.full_cost)
    beside = ", ".join(
        f"{o.short_name} {_full(results, o)}{'' if o.eligible else ' (not eligible)'}" for o in others
    )
    scope = "" if all(o.eligible for o in results.options) else " among the eligible options"
    first = (
        f"{best.name} has the lowest full cost{scope} over {YEARS[results.years]}: {_full(results, best)} ({beside}); "
        f"TCO {money(best.tco, Notation(results.currency))}."
    )
    return " ".join(filter(None, (first, _certainty(results))))


def _certainty(results: Results) -> str:
    """Say how sure the answer is, and in how many futures it holds."""
    drawn = results.simulation
    holds = (
        f"cheapest in {_share(drawn.holds)} of {drawn.draws:,} futures"
        if drawn and drawn.holds is not None
        else ""
    )
    match results.verdict:
        case None:
            return ""
        case "too close to call":
            why = listed(results.too_close_reasons)
            return f"Too close to call: {why}; {holds}." if holds else f"Too close to call: {why}."
        case word:
            return f"{word.capitalize()}: {holds}."


def _share(share: float) -> str:
    """Print a share that is neither all nor nothing as neither."""
    if 0.995 <= share < 1:
        return "more than 99%"
    if 0 < share < 0.005:
        return "less than 1%"
    return f"{share:.0%}"


def _full(results: Results, option: OptionResult) -> str:
    return money(option.full_cost, Notation(results.currency))
