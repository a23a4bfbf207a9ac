"""The Simulation sheet: static results of the simulation and of the search for switching values."""

from collections.abc import Mapping, Sequence
from math import floor, log10

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import IssuedValues, Labels, Line
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import JointRuns, Simulated, Simulation, SwitchingValue, TwoWay
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

SIGNIFICANT = 6
"""The digits of a number in a head that count."""
STATIC = "static"
"""The note of a block whose numbers do not follow the inputs."""
SEED = Unit("number", "flag")
AS_STATED = Unit("as stated", "factor")
"""The unit of a column in which each row has a unit of its own."""
NOTE = "Random futures and searches, as issued: grey, static; draw again with reportgen build"
STRONGEST = 12
"""The largest number of drivers shown."""
STEPS = 20
"""The number of steps of the cumulative curve."""
NONE_FOUND = "none found"
EMPTY = "–"
"""Shown where there is no value."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The results of searches on the model: switching values, and the two-way table where there is one."""

    switching_values: tuple[SwitchingValue, ...]
    two_way: TwoWay | None
    units: Mapping[str, Unit]
    """The unit of each assumption by its path."""


def simulation_sheet(
    options: Sequence[OptionResult],
    simulation: Simulation | None,
    joint_runs: JointRuns | None,
    searches: SearchResults,
) -> tuple[Sheet, ...]:
    """Lay out the simulation and the searches; no sheet where there are neither."""
    names = {option.key: option.short_name for option in options}
    blocks: list[Block] = []
    if simulation:
        rows = [simulation.options[option.key] for option in options]
        axis = Axis("options", tuple(names.values()))
        blocks = [
            _draws(simulation),
            _spreads(axis, rows),
            _rankings(axis, options, rows, joint_runs),
            _drivers(axis, rows),
            _curves(axis, rows),
        ]
    blocks += [_two_way(searches.two_way, searches.units, names)] if searches.two_way else []
    # last, since on paper the heads of this long list are repeated on every page after it
    blocks += [_switching(searches, names)] if searches.switching_values else []
    return (Sheet("Simulation", "Simulation", NOTE, tuple(blocks), role="output"),) if blocks else ()


def _draws(simulation: Simulation) -> Block:
    lines = [
        _single("draws", "Futures drawn", units.FUTURES, simulation.draws),
        _single("seed", "Seed of the random numbers", SEED, simulation.seed),
        _single("clipped", "Futures in which a value was cut to its bound", units.SHARE, simulation.clipped),
    ]
    if simulation.holds is not None and simulation.holds_error is not None:
        lines += [
            _single(
                "holds", "Futures in which the recommended option is cheapest", units.SHARE, simulation.holds
            ),
            _single("holds_error", "Standard error of that share", units.SHARE, simulation.holds_error),
        ]
    return Block("What was drawn", SINGLE, (Section("", tuple(lines)),), STATIC)


def _single(key: str, label: str, unit: Unit, value: float) -> Line:
    return Line(f"simulation.{key}", label, unit, IssuedValues((float(value),)))


def _spreads(axis: Axis, rows: Sequence[Simulated]) -> Block:
    def line(key: str, label: str, unit: Unit, values: Sequence[float | str]) -> Line:
        return Line(f"simulation.{key}", label, unit, IssuedValues(tuple(values)), axis)

    def spread(name: str, unit: Unit) -> tuple[Line, ...]:
        return tuple(
            line(
                f"{name}.{p}",
                f"{p[1:]} in 100 futures cost at most",
                unit,
                [getattr(getattr(row, name), p) for row in rows],
            )
            for p in ("p10", "p50", "p90")
        )

    chances = (
        line("cheapest", "Lowest full cost of the eligible options", units.SHARE, [not_eligible_or(row.cheapest) for row in rows]),
        line("cheapest_error", "Standard error of that", units.SHARE, [not_eligible_or(row.cheapest_error) for row in rows]),
        line("point_percentile", "TCO at most as planned", units.SHARE, [row.point_percentile for row in rows]),
    )  # fmt: skip
    sections = (
        Section("TCO, nominal, risks drawn", spread("tco", units.MONEY)),
        Section("Present value of TCO, risks drawn", spread("pv", units.MONEY_PV)),
        Section("Full economic cost, risks drawn", spread("full_cost", units.MONEY_PV)),
        Section("Share of futures", chances),
    )
    return Block("Options over the futures", axis, sections, STATIC)


def _rankings(
    axis: Axis, options: Sequence[OptionResult], rows: Sequence[Simulated], joint_runs: JointRuns | None
) -> Block:
    """List the full cost of the plan with the two further figures by which options are ranked, and the contingency."""

    def line(key: str, label: str, unit: Unit, values: Sequence[float | str]) -> Line:
        return Line(f"rankings.{key}", label, unit, IssuedValues(tuple(values)), axis)

    def known(values: Sequence[float | None]) -> list[float | str]:
        return ["not quantified" if value is None else value for value in values]

    lines = [
        line("plan", "Full cost of the plan, as issued", units.MONEY_PV, [one.full_cost for one in options])
    ]
    if joint_runs:
        means = [joint_runs.mean_core[one.key] for one in options]
        lines.append(line("joint", "Mean where risks meet in one run", units.MONEY_PV, means))
    lines += [
        line("mean", "Mean of the futures", units.MONEY_PV, [one.mean_full_cost for one in rows]),
        line("percentile", "Futures at most the plan", units.SHARE, [one.plan_percentile for one in rows]),
    ]
    money = (
        line("contingency", "Contingency", units.MONEY, known([one.contingency for one in options])),
        line("risks_alone", "Of the risks alone", units.MONEY, known([one.risks_alone for one in options])),
        line(
            "enough", "TCO and contingency are enough in", units.SHARE, known([one.enough for one in options])
        ),
    )
    sections = (Section("Full economic cost", tuple(lines)), Section("Contingency on TCO, nominal", money))
    return Block("What else ranks them", axis, sections, STATIC)


def not_eligible_or(share: float | None) -> float | str:
    """Return a chance, or in words that the option is not eligible."""
    return "not eligible" if share is None else share


def _drivers(options: Axis, rows: Sequence[Simulated]) -> Block:
    """List the inputs correlated with full cost, by their strongest correlation with any option."""
    by_option = [{driver.path: driver for driver in row.drivers} for row in rows]
    labels = {path: driver.label for drivers in by_option for path, driver in drivers.items()}
    strength = {path: max(abs(d[path].correlation) for d in by_option if path in d) for path in labels}
    paths = sorted(strength, key=lambda path: -strength[path])[:STRONGEST]
    axis = Axis("drivers", tuple(labels[path] for path in paths), across=False)
    name = Line("simulation.driver", "Assumption or risk", units.TEXT, Labels(axis.labels), axis)
    columns = tuple(
        Line(
            f"simulation.driver.{place}",
            label,
            units.CORRELATION,
            IssuedValues(tuple(drivers[path].correlation if path in drivers else EMPTY for path in paths)),
            axis,
        )
        for place, (label, drivers) in enumerate(zip(options.labels, by_option, strict=True))
    )
    sections = (Section("", (name,)), Section("Rank correlation with full cost", columns))
    return Block("What drives the spread", axis, sections, STATIC)


def _curves(options: Axis, rows: Sequence[Simulated]) -> Block:
    """List each option's TCO at equal steps of the cumulative share of futures."""
    shares = tuple(step / STEPS for step in range(STEPS + 1))
    axis = Axis("curve", tuple(f"{share:.0%}" for share in shares), across=False)
    name = Line("simulation.share_label", "Point", units.TEXT, Labels(axis.labels), axis)
    share = Line("simulation.share", "Share of futures", units.SHARE, IssuedValues(shares), axis)
    columns = tuple(
        Line(f"simulation.curve.{place}", label, units.MONEY, IssuedValues(_points(row, shares)), axis)
        for place, (label, row) in enumerate(zip(options.labels, rows, strict=True))
    )
    sections = (Section("", (name, share)), Section("TCO with risks drawn, at most", columns))
    return Block("Curves of TCO over the futures", axis, sections, STATIC)


def _points(row: Simulated, shares: Sequence[float]) -> tuple[float, ...]:
    """Return the smallest cost at which the curve reaches each share."""
    return tuple(
        next(cost for cost, cumulative in row.curve if cumulative >= share - 1e-9) for share in shares
    )


def _switching(searches: SearchResults, names: Mapping[str, str]) -> Block:
    """List the assumptions that change the recommendation alone, and all ranged ones that do not."""
    listed = [
        f
        for f in searches.switching_values
        if f.low is not None or f.below is not None or f.above is not None
    ]
    axis = Axis("switching", tuple(switching.label for switching in listed), across=False)

    def numbers(key: str, label: str, values: Sequence[float | None], without: str = EMPTY) -> Line:
        shown = tuple(without if value is None else value for value in values)
        return Line(f"switching.{key}", label, AS_STATED, IssuedValues(shown), axis)

    def option(key: str, chosen: Sequence[str | None]) -> Line:
        texts = tuple(names[key] if key else EMPTY for key in chosen)
        return Line(f"switching.{key}", "Then first", units.TEXT, Labels(texts), axis)

    name = Line("switching.assumption", "Assumption", units.TEXT, Labels(axis.labels), axis)
    inside = IssuedValues(tuple(float(switching.within) for switching in listed))
    columns = (
        name, numbers("value", "Value", [f.value for f in listed]), numbers("low", "Low", [f.low for f in listed]),
        numbers("high", "High", [f.high for f in listed]),
        numbers("below", "Flips at or below", [f.below for f in listed], NONE_FOUND), option("below_to", [f.below_to for f in listed]),
        numbers("above", "Flips at or above", [f.above for f in listed], NONE_FOUND), option("above_to", [f.above_to for f in listed]),
        Line("switching.within", "In its range", units.FLAG, inside, axis),
        numbers("searched_below", "Looked for down to", [f.searched[0] for f in listed]),
        numbers("searched_above", "Looked for up to", [f.searched[1] for f in listed]),
    )  # fmt: skip
    title = "Switching values: each assumption with what moves with it, full cost with its risks"
    return Block(
        title,
        axis,
        (Section("", columns),),
        STATIC,
        tuple(searches.units[switching.path] for switching in listed),
    )


def _two_way(table: TwoWay, kinds: Mapping[str, Unit], names: Mapping[str, str]) -> Block:
    """List the option recommended at each pair of values of two assumptions."""
    row, column = (kinds[switching.path] for switching in (table.row, table.column))
    axis = Axis("two_way", tuple(_printed(value, row) for value in table.rows), across=False)
    label = f"{table.row.label} ({table.row.unit})"
    down = Line("two_way.rows", label, units.TEXT, Labels(axis.labels), axis)
    columns = tuple(
        Line(
            f"two_way.{place}",
            _printed(value, column),
            units.TEXT,
            Labels(tuple(names[cells[place]] for cells in table.recommended)),
            axis,
        )
        for place, value in enumerate(table.columns)
    )
    across = f"{table.column.label} ({table.column.unit})"
    return Block(
        f"Who is recommended: {table.row.label} down, {table.column.label} across", axis,
        (Section("", (down,)), Section(across, columns)), STATIC,
    )  # fmt: skip


def _printed(value: float, unit: Unit) -> str:
    return f"{100 * value:.4g}%" if unit.kind == "share" else plain(value)


def plain(value: float) -> str:
    """Return a number with six significant digits, never as a power of ten."""
    places = max(SIGNIFICANT - 1 - floor(log10(abs(value))), 0) if value else 0
    text = f"{round(value, places):,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
