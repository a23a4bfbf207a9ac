"""Break-even against the baseline option: the month, and the starting volume."""

from collections.abc import Mapping

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (  # fmt: skip
    At,
    EffectAmount,
    Labels,
    Line,
    Match,
    PerPosition,
    Previous,
    Reduce,
    Ref,
    Stated,
    Text,
    absolute,
    all_of,
    as_node,
    if_error,
    maximum,
    sum_terms,
    where,
)
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.model.workload import SharedLines
from reportgen.runtime.records import dataclass

NOT_REACHED = "not reached"
NO_PEAK = "none"
ALWAYS = "at every volume shown"
ONLY_SMALL = "only at small volumes"
ABOUT = "about"
NEVER = "not up to the last volume"


@dataclass(frozen=True, slots=True)
class BreakEvenMonths:
    """Break-even months and peak funding by option, the baseline left out.

    `excess` is what the option has cost more so far, `above` the number of each month in which that is above 0, `month`
    the first month after the last of these, `shown` the same or the words for none; `peak` is the largest excess, and
    `peak_month` the first month that reaches it.
    """

    excess: dict[str, Line]
    above: dict[str, Line]
    month: dict[str, Line]
    shown: dict[str, Line]
    peak: dict[str, Line]
    peak_month: dict[str, Line]
    block: Block


@dataclass(frozen=True, slots=True)
class BreakEvenVolumes:
    """The ladder of volumes: TCO per option, and the first volume at which each costs no more than the baseline."""

    volume: Line
    tco: dict[str, Line]
    crossing: dict[str, Line]
    word: dict[str, Line]
    block: Block
    answer: tuple[Block, Block]
    """The block of the results by option, and the block of the steps to them."""


def break_even_months(outline: Outline, shared: SharedLines, options: tuple[Option, ...]) -> BreakEvenMonths:
    """Define the first month from which cumulative cost stays at or below the baseline's (MODEL, "Totals")."""
    baseline = next(option for option in options if option.key == outline.baseline)
    cumulative = {
        o.key: Line(f"cumulative.{o.key}", o.outline.short_name, units.MONEY, as_node(o.ledger.cumulative), shared.months)
        for o in options
    }  # fmt: skip
    excess, above, month, shown = {}, {}, {}, {}
    for option in _others(outline, options):
        key, short = option.key, option.outline.short_name
        excess[key] = _excess(key, short, cumulative[key], cumulative[baseline.key])
        above[key] = Line(
            f"break_even.{key}.above", f"{short} dearer so far, month", units.MONTH_NUMBER,
            where(excess[key] > 0, shared.month, 0), shared.months,
        )  # fmt: skip
        month[key] = Line(
            f"break_even.{key}.first", f"{short}: first month at or below", units.MONTH_NUMBER,
            Reduce("MAX", above[key]) + 1,
        )  # fmt: skip
        month_or_none = where(month[key] > shared.horizon, NOT_REACHED, month[key])
        shown[key] = Line(
            f"break_even.{key}.month", f"{short}: break-even month", units.MONTH_NUMBER, month_or_none
        )
    peak = {key: _peak(option_name(options, key), line) for key, line in excess.items()}
    against = f"against {baseline.outline.short_name}"
    block = Block(
        "Cumulative cost", shared.months,
        (
            Section("Spent by the end of the month", tuple(cumulative.values())),
            Section(f"Spent beyond the baseline so far, {against}", tuple(excess.values())),
            Section(f"Dearer so far, {against}", tuple(above.values())),
            Section(f"Break-even month, {against}", tuple(line for key in month for line in (month[key], shown[key]))),
            Section(f"Peak funding, {against}", tuple(line for found in peak.values() for line in found)),
        ),
    )  # fmt: skip
    largest = {key: found[0] for key, found in peak.items()}
    return BreakEvenMonths(
        excess, above, month, shown, largest, {key: found[-1] for key, found in peak.items()}, block
    )


def option_name(options: tuple[Option, ...], key: str) -> str:
    """Return the short name of an option."""
    return next(option.outline.short_name for option in options if option.key == key)


def _excess(key: str, short: str, spent: Line, baseline: Line) -> Line:
    """Define what an option has cost more than the baseline so far; 0 where the two are equal (MODEL, "Full cost")."""
    tolerance = 1e-9 * maximum(1, absolute(spent), absolute(baseline))
    differs = absolute(spent - baseline) > tolerance
    label = f"{short} beyond the baseline"
    return Line(f"options.{key}.excess", label, units.MONEY, where(differs, spent - baseline, 0), spent.axis)


def _peak(short: str, excess: Line) -> tuple[Line, Line, Line]:
    """Define the largest excess so far, the months that reach it, and the first of them (MODEL, "Budget")."""
    key = excess.key.removesuffix(".excess")
    peak = Line(
        f"{key}.peak_funding", f"{short}: peak funding", units.MONEY, maximum(0, Reduce("MAX", excess))
    )
    reached = where(excess >= peak - 1e-9 * maximum(1, peak), 1, 0)
    at_peak = Line(f"{key}.at_peak", f"{short} at its peak", units.FLAG, reached, excess.axis)
    first = where(peak > 0, if_error(Match(as_node(1), at_peak), NO_PEAK), NO_PEAK)
    return peak, at_peak, Line(f"{key}.peak_month", f"{short}: peak in month", units.MONTH_NUMBER, first)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """The lines that find where one option's TCO crosses the baseline's; `answer` begins with the volume and ends with the word."""

    gap: Line
    flag: Line
    place: Line
    answer: tuple[Line, Line, Line, Line]


def break_even_volumes(
    outline: Outline, options: tuple[Option, ...], what_if: Runs, months: BreakEvenMonths
) -> BreakEvenVolumes:
    """Define the first crossing of TCO over the ladder, linear between its volumes (MODEL, "Totals").

    `months` are told beside it.
    """
    names = tuple(run.name for run in outline.purposes("ladder"))
    axis = Axis("ladder", names, across=False)
    name = Line("ladder.name", "Run", units.TEXT, Labels(names), axis)
    number = what_if.numbers("ladder.run", "Run no.", names, axis)
    stated = sum_terms([Stated(one.path("tokens_per_month")) for one in outline.workloads])
    together = Line("ladder.stated", "Volume as stated", units.M_TOKENS_PER_MONTH, stated)
    volume = Line(
        "ladder.volume", "Volume at the start", units.M_TOKENS_PER_MONTH,
        EffectAmount(number.node()) * together, axis,
    )  # fmt: skip
    tco = {
        o.key: Line(f"ladder.tco.{o.key}", o.outline.short_name, units.MONEY, what_if.in_run(what_if.tco[o.key], number), axis)
        for o in options
    }  # fmt: skip
    crossings = {o.key: _crossing(o, tco, outline.baseline, volume) for o in _others(outline, options)}
    volumes = {key: crossing.answer[0] for key, crossing in crossings.items()}
    words = {key: crossing.answer[-1] for key, crossing in crossings.items()}
    sections = (
        Section("", (name, number, volume)),
        Section("TCO", tuple(tco.values())),
        Section("TCO less the baseline's", tuple(crossing.gap for crossing in crossings.values())),
        Section("Crosses here", tuple(crossing.flag for crossing in crossings.values())),
        Section("At about", tuple(crossing.place for crossing in crossings.values())),
    )
    steps = (together, *(line for crossing in crossings.values() for line in crossing.answer))
    single = Block("How the answer is found", SINGLE, (Section("", steps),))
    shown = _shown(outline, options, words, volumes, months.shown)
    return BreakEvenVolumes(
        volume, tco, volumes, words, Block("TCO against volume", axis, sections), (shown, single)
    )


def _crossing(option: Option, tco: dict[str, Line], baseline: str, volume: Line) -> _Crossing:
    """Define the first fall of an option's TCO less the baseline's from above zero to zero or below."""
    key, short, axis = option.key, option.outline.short_name, volume.axis
    gap = Line(f"ladder.gap.{key}", short, units.MONEY, tco[key] - tco[baseline], axis)
    crosses = where(all_of(Previous(gap) > 0, gap <= 0), 1, 0)
    flag = Line(f"ladder.crosses.{key}", short, units.FLAG, crosses, axis)
    share = Previous(gap) / maximum(Previous(gap) - gap, 1e-9)
    between = where(flag > 0, Previous(volume) + (volume - Previous(volume)) * share, 0)
    place = Line(f"ladder.place.{key}", short, units.M_TOKENS_PER_MONTH, between, axis)
    return _Crossing(gap, flag, place, _answer(key, short, gap, flag, place))


def _shown(
    outline: Outline,
    options: tuple[Option, ...],
    words: Mapping[str, Line],
    volumes: Mapping[str, Line],
    months: Mapping[str, Line],
) -> Block:
    """Define the block of break-even, one row per option, the baseline included."""

    def below(lines: Mapping[str, Line]) -> PerPosition:
        return PerPosition(tuple(Ref(lines[o.key]) if o.key in lines else Text("baseline") for o in options))

    names = tuple(o.outline.short_name for o in options)
    axis = Axis("break-even", names, across=False)
    columns = (
        Line("break_even.names", "Option", units.TEXT, Labels(names), axis),
        Line("break_even.words", "Costs no more", units.TEXT, below(words), axis),
        Line("break_even.volumes", "First crossing", units.M_TOKENS_PER_MONTH, below(volumes), axis),
        Line("break_even.months", "From month", units.MONTH_NUMBER, below(months), axis),
    )
    baseline = next(o.outline.short_name for o in options if o.key == outline.baseline)
    return Block(f"Break-even against {baseline}", axis, (Section("", columns),))


def _answer(key: str, short: str, gap: Line, flag: Line, place: Line) -> tuple[Line, Line, Line, Line]:
    """Define the volume of the first crossing, and the word in three steps, tested in the order of MODEL, "Totals"."""
    crossing = At(place, Match(as_node(1), flag))
    volume = Line(
        f"break_even.{key}.crossing", f"{short}: first crossing", units.M_TOKENS_PER_MONTH,
        if_error(crossing, NOT_REACHED),
    )  # fmt: skip
    reached = where(Reduce("MAX", flag) > 0, ABOUT, NEVER)
    crosses = Line(f"break_even.{key}.crosses", f"{short}: crosses", units.TEXT, reached)
    small = where(At(gap, as_node(1)) <= 0, ONLY_SMALL, crosses)
    at_small = Line(f"break_even.{key}.small", f"{short}: or only below", units.TEXT, small)
    always = where(Reduce("MAX", gap) <= 0, ALWAYS, at_small)
    return (
        volume,
        crosses,
        at_small,
        Line(f"break_even.{key}.word", f"{short}: in a word", units.TEXT, always),
    )


def _others(outline: Outline, options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.key != outline.baseline)
