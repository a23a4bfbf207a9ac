"""The lines of an option of kind on_prem: owned GPUs, with purchases, power, upkeep and resale value."""

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, Previous, maximum, where
from reportgen.model.options.fleet import sizing, tuned_speed
from reportgen.model.options.ledger import OptionBuilder, Parts, Timing, timing_lines
from reportgen.model.options.self_hosted import post_go_live_work


def parts(builder: OptionBuilder, spill_usage: Line | None) -> Parts:
    """Define the parts of owned GPUs (MODEL, "on_prem")."""
    timing = timing_lines(builder)
    tuned, speed = tuned_speed(builder, timing)
    size = sizing(builder, timing, speed, spill_usage)
    owned = _owned(builder, timing, size.replicas)
    purchases = _purchases(builder, owned)
    power, upkeep = _power(builder, owned), _upkeep(builder, owned)
    value = _resale_value(builder, owned, builder.shared.month)
    resale = builder.monthly("resale", "What the machines would bring", units.MONEY, value)
    forgone = builder.monthly(
        "resale_at_horizon", "What the same machines bring at the horizon", units.MONEY,
        _resale_value(builder, owned, builder.shared.horizon),
    )  # fmt: skip
    at_end = where(builder.shared.month >= builder.shared.horizon, 0 - resale, 0)
    residual = builder.cost("residual", "Residual value at the horizon", at_end)
    support = builder.cost(
        "supporting_infrastructure", "Storage, network, monitoring",
        builder.input("supporting_rate") * (power + upkeep),
    )  # fmt: skip
    work_after = post_go_live_work(builder, timing)
    return Parts(
        timing,
        builder.shared.specialist_month,
        (*timing.lines, tuned, speed, *size.drivers, owned, resale, forgone),
        {
            "compute": (purchases, power, upkeep, residual, *size.spill),
            "supporting": (support,),
            "ongoing": work_after.lines,
        },
        power + upkeep + support,
        work_after.stable_at,
        resale=resale,
        residual_forgone=forgone,
        residual=residual,
    )


def _owned(builder: OptionBuilder, timing: Timing, replicas: Line) -> Line:
    staged = where(timing.deploying > 0, builder.input("staging_replicas"), 0)
    serving = where(timing.live > 0, replicas, 0)
    return builder.monthly("owned", "Replicas owned", units.REPLICAS, maximum(Previous(), staged, serving))


def _purchases(builder: OptionBuilder, owned: Line) -> Line:
    price = builder.input("price_per_gpu_installed") * builder.shared.grow(
        builder.input("hardware_price_change")
    )
    bought = (owned - Previous(owned)) * builder.input("gpus_per_replica")
    return builder.cost("purchases", "GPUs bought and installed", bought * price)


def _power(builder: OptionBuilder, owned: Line) -> Line:
    draw = owned * builder.input("gpus_per_replica") * builder.input("kw_per_gpu") * builder.input("pue")
    price = builder.input("price_per_kwh") * builder.shared.grow(builder.input("power_price_change"))
    return builder.cost("power", "Power and cooling", draw * Input("workload.hours_per_month") * price)


def _upkeep(builder: OptionBuilder, owned: Line) -> Line:
    value = owned * builder.input("gpus_per_replica") * builder.input("price_per_gpu_installed")
    return builder.cost(
        "upkeep", "Space, network and maintenance contracts", value * builder.input("upkeep_rate") / 12
    )


def _resale_value(builder: OptionBuilder, owned: Line, at: Line) -> Node:
    """Return what the machines owned in a month bring when sold in month `at`."""
    age = maximum(0, at - builder.input("lead_time_months"))
    kept = (1 - builder.input("resale_decline")) ** (age / 12)
    return owned * builder.input("gpus_per_replica") * builder.input("price_per_gpu_installed") * kept
