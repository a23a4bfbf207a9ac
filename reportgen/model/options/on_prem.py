"""The lines of an option of kind on_prem: owned GPUs, with purchases, power, upkeep and what they are worth."""

from reportgen import units
from reportgen.formula.nodes import Input, Line, Previous, as_node, maximum, where
from reportgen.model.options.basis import Basis, standing_costs
from reportgen.model.options.builder import OptionBuilder, timing_lines
from reportgen.model.options.fleet import gpus_of, machines, sizing
from reportgen.model.options.part import Part, PartBuilder, Purchases, Sizing
from reportgen.model.options.work import post_go_live_work
from reportgen.model.workload import HOURS


def basis(builder: OptionBuilder) -> Basis:
    """Define what owned GPUs have whatever they carry (MODEL, "on_prem")."""
    timing, engineer = timing_lines(builder), builder.shared.specialist_month
    size = machines(builder, timing, tuned=True)
    staging = builder.single(
        "staging_gpus", "GPUs for staging", units.GPUS,
        gpus_of(builder, size.servers_per_replica, builder.input("staging_replicas")),
    )  # fmt: skip
    work = post_go_live_work(builder, timing)
    return Basis(
        builder, timing, engineer, (*timing.lines, *size.lines, staging), size.load,
        standing_costs(builder, timing, engineer, work.lines), work.stable_at,
        servers_per_replica=size.servers_per_replica, staging_gpus=staging,
    )  # fmt: skip


def part(parts: PartBuilder) -> Part:
    """Define what owned GPUs cost for the workloads that they carry."""
    builder = parts.builder
    size = sizing(parts)
    owned = _owned(parts, size)
    machines_owned, paid = _purchases(builder, owned)
    power = _power(builder, owned)
    upkeep = builder.cost(
        "upkeep", "Space, network and maintenance contracts", builder.input("upkeep_rate") / 12 * paid
    )
    fleet = power + upkeep
    support = builder.cost(
        "supporting_infrastructure", "Storage, network, monitoring", builder.input("supporting_rate") * fleet
    )
    spill, interim = parts.spill(size.served), parts.interim_usage()
    residual = machines_owned.residual
    return Part(
        parts.basis, builder, parts.selection.workloads,
        (*size.lines, owned, *parts.usage_lines(), paid, machines_owned.worth),
        {
            "compute": (machines_owned.bought, power, upkeep, residual, *((spill,) if spill else ())),
            "supporting": (support,),
            "interim": (interim,) if interim else (),
        },
        fleet, support, spill=spill, interim_usage=interim, sizing=size, owned=machines_owned,
    )  # fmt: skip


def _owned(parts: PartBuilder, size: Sizing) -> Line:
    """Define the GPUs owned: the most that staging or service has needed so far."""
    timing, staging = parts.basis.timing, parts.basis.staging_gpus
    assert staging is not None
    # Why no line in a branch: LibreOffice keeps a what-if table's value in a cell that the run shown does not read
    staged = where(timing.deploying > 0, 1, 0) * staging
    serving = where(timing.live > 0, 1, 0) * size.gpus
    return parts.builder.monthly("owned", "GPUs owned", units.GPUS, maximum(Previous(), staged, serving))


def _purchases(builder: OptionBuilder, owned: Line) -> tuple[Purchases, Line]:
    """Define purchases, what they are worth at each purchase's own age, and what was paid so far."""
    shared = builder.shared
    price = builder.input("price_per_gpu_installed") * shared.grow(builder.input("hardware_price_change"))
    bought = builder.cost("purchases", "GPUs bought and installed", (owned - Previous(owned)) * price)
    paid = builder.monthly("paid_for_gpus", "Paid for GPUs so far", units.MONEY, Previous() + bought)
    kept = (1 - builder.input("resale_decline")) ** (as_node(1) / 12)
    worth = builder.monthly("worth", "What the machines would bring", units.MONEY, Previous() * kept + bought)
    at_end = where(shared.month >= shared.horizon, 0 - worth, 0)
    residual = builder.cost("residual", "Residual value at the horizon", at_end)
    return Purchases(bought, worth, residual), paid


def _power(builder: OptionBuilder, owned: Line) -> Line:
    draw = owned * builder.input("kw_per_gpu") * builder.input("pue")
    price = builder.input("price_per_kwh") * builder.shared.grow(builder.input("power_price_change"))
    return builder.cost("power", "Power and cooling", draw * Input(HOURS) * price)
