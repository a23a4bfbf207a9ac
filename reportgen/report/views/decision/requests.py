"""What the board is asked to decide: numbered, costed and dated."""

from markupsafe import Markup

from reportgen.report.parts import Words
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import condition, to_watch
from reportgen.report.wording import same_as_printed
from reportgen.results.options import OptionResult


def asks(context: ViewContext) -> tuple[Words, ...]:
    """Say what the board is asked to decide."""
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
    return (_approve(context, best, by), _keep(context, best), look_again(context, best))


def amount(context: ViewContext) -> float:
    """Add the contingency to the nominal total cost of the recommended option: what the board is asked for."""
    return context.subject.tco + context.subject.contingency


def _approve(context: ViewContext, best: OptionResult, by: str) -> Words:
    percent = confidence(context)
    figures = context.figures
    if same_as_printed(best.tco, amount(context), figures.notation):
        spare: Words = (
            f"no contingency is needed at {percent}" if context.results.risks else "no risk is priced"
        )
    elif best.contingency > 0:
        spare = f"plus {figures.money(best.contingency)} contingency ({percent})"
    else:
        spare = f"less {figures.money(-best.contingency)} that risks save at {percent}"
    return Markup("Approve {} <strong>{}</strong> for {} over {}: nominal total cost of {}, {}.").format(
        by, figures.money(amount(context)), best.name, context.paper.span, figures.of(best, "tco"), spare
    )


def confidence(context: ViewContext) -> str:
    """Name the percentile that the contingency covers: "P80"."""
    return f"P{context.results.confidence * 100:.3g}"


def _keep(context: ViewContext, best: OptionResult) -> Words:
    lean = context.paper.leans.get(best.key)
    if lean and lean != best.key:
        name = context.results.option(lean).name
        return (
            f"Keep {name} in service until go-live, planned {context.months(best.go_live)} after the start."
        )
    if best.expected_exit is None:
        return f"Ask for an estimate of what leaving {best.name} would cost: there is none."
    notation, apart = context.figures.notation, "nominal; it is not part of the amount."
    if same_as_printed(best.expected_exit, 0, notation):
        return f"Note that leaving {best.name} is expected to cost nothing: have that estimate checked."
    if best.expected_exit < 0:
        return f"Note that leaving {best.name} is expected to bring {context.figures.money(-best.expected_exit)}, {apart}"
    return Markup("Accept an expected cost of leaving of {}, {}").format(
        context.figures.of(best, "expected_exit"), apart
    )


def look_again(context: ViewContext, best: OptionResult) -> Words:
    """Give the nearest point at which another option comes first, as the moment to look again."""
    turning = to_watch(context)
    if turning:
        return f"Look again with {condition(context, turning)}: the full economic cost of {turning.winner.name} is then the lowest."
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
