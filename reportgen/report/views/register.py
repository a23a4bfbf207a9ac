"""The appendices: every assumption, what sources contradict, method and limits, checks and how to rebuild."""

from itertools import groupby

from reportgen.report.charts.money import MINUS
from reportgen.report.figures import listed
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words
from reportgen.report.views.desk import Desk
from reportgen.schema.assumptions import Assumption

DEFINITIONS = (
    ("Total cost of ownership (TCO)", "all cash cost of an option over the horizon, nominal, before risk."),
    ("Present value", "the same, each month's cost discounted from the month's end at the annual rate."),
    ("Core", "present value, plus displaced projects and the expected cost of leaving, both discounted."),
    ("Impact of a risk", "the whole model run with the risk's effects, less the base case."),
    ("Expected risk", "the sum over risks of probability times impact."),
    ("Full economic cost", "core plus expected risk on core; options are ranked on it. It is not a budget."),
    ("Contingency", "a percentile of total cost over all combinations of risks, less the total cost. The amount asked for is "
     "nominal total cost plus contingency."),
    ("Break-even month", "the first month from which cumulative cost stays at or below the baseline's."),
)  # fmt: skip
LIMITS = (
    "Capacity is planned on the average load and the planned utilisation; queues are not simulated.",
    "Differences in quality between models are not priced. Costs are before tax and financing.",
    "Risks are taken as independent. Combinations add impacts; what two risks do together beyond that is left out.",
    "Probabilities and ranges are estimates of the owners named, not statistics.",
)


def assumptions(desk: Desk) -> Section:
    """Word the register."""
    rows: list[Row] = []
    for group, members in groupby(desk.paper.assumptions, key=lambda a: a.group):
        rows.append(Row(group, (), "group"))
        rows += [_row(desk, assumption) for assumption in members if assumption.given]
    unsourced = sum(not a.source and a.given for a in desk.paper.assumptions)
    given = sum(a.given for a in desk.paper.assumptions)
    defaults = len(desk.paper.assumptions) - given
    heads = (
        Cell("Value"), Cell("Low"), Cell("High"), Cell("Unit", number=False), Cell("Source or note", number=False),
        Cell("Owner", number=False),
    )  # fmt: skip
    lede = f"{given} assumptions are stated, {unsourced} of them without a source. {defaults} more stand at their default; they are in the workbook."
    table = Exhibit(
        "register", f"{given - unsourced} of {given} stated assumptions name a source", "All stated assumptions",
        Table("Assumption", heads, tuple(_filled(rows)), wide=True), f"{desk.source}, sheet Inputs.",
    )  # fmt: skip
    return Section(
        "assumptions", "Appendix A: assumptions", "Every figure rests on these assumptions", lede, (table,)
    )


def _filled(rows: list[Row]) -> list[Row]:
    """Leave out groups without members."""
    return [
        r
        for place, r in enumerate(rows)
        if r.kind != "group" or (place + 1 < len(rows) and rows[place + 1].kind != "group")
    ]


def _row(desk: Desk, assumption: Assumption) -> Row:
    unit = assumption.unit.text(desk.results.currency)
    share = assumption.unit.kind == "share"
    words = "; ".join(part for part in (assumption.source, assumption.note) if part) or "no source"
    dated = f"{words} ({assumption.as_of:%Y-%m-%d})" if assumption.as_of else words
    how = "share1" if share else "number"
    value = desk.figures.figure(assumption.value, f"assumptions.{assumption.path}", how)  # type: ignore[arg-type]
    return Row(
        assumption.label,
        (
            Cell(value), Cell(_plain(assumption.low, share=share)), Cell(_plain(assumption.high, share=share)),
            Cell("" if share and unit == "%" else unit, number=False), Cell(dated, number=False), Cell(assumption.owner, number=False),
        ),
    )  # fmt: skip


def _plain(value: float | None, *, share: bool) -> str:
    if value is None:
        return ""
    text = f"{100 * value:.1f}\N{NO-BREAK SPACE}%" if share else f"{value:,.6g}"
    return text.replace("-", MINUS)


def sources(desk: Desk) -> Section | None:
    """Word what the sources contradict; None where the case registers no claims."""
    if not desk.paper.claims:
        return None
    rows = tuple(
        Row(
            c.id,
            tuple(
                Cell(text, number=False)
                for text in (f"{c.title}. {c.interest}".strip(), c.figure, c.recomputed, c.used, c.effect)
            ),
        )
        for c in desk.paper.claims
    )
    heads = tuple(
        Cell(text, number=False)
        for text in ("Claim and interest", "As printed", "Recomputed", "Used here", "What it does")
    )
    table = Exhibit(
        "claims", f"{len(rows)} figures of the sources were checked", "Claims, as printed and as recomputed",
        Table("Id", heads, rows, wide=True), "Source: the case file.",
    )  # fmt: skip
    return Section(
        "sources",
        "Appendix B: sources checked",
        "Where sources contradict themselves or each other",
        "",
        (table,),
    )


def method(desk: Desk) -> Section:
    """Word method, limits and what is not quantified."""
    defined: tuple[Words, ...] = tuple(f"{name}: {text}" for name, text in DEFINITIONS)
    unknown = [f"{o.name}: {listed(o.not_quantified)}" for o in desk.options if o.not_quantified]
    missing = (
        [f"Not quantified, and nothing added for it: {'; '.join(unknown)}."]
        if unknown
        else ["Every part of every option is quantified."]
    )
    assumed = [
        f"Left at their default for {o.name}, so not estimated: {listed([_label(desk, p) for p in o.not_estimated])}."
        for o in desk.options
        if o.not_estimated
    ]
    ran = f"{desk.results.runs} runs of the whole model, {desk.results.lines} lines each; every line is a formula in the workbook."
    return Section(
        "method",
        "Appendix C: method",
        "How the numbers are made, and what they leave out",
        ran,
        (),
        (*defined, *LIMITS, *missing, *assumed),
    )


def _label(desk: Desk, path: str) -> str:
    return next((a.label.lower() for a in desk.paper.assumptions if a.path == path), path)


def formulas(desk: Desk) -> Section:
    """List the model in words."""
    rows: list[Row] = []
    for group, members in groupby(desk.paper.formulas, key=lambda f: f.group):
        rows.append(Row(group, (), "group"))
        rows += [Row(f.words, (Cell(f.unit, number=False),)) for f in members]
    table = Exhibit(
        "formulas", f"{len(desk.paper.formulas)} lines make the cost of the options", "The model in words, from the same formulas as the workbook",
        Table("Line", (Cell("Unit", number=False),), tuple(rows), wide=True), f"{desk.source}.",
    )  # fmt: skip
    return Section("formulas", "Appendix E: the model in words", "What each line means", "", (table,))


def checks(desk: Desk) -> Section:
    """Word the checks and how to rebuild."""
    passed = sum(check.passes for check in desk.results.checks)
    total = len(desk.results.checks)
    title = (
        f"All {total} checks of the arithmetic pass"
        if passed == total
        else f"{total - passed} of {total} checks fail"
    )
    notes: tuple[Words, ...] = (
        f"Inputs: {desk.paper.case_file}, fingerprint {desk.paper.fingerprint}.",
        f"Program: {desk.paper.program}. Rebuild with: reportgen build {desk.paper.case_file}",
        f"Attached to this file: {desk.paper.workbook} with live formulas, and {desk.paper.case_file}.",
        *(
            f"Fails: {check.name} ({check.left:,.6g} against {check.right:,.6g})."
            for check in desk.results.checks
            if not check.passes
        ),
    )
    return Section(
        "checks",
        "Appendix D: checks",
        title,
        "Each total is reached in two ways, to a billionth of its size.",
        (),
        notes,
        new_page=False,
    )
