"""What moves the answer: the tornado of the lead, switching values, two assumptions at once, price scenarios."""

from collections.abc import Mapping

from reportgen.casing import first_lower
from reportgen.report.charts.tornado import SwitchingValue, TornadoBar, tornado
from reportgen.report.parts import Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views import switching
from reportgen.report.views.context import DUST, ViewContext
from reportgen.report.views.decision.single_changes import unit_value, winner
from reportgen.report.wording import number_word, some
from reportgen.results.options import OptionResult
from reportgen.results.runs import Scenario

SHOWN = 10
"""Bars of the tornado at most."""


def section(context: ViewContext) -> Section | None:
    """Word the section; None where nothing has a range and no price scenario is stated."""
    exhibits: list[Exhibit] = []
    if context.results.swings:
        exhibits.append(_tornado(context))
    if context.results.switching_values:
        exhibits.append(switching.values(context))
    if context.results.two_way:
        exhibits.append(switching.two_way(context, context.results.two_way))
    if context.results.scenarios:
        exhibits.append(_scenarios(context))
    if not exhibits:
        return None
    return Section("sensitivity", "Sensitivity", _title(context), _lede(context), tuple(exhibits))


def _rivals(context: ViewContext) -> list[OptionResult]:
    """List the eligible options that the recommended one is ahead of."""
    best = context.paper.best
    return [o for o in context.results.options if best and o.eligible and o.key != best.key]


def _measure(context: ViewContext, core: Mapping[str, float]) -> float:
    """Find the lead on core over the nearest eligible option; where there is none, the core itself."""
    rivals = _rivals(context)
    own = core[context.subject.key]
    return min(core[o.key] for o in rivals) - own if rivals else own


def _base(context: ViewContext) -> float:
    return _measure(context, {o.key: o.core for o in context.results.options})


def _bars(context: ViewContext) -> list[TornadoBar]:
    bars = [
        TornadoBar(s.label, unit_value(context, s.low, _short(s.unit)), unit_value(context, s.high, _short(s.unit)), _measure(context, s.core_low), _measure(context, s.core_high))
        for s in context.results.swings
    ]  # fmt: skip
    return sorted(bars, key=lambda bar: -bar.swing(_base(context)))


def _short(unit: str) -> str:
    """Keep the percent sign of a unit and leave out the rest: the label says what is measured."""
    return "%" if unit.startswith("%") else ""


def _reversing(context: ViewContext) -> list[TornadoBar]:
    return (
        [bar for bar in _bars(context) if min(bar.low, bar.high) < 0]
        if _rivals(context) and _base(context) >= 0
        else []
    )


def _title(context: ViewContext) -> str:
    if not _rivals(context):
        return "No other eligible option could take the lead"
    count, turned = len(context.results.swings), len(_reversing(context))
    if context.results.switching_values:
        inside = [flip for flip in context.results.switching_values if flip.within]
        if inside:
            noun = "assumption" if len(inside) == 1 else "assumptions"
            return f"Within its range, {number_word(len(inside))} {noun} would change the recommendation"
        return "No single assumption, within its range, changes the recommendation"
    if _base(context) < 0:
        return f"Before risk, {context.subject.name} is not the cheapest on core"
    if turned:
        return f"{number_word(turned).capitalize()} of {number_word(count)} ranged assumptions could reverse the order on core"
    if count:
        return "No ranged assumption, alone, reverses the order on core"
    return _scenario_title(context)


def _lede(context: ViewContext) -> Words:
    if context.results.swings:
        return (
            "One assumption at a time, all else as in the base case. The tornado and the price scenarios are on core: present value "
            "with displaced projects and expected exit, before risk"
            + (
                "; switching values are on full economic cost, with the risks worked out anew."
                if context.results.switching_values
                else "."
            )
        )
    return "Prices as named scenarios, on core: present value with displaced projects and expected exit, before risk."


def _tornado(context: ViewContext) -> Exhibit:
    base, subject, rivals = _base(context), context.subject, _rivals(context)
    ranked = _bars(context)
    moved = [bar for bar in ranked if bar.swing(base) > DUST * max(abs(subject.core), 1.0)]
    shown = (moved or ranked[:1])[:SHOWN]
    what = f"the lead of {subject.name}" if rivals else f"the core of {subject.name}"
    title = f"No ranged assumption moves {what}"
    if moved:
        title = f"What moves {what} most: {first_lower(moved[0].label)}"
    flip = (
        SwitchingValue(0.0, "another option first", f"{subject.short_name} first")
        if rivals and base >= 0
        else None
    )
    drawing = tornado(context.frame("tornado", title), base, shown, context.colours[subject.key], flip)
    measure = (
        "Core of the nearest other eligible option less that of the recommended one"
        if rivals
        else f"Core of {subject.name}"
    )
    subtitle = f"{measure}, {context.results.currency}, at each assumption's low (light) and high (dark); the widest {len(shown)} of {len(context.results.swings)}"
    return context.exhibit("tornado", title, subtitle, "sheet Sensitivity.", chart=drawing)


def _scenarios(context: ViewContext) -> Exhibit:
    rows = [Row("Base case", cells(context.row_of("core"), context.chosen))]
    rows += [
        _scenario_row(context, place, scenario) for place, scenario in enumerate(context.results.scenarios)
    ]
    subtitle = f"Core in each price scenario, {context.thousand}, discounted, before risk"
    table = Table("Scenario", context.heads(), tuple(rows), wide=context.many)
    return context.exhibit(
        "price-scenarios", _scenario_title(context), subtitle, "sheet Price scenarios.", table=table
    )


def _scenario_row(context: ViewContext, place: int, scenario: Scenario) -> Row:
    printed = [
        context.figures.figure(scenario.core[o.key], f"price_scenarios.{place}.core.{o.key}", "thousands")
        for o in context.options
    ]
    return Row(scenario.name, cells(printed, context.chosen))


def _scenario_title(context: ViewContext) -> str:
    base = winner(context.results, {o.key: o.core for o in context.options})
    if base is None:
        return "Prices move every option, and none is eligible"
    firsts = [(s.name, winner(context.results, s.core)) for s in context.results.scenarios]
    turned = [
        f"{first.name} if {first_lower(name)}" for name, first in firsts if first and first.key != base.key
    ]
    if turned:
        return f"Prices can change the order: {some(turned, 3, 'scenarios')} would be first on core"
    if len(firsts) == 1:
        return (
            f"If {first_lower(firsts[0][0])}, {base.name} still has the lowest core of the eligible options"
        )
    return f"In {'both' if len(firsts) == 2 else f'all {number_word(len(firsts))}'} price scenarios {base.name} has the lowest core of the eligible options"
