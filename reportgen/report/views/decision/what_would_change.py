"""What could change the advice: only what puts another eligible option first, or the statement that nothing tested does."""

from collections.abc import Mapping

from reportgen.casing import first_lower, first_upper
from reportgen.report.parts import Text
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.headline import any_change_decides, lead_is_close, level_in_words
from reportgen.report.views.decision.must_haves import costliest_must_have
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    moves,
    nearest_switching_values,
    stated_value,
    switch_condition,
)
from reportgen.report.views.decision.rivals import cheaper_in_cash, eligible
from reportgen.report.views.decision.single_changes import lowest_core_option, single_changes
from reportgen.report.wording import join_at_most, join_list, number_word, same_as_printed
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult

MOST = 4
PERCENTILE = "percentile"
"""The kind of the finding that few futures cost no more than the plan, priced at the median of full cost."""


def advice_changes(context: ViewContext) -> tuple[Text, ...]:
    """List the single changes that put another eligible option first; else state that none of those tested does."""
    if context.paper.best is None:
        return ("An option that meets every must-have, or a must-have that may be relaxed.",)
    lines: list[Text] = [
        *_close(context),
        *_must_have_sentences(context),
        *(
            _from_switching_values(context)
            if context.results.switching_values
            else _from_single_changes(context)
        ),
        *_price_scenarios(context),
        *_findings(context),
    ]
    lines[MOST - 1 : MOST - 1] = _best_split(context)
    if not lines or (len(lines) == len(_must_have_sentences(context)) and not lead_is_close(context)):
        lines += _nothing_tested_changes_it(context)
    return tuple(lines[:MOST])


def _best_split(context: ViewContext) -> list[Text]:
    """State that a split of the workloads that is no option of the paper costs less than the recommended option."""
    best, split = context.paper.best, context.results.best_split
    if best is None or split is None or split.best is None or not split.as_yaml:
        return []
    saved = best.full_cost - split.best.full_cost
    if saved <= 0 or same_as_printed(saved, 0, context.figures.notation):
        return []
    carriers = dict.fromkeys(context.results.option(key).name for key in split.best.routes.values())
    amount = context.figures.money(saved)
    return [
        f"Splitting the workloads between {join_list(list(carriers))} costs {amount} less in full economic cost, but is no option of this paper yet."
    ]


def _close(context: ViewContext) -> list[Text]:
    if not any_change_decides(context):
        return []
    return [f"Almost anything: between {level_in_words(context)} a small change of any cost decides."]


def _must_have_sentences(context: ViewContext) -> list[Text]:
    """State which option would be recommended without the costliest must-have."""
    rule = costliest_must_have(context)
    if rule is None:
        return []
    saved = f"its full economic cost is {context.figures.money(rule.cost)} less"
    return [f"Without “{rule.name}”, {rule.winner.name} would be recommended: {saved}."]


def _from_switching_values(context: ViewContext) -> list[Text]:
    """List the switching values within the stated ranges, and the one of what turns the order of cash costs."""
    found = nearest_switching_values(context)
    within = [one for one in found if one.within and moves(context, one)]
    cash = cheaper_in_cash(context)
    turning = [
        one
        for one in found
        if cash
        and one not in within
        and one.switching_value.path.startswith("opportunity.")
        and one.winner.eligible
    ]
    return [_switch_sentence(context, one) for one in (*within[: MOST - 1], *turning[:1])]


def _switch_sentence(context: ViewContext, one: NearestSwitch) -> str:
    condition = first_upper(switch_condition(context, one))
    stated = "" if one.is_volume else f" (assumed: {stated_value(context, one)})"
    return f"{condition}{stated}: then {one.winner.name}."


def _from_single_changes(context: ViewContext) -> list[Text]:
    return [
        f"{change.words}: {change.winner.name} would then cost least{context.of_eligible}, before risk."
        for change in single_changes(context)[: MOST - 1]
    ]


def _nothing_tested_changes_it(context: ViewContext) -> list[Text]:
    """State how many assumptions and price scenarios were tried without effect on the advice."""
    ranged, scenarios = len(context.results.swings), len(context.results.scenarios)
    lines: list[Text] = ["No assumption has a range, so none was tested."]
    if ranged == 1:
        lines = ["The one range tested does not change the advice."]
    elif ranged:
        lines = [f"None of the {number_word(ranged)} ranges tested, each by itself, changes the advice."]
    if scenarios:
        few = {1: "the one price scenario", 2: "neither of the two price scenarios"}
        which = few.get(scenarios, f"none of the {number_word(scenarios)} price scenarios")
        verb = "does not change" if scenarios == 1 else "changes"
        lines.append(
            f"Before risk, {which} {verb} which {'' if context.all_eligible else 'eligible '}option costs least."
        )
    return lines


def _price_scenarios(context: ViewContext) -> list[Text]:
    """List the price scenarios in which another eligible option costs least, where without them the recommended one does."""
    base = _lowest(context, {option.key: option.core for option in context.results.options})
    if base is None or base.key != context.results.recommended or not context.results.switching_values:
        return []  # without switching values single changes include the scenarios
    reversing = [
        f"{first.name} costs least{context.of_eligible} if {first_lower(scenario.name)}"
        for scenario in context.results.scenarios
        if (first := _lowest(context, scenario.core)) and first.key != base.key
    ]
    return [f"Prices: before risk, {join_at_most(reversing, 2, 'scenarios')}."] if reversing else []


def _lowest(context: ViewContext, core: Mapping[str, float]) -> OptionResult | None:
    return lowest_core_option(context.results, core)


def _findings(context: ViewContext) -> list[Text]:
    """List the findings that would put another eligible option first, if the usual figure holds; the costliest first."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in context.results.findings:
        if _turns(context, finding) and (
            _what(finding) not in found or finding.option == context.results.recommended
        ):
            found[_what(finding)] = finding
    lines: list[Text] = []
    for finding in sorted(found.values(), key=lambda finding: -abs(finding.cost or 0.0)):
        word = "adds" if (finding.cost or 0.0) > 0 else "saves"
        about = f" ({context.results.option(finding.option).short_name})" if finding.option else ""
        amount = context.figures.money(abs(finding.cost or 0.0))
        winner = context.results.option(_winner(context, finding)).name
        lines.append(f"{finding.title}{about}: the usual figure {word} {amount}, and {winner} costs less.")
    return lines


def _what(finding: Finding) -> tuple[str, str]:
    """Return what a finding says of an option, by which those of other options that say the same are known."""
    path = finding.path or ""
    return finding.kind, path if path.startswith("risks.") else path.rpartition(".")[2]


def _turns(context: ViewContext, finding: Finding) -> bool:
    """Return whether a finding's cost puts another eligible option first."""
    if finding.cost is None or finding.option is None or len(eligible(context)) < 2:
        return False
    return _winner(context, finding) != context.results.recommended


def _winner(context: ViewContext, finding: Finding) -> str:
    """Return the key of the eligible option of lowest full cost if the usual figure holds for every option; on a tie the first."""
    costs = _costs_if(context, finding)
    return min(costs, key=lambda key: costs[key])


def _costs_if(context: ViewContext, finding: Finding) -> dict[str, float]:
    """Return the full cost of each eligible option if the usual figure holds for all of which the same is found.

    Why: an option that is corrected alone loses to another that has the same fault. A risk moves all options that it touches;
    a mix of an option with the fault has it too, and is left out, since what that costs is not known.
    """
    costs, simulation = {o.key: o.full_cost for o in eligible(context)}, context.results.simulation
    if finding.kind == PERCENTILE and simulation:
        return {key: simulation.options[key].full_cost.p50 for key in costs}
    risk = next((one for one in context.results.risks if finding.path == f"risks.{one.id}.probability"), None)
    if risk:
        sign = 1 if risk.probability == 0 else -1
        return {key: cost + sign * risk.impact_core[key] for key, cost in costs.items()}
    alike = [one for one in context.results.findings if _what(one) == _what(finding)]
    for one in alike:
        if one.option in costs:
            costs[one.option] += one.cost or 0.0
    found = {one.option for one in alike}
    mixes = {o.key for o in eligible(context) if o.kind == "mix" and found & set(o.parts)}
    return {key: cost for key, cost in costs.items() if key not in mixes}
