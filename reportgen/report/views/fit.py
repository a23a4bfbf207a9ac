"""What stands beside the money: requirements that options meet or fail, and the weighted strategic fit."""

from collections.abc import Sequence

from reportgen.report.paper import Criterion
from reportgen.report.parts import Exhibit, Row, Section, Table, cells
from reportgen.report.views.context import Desk
from reportgen.report.views.decision import must_haves
from reportgen.report.wording import listed, number_word

MOST_SCORE = 5


def section(desk: Desk) -> Section | None:
    """Word the section; None where the case states neither."""
    exhibits = (
        *((_requirements(desk),) if desk.paper.requirements else ()),
        *((costs,) if (costs := must_haves.exhibit(desk)) else ()),
        *((_fit(desk),) if desk.paper.strategic_fit else ()),
    )
    if not exhibits:
        return None
    lede = "Options that fail a must-have are shown throughout, but not ranked. The fit is a judgement beside the money, never inside it."
    return Section("fit", "Fit and requirements", _title(desk), lede, exhibits)


def weighted(criteria: Sequence[Criterion]) -> dict[str, float]:
    """Find each option's weighted mean score; 0 where nothing has a weight."""
    weights = sum(criterion.weight for criterion in criteria)
    options = criteria[0].scores if criteria else {}
    return {
        key: sum(c.weight * c.scores[key] for c in criteria) / weights if weights else 0.0 for key in options
    }


def _title(desk: Desk) -> str:
    failing = [o for o in desk.options if not o.eligible]
    if len(failing) == len(desk.options):
        return "Every option fails a must-have"
    if failing:
        return f"Not eligible, for failing a must-have: {listed([o.name for o in failing])}"
    if any(requirement.must for requirement in desk.paper.requirements):
        return "Every option meets the must-haves"
    return "No requirement rules an option out"


def _requirements(desk: Desk) -> Exhibit:
    rows = tuple(
        Row(
            f"{r.name} ({'must' if r.must else 'wish'})",
            cells(["met" if r.met_by[o.key] else "not met" for o in desk.options], desk.chosen),
        )
        for r in desk.paper.requirements
    )
    unmet = [r.name for r in desk.paper.requirements if not all(r.met_by[o.key] for o in desk.options)]
    title = (
        f"Not met by every option: {listed(unmet)}" if unmet else "Every requirement is met by every option"
    )
    if len(unmet) > 3:
        among = "" if len(unmet) == len(rows) else f" of {number_word(len(rows))}"
        title = (
            f"{number_word(len(unmet)).capitalize()}{among} requirements are each missed by an option or more"
        )
    table = Table("Requirement", desk.heads(), rows, wide=desk.many)
    return Exhibit("requirements", title, "Requirements, by option", "Source: the case file.", table=table)


def _fit(desk: Desk) -> Exhibit:
    scores = weighted(desk.paper.strategic_fit)
    rows = [
        Row(
            f"{c.name} (weight {desk.number(c.weight)})",
            cells([desk.number(c.scores[o.key], ".3g") for o in desk.options], desk.chosen),
        )
        for c in desk.paper.strategic_fit
    ]
    means = [desk.number(scores[o.key], ".1f") for o in desk.options]
    rows.append(Row("Weighted mean", cells(means, desk.chosen), "total"))
    return Exhibit(
        "fit-scores", _fit_title(desk, scores), f"Scores from 0 to {MOST_SCORE}, weighted; higher is better",
        "Source: the case file. Scores are judgements.", table=Table("Criterion", desk.heads(), tuple(rows), wide=desk.many),
    )  # fmt: skip


def _fit_title(desk: Desk, scores: dict[str, float]) -> str:
    shown = {key: desk.number(score, ".1f") for key, score in scores.items()}
    top = max(scores.values())
    firsts = [o for o in desk.options if shown[o.key] == desk.number(top, ".1f")]
    best = desk.paper.best
    if len(firsts) == len(desk.options):
        return "The options fit the strategy equally well"
    said = (
        f"Best strategic fit: {listed([o.name for o in firsts])}, {desk.number(top, '.1f')} of {MOST_SCORE}"
    )
    if best is None:
        return said
    if best.key in [o.key for o in firsts]:
        return f"{said}; {'the' if len(firsts) == 1 else 'among them the'} recommended option"
    return f"{said}, against {shown[best.key]} for the recommended {best.name}"
