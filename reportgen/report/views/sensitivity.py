"""What moves the answer: the tornado of the lead, switching values, two assumptions at once, price scenarios."""

from collections.abc import Mapping

from reportgen.casing import first_lower
from reportgen.model.results import OptionResult, Scenario
from reportgen.report.charts.tornado import Flip, TornadoBar, tornado
from reportgen.report.parts import Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views import switching
from reportgen.report.views.context import DUST, Desk
from reportgen.report.views.decision.single_changes import unit_value, winner
from reportgen.report.wording import number_word, some

SHOWN = 10
"""Bars of the tornado at most."""


def section(desk: Desk) -> Section | None:
    """Word the section; None where nothing has a range and no price scenario is stated."""
    exhibits: list[Exhibit] = []
    if desk.results.swings:
        exhibits.append(_tornado(desk))
    if desk.results.flips:
        exhibits.append(switching.values(desk))
    if desk.results.two_way:
        exhibits.append(switching.two_way(desk, desk.results.two_way))
    if desk.results.scenarios:
        exhibits.append(_scenarios(desk))
    if not exhibits:
        return None
    return Section("sensitivity", "Sensitivity", _title(desk), _lede(desk), tuple(exhibits))


def _rivals(desk: Desk) -> list[OptionResult]:
    """List the eligible options that the recommended one is ahead of."""
    best = desk.paper.best
    return [o for o in desk.results.options if best and o.eligible and o.key != best.key]


def _measure(desk: Desk, core: Mapping[str, float]) -> float:
    """Find the lead on core over the nearest eligible option; where there is none, the core itself."""
    rivals = _rivals(desk)
    own = core[desk.subject.key]
    return min(core[o.key] for o in rivals) - own if rivals else own


def _base(desk: Desk) -> float:
    return _measure(desk, {o.key: o.core for o in desk.results.options})


def _bars(desk: Desk) -> list[TornadoBar]:
    bars = [
        TornadoBar(s.label, unit_value(desk, s.low, _short(s.unit)), unit_value(desk, s.high, _short(s.unit)), _measure(desk, s.core_low), _measure(desk, s.core_high))
        for s in desk.results.swings
    ]  # fmt: skip
    return sorted(bars, key=lambda bar: -bar.swing(_base(desk)))


def _short(unit: str) -> str:
    """Keep the percent sign of a unit and leave out the rest: the label says what is measured."""
    return "%" if unit.startswith("%") else ""


def _reversing(desk: Desk) -> list[TornadoBar]:
    return (
        [bar for bar in _bars(desk) if min(bar.low, bar.high) < 0]
        if _rivals(desk) and _base(desk) >= 0
        else []
    )


def _title(desk: Desk) -> str:
    if not _rivals(desk):
        return "No other eligible option could take the lead"
    count, turned = len(desk.results.swings), len(_reversing(desk))
    if desk.results.flips:
        inside = [flip for flip in desk.results.flips if flip.within]
        if inside:
            noun = "assumption" if len(inside) == 1 else "assumptions"
            return f"Within its range, {number_word(len(inside))} {noun} would change the recommendation"
        return "No single assumption, within its range, changes the recommendation"
    if _base(desk) < 0:
        return f"Before risk, {desk.subject.name} is not the cheapest on core"
    if turned:
        return f"{number_word(turned).capitalize()} of {number_word(count)} ranged assumptions could reverse the order on core"
    if count:
        return "No ranged assumption, alone, reverses the order on core"
    return _scenario_title(desk)


def _lede(desk: Desk) -> Words:
    if desk.results.swings:
        return (
            "One assumption at a time, all else as in the base case. The tornado and the price scenarios are on core: present value "
            "with displaced projects and expected exit, before risk"
            + (
                "; switching values are on full economic cost, with the risks worked out anew."
                if desk.results.flips
                else "."
            )
        )
    return "Prices as named scenarios, on core: present value with displaced projects and expected exit, before risk."


def _tornado(desk: Desk) -> Exhibit:
    base, subject, rivals = _base(desk), desk.subject, _rivals(desk)
    ranked = _bars(desk)
    moved = [bar for bar in ranked if bar.swing(base) > DUST * max(abs(subject.core), 1.0)]
    shown = (moved or ranked[:1])[:SHOWN]
    what = f"the lead of {subject.name}" if rivals else f"the core of {subject.name}"
    title = f"No ranged assumption moves {what}"
    if moved:
        title = f"What moves {what} most: {first_lower(moved[0].label)}"
    flip = Flip(0.0, "another option first", f"{subject.short_name} first") if rivals and base >= 0 else None
    drawing = tornado(desk.frame("tornado", title), base, shown, desk.colours[subject.key], flip)
    measure = (
        "Core of the nearest other eligible option less that of the recommended one"
        if rivals
        else f"Core of {subject.name}"
    )
    subtitle = f"{measure}, {desk.results.currency}, at each assumption's low (light) and high (dark); the widest {len(shown)} of {len(desk.results.swings)}"
    return desk.exhibit("tornado", title, subtitle, "sheet Sensitivity.", chart=drawing)


def _scenarios(desk: Desk) -> Exhibit:
    rows = [Row("Base case", cells(desk.row_of("core"), desk.chosen))]
    rows += [_scenario_row(desk, place, scenario) for place, scenario in enumerate(desk.results.scenarios)]
    subtitle = f"Core in each price scenario, {desk.thousand}, discounted, before risk"
    table = Table("Scenario", desk.heads(), tuple(rows), wide=desk.many)
    return desk.exhibit(
        "price-scenarios", _scenario_title(desk), subtitle, "sheet Price scenarios.", table=table
    )


def _scenario_row(desk: Desk, place: int, scenario: Scenario) -> Row:
    printed = [
        desk.figures.figure(scenario.core[o.key], f"price_scenarios.{place}.core.{o.key}", "thousands")
        for o in desk.options
    ]
    return Row(scenario.name, cells(printed, desk.chosen))


def _scenario_title(desk: Desk) -> str:
    base = winner(desk.results, {o.key: o.core for o in desk.options})
    if base is None:
        return "Prices move every option, and none is eligible"
    firsts = [(s.name, winner(desk.results, s.core)) for s in desk.results.scenarios]
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
