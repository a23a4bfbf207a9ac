"""The decision: options side by side, full economic cost, eligibility, the recommendation and its lead."""

from collections.abc import Callable

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.comparison import TIE
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (  # fmt: skip
    At,
    Constant,
    Labels,
    Line,
    Match,
    Node,
    PerPosition,
    Rank,
    Reduce,
    Ref,
    Term,
    Text,
    Total,
    absolute,
    all_of,
    as_node,
    if_error,
    maximum,
    minimum,
    round_to,
    where,
)
from reportgen.model.analysis.breakeven import BreakEvenMonths, BreakEvenVolumes
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

Cell = Callable[[Option], Node]
NOT_QUANTIFIED = "not quantified"
NONE_ELIGIBLE = "none eligible"
NO_OTHER = "no other"


@dataclass(frozen=True, slots=True)
class Decision:
    """The lines of the Summary sheet that other sheets use."""

    full_cost: Line
    ranked: Line
    recommended: Line
    best: Line
    """The full cost of the recommended option; 0 where none is eligible."""
    runner_up: Line
    """The full cost of the next; 0 where there is none."""
    lead: Line
    has_lead: Line
    """1 where two options are eligible."""
    fully_quantified: Line
    """1 where every part of the recommended option and of the next is quantified."""
    place: Line
    """The position of the recommended option in the case's order; 0 where none is eligible."""
    next_place: Line
    """The position of the next; 0 where there is none."""
    following: Line
    """The name of the next."""
    side_by_side: Block
    answer: Block
    ranking: Block
    names: Line
    number: Line
    """The position of each option in the case's order."""


def decision(
    outline: Outline,
    options: tuple[Option, ...],
    what_if: Runs,
    risks: Risks,
    months: BreakEvenMonths,
    volumes: BreakEvenVolumes,
) -> Decision:
    """Define the comparison of the options and their ranking on full economic cost (MODEL, "Full economic cost")."""
    table = _SideBySide(Axis("options", tuple(o.outline.short_name for o in options)), options)
    nominal, present = table.costs()
    base_core = table.row(
        "base_core", "Core, base case", units.MONEY_PV, lambda o: what_if.in_base(what_if.core[o.key])
    )
    expected = table.row(
        "expected_risk_core",
        "Expected risk, on core",
        units.MONEY_PV,
        lambda o: Total(risks.expected_core[o.key]),
    )
    full = table.sum("full_cost", "Full economic cost", base_core, expected)
    above_lowest = table.line("beyond", "Above the lowest of all", units.MONEY_PV, full - Reduce("MIN", full))
    break_even = _break_even_rows(table, months, volumes)
    block = Block(
        "Options side by side", table.axis,
        (
            Section("Nominal, run shown", nominal),
            Section("Present value, run shown", present),
            Section("Base case with its risks", (base_core, expected, full, above_lowest)),
            Section(f"Break-even against {_short(outline, outline.baseline)}", break_even),
        ),
    )  # fmt: skip
    return _answer(outline, table, block, full)


def _short(outline: Outline, key: str) -> str:
    return next(option.short_name for option in outline.options if option.key == key)


def unanswered(outline: Outline, option: Option) -> tuple[str, ...]:
    """Return the parts that are asked for of an option and not quantified: risk, opportunity, exit.

    The exit of an option that is in use already is not asked for (MODEL, "Full economic cost").
    """
    in_use = option.outline.kind == "api" and option.outline.until_live == option.key
    parts = tuple(part for part in option.unquantified if part != "exit" or not in_use)
    return parts if outline.real_risks else ("risk", *parts)


@dataclass(frozen=True, slots=True)
class _SideBySide:
    """A builder of rows with one column per option."""

    axis: Axis
    options: tuple[Option, ...]

    def line(self, key: str, label: str, unit: Unit, formula: Node, rank: Rank = "line") -> Line:
        return Line(f"summary.{key}", label, unit, formula, self.axis, rank=rank)

    def row(self, key: str, label: str, unit: Unit, cell: Cell, rank: Rank = "line") -> Line:
        nodes = tuple(cell(option) for option in self.options)
        return self.line(key, label, unit, PerPosition(nodes), rank)

    def sum(self, key: str, label: str, first: Line, second: Line) -> Line:
        return self.line(key, label, units.MONEY_PV, first + second, "total")

    def costs(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Define the nominal rows and the rows of present value, in the selected run."""
        years = range(1, len(self.options[0].ledger.cost.axis.labels) // 12 + 1)
        nominal = [self.row(f"year_{y}", f"Year {y}", units.MONEY, in_year(y)) for y in years]
        nominal.append(
            self.row("tco", "Total cost of ownership", units.MONEY, lambda o: Total(o.ledger.cost), "total")
        )
        nominal.append(
            self.row(
                "cost_per_m_tokens",
                "Cost per M tokens",
                units.PRICE_PER_M_TOKENS,
                lambda o: o.cost_per_m_tokens,
            )
        )
        nominal.append(
            self.row("run_rate", "Run rate, last 12 months", units.MONEY_PER_MONTH, lambda o: o.run_rate)
        )
        present = (
            self.row(
                "pv", "Present value of the total", units.MONEY_PV, lambda o: Total(o.ledger.discounted)
            ),
            self.row("opportunity_pv", "Displaced projects", units.MONEY_PV, _opportunity_cell),
            self.row("expected_exit_pv", "Expected cost of leaving", units.MONEY_PV, _exit_cell),
            self.row("core", "Core: the three together", units.MONEY_PV, lambda o: Ref(o.core), "subtotal"),
        )
        return tuple(nominal), present


def in_year(year: int) -> Cell:
    """Return the cell of one year's cost."""
    return lambda option: Total(option.ledger.cost, year)


def _opportunity_cell(option: Option) -> Node:
    return option.opportunity_pv if option.opportunity_pv is not None else Text(NOT_QUANTIFIED)


def _exit_cell(option: Option) -> Node:
    return option.expected_exit_pv if option.expected_exit_pv is not None else Text(NOT_QUANTIFIED)


def _break_even_rows(
    table: _SideBySide, months: BreakEvenMonths, volumes: BreakEvenVolumes
) -> tuple[Line, ...]:
    def cell(lines: dict[str, Line]) -> Cell:
        return lambda o: Ref(lines[o.key]) if o.key in lines else Text("baseline")

    return (
        table.row("break_even_month", "Break-even month", units.MONTH_NUMBER, cell(months.shown)),
        table.row("break_even_word", "Break-even volume, in a word", units.TEXT, cell(volumes.word)),
        table.row("break_even_volume", "First crossing", units.M_TOKENS_PER_MONTH, cell(volumes.crossing)),
    )


def _answer(outline: Outline, table: _SideBySide, comparison: Block, full: Line) -> Decision:
    """Define the recommended option, the runner-up and the lead, and gather the decision."""
    names = table.line("names", "Option", units.TEXT, Labels(tuple(o.outline.name for o in table.options)))
    quantified = table.row(
        "quantified",
        "Every part quantified that is asked for",
        units.FLAG,
        lambda o: _flag(not unanswered(outline, o)),
    )
    ranks = _Ranks(table, full)
    answer = _Answer(names, quantified, full, ranks.place, ranks.next_place)
    ranking = Block(
        "How the answer is found", table.axis, (Section("", (names, *ranks.rows[:2], quantified, *ranks.rows[2:])),)
    )  # fmt: skip
    lines = (*answer.shown, *ranks.steps, *answer.steps)
    return Decision(
        full, ranks.ranked, answer.recommended, answer.best, answer.runner_up, answer.lead, answer.has_lead, answer.whole,
        ranks.place, ranks.next_place, answer.following, comparison, Block("The answer", SINGLE, (Section("", lines),)),
        ranking, names, ranks.number,
    )  # fmt: skip


class _Ranks:
    """The lines that find the first and the second of the eligible options; of equal ones the first in the case's order."""

    def __init__(self, table: _SideBySide, full: Line) -> None:
        self.number = table.row(
            "number", "No.", units.PLACE, lambda o: Constant(table.options.index(o) + 1.0)
        )
        self.eligible = table.row(
            "eligible", "Meets every must-have", units.FLAG, lambda o: _flag(not o.outline.failed)
        )
        met = self.eligible > 0
        self.ranked = table.line(
            "ranked", "Full cost, if eligible", units.MONEY_PV, where(met, full, "not eligible")
        )
        self.lowest = _single(
            "lowest", "Lowest full cost of an eligible option", units.MONEY_PV, Reduce("MIN", self.ranked)
        )
        self.first = table.line(
            "first", "Lowest, or equal to it", units.FLAG, _equals(full, self.lowest, met)
        )
        self.place = _single("place", "Its place among the options", units.PLACE, _place_of(self.first))
        is_other = absolute(self.number - self.place) >= 1
        self.others = table.line(
            "others", "Full cost of the others", units.MONEY_PV, where(is_other, self.ranked, "first")
        )
        self.lowest_other = _single(
            "lowest_other", "Lowest of the others", units.MONEY_PV, Reduce("MIN", self.others)
        )
        self.second = table.line(
            "second", "Lowest of the others, or equal to it", units.FLAG,
            _equals(full, self.lowest_other, met, is_other),
        )  # fmt: skip
        self.next_place = _single("next_place", "Place of the next", units.PLACE, _place_of(self.second))

    @property
    def rows(self) -> tuple[Line, ...]:
        """Return the rows over options."""
        return self.number, self.eligible, self.ranked, self.first, self.others, self.second

    @property
    def steps(self) -> tuple[Line, ...]:
        """Return the single lines, in their order."""
        return self.lowest, self.place, self.lowest_other, self.next_place


def _place_of(flag: Line) -> Node:
    """Return the place of the first option that is flagged; 0 where none is."""
    return if_error(Match(as_node(1), flag), 0)


def _equals(cost: Line, lowest: Line, *conditions: Node) -> Node:
    """Return the flag of a cost that is equal to the lowest one, under some conditions."""
    tolerance = TIE * maximum(1, absolute(cost), absolute(lowest))
    return where(all_of(*conditions, cost - lowest <= tolerance), 1, 0)


class _Answer:
    """The lines of the answer, given the places of the recommended option and of the runner-up (0: there is none)."""

    def __init__(self, names: Line, quantified: Line, full: Line, place: Line, next_place: Line) -> None:
        self.recommended = _single(
            "recommended", "Lowest full cost, eligible", units.TEXT, _at(names, place, NONE_ELIGIBLE)
        )
        self.has_lead = _single("has_lead", "There is a next", units.FLAG, where(next_place > 0, 1, 0))
        self.best = _single("best", "Its full cost, 0 if none", units.MONEY_PV, _at(full, place, 0))
        self.following = _single("following", "Next", units.TEXT, _at(names, next_place, NO_OTHER))
        self.runner_up = _single(
            "runner_up", "Next full cost, 0 if none", units.MONEY_PV, _at(full, next_place, 0)
        )
        both_zero = absolute(self.best) + absolute(self.runner_up) <= 0
        self.level = _single(
            "level", "Lead where the next costs 0", units.SHARE, where(both_zero, 0, "not measured")
        )
        self.measured = _single(
            "measured",
            "Lead, if there is a next",
            units.SHARE,
            if_error(1 - self.best / self.runner_up, self.level),
        )
        self.lead = _single(
            "lead", "Lead over the next", units.SHARE, where(self.has_lead > 0, self.measured, NO_OTHER)
        )
        of_best, of_next = (_at(quantified, one, 0) for one in (place, next_place))
        self.best_whole = _single("best_whole", "Every part of it quantified", units.FLAG, of_best)
        self.next_whole = _single("next_whole", "Every part of the next quantified", units.FLAG, of_next)
        self.whole = _single(
            "whole", "Every part of both quantified", units.FLAG, minimum(self.best_whole, self.next_whole)
        )

    @property
    def shown(self) -> tuple[Line, ...]:
        """Return the lines that people look for."""
        return self.recommended, self.best, self.following, self.runner_up, self.lead

    @property
    def steps(self) -> tuple[Line, ...]:
        """Return the lines on the way to them."""
        return self.has_lead, self.level, self.measured, self.best_whole, self.next_whole, self.whole


def _at(line: Line, place: Line, otherwise: str | float) -> Node:
    """Return the value at a place, or something else where the place is 0.

    Why: in Excel the value at place 0 is the whole row.
    """
    return where(place > 0, At(line, maximum(place, 1)), otherwise)


def _single(key: str, label: str, unit: Unit, formula: Node) -> Line:
    return Line(f"decision.{key}", label, unit, formula)


def _flag(condition: bool) -> Node:
    return Constant(float(condition))


def amount_in_words(key: str, currency: str, amount: Term) -> Line:
    """Define an amount as text, with its currency: USD 177k below a million, USD 1.23M from there.

    Formulas have no function that writes a number with separators, which 1229k lacks.
    """
    thousands = round_to(as_node(amount) / 1000, 0)
    in_millions = round_to(as_node(amount) / 1e6, 2) & "M"
    words = as_node(f"{currency} ") & where(absolute(thousands) >= 1000, in_millions, thousands & "k")
    return Line(f"{key}_in_words", "In words", units.TEXT, words)
