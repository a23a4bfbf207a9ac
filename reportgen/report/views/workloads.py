"""Section on workloads: which option carries which, in the mixes stated and in the best split found."""

from reportgen.casing import first_lower
from reportgen.report.parts import Exhibit, Row, Section, Table, Text, cells, text_cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, join_list, names_level_with, same_as_printed
from reportgen.results.split import BestSplit, Split

BEST = "Best split found"


def section(context: ViewContext) -> Section | None:
    """Return the section; None where the case has a single workload."""
    if not context.paper.workloads:
        return None
    return Section("workloads", "Workloads", _title(context), _lede(context), _exhibits(context))


def _title(context: ViewContext) -> str:
    split = context.results.best_split
    if split is not None and split.searched and split.best is None:
        return "No split of the workloads meets every must-have"
    if split is None or split.best is None or split.best_stated is None:
        return "What each workload needs, and which option carries it"
    stated, money = context.results.option(split.best_stated), context.figures.money
    if same_as_printed(split.best.full_cost, stated.full_cost, context.figures.notation):
        return f"No split of the workloads costs less than {stated.name}"
    less = money(stated.full_cost - split.best.full_cost)
    return f"The best split of the workloads costs {less} less than {stated.name}"


def _lede(context: ViewContext) -> Text:
    split = context.results.best_split
    if split is None:
        return (
            "Each workload has its own volume, growth and mix; a mix routes each to one of the other options."
        )
    if not split.searched:
        return f"There are more than {split.limit:,} ways to assign the workloads to options, so that no best split was looked for."
    if split.best is None:
        return "Every assignment of the workloads to options was looked at: none meets the must-haves of all workloads."
    count = "one way that meets" if split.assignments == 1 else f"{split.assignments:,} ways that meet"
    sentence = f"Every assignment of the workloads to options was costed as a mix, with its risks: {count} the must-haves."
    known = [_carriers(o.parts) for o in context.options if o.kind == "mix"]
    if split.as_yaml and split.best.routes not in known:
        sentence += " The best is no option of this paper until it is added to the case; the workbook's sheet Best split has the lines to add."
    return sentence


def _exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    split = context.results.best_split
    without = () if split is None else _without(context, split)
    return (_routes(context), *without)


def _routes(context: ViewContext) -> Exhibit:
    """Return the table of workloads against the mixes and the best split."""
    columns: list[tuple[str, dict[str, str], float]] = [
        (o.short_name, _carriers(o.parts), o.full_cost) for o in context.options if o.kind == "mix"
    ]
    split = context.results.best_split
    if split and split.best:
        columns.append((BEST, split.best.routes, split.best.full_cost))
    rows = []
    for key, name in context.paper.workloads.items():
        tokens = context.assumption(f"workloads.{key}.tokens_per_month")
        volume = context.volume(tokens.value) if tokens else ""
        names = [_short(context, routes.get(key)) for _, routes, _ in columns]
        rows.append(Row(name, (*cells([volume]), *text_cells(names))))
    costs = [context.figures.money(cost) for _, _, cost in columns]
    rows.append(Row("Full economic cost", (*cells([""]), *text_cells(costs)), "total"))
    heads = (*cells(["Tokens a month"]), *text_cells([name for name, _, _ in columns]))
    title = "Which workload goes where"
    if len(columns) == 1 and split and split.best and len(set(split.best.routes.values())) == 1:
        title = f"One option for all workloads costs least: {_name(context, next(iter(split.best.routes.values())))}"
    subtitle = f"Full economic cost over {context.paper.horizon}, {context.results.currency}, present value with expected risk and exit; tokens a month at the start"
    table = Table("Workload", heads, tuple(rows))
    return context.exhibit(
        "workload-routes", title, subtitle, "sheets Workloads and Best split.", table=table
    )


def _carriers(parts: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the option that carries each workload."""
    return {workload: option for option, workloads in parts.items() for workload in workloads}


def _without(context: ViewContext, split: BestSplit) -> tuple[Exhibit, ...]:
    """Return what the best split costs without each must-have; nothing where there is none."""
    if not split.without or not split.searched:
        return ()
    if split.best is None:
        return (_without_each(context, split),)
    dearest = max(
        split.without,
        key=lambda one: split.best.full_cost - one.best.full_cost if one.best and split.best else 0.0,
    )
    amount = split.best.full_cost - dearest.best.full_cost if dearest.best else 0.0
    money = context.figures.money
    costs = [
        (one.requirement, split.best.full_cost - one.best.full_cost) for one in split.without if one.best
    ]
    level = names_level_with(amount, costs, context.figures.notation)
    title = "No must-have makes the best split more expensive"
    if amount > 0 and not same_as_printed(amount, 0.0, context.figures.notation):
        title = f"The must-have that adds most to the best split: {first_lower(level[0])}, {money(amount)}"
        if len(level) > 1:
            names = join_at_most([first_lower(rule) for rule in level], 3, "must-haves")
            title = f"The must-haves that add most to the best split: {names}, {money(amount)} each"
    subtitle = f"Full economic cost of the best split with the rule, less that without it, {context.results.currency}"
    return (_must_haves(context, split, title, subtitle, split.best.full_cost),)


def _without_each(context: ViewContext, split: BestSplit) -> Exhibit:
    """Return the best split without each must-have, where none meets all of them."""
    found = {one.requirement: one.best for one in split.without if one.best}
    title = "Leaving out one must-have alone makes no split possible"
    if found:
        cheapest = min(found, key=lambda rule: found[rule].full_cost)
        title = f"Without one must-have a split is possible, from {context.figures.money(found[cheapest].full_cost)}: {cheapest}"
    subtitle = (
        f"Full economic cost of the best split without that rule alone, {context.results.currency}, "
        f"over {context.paper.horizon}"
    )
    return _must_haves(context, split, title, subtitle, None)


def _must_haves(
    context: ViewContext, split: BestSplit, title: str, subtitle: str, least: float | None
) -> Exhibit:
    """Return the best split without each must-have, and what the rule adds to it: `least` is the cost with all of them, if any."""
    unknown = "none is possible" if least is None else "not searched"
    rows = []
    for one in split.without:
        cost, words = unknown, ""
        if one.best:
            amount = one.best.full_cost if least is None else least - one.best.full_cost
            cost, words = context.figures.money(amount), _in_words(context, one.best)
        rows.append(Row(one.requirement, (*cells([cost]), *text_cells([words]))))
    heads = (*cells(["Costs"]), *text_cells(["Best split without it"]))
    table = Table("Must-have", heads, tuple(rows), widths=(40.0, 15.0, 45.0))
    return context.exhibit("must-have-splits", title, subtitle, "sheet Best split.", table=table)


def _in_words(context: ViewContext, split: Split) -> str:
    """Name the option of each workload; one option alone is named once."""
    if len(set(split.routes.values())) == 1:
        return f"all by {_short(context, next(iter(split.routes.values())))}"
    names = context.paper.workloads
    return join_list([f"{names[key]} by {_short(context, option)}" for key, option in split.routes.items()])


def _short(context: ViewContext, option: str | None) -> str:
    return context.results.option(option).short_name if option else ""


def _name(context: ViewContext, option: str) -> str:
    return context.results.option(option).name
