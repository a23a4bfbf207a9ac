"""The lines of a mix: its parts, each with the workloads routed to it, on the sheet of the mix."""

from reportgen import units
from reportgen.formula.lines import Section
from reportgen.formula.nodes import Line, Ref, as_node, sum_terms
from reportgen.model.options.basis import Basis, Costs
from reportgen.model.options.builder import OptionBuilder, Selection
from reportgen.model.options.ledger import Account, taxed
from reportgen.model.options.part import Part
from reportgen.model.outline import OptionOutline, Outline

SUBTOTALS = {"compute": "Compute", "ongoing": "Ongoing engineering", "other": "One-off and other"}
"""The categories of a part that are added up before they enter the category of the mix."""


def selections(outline: Outline, mix: OptionOutline) -> dict[str, Selection]:
    """Return the workloads that each option of a mix carries, in the case's order."""
    found = {}
    for option in outline.options:
        carried = tuple(one.key for one in outline.workloads if mix.routes.get(one.key) == option.key)
        if carried:
            found[option.key] = Selection(carried)
    return found


def account(part: Part) -> Account:
    """Define a part's lines in the ledger of the mix: its own, and references to those it has whatever it carries."""
    builder, basis = part.builder, part.basis
    own: Costs = {name: lines for name, lines in part.costs.items() if lines}
    mirrored = {name: tuple(_mirror(builder, line) for line in lines) for name, lines in basis.costs.items()}
    if basis.rent and basis.rent.staging:
        staging = _mirror(builder, basis.rent.staging)
        own["compute"] = tuple(staging if line is basis.rent.staging else line for line in own["compute"])
    whole = {name: (*own.get(name, ()), *mirrored.get(name, ())) for name in dict.fromkeys((*own, *mirrored))}
    sums = {
        name: builder.subtotal(name, f"{basis.builder.outline.short_name}: {title.lower()}", sum_terms(whole[name]))
        for name, title in SUBTOTALS.items()
    }  # fmt: skip
    base = builder.monthly(
        "taxed", "Bought, taxed", units.MONEY, taxed(part, as_node(sums["compute"]), mirrored["other"])
    )
    waiting = None
    if builder.outline.until_live:
        waiting = builder.monthly(
            "waiting", "Not yet in operation", units.SHARE_OF_MONTH, 1 - basis.timing.live
        )
    go_live = builder.single("go_live", "Go-live", units.MONTHS, Ref(basis.timing.go_live))
    shown = [go_live, *part.drivers, *((waiting,) if waiting else ())]
    for name, lines in whole.items():
        shown += [*lines, *((sums[name],) if name in sums else ())]
    names = ", ".join(_workload_name(basis, key) for key in part.workloads)
    section = Section(f"{basis.builder.outline.short_name}: {names}", (*shown, base))
    entered = {name: ((sums[name],) if name in sums else lines) for name, lines in whole.items()}
    return Account(part, whole, entered, as_node(base), Ref(waiting) if waiting else None, go_live, section)


def _mirror(builder: OptionBuilder, line: Line) -> Line:
    """Define a line of the mix that shows a line of the option's own sheet."""
    return Line(
        builder.key(line.key.rpartition(".")[2]),
        line.label,
        line.unit,
        Ref(line),
        line.axis,
        total=line.total,
    )


def _workload_name(basis: Basis, key: str) -> str:
    return next(one.outline.name for one in basis.builder.shared.workloads if one.key == key)
