"""What would change the recommendation: switching values if they were computed, else single changes."""

from reportgen.casing import first_lower, first_upper
from reportgen.report.parts import Text
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.must_haves import costliest_must_have
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    nearest_switching_values,
    switch_condition,
)
from reportgen.report.views.decision.single_changes import lowest_core_option, single_changes, unit_value
from reportgen.report.wording import join_at_most, number_word

MOST = 4


def advice_changes(context: ViewContext) -> tuple[Text, ...]:
    """List the single changes that put another option first, and the volumes at which the order changes."""
    if context.paper.best is None:
        return ("An option that meets every must-have, or a must-have that may be relaxed.",)
    lines: list[Text] = [
        *_must_have_sentences(context),
        *(
            _from_switching_values(context)
            if context.results.switching_values
            else _from_single_changes(context)
        ),
    ]
    lines += [*_volumes(context)][: MOST - len(lines)]
    if len(lines) < MOST:
        lines += _largest_finding(context)
    return tuple(lines[:MOST]) or (
        "Nothing was tested: no assumption has a range and no price scenario is stated.",
    )


def _must_have_sentences(context: ViewContext) -> list[Text]:
    """State which option would be recommended without the costliest must-have."""
    rule = costliest_must_have(context)
    if rule is None:
        return []
    saved = f"its full economic cost is {context.figures.money(rule.cost)} less"
    return [f"Without “{rule.name}”, {rule.winner.name} would be recommended: {saved}."]


def _from_switching_values(context: ViewContext) -> list[Text]:
    """List the switching values within the stated ranges, or else the nearest one beyond them."""
    found = nearest_switching_values(context)
    within_range = [one for one in found if one.switching_value.within]
    lines: list[Text] = [_switch_sentence(context, one) for one in within_range[: MOST - 1]]
    if not within_range:
        lines.append("No assumption, alone and within its stated range, changes the recommendation.")
        lines += [f"Nearest beyond: {first_lower(_switch_sentence(context, one))}" for one in found[:1]]
        lines += _price_scenarios(context)
    return lines


def _switch_sentence(context: ViewContext, one: NearestSwitch) -> str:
    stated = unit_value(context, one.switching_value.value, one.switching_value.unit)
    return f"{first_upper(switch_condition(context, one))} (stated: {stated}): then {one.winner.name}."


def _from_single_changes(context: ViewContext) -> list[Text]:
    found = single_changes(context)
    if found:
        return [
            f"{change.words}: {change.winner.name} would then be first on core."
            for change in found[: MOST - 1]
        ]
    lines: list[Text] = []
    count = len(context.results.swings)
    if count:
        lines.append(
            f"None of the {number_word(count)} ranged assumptions, alone at its low or high, puts another option first on core."
            if count > 1
            else "The one ranged assumption, at its low or high, puts no other option first on core."
        )
    return lines + _price_scenarios(context)


def _price_scenarios(context: ViewContext) -> list[Text]:
    """State whether a price scenario changes the order on core."""
    base = lowest_core_option(
        context.results, {option.key: option.core for option in context.results.options}
    )
    firsts = [
        (scenario.name, lowest_core_option(context.results, scenario.core))
        for scenario in context.results.scenarios
    ]
    reversing = [
        f"{first.name} if {first_lower(name)}"
        for name, first in firsts
        if first and base and first.key != base.key
    ]
    if reversing:
        return [f"Prices, on core: {join_at_most(reversing, 2, 'scenarios')}."]
    if not firsts:
        return []
    return [
        f"Price scenarios leave the order on core: {join_at_most([first_lower(name) for name, _ in firsts], 3, 'scenarios')}."
    ]


def _volumes(context: ViewContext) -> list[Text]:
    """List the break-even volumes at which the recommended option and the baseline change places; others do not matter."""
    base, best = context.baseline, context.results.recommended
    rivals = [o for o in context.options if o.eligible and base.eligible and best in (o.key, base.key)]
    found = [(o.break_even.volume, o) for o in rivals if o.break_even and o.break_even.volume is not None]
    return [
        f"Volume: about {context.volume(at)} tokens a month at the start, where the total cost of {o.name} falls to that of {base.name}."
        for at, o in sorted(found, key=lambda pair: pair[0])
    ]


def _largest_finding(context: ViewContext) -> list[Text]:
    lines: list[Text] = []
    priced = [finding for finding in context.results.findings if finding.cost is not None]
    if priced:
        largest = max(priced, key=lambda finding: abs(finding.cost or 0.0))
        word = "adds" if (largest.cost or 0.0) > 0 else "saves"
        about = f" ({context.results.option(largest.option).short_name})" if largest.option else ""
        lines.append(
            f"{largest.title}{about}: the usual figure {word} {context.figures.money(abs(largest.cost or 0.0))}."
        )
    return lines
