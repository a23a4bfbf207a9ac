"""Break-even against the baseline option: by month, and by the volume that the workload starts at."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    SINGLE,
    At,
    Axis,
    EffectAmount,
    Labels,
    Line,
    Match,
    PerPosition,
    Previous,
    Reduce,
    Ref,
    Text,
    absolute,
    all_of,
    as_node,
    if_error,
    maximum,
    where,
)  # fmt: skip
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.model.workload import Shared

NOT_REACHED = "not reached"
ALWAYS = "at every volume shown"
ONLY_SMALL = "only at small volumes"
ABOUT = "about"
NEVER = "not up to the last volume"


@dataclass(frozen=True, slots=True)
class BreakEvenMonths:
    """For each option but the baseline: the months in which it has cost more so far, and the first month after."""

    above: dict[str, Line]
    month: dict[str, Line]
    shown: dict[str, Line]
    block: Block


@dataclass(frozen=True, slots=True)
class BreakEvenVolumes:
    """The ladder of volumes: TCO per option, and where each option first stops costing more than the baseline."""

    volume: Line
    tco: dict[str, Line]
    found: dict[str, Line]
    word: dict[str, Line]
    block: Block
    answer: tuple[Block, Block]
    """The options side by side, and the steps to each answer."""


def break_even_months(outline: Outline, common: Shared, options: tuple[Option, ...]) -> BreakEvenMonths:
    """Define the break-even month: cumulative cost stays at or below the baseline's, to 1e-9 (MODEL, "Totals")."""
    base = next(option for option in options if option.key == outline.baseline)
    paid = base.ledger.cumulative
    tolerance = 1e-9 * maximum(absolute(paid), 1)
    above, month, shown = {}, {}, {}
    for option in _others(outline, options):
        key, short = option.key, option.outline.short_name
        more = option.ledger.cumulative - paid > tolerance
        above[key] = Line(
            f"break_even.{key}.above", f"{short} dearer so far, month", units.MONTH_NUMBER,
            where(more, common.month, 0), common.months,
        )  # fmt: skip
        month[key] = Line(
            f"break_even.{key}.first", f"{short}: first month at or below", units.MONTH_NUMBER,
            Reduce("MAX", above[key]) + 1,
        )  # fmt: skip
        late = where(month[key] > common.horizon, NOT_REACHED, month[key])
        shown[key] = Line(f"break_even.{key}.month", f"{short}: break-even month", units.MONTH_NUMBER, late)
    paid_by = tuple(
        Line(f"cumulative.{o.key}", o.outline.short_name, units.MONEY, as_node(o.ledger.cumulative), common.months)
        for o in options
    )  # fmt: skip
    against = f"against {base.outline.short_name}"
    block = Block(
        "Cumulative cost", common.months,
        (
            Section("Spent by the end of the month", paid_by),
            Section(f"Dearer so far, {against}", tuple(above.values())),
            Section(f"Break-even month, {against}", tuple(line for key in month for line in (month[key], shown[key]))),
        ),
    )  # fmt: skip
    return BreakEvenMonths(above, month, shown, block)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """How one option's TCO passes the baseline's along the ladder; `answer` ends with the word for it."""

    gap: Line
    flag: Line
    place: Line
    answer: tuple[Line, Line, Line, Line]


def break_even_volumes(outline: Outline, options: tuple[Option, ...], what_if: Runs) -> BreakEvenVolumes:
    """Define the first crossing of TCO over the ladder, linear between its volumes (MODEL, "Totals")."""
    names = tuple(run.name for run in outline.purposes("ladder"))
    axis = Axis("ladder", names, across=False)
    name = Line("ladder.name", "Run", units.TEXT, Labels(names), axis)
    volume = Line(
        "ladder.volume", "Volume at the start", units.M_TOKENS_PER_MONTH, EffectAmount(name.node()), axis
    )
    tco = {
        o.key: Line(f"ladder.tco.{o.key}", o.outline.short_name, units.MONEY, what_if.of(what_if.tco[o.key], name), axis)
        for o in options
    }  # fmt: skip
    crossings = {o.key: _crossing(o, tco, outline.baseline, volume) for o in _others(outline, options)}
    found = {key: crossing.answer[0] for key, crossing in crossings.items()}
    words = {key: crossing.answer[-1] for key, crossing in crossings.items()}
    sections = (
        Section("", (name, volume)),
        Section("TCO", tuple(tco.values())),
        Section("TCO less the baseline's", tuple(one.gap for one in crossings.values())),
        Section("Crosses here", tuple(one.flag for one in crossings.values())),
        Section("At about", tuple(one.place for one in crossings.values())),
    )
    steps = tuple(line for one in crossings.values() for line in one.answer)
    single = Block("How the answer is found", SINGLE, (Section("", steps),))
    shown = _shown(outline, options, words, found)
    return BreakEvenVolumes(
        volume, tco, found, words, Block("TCO against volume", axis, sections), (shown, single)
    )


def _crossing(option: Option, tco: dict[str, Line], baseline: str, volume: Line) -> _Crossing:
    """Find where the option's TCO less the baseline's first falls from above zero to zero or below."""
    key, short, axis = option.key, option.outline.short_name, volume.axis
    gap = Line(f"ladder.gap.{key}", short, units.MONEY, tco[key] - tco[baseline], axis)
    crosses = where(all_of(Previous(gap) > 0, gap <= 0), 1, 0)
    flag = Line(f"ladder.crosses.{key}", short, units.FLAG, crosses, axis)
    share = Previous(gap) / maximum(Previous(gap) - gap, 1e-9)
    between = where(flag > 0, Previous(volume) + (volume - Previous(volume)) * share, 0)
    place = Line(f"ladder.place.{key}", short, units.M_TOKENS_PER_MONTH, between, axis)
    return _Crossing(gap, flag, place, _answer(key, short, gap, flag, place))


def _shown(
    outline: Outline, options: tuple[Option, ...], words: dict[str, Line], found: dict[str, Line]
) -> Block:
    """Lay out what is said of every option, the baseline among them."""

    def side_by_side(lines: dict[str, Line]) -> PerPosition:
        return PerPosition(tuple(Ref(lines[o.key]) if o.key in lines else Text("baseline") for o in options))

    sides = Axis("options", tuple(o.outline.short_name for o in options))
    evens = (
        Line("break_even.words", "Costs no more", units.TEXT, side_by_side(words), sides),
        Line("break_even.volumes", "First crossing, about", units.M_TOKENS_PER_MONTH, side_by_side(found), sides),
    )  # fmt: skip
    baseline = next(o.outline.short_name for o in options if o.key == outline.baseline)
    return Block(f"Break-even volume against {baseline}", sides, (Section("", evens),))


def _answer(key: str, short: str, gap: Line, flag: Line, place: Line) -> tuple[Line, Line, Line, Line]:
    crossing = At(place, Match(as_node(1), flag))
    found = Line(
        f"break_even.{key}.crossing", f"{short}: first crossing", units.M_TOKENS_PER_MONTH,
        if_error(crossing, NOT_REACHED),
    )  # fmt: skip
    reached = where(Reduce("MAX", flag) > 0, ABOUT, NEVER)
    crosses = Line(f"break_even.{key}.crosses", f"{short}: crosses", units.TEXT, reached)
    small = where(At(gap, as_node(1)) <= 0, ONLY_SMALL, crosses)
    at_small = Line(f"break_even.{key}.small", f"{short}: or only below", units.TEXT, small)
    always = where(Reduce("MAX", gap) <= 0, ALWAYS, at_small)
    return found, crosses, at_small, Line(f"break_even.{key}.word", f"{short}: in a word", units.TEXT, always)


def _others(outline: Outline, options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.key != outline.baseline)
