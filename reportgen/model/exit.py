"""Exit cost: the cost of leaving by month of exit, and its expected value."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import At, Line, Node, as_node, sum_terms, where
from reportgen.model.options.ledger import OptionBuilder, Parts


@dataclass(frozen=True, slots=True)
class Exit:
    """An option's exit cost by month, its components, and its expected value in the chosen month."""

    components: dict[str, Line]
    curve: Line
    expected: Line
    expected_pv: Line
    block: Block


def exit_cost(builder: OptionBuilder, parts: Parts) -> Exit | None:
    """Define the exit cost; None where it has no probability or month (MODEL, "Exit cost")."""
    if not builder.outline.exit:
        return None
    serving = builder.monthly(
        "serving", "Full month of service", units.FLAG, where(parts.timing.live >= 1, 1, 0)
    )
    components = _components(builder, parts, serving)
    curve = builder.monthly(
        "exit_cost",
        "Cost of leaving at the end of the month",
        units.MONEY,
        sum_terms(tuple(components.values())),
    )
    month, probability = builder.input("exit_month"), builder.input("exit_probability")
    expected = builder.single(
        "expected_exit", "Expected exit cost", units.MONEY, probability * At(curve, month)
    )
    factor = At(builder.shared.discount, month)
    expected_pv = builder.single(
        "expected_exit_pv", "Expected exit cost, discounted", units.MONEY_PV, expected * factor
    )
    sections = (
        Section("By month of exit", (serving, *components.values(), curve)),
        Section("In the chosen month", (expected, expected_pv)),
    )
    return Exit(
        components, curve, expected, expected_pv, Block(builder.outline.name, builder.shared.months, sections)
    )


def _components(builder: OptionBuilder, parts: Parts, serving: Line) -> dict[str, Line]:
    """Define the components by name; `serving` flags the full months of service."""

    def line(name: str, label: str, formula: Node) -> Line:
        return builder.monthly(f"exit_{name}", label, units.MONEY, formula)

    running = parts.running + builder.input("ongoing_fte") * parts.engineer
    components = {
        "engineering": line(
            "engineering", "Engineers", builder.input("exit_fte_months") * parts.engineer * serving
        ),
        "parallel": line(
            "parallel", "Running both", builder.input("parallel_run_months") * running * serving
        ),
        "fees": line("fees_due", "Fees", as_node(builder.input("exit_fees"))),
    }  # fmt: skip
    if parts.commitment is not None:
        components["commitment"] = line("commitment", "Remaining commitment", parts.commitment * serving)
    if parts.resale is not None and parts.residual_forgone is not None:
        components["resale"] = line("resale", "Machines sold", 0 - parts.resale)
        components["residual_forgone"] = line(
            "residual_forgone", "Residual value forgone", as_node(parts.residual_forgone)
        )
    return components
