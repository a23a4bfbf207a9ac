"""An option of kind platform: managed GPUs, brokered below the public-cloud price, with a fee on top."""

from reportgen import units
from reportgen.formula.nodes import Line, as_node, maximum
from reportgen.model.options.fleet import replica_month, sizing
from reportgen.model.options.ledger import Desk, Parts, timing


def parts(desk: Desk, spill_usage: Line | None) -> Parts:
    """Define what a platform contributes (MODEL, "platform"): no tuning loss, stabilisation or supporting rate."""
    when = timing(desk)
    size = sizing(desk, when, None, spill_usage)
    price = desk.price(
        "gpu_hourly_price", "GPU price, public cloud", units.PRICE_PER_GPU_HOUR, "gpu_price_change"
    )
    replica = desk.monthly(
        "gpu_hours_price", "One replica, brokered, with the fee", units.MONEY_PER_MONTH,
        replica_month(desk, price) * (1 - desk.input("brokerage_discount")) * (1 + desk.input("fee_rate")),
    )  # fmt: skip
    fleet = desk.cost(
        "fleet", "Managed GPUs and platform fee",
        (size.replicas * replica + desk.input("monthly_fee")) * when.live,
    )  # fmt: skip
    owed = maximum(0, desk.input("commitment_months") - (desk.shared.month - when.go_live))
    return Parts(
        when,
        desk.shared.specialist_month,
        (when.go_live, when.live, when.deploying, *size.drivers, *price.lines, replica),
        {"compute": (fleet, *size.spill)},
        as_node(fleet),
        commitment=owed * fleet * desk.input("termination_share"),
        looked_up=price.looked_up,
    )
