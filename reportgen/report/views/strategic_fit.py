"""Section on criteria other than cost: requirements, the cost of must-haves, and the weighted strategic fit."""

from collections.abc import Sequence

from reportgen.report.paper import Criterion
from reportgen.report.parts import Exhibit, Row, Section, Table, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision import must_haves
from reportgen.report.wording import join_list, number_word

HIGHEST_SCORE = 5


def section(context: ViewContext) -> Section | None:
    """Return the section; None if the case states neither requirements nor criteria."""
    exhibits = (
        *((_requirements(context),) if context.paper.requirements else ()),
        *((costs,) if (costs := must_haves.exhibit(context)) else ()),
        *((_fit(context),) if context.paper.strategic_fit else ()),
    )
    if not exhibits:
        return None
    lede = "Options that fail a must-have are shown throughout, but not ranked. The fit is a judgement beside the money, never inside it."
    return Section("fit", "Fit and requirements", _title(context), lede, exhibits)


def weighted_scores(criteria: Sequence[Criterion]) -> dict[str, float]:
    """Return each option's weighted mean score, by option key; 0 if all weights are zero."""
    weights = sum(criterion.weight for criterion in criteria)
    options = criteria[0].scores if criteria else {}
    return {
        key: sum(c.weight * c.scores[key] for c in criteria) / weights if weights else 0.0 for key in options
    }


def _title(context: ViewContext) -> str:
    failing = [o for o in context.options if not o.eligible]
    if len(failing) == len(context.options):
        return "Every option fails a must-have"
    if failing:
        return f"Not eligible, for failing a must-have: {join_list([o.name for o in failing])}"
    if any(requirement.must for requirement in context.paper.requirements):
        return "Every option meets the must-haves"
    return "No requirement rules an option out"


def _requirements(context: ViewContext) -> Exhibit:
    rows = tuple(
        Row(
            f"{r.name} ({'must' if r.must else 'wish'})",
            cells(["met" if r.met_by[o.key] else "not met" for o in context.options], context.chosen_column),
        )
        for r in context.paper.requirements
    )
    unmet = [r.name for r in context.paper.requirements if not all(r.met_by[o.key] for o in context.options)]
    title = (
        f"Missed by at least one option: {join_list(unmet)}"
        if unmet
        else "Every requirement is met by every option"
    )
    if len(unmet) > 3:
        among = "" if len(unmet) == len(rows) else f" of {number_word(len(rows))}"
        title = (
            f"{number_word(len(unmet)).capitalize()}{among} requirements are each missed by an option or more"
        )
    table = Table("Requirement", context.heads(), rows, wide=context.many)
    return Exhibit("requirements", title, "Requirements, by option", "Source: the case file.", table=table)


def _fit(context: ViewContext) -> Exhibit:
    scores = weighted_scores(context.paper.strategic_fit)
    rows = [
        Row(
            f"{c.name} (weight {context.number(c.weight)})",
            cells([context.number(c.scores[o.key], ".3g") for o in context.options], context.chosen_column),
        )
        for c in context.paper.strategic_fit
    ]
    means = [context.number(scores[o.key], ".1f") for o in context.options]
    rows.append(Row("Weighted mean", cells(means, context.chosen_column), "total"))
    return Exhibit(
        "fit-scores", _fit_title(context, scores), f"Scores from 0 to {HIGHEST_SCORE}, weighted; higher is better",
        "Source: the case file. Scores are judgements.", table=Table("Criterion", context.heads(), tuple(rows), wide=context.many),
    )  # fmt: skip


def _fit_title(context: ViewContext, scores: dict[str, float]) -> str:
    shown = {key: context.number(score, ".1f") for key, score in scores.items()}
    top = max(scores.values())
    firsts = [o for o in context.options if shown[o.key] == context.number(top, ".1f")]
    best = context.paper.best
    if len(firsts) == len(context.options):
        return "The options fit the strategy equally well"
    title = f"Best strategic fit: {join_list([context.named(o) for o in firsts])}, {context.number(top, '.1f')} of {HIGHEST_SCORE}"
    if best is None:
        return title
    if best.key in [o.key for o in firsts]:
        return f"{title}; {'the' if len(firsts) == 1 else 'among them the'} recommended option"
    return f"{title}, against {shown[best.key]} for the recommended {best.name}"
