"""The lines of rented GPUs: self_hosted, run by own engineers, and platform, managed for a fee."""

from reportgen import units
from reportgen.formula.nodes import (
    At,
    Input,
    Line,
    Node,
    as_node,
    count_up,
    maximum,
    minimum,
    round_to,
    whole_down,
)  # fmt: skip
from reportgen.model.options.basis import Basis, Rent, Reserve, standing_costs
from reportgen.model.options.builder import OptionBuilder, Timing, timing_lines
from reportgen.model.options.fleet import Machines, gpus_of, machines, sizing
from reportgen.model.options.part import Part, PartBuilder, Sizing
from reportgen.model.options.work import post_go_live_work
from reportgen.model.workload import HOURS


def basis(builder: OptionBuilder) -> Basis:
    """Define what rented GPUs cost whatever they carry (MODEL, "self_hosted" and "platform")."""
    own = builder.outline.kind == "self_hosted"
    timing, engineer = timing_lines(builder), builder.shared.specialist_month
    size = machines(builder, timing, tuned=own)
    label = "GPU price" if own else "GPU price, public cloud"
    price = builder.price("gpu_hourly_price", label, units.PRICE_PER_GPU_HOUR, "gpu_price_change")
    month: Node = Input(HOURS) * price.by_month
    if not own:
        month = month * (1 - builder.input("brokerage_discount")) * (1 + builder.input("fee_rate"))
    gpu_month = builder.monthly("gpu_month", "One GPU", units.MONEY_PER_MONTH, month)
    reserve = _reserve(builder, timing, size, gpu_month) if builder.outline.committed else None
    staging_gpus, staging = _staging(builder, timing, size, gpu_month) if own else (None, None)
    work = post_go_live_work(builder, timing) if own else None
    return Basis(
        builder, timing, engineer,
        (
            *timing.lines, *size.lines, *price.lines, gpu_month, *((staging_gpus,) if staging_gpus else ()),
            *(reserve.lines if reserve else ()),
        ),
        size.load, standing_costs(builder, timing, engineer, work.lines if work else ()),
        work.stable_at if work else None, servers_per_replica=size.servers_per_replica,
        rent=Rent(gpu_month, staging_gpus, None if reserve else staging, reserve), looked_up=price.looked_up,
    )  # fmt: skip


def _staging(builder: OptionBuilder, timing: Timing, size: Machines, gpu_month: Line) -> tuple[Line, Line]:
    """Define the GPUs for staging and what they cost where nothing is committed."""
    gpus = builder.single(
        "staging_gpus", "GPUs for staging", units.GPUS,
        gpus_of(builder, size.servers_per_replica, builder.input("staging_replicas")),
    )  # fmt: skip
    price = gpu_month * (1 - builder.input("commitment_discount"))
    return gpus, builder.cost("staging", "GPUs in staging", gpus * timing.deploying * price)


def _reserve(builder: OptionBuilder, timing: Timing, size: Machines, gpu_month: Line) -> Reserve:
    """Define the committed GPUs, covered from delivery on at the price of the month of signing."""
    shared, length = builder.shared, builder.input("commitment_months")
    gpus = builder.single(
        "committed_gpus", "GPUs committed", units.GPUS,
        gpus_of(builder, size.servers_per_replica, builder.input("committed_replicas")),
    )  # fmt: skip
    end: Node = as_node(shared.horizon) if builder.outline.renews else round_to(timing.lead + length, 6)
    covered = builder.monthly("covered", "GPUs covered", units.GPUS, gpus * shared.overlap(timing.lead, end))
    signed: tuple[Line, ...] = ()
    if builder.outline.renews:
        passed = whole_down(maximum(0, shared.month - 1 - timing.lead) / maximum(1, length))
        term = builder.monthly("term", "Term, the first is 0", units.PLACE, passed)
        signed = (
            term,
            builder.monthly("signed", "Signed in", units.MONTH_NUMBER, signed_in(builder, timing, term)),
        )
        locked = builder.monthly(
            "locked", "One GPU as committed", units.MONEY_PER_MONTH, At(gpu_month, as_node(signed[-1]))
        )
    else:
        first = minimum(shared.horizon, maximum(1, count_up(timing.lead)))
        locked = builder.single("locked", "One GPU as committed", units.MONEY_PER_MONTH, At(gpu_month, first))
    price = locked * (1 - builder.input("commitment_discount"))
    cost = builder.monthly("reserved", "Committed GPUs", units.MONEY, covered * price)
    return Reserve(gpus, covered, locked, cost, (gpus, covered, *signed, locked, cost))


def signed_in(builder: OptionBuilder, timing: Timing, term: Line) -> Node:
    """Return the month in which a term of a commitment that renews was signed."""
    begins = count_up(timing.lead + builder.input("commitment_months") * term)
    return minimum(builder.shared.horizon, maximum(1, begins))


def part(parts: PartBuilder) -> Part:
    """Define what rented GPUs cost for the workloads that they carry."""
    builder, basis, rent = parts.builder, parts.basis, parts.basis.rent
    assert rent is not None
    own = builder.outline.kind == "self_hosted"
    size = sizing(parts)
    beyond, fleet = _fleet(parts, size, rent)
    bill: Node = fleet + rent.staging if rent.staging else as_node(fleet)
    used, credited = parts.credited(bill)
    spill, interim = parts.spill(size.served), parts.interim_usage()
    support = None
    if own:
        support = builder.cost(
            "supporting_infrastructure",
            "Storage, network, monitoring",
            builder.input("supporting_rate") * bill,
        )
    return Part(
        basis, builder, parts.selection.workloads, (*size.lines, *beyond, *parts.usage_lines(), *used),
        {
            "compute": (
                fleet, *((rent.staging,) if rent.staging else ()), *((spill,) if spill else ()), credited,
            ),
            "supporting": (support,) if support else (),
            "interim": (interim,) if interim else (),
        },
        as_node(fleet), support, spill=spill, interim_usage=interim, sizing=size,
    )  # fmt: skip


def _fleet(parts: PartBuilder, size: Sizing, rent: Rent) -> tuple[tuple[Line, ...], Line]:
    """Define the cost of the machines in service, and the GPUs beyond the committed ones where some are."""
    builder, timing = parts.builder, parts.basis.timing
    own = builder.outline.kind == "self_hosted"
    fee = None if own else builder.input("monthly_fee") * timing.live
    label = "GPUs in production" if own else "Managed GPUs and platform fee"
    in_service = size.gpus * timing.live
    if rent.reserve is None:
        price = (
            rent.gpu_month * (1 - builder.input("commitment_discount")) if own else as_node(rent.gpu_month)
        )
        cost: Node = in_service * price
        beyond: tuple[Line, ...] = ()
    else:
        staged = in_service + rent.staging_gpus * timing.deploying if rent.staging_gpus else in_service
        excess = builder.monthly(
            "gpus_beyond", "GPUs beyond the committed", units.GPUS, maximum(0, staged - rent.reserve.covered)
        )
        cost, beyond = rent.reserve.cost + excess * rent.gpu_month, (excess,)
    return beyond, builder.cost("fleet", label, cost + fee if fee is not None else cost)
