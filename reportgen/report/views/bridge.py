"""Section on the bridge from a naive first estimate, hardware at a hoped-for utilisation, to the full cost."""

from itertools import pairwise

from markupsafe import Markup

from reportgen.casing import first_lower, first_upper
from reportgen.report.charts.waterfall import Step, waterfall
from reportgen.report.parts import Exhibit, Section, Text
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_list, multiple_in_words, names_level_with, same_as_printed
from reportgen.results.options import BridgeStep, OptionResult

STEPS_BEYOND_CASH = 3
"""Steps 0 to 8 add up to total cost; the later ones are not part of it (MODEL, "The naive-to-full bridge")."""


def section(context: ViewContext) -> Section | None:
    """Return the section; None if the case has no bridge."""
    if not context.results.bridge or context.results.bridge_option is None:
        return None
    option = context.results.option(context.results.bridge_option)
    return Section(
        "bridge",
        "Why the first estimate is wrong",
        _title(context, option),
        _lede(context),
        (_exhibit(context, option),),
    )


def _first(context: ViewContext) -> float:
    return context.results.bridge[0].cost or 0.0


def _title(context: ViewContext, option: OptionResult) -> str:
    first, figures = _first(context), context.figures
    if same_as_printed(first, option.tco, figures.notation):
        return f"The first estimate of {option.name} holds: {figures.money(option.tco)}"
    if option.tco < first:
        return f"The first estimate of {option.name} is {figures.money(first - option.tco)} too high"
    multiple = multiple_in_words(option.tco, first, figures.notation)
    if not multiple:
        return f"The first estimate of {option.name} is {figures.money(option.tco - first)} too low"
    return f"The total cost of {option.name} is {multiple} the first estimate"


def _lede(context: ViewContext) -> Text:
    row = context.assumption("bridge.naive_utilisation")
    at = f" at {context.share(row.value)} utilisation" if row else ""
    return (
        f"A first estimate usually counts the GPUs{at} and stops there. Each step below puts one part of this case back, "
        f"worked out with the whole model; nominal over {context.paper.horizon}. The steps end at the total cost, before risk; what follows it stands "
        f"apart from it."
    )


def _exhibit(context: ViewContext, option: OptionResult) -> Exhibit:
    steps = context.results.bridge
    cash, beyond_cash = steps[:-STEPS_BEYOND_CASH], steps[-STEPS_BEYOND_CASH:]
    rows = [_level(first_upper(steps[0].label), steps[0].cost, steps[0].multiple)]
    for before, step in pairwise(cash):
        rows.append(
            Step(
                first_upper(step.label),
                (step.cost or 0.0) - (before.cost or 0.0),
                "change",
                step.multiple,
                step.reason,
            )
        )
    rows.append(_level("Total cost, nominal, before risk", cash[-1].cost, cash[-1].multiple))
    rows += [
        Step(first_upper(step.label), step.cost, "uncertain", step.multiple, step.reason)
        for step in beyond_cash
    ]
    if beyond_cash:
        known = [step for step in beyond_cash if step.cost is not None]
        total = (cash[-1].cost or 0.0) + sum(step.cost or 0.0 for step in known)
        last = known[-1].multiple if known else cash[-1].multiple
        rows.append(_level("All of it, nominal", total, last))
    title = _step_title(context, cash, option)
    drawing = waterfall(context.frame("bridge-chart", title), rows, context.colours[option.key], "of first")
    subtitle = f"From the first estimate to everything, {context.results.currency}, nominal; right: multiple of the first estimate"
    note = Markup("sheet Bridge. Hatched: expected or apart from cash.")
    return context.exhibit("bridge-chart", title, subtitle, note, chart=drawing)


def _level(label: str, amount: float | None, multiple: float | None) -> Step:
    return Step(label, amount, "level", multiple)


def _step_title(context: ViewContext, cash: tuple[BridgeStep, ...], option: OptionResult) -> str:
    changes = [
        (first_lower(step.label), (step.cost or 0.0) - (before.cost or 0.0))
        for before, step in pairwise(cash)
    ]
    change = max(change for _, change in changes)
    if change <= 0 or same_as_printed(change, 0, context.figures.notation):
        return f"No step adds to the first estimate of {option.name}"
    amount = context.figures.money(change)
    largest = names_level_with(change, changes, context.figures.notation)
    if len(largest) > 1:
        return f"The largest steps are {join_list(largest)}: {amount} more each"
    return f"The largest step is {largest[0]}: {amount} more"
