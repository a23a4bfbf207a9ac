"""The lines of an option of kind api: pay per token."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, as_node
from reportgen.model.options.ledger import OptionBuilder, Parts, timing_lines
from reportgen.model.prices import migration_lines

PRICE = units.PRICE_PER_M_TOKENS


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of the whole workload at an api's prices, in service or not; other options may use it."""

    prices: tuple[Line, ...]
    looked_up: Mapping[str, Line]
    blended: Line
    cost: Line


def usage_of(builder: OptionBuilder) -> Usage:
    """Define the cost of the whole workload at the api's prices (MODEL, "api": usage)."""
    uncached = builder.price("input_price", "Input price", PRICE, "price_change")
    output = builder.price("output_price", "Output price", PRICE, "price_change")
    cached = None
    if builder.outline.cached_price:
        cached = builder.price("cached_input_price", "Cached input price", PRICE, "price_change")
    blended = builder.monthly(
        "blended_price",
        "Blended price",
        PRICE,
        _blended(uncached.by_month, cached.by_month if cached else None, output.by_month),
    )
    batch = 1 - builder.input("batch_share") * builder.input("batch_discount")
    cost = builder.monthly(
        "usage", "All tokens at this price", units.MONEY,
        builder.shared.tokens * blended * batch * (1 - builder.input("committed_discount")),
    )  # fmt: skip
    prices = (uncached, cached, output) if cached else (uncached, output)
    lines = tuple(line for price in prices for line in price.lines)
    return Usage(lines, dict(item for price in prices for item in price.looked_up.items()), blended, cost)


def _blended(uncached: Line, cached: Line | None, output: Line) -> Node:
    """Return the mean price of a token, weighted by the mix of the workload."""
    output_share, cached_share = Input("workload.output_share"), Input("workload.cached_share")
    input_price = as_node(uncached)
    if cached:
        input_price = (1 - cached_share) * uncached + cached_share * cached
    return (1 - output_share) * input_price + output_share * output


def parts(builder: OptionBuilder, usage: Usage) -> Parts:
    """Define the parts of an api option; its engineers have no specialist premium (MODEL, "Options")."""
    timing = timing_lines(builder)
    fees = builder.cost("token_fees", "Token fees", usage.cost * timing.live)
    drivers = (*timing.lines, *usage.prices, usage.blended, usage.cost)
    costs: dict[str, tuple[Line, ...]] = {"compute": (fees,)}
    migrations = migration_lines(builder.outline, builder.shared)
    if migrations:
        work = builder.input("migration_fte_months") * builder.shared.fte_month * migrations[-1]
        costs["other"] = (builder.cost("migration", "Moving to the successor", work),)
        drivers = (*drivers, *migrations)
    return Parts(
        timing, builder.shared.fte_month, drivers, costs, as_node(fees), looked_up=usage.looked_up
    )  # fmt: skip
