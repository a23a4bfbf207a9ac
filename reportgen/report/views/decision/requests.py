"""Requests to the board: the amount to approve, the exit to provide for, and the date or trigger of the next review."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.drawing.money import money_table
from reportgen.report.parts import Text
from reportgen.report.views.context import ROUNDING_NOTE, ViewContext
from reportgen.report.views.decision.headline import (
    are_level,
    lead_is_close,
    lead_is_nothing,
    level_in_words,
    printed_lead,
)
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    assumption_name,
    measured_value,
    printed_value,
    reached,
    start_note,
    switches_to_watch,
)
from reportgen.report.views.decision.rivals import level_options
from reportgen.report.wording import join_at_most, join_list, same_as_printed
from reportgen.results.options import OptionResult

MOST_RULES = 3
"""Up to this many must-haves that do not hold until go-live are named."""

TRIFLE = 0.05
"""An expected cost of leaving below this share of the total cost is not asked for."""


def board_requests(context: ViewContext) -> tuple[Text, ...]:
    """List the requests to the board."""
    best = context.paper.best
    by = _when(context)
    if best is None:
        return (
            f"Decide {by} which requirement may be relaxed, or ask for an option that meets them all.",
            "Approve no spending on the figures below: they are for information.",
        )
    if lead_is_close(context) and len(level_options(context)) > 1:
        return (*_choose(context, by), review_trigger(context))
    return tuple(
        request
        for request in (_approve(context, best, by), _keep(context, best), review_trigger(context))
        if request
    )


def _when(context: ViewContext) -> str:
    """State by when the board is asked to decide: the day that the case names, else the start, where that is still to come."""
    if context.paper.decide_by:
        return f"by {context.day(context.paper.decide_by)}"
    return "now" if f"{context.paper.date:%Y-%m}" >= context.results.start else f"before {context.month(0)}"


def amount_requested(context: ViewContext) -> float:
    """Return the amount requested: nominal total cost of the recommended option plus its contingency, in currency units."""
    return context.subject.tco + (context.subject.contingency or 0.0)


def amount_note(context: ViewContext) -> str:
    """Return the note on rounding where the printed cost and contingency do not add to the printed amount; else nothing."""
    best = context.paper.best
    if best is None or not best.contingency or (lead_is_close(context) and len(level_options(context)) > 1):
        return ""
    parts = sum(_as_printed(context, amount)[0] for amount in (best.tco, best.contingency))
    total, step = _as_printed(context, amount_requested(context))
    return ROUNDING_NOTE if abs(parts - total) > 0.51 * step else ""


def _as_printed(context: ViewContext, amount: float) -> tuple[float, float]:
    """Return an amount as rounded in print, and one of its last digit."""
    table = money_table(context.figures.notation)
    divisor, decimals = next((row[1], row[2]) for row in table if abs(amount) < row[0])
    return round(amount / divisor, decimals) * divisor, divisor / 10**decimals


def _choose(context: ViewContext, by: str) -> tuple[Text, ...]:
    """Ask for a choice between options that are too close to call between, which is not one of cost."""
    found, figures = level_options(context), context.figures
    most = max(o.tco + (o.contingency or 0.0) for o in found)
    reserve = "contingency included" if any(o.contingency for o in found) else "nominal"
    if are_level(context):
        why = f"their full economic costs are level at {figures.money(found[0].full_cost)}"
    elif lead_is_nothing(context):
        why = f"{found[0].name} has no lead in full economic cost"
    else:
        why = f"the lead of {found[0].name} in full economic cost, {printed_lead(context)}, does not decide"
    return (
        Markup("Choose {} between {} on fit and terms: {}.").format(by, level_in_words(context), why),
        f"Have binding offers made for {'both' if len(found) == 2 else 'each of them'} before anything is signed.",
        Markup("Provide for up to <strong>{}</strong> over {}, the highest of their total costs, {}.").format(
            figures.money(most), context.paper.horizon, reserve
        ),
    )


def _contingency(context: ViewContext, best: OptionResult) -> Text:
    """Word the contingency, and the share of futures in which the amount is enough."""
    figures = context.figures
    if best.contingency is None:
        return "contingency not quantified"
    enough = (
        "" if best.enough is None else f", enough in {context.chance(best.enough)} of {_futures(context)}"
    )
    if same_as_printed(best.tco, amount_requested(context), figures.notation):
        return f"no contingency is added{enough}"
    return f"plus {figures.money(best.contingency)} contingency{enough}"


def _futures(context: ViewContext) -> str:
    simulation = context.results.simulation
    return "all combinations of the risks" if simulation is None or simulation.exact else "simulated futures"


def _approve(context: ViewContext, best: OptionResult, by: str) -> Text:
    figures = context.figures
    return Markup("Approve {} <strong>{}</strong> for {} over {}: nominal total cost of {}, {}.{}").format(
        by,
        figures.money(amount_requested(context)),
        best.name,
        context.paper.horizon,
        figures.option_result(best, "tco"),
        _contingency(context, best),
        _measured(context, best) + _exemptions(context, best),
    )


def _measured(context: ViewContext, best: OptionResult) -> str:
    """State the total cost, and what would be recommended, with what was measured; empty where nothing was, or all is the same."""
    actual, notation = context.results.actual, context.figures.notation
    if actual is None or (
        actual.stands and same_as_printed(actual.options[best.key].tco_forecast, best.tco, notation)
    ):
        return ""
    forecast = context.figures.money(actual.options[best.key].tco_forecast)
    other = actual.recommended_forecast
    turned = (
        ""
        if actual.stands or other is None
        else f", and {context.results.option(other).name} would be recommended"
    )
    return f" With what the months so far have measured, its total cost comes to {forecast}, not {context.figures.money(best.tco)}{turned}."


def _exemptions(context: ViewContext, best: OptionResult) -> str:
    """Say which must-haves do not hold until go-live, and for how long: approving the option approves that."""
    names = [f"“{one.requirement}”" for one in best.exemptions]
    if not names:
        return ""
    apis = join_list(tuple(dict.fromkeys(context.results.option(one.api).name for one in best.exemptions)))
    months = max(one.months for one in best.exemptions)
    rules = join_at_most(names, MOST_RULES, "must-haves")
    return f" This exempts {apis} from {rules} until go-live, for {context.months(months)}."


def contingency_percentile(context: ViewContext) -> str:
    """Name the percentile that the contingency covers: "P80"."""
    return f"P{context.results.confidence * 100:.3g}"


def _keep(context: ViewContext, best: OptionResult) -> Text | None:
    """Ask for the interim service, or for what leaving costs; None where that is a trifle."""
    leaning = [key for key in best.parts if context.paper.leans.get(key, key) not in best.parts]
    go_live = max((context.results.option(key).go_live for key in leaning), default=0.0)
    actual = context.results.actual
    passed = actual is not None and actual.option == best.key and len(actual.months) >= go_live
    if leaning and not passed:
        apis = dict.fromkeys(context.results.option(context.paper.leans[key]).name for key in leaning)
        return f"Keep {join_list(list(apis))} in service until go-live, planned {context.months(go_live)} after the start."
    if best.expected_exit is None:
        return f"Ask for an estimate of what leaving {best.name} would cost: there is none."
    notation, note = context.figures.notation, "nominal; it is not part of the amount."
    if same_as_printed(best.expected_exit, 0, notation):
        return f"Note that leaving {best.name} is expected to cost nothing: have that estimate checked."
    if abs(best.expected_exit) < TRIFLE * abs(best.tco):
        return None
    if best.expected_exit < 0:
        return f"Note that leaving {best.name} is expected to bring {context.figures.money(-best.expected_exit)}, {note}"
    return Markup("Accept an expected cost of leaving of {}, {}").format(
        context.figures.option_result(best, "expected_exit"), note
    )


def review_trigger(context: ViewContext) -> Text:
    """State the first thing to watch, as the table of triggers has it: when to look again, and when to change course."""
    watched = switches_to_watch(context)
    if watched:
        switch = watched[0]
        name = first_lower(assumption_name(context, switch))
        early, late = (reached(context, switch, value) for value in (switch.review, switch.value))
        return (
            f"Look again with {name} {early}, and change course {late}{start_note(context, switch)}: "
            f"the full economic cost of {switch.winner.name} is then {_lowest(context)}.{_measured_so_far(context, switch)}"
        )
    priced = " when a price in appendix B changes, and" if context.results.prices else ""
    return f"Look again{priced} at the latest in {context.month(12)}."


def _measured_so_far(context: ViewContext, switch: NearestSwitch) -> str:
    """State what was measured of what is to be watched, where that is beyond the point at which to look again."""
    measured = measured_value(context, switch)
    if measured is None or (measured - switch.review) * (switch.value - switch.stated) < 0:
        return ""
    return f" Measured so far: {printed_value(context, switch, measured)}."


def _lowest(context: ViewContext) -> str:
    return f"the lowest{context.of_eligible}"
