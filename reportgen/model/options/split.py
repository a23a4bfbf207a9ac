"""The lines of the best split: what an option costs for the workloads that it carries, and what options cost together.

An input of 0 or 1 says whether a workload is carried and whether an option is used, so that one set of lines serves every
assignment. A part's own cost depends on the option and on what it carries; interim staff and displaced projects depend on
which options are used; a shortfall of an obligation on all that was paid (MODEL, "Mix").
"""

from collections.abc import Iterator, Mapping, Sequence

from reportgen import units
from reportgen.formula.lines import PartLines, SplitLines
from reportgen.formula.nodes import (
    At,
    Input,
    Line,
    Node,
    Previous,
    SumProduct,
    as_node,
    maximum,
    minimum,
    sum_terms,
)  # fmt: skip
from reportgen.model.exit import Exit, exit_cost
from reportgen.model.options.basis import Basis
from reportgen.model.options.builder import Selection, routing
from reportgen.model.options.ledger import own_account, paid_to
from reportgen.model.options.options import Option, part_of
from reportgen.model.options.part import Part, PartBuilder
from reportgen.model.workload import VAT, ObligationLines, SharedLines

OWNER = "split"
"""The owner of the lines, which stand in no workbook."""


def used(option: str) -> str:
    """Return the path of the flag that says whether an option carries anything."""
    return f"used.{option}"


def paid(obligation: str) -> str:
    """Return the path of what all options used have paid towards an obligation by its month."""
    return f"paid.{obligation}"


def split_lines(
    shared: SharedLines, bases: Mapping[str, Basis], options: Sequence[Option], keys: Sequence[str]
) -> SplitLines:
    """Define the lines of the split over some options, none of them a mix."""
    workloads = tuple(one.key for one in shared.workloads)
    single = {option.key: option for option in options}
    parts = {key: _part(key, workloads, bases, single[key].exit) for key in keys}
    together = (*_staff(shared, bases, keys), *_displaced(single, keys))
    monthly = Line(
        f"{OWNER}.together", "Options used together", units.MONEY, sum_terms(together), shared.months
    )
    shortfalls = sum_terms([_shortfall(shared, one) for one in shared.obligations])
    return SplitLines(
        parts,
        Line(f"{OWNER}.together_pv", "Options used together", units.MONEY_PV, SumProduct(monthly, shared.discount)),
        Line(f"{OWNER}.shortfall", "Shortfalls with tax", units.MONEY_PV, shortfalls),
        tuple(map(routing, workloads)), tuple(map(used, keys)), tuple(paid(one.outline.id) for one in shared.obligations),
    )  # fmt: skip


def _part(
    key: str, workloads: tuple[str, ...], bases: Mapping[str, Basis], standing: Exit | None
) -> PartLines:
    """Define what an option costs by itself; `standing` is the exit cost of the option as stated."""
    builder = bases[key].builder.part_of(OWNER)
    part = part_of(PartBuilder(bases[key], builder, Selection(workloads, flagged=True), bases))
    return PartLines(_core(part, standing), _paid(part))


def _core(part: Part, standing: Exit | None) -> Line:
    """Define a part's core without what is known of all parts together only."""
    account, builder = own_account(part), part.builder
    costs = [line for lines in account.costs.values() for line in lines]
    monthly = builder.cost("own", "Own cost", sum_terms(costs) + Input(VAT) * account.taxed)
    core: Node = SumProduct(monthly, builder.shared.discount)
    left = exit_cost(part, standing)
    return builder.single(
        "own_pv", "Own core", units.MONEY_PV, core + left.expected_pv if left else core
    )  # fmt: skip


def _paid(part: Part) -> tuple[Line | None, ...]:
    """Define what a part pays towards each obligation by its month."""
    builder, sums, found = part.builder, {}, []
    for one in builder.shared.obligations:
        api, line = one.outline.option, None
        if terms := paid_to(part, api):
            if api not in sums:
                spent = Previous() + sum_terms(terms)
                sums[api] = builder.monthly(f"paid_{api}", "Paid so far", units.MONEY, spent)
            by_then = At(sums[api], as_node(one.outline.until_month))
            line = builder.single(f"paid_by_{one.outline.id}", "Paid by its month", units.MONEY, by_then)
        found.append(line)
    return tuple(found)


def _staff(shared: SharedLines, bases: Mapping[str, Basis], keys: Sequence[str]) -> Iterator[Node]:
    """Yield the cost of the engineers of every api that serves until go-live, once however many use it."""
    leaning: dict[str, list[Node]] = {}
    for key in keys:
        api = bases[key].builder.outline.until_live
        if api:
            leaning.setdefault(api, []).append(Input(used(key)) * (1 - bases[key].timing.live))
    for api, waiting in leaning.items():
        share = waiting[0] if len(waiting) == 1 else maximum(*waiting)
        if api in keys:
            share = minimum(share, 1 - Input(used(api)) * bases[api].timing.live)
        yield bases[api].builder.input("ongoing_fte") * shared.fte_month * share


def _displaced(options: Mapping[str, Option], keys: Sequence[str]) -> Iterator[Node]:
    """Yield the value of the projects that the options used displace, each once, at the largest share."""
    shares: dict[str, list[Node]] = {}
    for key in keys:
        found = options[key].opportunity
        for project, line in (found.shares if found else {}).items():
            shares.setdefault(project, []).append(Input(used(key)) * line)
    for project, listed in shares.items():
        path = f"opportunity.{project}"
        share = listed[0] if len(listed) == 1 else maximum(*listed)
        yield Input(f"{path}.monthly_value") * Input(f"{path}.confidence") * share


def _shortfall(shared: SharedLines, one: ObligationLines) -> Node:
    """Return what is owed of an obligation beyond what was paid, with its tax, in its month."""
    owed = maximum(0, Input(one.outline.amount) - Input(paid(one.outline.id)))
    return owed * (1 + Input(VAT)) * At(shared.discount, as_node(one.outline.until_month))
