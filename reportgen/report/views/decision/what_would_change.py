"""What could change the advice: switching values where they were searched for, else the changes that were tried."""

from reportgen.casing import first_lower, first_upper
from reportgen.report.parts import Words
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.must_haves import costliest
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    condition,
    nearest_switching_values,
)
from reportgen.report.views.decision.single_changes import single_changes, unit_value, winner
from reportgen.report.wording import number_word, some

MOST = 4


def changes(context: ViewContext) -> tuple[Words, ...]:
    """Say which single changes would put another option first, and at which volume."""
    if context.paper.best is None:
        return ("An option that meets every must-have, or a must-have that may be relaxed.",)
    lines: list[Words] = [
        *_waived(context),
        *(_searched(context) if context.results.switching_values else _tried(context)),
    ]
    lines += [*_volumes(context)][: MOST - len(lines)]
    if len(lines) < MOST:
        lines += _doubts(context)
    return tuple(lines[:MOST]) or (
        "Nothing was tested: no assumption has a range and no price scenario is stated.",
    )


def _waived(context: ViewContext) -> list[Words]:
    """Say which option would be recommended without the must-have that costs most."""
    rule = costliest(context)
    if rule is None:
        return []
    saved = f"its full economic cost is {context.figures.money(rule.cost)} less"
    return [f"Without “{rule.name}”, {rule.winner.name} would be recommended: {saved}."]


def _searched(context: ViewContext) -> list[Words]:
    """Say which assumptions flip the advice within their range, or which come nearest to it."""
    found = nearest_switching_values(context)
    inside = [one for one in found if one.flip.within]
    lines: list[Words] = [_turning(context, one) for one in inside[: MOST - 1]]
    if not inside:
        lines.append("No assumption, alone and within its stated range, changes the recommendation.")
        lines += [f"Nearest beyond: {first_lower(_turning(context, one))}" for one in found[:1]]
        lines += _prices(context)
    return lines


def _turning(context: ViewContext, one: NearestSwitch) -> str:
    stated = unit_value(context, one.flip.value, one.flip.unit)
    return f"{first_upper(condition(context, one))} (stated: {stated}): then {one.winner.name}."


def _tried(context: ViewContext) -> list[Words]:
    found = single_changes(context)
    if found:
        return [
            f"{flip.words}: {flip.winner.name} would then be first on core." for flip in found[: MOST - 1]
        ]
    lines: list[Words] = []
    count = len(context.results.swings)
    if count:
        lines.append(
            f"None of the {number_word(count)} ranged assumptions, alone at its low or high, puts another option first on core."
            if count > 1
            else "The one ranged assumption, at its low or high, puts no other option first on core."
        )
    return lines + _prices(context)


def _prices(context: ViewContext) -> list[Words]:
    """Say what the price scenarios do to the order on core."""
    base = winner(context.results, {option.key: option.core for option in context.results.options})
    firsts = [
        (scenario.name, winner(context.results, scenario.core)) for scenario in context.results.scenarios
    ]
    turned = [
        f"{first.name} if {first_lower(name)}"
        for name, first in firsts
        if first and base and first.key != base.key
    ]
    if turned:
        return [f"Prices, on core: {some(turned, 2, 'scenarios')}."]
    if not firsts:
        return []
    return [
        f"Price scenarios leave the order on core: {some([first_lower(name) for name, _ in firsts], 3, 'scenarios')}."
    ]


def _volumes(context: ViewContext) -> list[Words]:
    """Give the volumes at which the recommended option and the baseline change places; others leave the advice as it is."""
    base, best = context.baseline, context.results.recommended
    rivals = [o for o in context.options if o.eligible and base.eligible and best in (o.key, base.key)]
    found = [(o.break_even.volume, o) for o in rivals if o.break_even and o.break_even.volume is not None]
    return [
        f"Volume: about {context.volume(at)} tokens a month at the start, where the total cost of {o.name} falls to that of {base.name}."
        for at, o in sorted(found, key=lambda pair: pair[0])
    ]


def _doubts(context: ViewContext) -> list[Words]:
    lines: list[Words] = []
    priced = [finding for finding in context.results.findings if finding.cost is not None]
    if priced:
        worst = max(priced, key=lambda finding: abs(finding.cost or 0.0))
        word = "adds" if (worst.cost or 0.0) > 0 else "saves"
        about = f" ({context.results.option(worst.option).short_name})" if worst.option else ""
        lines.append(
            f"{worst.title}{about}: the usual figure {word} {context.figures.money(abs(worst.cost or 0.0))}."
        )
    return lines
