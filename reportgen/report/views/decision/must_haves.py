"""Cost of each must-have: the option recommended without it, and the full cost saved."""

from collections.abc import Sequence

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Exhibit, Row, Table, Text
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, names_level_with, same_as_printed
from reportgen.results.options import OptionResult
from reportgen.runtime.records import dataclass

ALL = "Without any must-have"


@dataclass(frozen=True, slots=True)
class WaivedMustHave:
    """The recommendation without a must-have, and its cost: 0 if no cheaper option fails it alone."""

    name: str
    winner: OptionResult
    cost: float


def waive_must_haves(context: ViewContext) -> tuple[WaivedMustHave, ...]:
    """Waive each must-have that excludes an option, one at a time; empty if no option is recommended."""
    best = context.paper.best
    if best is None:
        return ()
    failed = {name for option in context.options for name in option.failed_requirements}
    musts = [requirement.name for requirement in context.paper.requirements if requirement.name in failed]
    return tuple(_without(context, best, name, (name,)) for name in musts)


def costliest_must_have(context: ViewContext) -> WaivedMustHave | None:
    """Return the must-have that costs most by itself; None if every cost prints as zero."""
    found = [one for one in waive_must_haves(context) if _shows(context, one.cost)]
    return max(found, key=lambda one: one.cost, default=None)


def exhibit(context: ViewContext) -> Exhibit | None:
    """Return the table of must-have costs; None if no must-have excludes an option, or no option is recommended."""
    found = waive_must_haves(context)
    best = context.paper.best
    if not found or best is None:
        return None
    every = _without(context, best, ALL, [one.name for one in found])
    rows = [_row(context, one) for one in found]
    if len(found) > 1:
        rows.append(_row(context, every, "total"))
    heads = (
        Cell("Then recommended", number=False),
        Cell("Its full economic cost"),
        Cell("Cost of the must-have"),
    )
    return context.exhibit(
        "must-haves", _title(context, every), f"Full economic cost without a must-have, all others kept, {context.unit.words}",
        "sheet Summary. Must-haves that rule no option out are left out.",
        table=Table("Must-have waived", heads, tuple(rows), widths=(34, 30, 18, 18)),
    )  # fmt: skip


def _without(context: ViewContext, best: OptionResult, name: str, names: Sequence[str]) -> WaivedMustHave:
    allowed = [option for option in context.options if set(option.failed_requirements) <= set(names)]
    winner = min(allowed, key=lambda option: option.full_cost)
    if winner.full_cost >= best.full_cost:
        return WaivedMustHave(name, best, 0.0)
    return WaivedMustHave(name, winner, best.full_cost - winner.full_cost)


def _shows(context: ViewContext, cost: float) -> bool:
    return not same_as_printed(cost, 0, context.figures.notation)


def _row(context: ViewContext, one: WaivedMustHave, kind: str = "") -> Row:
    same = context.paper.best is not None and one.winner.key == context.paper.best.key
    name = f"{one.winner.name}, as now" if same else one.winner.name
    cells = (
        Cell(name, number=False, chosen=same), Cell(context.figures.option_result(one.winner, "full_cost", context.unit.number_format), chosen=same),
        Cell(context.figures.plain_text(one.cost, context.unit.number_format)),
    )  # fmt: skip
    return Row(one.name, cells, kind)


def _title(context: ViewContext, every: WaivedMustHave) -> Text:
    most = costliest_must_have(context)
    if most:
        amount = context.figures.money(most.cost)
        costs = [(first_lower(one.name), one.cost) for one in waive_must_haves(context)]
        level = names_level_with(most.cost, costs, context.figures.notation)
        if len(level) > 1:
            return f"The must-haves that cost most, {amount} each: {join_at_most(level, 3, 'must-haves')}"
        return f"The must-have that costs most: {level[0]}, {amount}"
    if _shows(context, every.cost):
        return (
            f"No must-have costs anything by itself; together they cost {context.figures.money(every.cost)}"
        )
    return "The must-haves cost nothing: what they rule out is not cheaper"
