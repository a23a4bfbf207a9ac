"""Section on sensitivity: tornado of the lead, switching values, two-way grid, price scenarios."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.casing import first_lower, first_upper
from reportgen.report.charts.tornado import SwitchingValue, TornadoBar, tornado
from reportgen.report.parts import Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views import switching
from reportgen.report.views.context import RELATIVE_TOLERANCE, ViewContext
from reportgen.report.views.decision.headline import any_change_decides
from reportgen.report.views.decision.nearest_switching import moving_name
from reportgen.report.views.decision.single_changes import lowest_core_option, unit_value
from reportgen.report.wording import join_at_most, join_list, number_word
from reportgen.results.options import OptionResult
from reportgen.results.runs import Scenario

MOST_BARS = 10
"""Most bars of the tornado."""


def section(context: ViewContext) -> Section | None:
    """Return the section; None if no assumption has a range and no price scenario is stated."""
    exhibits: list[Exhibit] = []
    bars = _bars(context)
    moving = _moving(context, bars)
    # not where none moves the lead and the table of switching values says so
    shows_bars = bool(bars) and bool(moving or not context.results.switching_values)
    if shows_bars:
        exhibits.append(_tornado(context, moving or bars[:1], moves=bool(moving)))
    if context.results.switching_values:
        exhibits.append(switching.values(context))
    if context.results.two_way:
        exhibits.append(switching.two_way(context, context.results.two_way))
    if context.results.scenarios:
        exhibits.append(_scenarios(context))
    if not exhibits:
        return None
    return Section(
        "sensitivity",
        "Sensitivity",
        _title(context, bars),
        _lede(context, shows_bars=shows_bars),
        tuple(exhibits),
    )


def _rivals(context: ViewContext) -> list[OptionResult]:
    """List the eligible options other than the recommended one."""
    best = context.paper.best
    return [o for o in context.results.options if best and o.eligible and o.key != best.key]


def _lead(context: ViewContext, core: Mapping[str, float]) -> float:
    """Return the lead on core over the nearest eligible option; without one, the option's own core."""
    rivals = _rivals(context)
    own = core[context.subject.key]
    return min(core[o.key] for o in rivals) - own if rivals else own


def _base_lead(context: ViewContext) -> float:
    return _lead(context, {o.key: o.core for o in context.results.options})


def _bars(context: ViewContext) -> list[TornadoBar]:
    """List the bars of all ranged assumptions, the widest first."""
    base = _base_lead(context)
    bars = [
        TornadoBar(moving_name(context, s), _end(context, s.low, s.unit), _end(context, s.high, s.unit), _lead(context, s.core_low), _lead(context, s.core_high))
        for s in context.results.swings
    ]  # fmt: skip
    return sorted(bars, key=lambda bar: -bar.swing(base))


def _end(context: ViewContext, value: float, unit: str) -> str:
    """Format an end of a range with as much of its unit as the label does not state: "40%", "2bn", "$1.4", "0.25"."""
    if unit == units.M_TOKENS_PER_MONTH.name:
        return context.volume(value)
    if unit.startswith(f"{context.results.currency} / "):
        return (
            unit_value(context, value, unit)
            .partition(" per ")[0]
            .removesuffix(" a month")
            .removesuffix(" a year")
        )
    return unit_value(context, value, "%" if unit.startswith("%") else "")


def _reversing(context: ViewContext, bars: Sequence[TornadoBar]) -> list[TornadoBar]:
    return (
        [bar for bar in bars if min(bar.low, bar.high) < 0]
        if _rivals(context) and _base_lead(context) >= 0
        else []
    )


def _title(context: ViewContext, bars: Sequence[TornadoBar]) -> str:
    if context.paper.best is None:
        return "No option may be chosen, so none has a lead that could change"
    if not _rivals(context):
        return "No other eligible option could take the lead"
    if any_change_decides(context):
        return "Options this close trade places with a small change of an assumption"
    count, reversing = len(bars), len(_reversing(context, bars))
    if context.results.switching_values and not switching.has_ranges(context):
        return "No assumption has a range; one by one, they were moved until the advice changes"
    if context.results.switching_values:
        within_range = [one for one in context.results.switching_values if one.within]
        if within_range:
            noun = "assumption" if len(within_range) == 1 else "assumptions"
            return (
                f"Within its range, {number_word(len(within_range))} {noun} would change the recommendation"
            )
        return "No single assumption, within its range, changes the recommendation"
    if _base_lead(context) < 0:
        return f"Before risk, {context.subject.name} is not the cheapest{context.of_eligible}"
    if reversing:
        return f"{number_word(reversing).capitalize()} of {number_word(count)} ranged assumptions could reverse the order before risk"
    if count:
        return "No ranged assumption, alone, reverses the order before risk"
    return _scenario_title(context)


def _lede(context: ViewContext, *, shows_bars: bool) -> Text:
    shown = [
        name
        for name, there in (("bars", shows_bars), ("price scenarios", context.results.scenarios))
        if there
    ]
    changes = "where the advice changes is worked out on full economic cost, with the risks anew"
    sentence = (
        "One assumption at a time, all else as in the base case."
        if context.results.swings or context.results.switching_values
        else ""
    )
    if shown:
        sentence += f" The {join_list(shown)} show cost before risk: present value with displaced projects and expected exit"
        sentence += f"; {changes}." if context.results.switching_values else "."
    elif context.results.switching_values:
        sentence += f" {first_upper(changes)}."
    return sentence.strip()


def _moving(context: ViewContext, bars: Sequence[TornadoBar]) -> list[TornadoBar]:
    """List the bars that move the lead at all; between options that are alike none does."""
    base = _base_lead(context)
    least = RELATIVE_TOLERANCE * max(abs(context.subject.core), 1.0)
    return [bar for bar in bars if bar.swing(base) > least]


def _tornado(context: ViewContext, bars: Sequence[TornadoBar], *, moves: bool) -> Exhibit:
    """Draw the widest of some bars; `moves` says whether they move the lead."""
    base, subject, rivals = _base_lead(context), context.subject, _rivals(context)
    shown = bars[:MOST_BARS]
    what = f"the lead of {subject.name}" if rivals else f"the cost of {subject.name}"
    title = f"No ranged assumption moves {what}"
    if moves:
        title = f"What moves {what} most: {first_lower(bars[0].label)}"
    switching_value = (
        SwitchingValue(0.0, "another option first", f"{subject.short_name} first")
        if rivals and base >= 0
        else None
    )
    drawing = tornado(
        context.frame("tornado", title), base, shown, context.colours[subject.key], switching_value
    )
    measure = (
        "Cost before risk (present value, projects and exit) of the nearest other eligible option, less that of the recommended one"
        if rivals
        else f"Cost before risk (present value, projects and exit) of {subject.name}"
    )
    subtitle = f"{measure}, {context.results.currency}, at each assumption's low (light) and high (dark); the widest {len(shown)} of {len(context.results.swings)}"
    return context.exhibit("tornado", title, subtitle, "sheet Sensitivity.", chart=drawing)


def _scenarios(context: ViewContext) -> Exhibit:
    rows = [Row("Base case", cells(context.result_row("core"), context.chosen_column))]
    rows += [
        _scenario_row(context, place, scenario) for place, scenario in enumerate(context.results.scenarios)
    ]
    subtitle = f"Cost before risk in each price scenario: present value, projects and exit, {context.unit.words}, discounted"
    table = Table("Scenario", context.heads(), tuple(rows), wide=context.many)
    return context.exhibit(
        "price-scenarios", _scenario_title(context), subtitle, "sheet Price scenarios.", table=table
    )


def _scenario_row(context: ViewContext, place: int, scenario: Scenario) -> Row:
    printed = [
        context.figures.figure(
            scenario.core[o.key], f"price_scenarios.{place}.core.{o.key}", context.unit.number_format
        )
        for o in context.options
    ]
    return Row(scenario.name, cells(printed, context.chosen_column))


def _scenario_title(context: ViewContext) -> str:
    base = lowest_core_option(context.results, {o.key: o.core for o in context.options})
    if base is None:
        return "Prices move every option, and none is eligible"
    firsts = [(s.name, lowest_core_option(context.results, s.core)) for s in context.results.scenarios]
    reversing = [
        f"{first.name} if {first_lower(name)}" for name, first in firsts if first and first.key != base.key
    ]
    if reversing:
        return f"Prices can change the order: {join_at_most(reversing, 3, 'scenarios')} would cost least before risk{context.of_eligible}"
    if len(firsts) == 1:
        return (
            f"If {first_lower(firsts[0][0])}, {base.name} still costs least before risk{context.of_eligible}"
        )
    return f"In {'both' if len(firsts) == 2 else f'all {number_word(len(firsts))}'} price scenarios {base.name} costs least before risk{context.of_eligible}"
