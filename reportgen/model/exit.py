"""Exit cost: the cost of leaving by month of exit, and its expected value."""

from collections.abc import Sequence

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    At,
    Input,
    Line,
    Node,
    as_node,
    count_up,
    maximum,
    minimum,
    sum_terms,
    where,
)  # fmt: skip
from reportgen.model.options.builder import OptionBuilder
from reportgen.model.options.part import Part
from reportgen.model.options.rented import signed_in
from reportgen.model.workload import VAT
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Exit:
    """An option's exit cost by month, its components, and its expected value in the chosen month."""

    components: dict[str, tuple[Line, ...]]
    """By name; a mix has a line of each for every part."""
    curve: Line
    expected: Line
    expected_pv: Line
    serving: Line | None
    """The flag of full months of service; None for a mix."""
    standing: frozenset[str]
    """The names of the components that do not depend on the workloads carried."""
    block: Block


def exit_cost(part: Part, shared: Exit | None = None) -> Exit | None:
    """Define the exit cost of a part; None where it has no probability or month (MODEL, "Exit cost").

    `shared` is the exit cost of the option by itself, whose lines serve where they do not depend on what is carried.
    """
    builder = part.builder
    if not builder.outline.exit:
        return None
    serving = shared.serving if shared else None
    own = serving is None
    if serving is None:
        full = where(part.basis.timing.live >= 1, 1, 0)
        serving = builder.monthly("serving", "Full month of service", units.FLAG, full)
    standing = (
        {name: lines[0] for name, lines in shared.components.items() if name in shared.standing}
        if shared
        else {}
    )
    found = _Components(part, serving, standing)
    components = found.all()
    curve = builder.monthly(
        "exit_cost",
        "Cost of leaving at the end of the month",
        units.MONEY,
        sum_terms(tuple(components.values())),
    )
    expected, expected_pv = _expected(builder, curve)
    shown = [line for name, line in components.items() if name not in standing]
    sections = (
        Section("By month of exit", (*((serving,) if own else ()), *found.terms, *shown, curve)),
        Section("In the chosen month", (expected, expected_pv)),
    )
    return Exit(
        {name: (line,) for name, line in components.items()}, curve, expected, expected_pv, serving,
        frozenset(found.standing_names), Block(builder.outline.name, builder.shared.months, sections),
    )  # fmt: skip


def exit_of_mix(builder: OptionBuilder, parts: Sequence[Exit]) -> Exit | None:
    """Define the exit cost of a mix, the sum of its parts' that are known; None where none is."""
    if not parts:
        return None
    curve = builder.monthly(
        "exit_cost",
        "Cost of leaving at the end of the month",
        units.MONEY,
        sum_terms([one.curve for one in parts]),
    )
    expected = builder.single(
        "expected_exit", "Expected exit cost", units.MONEY, sum_terms([one.expected for one in parts])
    )
    expected_pv = builder.single(
        "expected_exit_pv", "Expected exit cost, discounted", units.MONEY_PV,
        sum_terms([one.expected_pv for one in parts]),
    )  # fmt: skip
    names = dict.fromkeys(name for one in parts for name in one.components)
    components = {
        name: tuple(line for one in parts for line in one.components.get(name, ())) for name in names
    }
    sections = [
        Section(f"{one.block.title}: {section.title.lower()}", section.lines)
        for one in parts
        for section in one.block.sections
    ]
    sections.append(Section("All parts", (curve, expected, expected_pv)))
    block = Block(builder.outline.name, builder.shared.months, tuple(sections))
    return Exit(components, curve, expected, expected_pv, None, frozenset(), block)


def _expected(builder: OptionBuilder, curve: Line) -> tuple[Line, Line]:
    """Define the expected exit cost in the chosen month, nominal and discounted."""
    month, probability = builder.input("exit_month"), builder.input("exit_probability")
    expected = builder.single(
        "expected_exit", "Expected exit cost", units.MONEY, probability * At(curve, month)
    )
    factor = At(builder.shared.discount, month)
    expected_pv = builder.single(
        "expected_exit_pv", "Expected exit cost, discounted", units.MONEY_PV, expected * factor
    )
    return expected, expected_pv


class _Components:
    """The components of a part's exit cost; `terms` are lines that they are made of."""

    def __init__(self, part: Part, serving: Line, standing: dict[str, Line]) -> None:
        self.part, self.builder, self.serving, self.standing = part, part.builder, serving, standing
        self.terms: tuple[Line, ...] = ()
        self.standing_names = {"engineering", "fees"}

    def all(self) -> dict[str, Line]:
        """Define the components by name."""
        builder, engineer = self.builder, self.part.basis.engineer
        found = {
            "engineering": self._line(
                "engineering", "Engineers", builder.input("exit_fte_months") * engineer * self.serving
            ),
            "parallel": self._line(
                "parallel", "Running both",
                builder.input("parallel_run_months") * self._running() * self.serving,
            ),
            "fees": self._line("fees", "Fees", as_node(builder.input("exit_fees"))),
        }  # fmt: skip
        if self.part.basis.rent:
            found["commitment"] = self._commitment()
        if self.part.owned:
            loss = builder.input("resale_loss") * self.part.owned.worth
            found["forced_sale"] = self._line("forced_sale", "Lost on a forced sale", loss)
        return found

    def _line(self, name: str, label: str, formula: Node) -> Line:
        return self.standing.get(name) or self.builder.monthly(f"exit_{name}", label, units.MONEY, formula)

    def _running(self) -> Line:
        """Define what it takes to keep the old service up for a month."""
        part, builder = self.part, self.builder
        machines = part.fleet + part.supporting if part.supporting else part.fleet
        team = builder.input("ongoing_fte") * part.basis.engineer
        line = builder.monthly(
            "running", "Keeping it up for a month", units.MONEY, machines * (1 + Input(VAT)) + team
        )
        self.terms = (*self.terms, line)
        return line

    def _commitment(self) -> Line:
        """Define what is still owed for rented machines after leaving."""
        part, builder, rent = self.part, self.builder, self.part.basis.rent
        length, parallel = builder.input("commitment_months"), builder.input("parallel_run_months")
        assert rent is not None
        if rent.reserve is None:
            since = builder.shared.month - part.basis.timing.go_live
            left: Node = maximum(0, length - since - parallel)
            owed = left * part.fleet * builder.input("termination_share") * self.serving
            return self._line("commitment", "Remaining commitment", owed)
        self.standing_names.add("commitment")
        if "commitment" in self.standing:
            return self.standing["commitment"]
        left_line, locked = self._left(part)
        due = minimum(length, maximum(0, left_line - parallel * self.serving))
        price = rent.reserve.gpus * locked * (1 - builder.input("commitment_discount"))
        return self._line(
            "commitment", "Remaining commitment", due * price * builder.input("termination_share")
        )

    def _left(self, part: Part) -> tuple[Line, Line]:
        """Define the months that are left of the term in which an exit falls, and the locked price of that term."""
        builder, timing, rent = self.builder, part.basis.timing, part.basis.rent
        assert rent is not None
        assert rent.reserve is not None
        length, month = builder.input("commitment_months"), builder.shared.month
        if not builder.outline.renews:
            left = builder.monthly("exit_left", "Months left", units.MONTHS, length - (month - timing.lead))
            self.terms = (*self.terms, left)
            return left, rent.reserve.locked
        number = maximum(0, count_up((month - timing.lead) / maximum(1, length)) - 1)
        term = builder.monthly("exit_term", "Term at exit, the first is 0", units.PLACE, number)
        left = builder.monthly(
            "exit_left", "Months left", units.MONTHS, length * (term + 1) - (month - timing.lead)
        )
        locked = builder.monthly(
            "exit_locked", "One GPU as committed", units.MONEY_PER_MONTH,
            At(rent.gpu_month, signed_in(builder, timing, term)),
        )  # fmt: skip
        self.terms = (*self.terms, term, left, locked)
        return left, locked
