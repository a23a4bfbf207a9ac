"""What is asked for: the amount to approve by option, and what each saves against the baseline."""

from collections.abc import Callable, Mapping

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    AsIssued,
    At,
    IssuedValues,
    Line,
    Node,
    PerPosition,
    Ref,
    Text,
    Total,
    as_node,
    maximum,
    where,
)
from reportgen.model.analysis.breakeven import BreakEvenMonths
from reportgen.model.analysis.decision import Decision, amount_in_words
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.analysis.verdict import NOT_DRAWN as FUTURES_NOT_DRAWN
from reportgen.model.options.options import Option
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

NOT_BY_CASH = "not by cash"
NOT_DRAWN = "not drawn"
"""Stands for a contingency where nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Request:
    """The rows by option, and the lines of the sentence with the amount; the sentence comes first."""

    block: Block
    sentence: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The options of a case with what is known of each beside the other options."""

    options: tuple[Option, ...]
    baseline: str
    runs: Runs
    risks: Risks
    months: BreakEvenMonths
    horizon: Line
    savings: Mapping[str, Line]
    """The net present saving against the baseline, by key."""
    unpaid: Mapping[str, Line]
    """Whether cash alone does not pay an option back, by key; none for the baseline."""


def request(
    currency: str, decision: Decision, compared: Compared, contingencies: tuple[float | None, ...]
) -> Request:
    """Define the amount to approve (TCO plus contingency, the latter as issued) and the savings, by option."""
    axis, a_year = decision.number.axis, as_node(12) / compared.horizon
    baseline = next(option for option in compared.options if option.key == compared.baseline)

    def line(key: str, label: str, unit: Unit, formula: Node) -> Line:
        return Line(f"request.{key}", label, unit, formula, axis)

    def row(key: str, label: str, unit: Unit, cell: Callable[[Option], Node]) -> Line:
        return line(key, label, unit, PerPosition(tuple(cell(option) for option in compared.options)))

    tco = row(
        "tco", "Total cost of ownership, base case", units.MONEY,
        lambda o: compared.runs.in_base(compared.runs.tco[o.key]),
    )  # fmt: skip
    known = contingencies or (None,) * axis.size
    drawn = tuple(NOT_DRAWN if amount is None else amount for amount in known)
    contingency = line("contingency", "Contingency, as issued", units.MONEY, IssuedValues(drawn))
    asked = [tco, contingency]
    if None not in known:
        asked.append(line("amount", "To approve: the two together", units.MONEY, tco + contingency))
    saved = (
        row("a_year", "Cheaper a year, on average", units.MONEY, lambda o: (Ref(baseline.tco) - Ref(o.tco)) * a_year),
        row("net_present_saving", "Net present saving", units.MONEY_PV, lambda o: Ref(compared.savings[o.key])),
        row("payback", "Payback by cash, in month", units.MONTH_NUMBER, lambda o: _payback(compared, o.key)),
        row("peak_funding", "Peak funding beyond it", units.MONEY, _beside(compared.months.peak)),
    )  # fmt: skip
    shown = row(
        "full_cost", "Full cost, run shown", units.MONEY_PV,
        lambda o: Ref(o.core) + Total(compared.risks.expected_core[o.key]),
    )  # fmt: skip
    sections = (
        Section("Amount to approve", tuple(asked)),
        Section(f"Against {baseline.outline.short_name}, run shown", saved),
        Section("Beside the base case", (shown,)),
    )
    amounts = (tco, contingency, asked[-1]) if len(asked) > 2 else None
    return Request(Block("What is asked", axis, sections), _sentence(currency, decision, amounts))


def _payback(compared: Compared, key: str) -> Node:
    """Return the month from which an option has cost no more than the baseline, residual values left out."""
    if key not in compared.unpaid:
        return Text("baseline")
    return where(compared.unpaid[key] > 0, NOT_BY_CASH, compared.months.shown[key])


def _beside(lines: Mapping[str, Line]) -> Callable[[Option], Node]:
    return lambda option: Ref(lines[option.key]) if option.key in lines else Text("baseline")


def _sentence(currency: str, decision: Decision, amounts: tuple[Line, Line, Line] | None) -> tuple[Line, ...]:
    """Define the sentence with the amount, for the option recommended now; none where nothing is drawn."""
    if amounts is None:
        return ()
    place = maximum(decision.place, 1)
    names = ("TCO to approve", "Contingency to approve", "Amount to approve")
    asked = [
        Line(f"{one.key}_asked", name, units.MONEY, At(one, place))
        for one, name in zip(amounts, names, strict=True)
    ]
    tco, contingency, whole = (amount_in_words(one.key, currency, one) for one in asked)
    parts = Line(
        "request.parts", "Of which", units.TEXT, as_node("TCO ") & tco & ", contingency " & contingency
    )
    held = where(AsIssued() > 0, "as issued", FUTURES_NOT_DRAWN)
    holds = Line("request.holds", "Whether that holds", units.TEXT, held)
    text = (
        as_node("To approve for ") & decision.recommended & ": " & whole & " (" & parts & "; " & holds & ")"
    )
    said = where(decision.place > 0, text, "No amount: no option meets every must-have")
    sentence = Line("request.sentence", "To approve", units.TEXT, said)
    return sentence, *asked, tco, contingency, whole, parts, holds
