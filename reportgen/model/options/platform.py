"""The lines of an option of kind platform: managed GPUs at a discount on the public-cloud price, plus fees."""

from reportgen import units
from reportgen.formula.nodes import Line, as_node, maximum
from reportgen.model.options.fleet import replica_month, sizing
from reportgen.model.options.ledger import OptionBuilder, Parts, timing_lines


def parts(builder: OptionBuilder, spill_usage: Line | None) -> Parts:
    """Define the parts of a platform: no tuning loss, stabilisation or supporting rate (MODEL, "platform")."""
    timing = timing_lines(builder)
    size = sizing(builder, timing, None, spill_usage)
    price = builder.price(
        "gpu_hourly_price", "GPU price, public cloud", units.PRICE_PER_GPU_HOUR, "gpu_price_change"
    )
    replica = builder.monthly(
        "gpu_hours_price", "One replica, brokered, with the fee", units.MONEY_PER_MONTH,
        replica_month(builder, price) * (1 - builder.input("brokerage_discount")) * (1 + builder.input("fee_rate")),
    )  # fmt: skip
    fleet = builder.cost(
        "fleet", "Managed GPUs and platform fee",
        (size.replicas * replica + builder.input("monthly_fee")) * timing.live,
    )  # fmt: skip
    remaining = maximum(0, builder.input("commitment_months") - (builder.shared.month - timing.go_live))
    return Parts(
        timing,
        builder.shared.specialist_month,
        (*timing.lines, *size.drivers, *price.lines, replica),
        {"compute": (fleet, *size.spill)},
        as_node(fleet),
        commitment=remaining * fleet * builder.input("termination_share"),
        looked_up=price.looked_up,
    )
