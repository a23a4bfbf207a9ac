"""What stands beside the money: requirements that options meet or fail, and the weighted strategic fit."""

from reportgen.report.figures import listed
from reportgen.report.parts import Exhibit, Row, Section, Table, cells
from reportgen.report.views.desk import Desk


def section(desk: Desk) -> Section | None:
    """Word the section; None where the case states neither."""
    exhibits = (
        *((_requirements(desk),) if desk.paper.requirements else ()),
        *((_fit(desk),) if desk.paper.strategic_fit else ()),
    )
    if not exhibits:
        return None
    failing = [o.name for o in desk.options if not o.eligible]
    title = (
        f"Not eligible, for failing a must-have: {listed(failing)}"
        if failing
        else "Every option meets the must-haves"
    )
    lede = "Options that fail a must-have are shown throughout, but not ranked. The fit is a judgement beside the money, never inside it."
    return Section("fit", "Requirements and fit", title, lede, exhibits, new_page=False)


def _requirements(desk: Desk) -> Exhibit:
    rows = tuple(
        Row(
            f"{r.name} ({'must' if r.must else 'wish'})",
            cells(["yes" if r.met_by[o.key] else "no" for o in desk.options], desk.chosen),
        )
        for r in desk.paper.requirements
    )
    missed = sum(not r.met_by[o.key] for r in desk.paper.requirements for o in desk.options)
    title = (
        f"{missed} of the requirements' answers are no"
        if missed
        else "All requirements are met by all options"
    )
    return Exhibit(
        "requirements",
        title,
        "Met by option",
        Table("Requirement", desk.heads(), rows),
        "Source: the case file.",
    )


def _fit(desk: Desk) -> Exhibit:
    weights = sum(c.weight for c in desk.paper.strategic_fit)
    rows = [
        Row(
            f"{c.name} (weight {c.weight:g})",
            cells([f"{c.scores[o.key]:g}" for o in desk.options], desk.chosen),
        )
        for c in desk.paper.strategic_fit
    ]
    scores = {
        o.key: sum(c.weight * c.scores[o.key] for c in desk.paper.strategic_fit) / weights if weights else 0.0
        for o in desk.options
    }
    rows.append(
        Row("Weighted mean", cells([f"{scores[o.key]:.1f}" for o in desk.options], desk.chosen), "total")
    )
    top = max(desk.options, key=lambda o: scores[o.key])
    best = desk.paper.best
    same = best is not None and scores[best.key] >= scores[top.key]
    if same and best:
        top = best
    title = (
        f"Best fit: {top.name}, {scores[top.key]:.1f} of 5, the recommended option"
        if same
        else f"Best fit: {top.name}, {scores[top.key]:.1f} of 5, which is not the recommended option"
    )
    return Exhibit(
        "fit",
        title,
        "Scores from 0 to 5",
        Table("Criterion", desk.heads(), tuple(rows)),
        "Source: the case file; scores are judgements.",
    )
