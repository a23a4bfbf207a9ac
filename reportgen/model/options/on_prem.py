"""An option of kind on_prem: owned GPUs, bought when needed, with power, upkeep and what they bring when sold."""

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, Previous, maximum, where
from reportgen.model.options.fleet import sizing, tuned_speed
from reportgen.model.options.ledger import Desk, Parts, Timing, timing
from reportgen.model.options.self_hosted import settling


def parts(desk: Desk, spill_usage: Line | None) -> Parts:
    """Define what owned GPUs contribute (MODEL, "on_prem")."""
    when = timing(desk)
    tuned, speed = tuned_speed(desk, when)
    size = sizing(desk, when, speed, spill_usage)
    owned = _owned(desk, when, size.replicas)
    purchases = _purchases(desk, owned)
    power, upkeep = _power(desk, owned), _upkeep(desk, owned)
    resale = desk.monthly(
        "resale", "What the machines would bring", units.MONEY, _worth(desk, owned, desk.shared.month)
    )
    forgone = desk.monthly(
        "resale_at_horizon", "What the same machines bring at the horizon", units.MONEY,
        _worth(desk, owned, desk.shared.horizon),
    )  # fmt: skip
    at_end = where(desk.shared.month >= desk.shared.horizon, 0 - resale, 0)
    residual = desk.cost("residual", "Residual value at the horizon", at_end)
    support = desk.cost(
        "supporting_infrastructure", "Storage, network, monitoring",
        desk.input("supporting_rate") * (power + upkeep),
    )  # fmt: skip
    settled = settling(desk, when)
    drivers = (when.go_live, when.live, when.deploying, tuned, speed, *size.drivers, owned, resale, forgone)
    return Parts(
        when,
        desk.shared.specialist_month,
        drivers,
        {
            "compute": (purchases, power, upkeep, residual, *size.spill),
            "supporting": (support,),
            "ongoing": settled.lines,
        },
        power + upkeep + support,
        settled.stable_at,
        None,
        resale,
        forgone,
        residual,
    )


def _owned(desk: Desk, when: Timing, replicas: Line) -> Line:
    staged = where(when.deploying > 0, desk.input("staging_replicas"), 0)
    serving = where(when.live > 0, replicas, 0)
    return desk.monthly("owned", "Replicas owned", units.REPLICAS, maximum(Previous(), staged, serving))


def _purchases(desk: Desk, owned: Line) -> Line:
    price = desk.input("price_per_gpu_installed") * desk.shared.grow(desk.input("hardware_price_change"))
    bought = (owned - Previous(owned)) * desk.input("gpus_per_replica")
    return desk.cost("purchases", "GPUs bought and installed", bought * price)


def _power(desk: Desk, owned: Line) -> Line:
    draw = owned * desk.input("gpus_per_replica") * desk.input("kw_per_gpu") * desk.input("pue")
    price = desk.input("price_per_kwh") * desk.shared.grow(desk.input("power_price_change"))
    return desk.cost("power", "Power and cooling", draw * Input("workload.hours_per_month") * price)


def _upkeep(desk: Desk, owned: Line) -> Line:
    value = owned * desk.input("gpus_per_replica") * desk.input("price_per_gpu_installed")
    return desk.cost(
        "upkeep", "Space, network and maintenance contracts", value * desk.input("upkeep_rate") / 12
    )


def _worth(desk: Desk, owned: Line, at: Line) -> Node:
    age = maximum(0, at - desk.input("lead_time_months"))
    kept = (1 - desk.input("resale_decline")) ** (age / 12)
    return owned * desk.input("gpus_per_replica") * desk.input("price_per_gpu_installed") * kept
