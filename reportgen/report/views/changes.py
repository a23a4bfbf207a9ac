"""What could change the advice: switching values where they were searched for, else the changes that were tried."""

from reportgen.model.results import Flip
from reportgen.report.parts import Words
from reportgen.report.views.desk import Desk
from reportgen.report.views.flips import flips, unit_value
from reportgen.report.wording import first_upper, listed, number_word

MOST = 4


def changes(desk: Desk) -> tuple[Words, ...]:
    """Say which single changes would put another option first, and at which volume."""
    if desk.paper.best is None:
        return ("An option that meets every must-have, or a must-have that may be relaxed.",)
    searched = [words for flip in desk.results.flips if flip.within for words in _flip(desk, flip)]
    lines: list[Words] = [*searched[: MOST - 1]] if desk.results.flips else [*_tried(desk)]
    lines += [*_volumes(desk)][: MOST - len(lines)]
    if len(lines) < MOST:
        lines += _doubts(desk)
    return tuple(lines[:MOST]) or (
        "Nothing was tested: no assumption has a range and no price scenario is stated.",
    )


def _flip(desk: Desk, flip: Flip) -> list[Words]:
    low = -float("inf") if flip.low is None else flip.low
    high = float("inf") if flip.high is None else flip.high
    ends = ((flip.below, flip.below_to, "below"), (flip.above, flip.above_to, "above"))
    return [
        f"{first_upper(flip.label)} {word} {unit_value(desk, value, flip.unit)} (stated: {unit_value(desk, flip.value, flip.unit)}): "
        f"then {desk.results.option(to).name}."
        for value, to, word in ends
        if value is not None and to is not None and low <= value <= high
    ]


def _tried(desk: Desk) -> list[Words]:
    found = flips(desk)
    if found:
        return [
            f"{flip.words}: {flip.winner.name} would then be first on core." for flip in found[: MOST - 1]
        ]
    lines: list[Words] = []
    count = len(desk.results.swings)
    if count:
        lines.append(
            f"None of the {number_word(count)} ranged assumptions, alone at its low or high, puts another option first on core."
            if count > 1
            else "The one ranged assumption, at its low or high, puts no other option first on core."
        )
    if desk.results.scenarios:
        named = listed([scenario.name for scenario in desk.results.scenarios[:3]])
        more = "" if len(desk.results.scenarios) <= 3 else " or any other price scenario"
        lines.append(
            f"Nor do prices, as tried: {named}{more}." if count else f"No price scenario does: {named}{more}."
        )
    return lines


def _volumes(desk: Desk) -> list[Words]:
    """Give the volumes from which options cost less than the baseline, outside of which nothing is said."""
    base = desk.baseline
    return [
        f"Volume: about {desk.volume(o.break_even.volume)} tokens a month at the start, where the total cost of {o.name} falls to "
        f"that of {base.name}."
        for o in desk.options
        if o.break_even and o.break_even.volume is not None
    ]


def _doubts(desk: Desk) -> list[Words]:
    lines: list[Words] = []
    priced = [finding for finding in desk.results.findings if finding.cost is not None]
    if priced:
        worst = max(priced, key=lambda finding: abs(finding.cost or 0.0))
        word = "adds" if (worst.cost or 0.0) > 0 else "saves"
        about = f" ({desk.results.option(worst.option).short_name})" if worst.option else ""
        lines.append(
            f"{worst.title}{about}: the usual figure {word} {desk.figures.money(abs(worst.cost or 0.0))}."
        )
    return lines
