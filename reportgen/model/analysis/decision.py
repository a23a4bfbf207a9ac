"""The decision: options side by side, full economic cost, eligibility, the recommendation and its lead."""

from collections.abc import Callable
from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    SINGLE,
    At,
    Axis,
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
    as_node,
    if_error,
    round_to,
    where,
)  # fmt: skip
from reportgen.model.analysis.breakeven import BreakEvenMonths, BreakEvenVolumes
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.units import Unit

Cell = Callable[[Option], Node]
NOT_QUANTIFIED = "not quantified"
NONE_ELIGIBLE = "none eligible"


@dataclass(frozen=True, slots=True)
class Decision:
    """The lines of the Summary sheet that other sheets use."""

    full_cost: Line
    ranked: Line
    recommended: Line
    lowest: Line
    runner_up: Line
    lead: Line
    fully_quantified: Line
    place: Line
    """The position of the recommended option in the case's order; 0 where none is eligible."""
    side_by_side: Block
    answer: Block
    ranking: Block
    names: Line
    number: Line
    """The number of each option, in the case's order."""


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
    above_lowest = table.line("beyond", "Above the lowest", units.MONEY_PV, full - Reduce("MIN", full))
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


def _is_quantified(outline: Outline, option: Option) -> bool:
    return not option.outline.unquantified and bool(outline.real_risks)


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
    return Ref(option.exit.expected_pv) if option.exit else Text(NOT_QUANTIFIED)


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
    number = table.line("number", "No.", units.PLACE, PerPosition(_numbered(table.options)))
    eligible = table.row(
        "eligible", "Meets every must-have", units.FLAG, lambda o: _flag(not o.outline.failed)
    )
    quantified = table.row(
        "quantified", "Every part quantified", units.FLAG, lambda o: _flag(_is_quantified(outline, o))
    )
    ranked = table.line(
        "ranked", "Full cost, if eligible", units.MONEY_PV, where(eligible > 0, full, "not eligible")
    )
    lowest = Line(
        "decision.lowest", "Lowest full cost of an eligible option", units.MONEY_PV, Reduce("MIN", ranked)
    )
    place = Line(
        "decision.place", "Its place among the options", units.FLAG, if_error(Match(lowest.node(), ranked), 0)
    )
    recommended = Line(
        "decision.recommended",
        "Lowest full cost",
        units.TEXT,
        if_error(At(names, place.node()), NONE_ELIGIBLE),
    )
    runner_up = Line(
        "decision.runner_up",
        "Next full cost",
        units.MONEY_PV,
        if_error(Reduce("SMALL", ranked, 2), "no other"),
    )
    lead = Line("decision.lead", "Lead over the next", units.SHARE, if_error(1 - lowest / runner_up, 1))
    known = if_error(At(quantified, place.node()), 0)
    fully_quantified = Line("decision.whole", "Every part of it quantified", units.FLAG, known)
    lines = (recommended, lowest, runner_up, lead, fully_quantified, place)
    ranking = Block(
        "How the answer is found", table.axis, (Section("", (names, number, eligible, quantified, ranked)),)
    )
    answer = Block("The answer", SINGLE, (Section("", lines),))
    return Decision(
        full, ranked, recommended, lowest, runner_up, lead, fully_quantified, place, comparison, answer, ranking, names, number
    )  # fmt: skip


def _numbered(options: tuple[Option, ...]) -> tuple[Node, ...]:
    return tuple(Constant(float(number)) for number in range(1, len(options) + 1))


def _flag(condition: bool) -> Node:
    return Constant(float(condition))


def in_thousands(amount: Term) -> Node:
    """Return an amount in thousands as text: 177k."""
    return round_to(as_node(amount) / 1000, 0) & "k"
