"""An option of kind api: pay per token."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, as_node
from reportgen.model.options.ledger import OptionBuilder, Parts, timing_lines
from reportgen.model.prices import moving

PRICE = units.PRICE_PER_M_TOKENS


@dataclass(frozen=True, slots=True)
class Usage:
    """What the tokens cost at an api's prices, whether or not it is in service: others may lean on it."""

    prices: tuple[Line, ...]
    looked_up: Mapping[str, Line]
    blended: Line
    fees: Line


def usage(builder: OptionBuilder) -> Usage:
    """Price the whole workload at the api's rates (MODEL, "api": compute without `live`)."""
    fresh = builder.price("input_price", "Input price", PRICE, "price_change")
    output = builder.price("output_price", "Output price", PRICE, "price_change")
    cached = None
    if builder.outline.cached_price:
        cached = builder.price("cached_input_price", "Cached input price", PRICE, "price_change")
    read = cached.by_month if cached else None
    blended = builder.monthly(
        "blended_price", "Blended price", PRICE, _blended(fresh.by_month, read, output.by_month)
    )
    batch = 1 - builder.input("batch_share") * builder.input("batch_discount")
    fees = builder.monthly(
        "usage", "All tokens at this price", units.MONEY,
        builder.shared.tokens * blended * batch * (1 - builder.input("committed_discount")),
    )  # fmt: skip
    prices = (fresh, cached, output) if cached else (fresh, output)
    lines = tuple(line for price in prices for line in price.lines)
    return Usage(lines, dict(item for price in prices for item in price.looked_up.items()), blended, fees)


def _blended(fresh: Line, cached: Line | None, output: Line) -> Node:
    output_share, cached_share = Input("workload.output_share"), Input("workload.cached_share")
    read = as_node(fresh)
    if cached:
        read = (1 - cached_share) * fresh + cached_share * cached
    return (1 - output_share) * read + output_share * output


def parts(builder: OptionBuilder, priced: Usage) -> Parts:
    """Define what an api contributes; the premium for specialists does not apply to it (MODEL, "Options")."""
    timing = timing_lines(builder)
    fees = builder.cost("token_fees", "Token fees", priced.fees * timing.live)
    drivers = (timing.go_live, timing.live, timing.deploying, *priced.prices, priced.blended, priced.fees)
    costs: dict[str, tuple[Line, ...]] = {"compute": (fees,)}
    moves = moving(builder.outline, builder.shared)
    if moves:
        work = builder.input("migration_fte_months") * builder.shared.fte_month * moves[-1]
        costs["other"] = (builder.cost("migration", "Moving to the successor", work),)
        drivers = (*drivers, *moves)
    return Parts(
        timing, builder.shared.fte_month, drivers, costs, as_node(fees), looked_up=priced.looked_up
    )  # fmt: skip
