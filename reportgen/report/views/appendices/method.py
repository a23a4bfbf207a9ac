"""Appendices C and F: definitions, limits, unquantified parts, interests, and the model's formulas in words."""

from itertools import groupby

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Row, Section, Table, Text
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, join_list
from reportgen.results.options import OptionResult

DEFINITIONS = (
    ("Nominal", "as paid, with the growth of wages, volumes and prices that the case states; not discounted."),
    ("Total cost of ownership (TCO)", "all cash cost of an option over the horizon, nominal, before risk."),
    ("Present value", "the same, each month's cost discounted from the month's end at the annual rate."),
    ("Core", "present value, plus displaced projects and the expected cost of leaving, both discounted; before risk."),
    ("Impact of a risk", "the whole model run with the risk's effects, less the base case."),
    ("Expected risk", "the sum over risks of probability times impact."),
    ("Full economic cost", "core plus expected risk on core. Options are ranked on it. It is not a budget."),
    ("Contingency", "what is added to the total cost so that the amount is enough in a stated share of the simulated futures, never "
     "less than nothing. The amount asked for is nominal total cost plus contingency. P80 is the amount that suffices in 80%."),
    ("Break-even month", "the first month from which cumulative cost stays at or below the baseline's, to the end."),
    ("Break-even volume", "the first volume at which total cost falls from above to at or below the baseline's."),
    ("Too close to call", "the lead is below 5%, or holds in fewer than 60% of simulated futures, or the average of futures puts another option "
     "first. Open: a part of the first two is not quantified. Untested: no assumption has a range. Robust: a lead of at least 15% that holds "
     "in at least 80% of futures and that no single assumption turns within its range. Leaning: otherwise."),
)  # fmt: skip
SUM_PREFIXES = ("Total ", "Discounted cost", "Cumulative cost")
"""Prefixes of lines that only add up other lines, and are left out."""

MOST_LINES = 60
"""Most lines of the model that the paper prints in words; `reportgen explain` prints longer ones."""

LIMITS = (
    "Capacity is planned on the average load and the planned utilisation; queues are not simulated.",
    "Differences in quality between models are not priced. Costs are before tax and financing.",
    "Risks are taken as independent. Combinations add impacts; what two risks do to each other is left out of the joint distribution.",
    "Probabilities and ranges are estimates of the owners named, not statistics. Displaced projects are valued by their sponsors.",
)  # fmt: skip


def section(context: ViewContext) -> Section:
    """Return the appendix on method, limits, unquantified parts and interests."""
    definitions: tuple[Text, ...] = tuple(
        Markup("<strong>{}</strong>: {}").format(name, text) for name, text in DEFINITIONS
    )
    lede = (
        f"One model, read as numbers, as the workbook's formulas and as words: {context.results.lines} lines, and {context.results.runs} runs "
        f"of the whole of it. Every line is a formula in the workbook; “reportgen explain {context.paper.case_file}” puts each into words."
    )
    notes = (*definitions, *LIMITS, *_not_quantified(context), *_not_estimated(context), *_interests(context))
    return Section(
        "method", "Appendix C: method", "How the numbers are made, and what they leave out", lede, (), notes
    )


def _not_quantified(context: ViewContext) -> list[str]:
    unknown = [f"{o.name}: {join_list(o.not_quantified)}" for o in context.options if o.not_quantified]
    if not unknown:
        return ["Risk, displaced projects and exit are quantified for every option."]
    return [f"Not quantified, and nothing added for it: {'; '.join(unknown)}."]


def _not_estimated(context: ViewContext) -> list[str]:
    return [
        f"Left at their default for {o.name}, so not estimated: {join_at_most(_labels(context, o), 12, 'assumptions')}."
        for o in context.options
        if o.not_estimated
    ]


def _labels(context: ViewContext, option: OptionResult) -> list[str]:
    rows = [context.assumption(path) for path in option.not_estimated]
    return [
        first_lower(row.label) if row else path for row, path in zip(rows, option.not_estimated, strict=True)
    ]


def _interests(context: ViewContext) -> list[str]:
    """State who has an interest in the sources of which claims."""
    claims_by_interest: dict[str, list[str]] = {}
    for claim in context.paper.claims:
        if claim.interest:
            claims_by_interest.setdefault(claim.interest.rstrip("."), []).append(claim.id)
    return [
        f"An interest in the source of {join_at_most(ids, 6, 'claims')}: {first_lower(interest)}."
        for interest, ids in claims_by_interest.items()
    ]


def model_in_words(context: ViewContext) -> Section | None:
    """Return the formulas of the model in words, those of the workbook; None if there are more than MOST_LINES."""
    lines = [line for line in context.paper.formulas if not line.words.startswith(SUM_PREFIXES)]
    if len(lines) > MOST_LINES:
        return None
    rows: list[Row] = []
    for group, members in groupby(lines, key=lambda f: f.group):
        rows.append(Row(group, (), "group"))
        rows += [Row(f.words, (Cell(f.unit, number=False),)) for f in members]
    title = f"{len(lines)} lines make up the cost of the options"
    table = Table("Line", (Cell("Unit", number=False),), tuple(rows), wide=True, widths=(86, 14))
    subtitle = "The model in words; sums left out, and a wording that options share listed once"
    exhibit = context.exhibit(
        "formulas", title, subtitle, "sheets of the options, Workload, Opportunity and Exit.", table=table
    )
    return Section(
        "formulas", "Appendix G: the model in words", "What each line of the model means", "", (exhibit,)
    )
