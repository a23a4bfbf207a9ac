"""Requests to the board: the amount to approve, the exit to provide for, and the date or trigger of the next review."""

from markupsafe import Markup

from reportgen.report.parts import Text
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import switch_condition, switch_to_watch
from reportgen.report.wording import join_list, same_as_printed
from reportgen.results.options import OptionResult


def board_requests(context: ViewContext) -> tuple[Text, ...]:
    """List the requests to the board."""
    best = context.paper.best
    by = (
        f"by {context.day(context.paper.decide_by)}"
        if context.paper.decide_by
        else f"before {context.month(0)}"
    )
    if best is None:
        return (
            f"Decide {by} which requirement may be relaxed, or ask for an option that meets them all.",
            "Approve no spending on the figures below: they are for information.",
        )
    return (_approve(context, best, by), _keep(context, best), review_trigger(context, best))


def amount_requested(context: ViewContext) -> float:
    """Return the amount requested: nominal total cost of the recommended option plus its contingency, in currency units."""
    return context.subject.tco + (context.subject.contingency or 0.0)


def _contingency(context: ViewContext, best: OptionResult) -> Text:
    """Word the contingency, and the share of futures in which the amount is enough."""
    percent, figures = contingency_percentile(context), context.figures
    if best.contingency is None:
        return "contingency not quantified"
    enough = "" if best.enough is None else f", enough in {context.chance(best.enough)} of futures"
    if same_as_printed(best.tco, amount_requested(context), figures.notation):
        return f"no contingency is needed at {percent}{enough}"
    return f"plus {figures.money(best.contingency)} contingency ({percent}){enough}"


def _approve(context: ViewContext, best: OptionResult, by: str) -> Text:
    figures = context.figures
    return Markup("Approve {} <strong>{}</strong> for {} over {}: nominal total cost of {}, {}.{}").format(
        by,
        figures.money(amount_requested(context)),
        best.name,
        context.paper.horizon,
        figures.option_result(best, "tco"),
        _contingency(context, best),
        _exemptions(context, best),
    )


def _exemptions(context: ViewContext, best: OptionResult) -> str:
    """Say which must-haves do not hold until go-live, and for how long: approving the option approves that."""
    names = [f"“{one.requirement}”" for one in best.exemptions]
    if not names:
        return ""
    apis = join_list(tuple(dict.fromkeys(context.results.option(one.api).name for one in best.exemptions)))
    months = max(one.months for one in best.exemptions)
    return f" This exempts {apis} from {join_list(names)} until go-live, for {context.months(months)}."


def contingency_percentile(context: ViewContext) -> str:
    """Name the percentile that the contingency covers: "P80"."""
    return f"P{context.results.confidence * 100:.3g}"


def _keep(context: ViewContext, best: OptionResult) -> Text:
    interim = context.paper.leans.get(best.key)
    if interim and interim != best.key:
        name = context.results.option(interim).name
        return (
            f"Keep {name} in service until go-live, planned {context.months(best.go_live)} after the start."
        )
    if best.expected_exit is None:
        return f"Ask for an estimate of what leaving {best.name} would cost: there is none."
    notation, note = context.figures.notation, "nominal; it is not part of the amount."
    if same_as_printed(best.expected_exit, 0, notation):
        return f"Note that leaving {best.name} is expected to cost nothing: have that estimate checked."
    if best.expected_exit < 0:
        return f"Note that leaving {best.name} is expected to bring {context.figures.money(-best.expected_exit)}, {note}"
    return Markup("Accept an expected cost of leaving of {}, {}").format(
        context.figures.option_result(best, "expected_exit"), note
    )


def review_trigger(context: ViewContext, best: OptionResult) -> Text:
    """State the trigger of the next review: the nearest point at which another option comes first."""
    switch = switch_to_watch(context)
    if switch:
        return f"Look again with {switch_condition(context, switch)}: the full economic cost of {switch.winner.name} is then the lowest."
    crossings = [
        (o.break_even.volume, o)
        for o in context.results.options
        if o.break_even
        and o.break_even.volume is not None
        and best.key == context.results.baseline
        and o.eligible
    ]
    ahead = [pair for pair in crossings if pair[0] > context.results.tokens[0]]
    if ahead:
        at, option = min(ahead, key=lambda pair: pair[0])
        return f"Look again when volume nears {context.volume(at)} tokens a month, where the total cost of {option.name} becomes the lower one."
    return f"Look again when a price in appendix B changes, and at the latest in {context.month(12)}."
