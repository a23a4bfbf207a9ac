"""Section on changes since the previous edition: assumptions, and the effect of each change on full cost."""

from collections.abc import Sequence

from reportgen.casing import first_lower
from reportgen.compare.bridge import Step
from reportgen.compare.changes import Change
from reportgen.compare.comparison import Comparison
from reportgen.report.charts.drawing.money import signed_money
from reportgen.report.charts.waterfall import Step as Bar
from reportgen.report.charts.waterfall import waterfall
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, cells, text_cells, truncate_rows
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import counted, same_as_printed

MOST_BARS = 10
"""Changes drawn one by one in the chart; smaller ones are added up in one bar."""
MOST_ROWS = 40
NO_OPTION = "no option"


def section(context: ViewContext) -> Section | None:
    """Return the section; None if there is no comparison."""
    found = context.paper.since
    if found is None:
        return None
    exhibits: list[Exhibit] = []
    if found.bridge.steps and found.bridge.before:
        exhibits = [_chart(context, found, _chart_option(found)), _effects(context, found)]
    if found.changes:
        exhibits.append(_changes(context, found))
    notes = tuple(change.sentence for change in found.structure)
    return Section("changes", "What changed", _title(found), _lede(found), tuple(exhibits), notes)


def _title(found: Comparison) -> str:
    if found.flipped:
        return f"The recommendation is {_name(found, found.new.outcome.recommended)}; it was {_name(found, found.old.outcome.recommended)}"
    return f"The recommendation stands: {_name(found, found.new.outcome.recommended)}"


def _name(found: Comparison, key: str | None) -> str:
    return found.names[key] if key else NO_OPTION


def _before(found: Comparison) -> str:
    """Name the edition or file that this edition is compared with."""
    return f"edition {found.old.edition}" if found.old.edition else f"the {found.old.form} {found.old.name}"


def _lede(found: Comparison) -> Text:
    numbers, others = len(found.changes), len(found.structure)
    parts = [counted(numbers, "number changed", "numbers changed")] if numbers or not others else []
    parts += [counted(others, "change of structure", "changes of structure")] if others else []
    sentence = f"Since {_before(found)}: {' and '.join(parts)}."
    if found.bridge.steps:
        sentence += " The changes are made one after the other, in the order of the table, and each is given the difference that it makes."
    if found.decisive_step is not None:
        alone = (
            "That change alone would have been enough."
            if found.decisive_step.changes_answer_alone
            else "That change alone would not have been enough."
        )
        sentence += (
            f" The recommendation changes with: {found.decisive_step.label.removesuffix('.')}. {alone}"
        )
    if found.versions_differ:
        sentence += (
            f" The two were written by different versions: {found.old.program} and {found.new.program}."
        )
    return sentence


def _chart_option(found: Comparison) -> str:
    """Return the key of the option in the chart: of those recommended before and now, the one whose cost changed more."""
    ends = (found.old.outcome.recommended, found.new.outcome.recommended)
    known = [key for key in ends if key and key in found.bridge.before] or list(found.bridge.before)
    return max(known, key=lambda key: abs(found.bridge.after[key] - found.bridge.before[key]))


def _chart(context: ViewContext, found: Comparison, key: str) -> Exhibit:
    before, after = found.bridge.before[key], found.bridge.after[key]
    bars = [Bar(f"Full cost in {_before(found)}", before, "level"), *_bars(found.bridge.steps, key)]
    bars.append(Bar("Full cost now", after, "level"))
    title = _chart_title(context, found, key)
    drawing = waterfall(context.frame("changes-chart", title), bars, context.colours[key])
    subtitle = f"Full cost of {found.names[key]}, {context.results.currency}, discounted: changes applied one after the other"
    return context.exhibit("changes-chart", title, subtitle, "sheet Change log.", chart=drawing)


def _bars(steps: Sequence[Step], key: str) -> list[Bar]:
    """Return a bar per change in the order applied, the smallest ones added up if there are many."""
    by_size = sorted(steps, key=lambda step: -abs(step.amounts[key]))
    shown = {id(step) for step in by_size[:MOST_BARS]}
    bars = [
        Bar(step.label.removesuffix("."), step.amounts[key], "change") for step in steps if id(step) in shown
    ]
    rest = [step.amounts[key] for step in steps if id(step) not in shown]
    return [*bars, Bar(f"{counted(len(rest), 'smaller change')}", sum(rest), "change")] if rest else bars


def _chart_title(context: ViewContext, found: Comparison, key: str) -> str:
    before, after = found.bridge.before[key], found.bridge.after[key]
    money, name = context.figures.money, found.names[key]
    if same_as_printed(before, after, context.figures.notation):
        return f"The full cost of {name} is what it was: {money(after)}"
    verb = "rises" if after > before else "falls"
    most = max(found.bridge.steps, key=lambda step: step.amounts[key] * (1 if after > before else -1))
    cause = (
        f"; the most of it: {first_lower(most.label.removesuffix('.'))}"
        if len(found.bridge.steps) > 1
        else ""
    )
    return f"The full cost of {name} {verb} from {money(before)} to {money(after)}{cause}"


def _effects(context: ViewContext, found: Comparison) -> Exhibit:
    """Return the table of each change's effect on every option."""
    keys = [option.key for option in context.options if option.key in found.bridge.before]
    chosen = (
        keys.index(context.paper.best.key) if context.paper.best and context.paper.best.key in keys else None
    )
    notation = context.figures.notation

    def row(label: str, amounts: Sequence[str], lowest: str, kind: str = "") -> Row:
        return Row(label, (*cells(amounts, chosen), Cell(lowest, number=False)), kind)

    def levels(amounts: dict[str, float]) -> list[str]:
        return [context.figures.money(amounts[key]) for key in keys]

    rows = [row("Before", levels(dict(found.bridge.before)), _name(found, found.old.outcome.recommended))]
    for step in found.bridge.steps:
        signed = [
            signed_money(step.amounts[key], notation) if round(step.amounts[key]) else "–" for key in keys
        ]
        rows.append(row(step.label.removesuffix("."), signed, _name(found, step.recommended)))
    rows.append(
        row("Now", levels(dict(found.bridge.after)), _name(found, found.new.outcome.recommended), "total")
    )
    heads = (
        *(Cell(found.names[key], chosen=place == chosen) for place, key in enumerate(keys)),
        Cell("Then recommended", number=False),
    )
    return context.exhibit(
        "changes-effects", _effects_title(found), f"Full cost, {context.results.currency}, discounted; applied in this order",
        "sheet Change log." + _interaction(context, found, keys), table=Table("Change", heads, tuple(rows), wide=len(keys) > 3),
    )  # fmt: skip


def _effects_title(found: Comparison) -> str:
    count = sum(step.changes_answer for step in found.bridge.steps)
    if not count:
        return "No change on the way makes another option the recommended one"
    return f"The recommendation changes {'once' if count == 1 else 'more than once'} on the way"


def _interaction(context: ViewContext, found: Comparison, keys: Sequence[str]) -> str:
    """State the interaction: the part of the effects that changes have only in combination."""
    parts = [
        f"{found.names[key]} {signed_money(found.bridge.interaction[key], context.figures.notation)}"
        for key in keys
        if not same_as_printed(found.bridge.interaction[key], 0, context.figures.notation)
    ]
    return (
        f" Made alone the changes would miss what they do only together: {', '.join(parts)}." if parts else ""
    )


def _changes(context: ViewContext, found: Comparison) -> Exhibit:
    """Return the table of changed assumptions."""
    rows = [_change(context, change) for change in found.changes]
    heads = (Cell("Unit", number=False), Cell("Before"), Cell("Now"), Cell("Change"))
    title = f"{counted(len(rows), 'assumption')} changed"
    table = Table(
        "Assumption",
        heads,
        truncate_rows(rows, MOST_ROWS, "Change log"),
        breaks_across_pages=True,
        widths=(42.0, 19.0, 13.0, 13.0, 13.0),
    )
    return context.exhibit(
        "changes-inputs",
        title,
        f"Values before and now, since {_before(found)}",
        "sheets Inputs and Change log.",
        table=table,
    )


def _change(context: ViewContext, change: Change) -> Row:
    unit = change.unit.text(change.currency)
    sign = "%" if unit.startswith("%") else ""
    ends = ["–" if v is None else unit_value(context, v, sign) for v in (change.before, change.after)]
    share = change.share
    change_share = "" if share is None else ("+" if share > 0 else "") + context.share(share, 1)
    return Row(change.label, (*text_cells((unit,)), *cells((*ends, change_share))))
