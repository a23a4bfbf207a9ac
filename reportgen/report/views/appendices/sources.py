"""Appendix D: figures of sources that were recomputed, which one was used and why."""

from markupsafe import Markup

from reportgen.report.paper import Claim
from reportgen.report.parts import Cell, Row, Section, Table, Text, truncate_rows
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import counted

MOST_ROWS = 100
ID, LABEL = "sources", "Appendix D: sources"


def section(context: ViewContext) -> Section:
    """Return the appendix on claims of sources."""
    claims = context.paper.claims
    if not claims:
        lede = "The case registers no figure that was checked against its source."
        return Section(ID, LABEL, "No figure of a source was recomputed", lede)
    rows = tuple(_row(claim) for claim in claims)
    heads = tuple(
        Cell(text, number=False)
        for text in ("As printed", "Recomputed", "Used here", "What it does to the answer")
    )
    table = Table(
        "Claim",
        heads,
        truncate_rows(rows, MOST_ROWS, "Sources"),
        wide=True,
        breaks_across_pages=True,
        widths=(17, 19, 21, 21, 22),
    )
    differing = sum(
        bool(claim.figure and claim.recomputed and claim.figure != claim.recomputed) for claim in claims
    )
    title = f"{counted(len(claims), 'figure')} of the sources checked; {differing or 'none'} recomputed to another figure"
    exhibit = context.exhibit(
        "claims",
        title,
        f"Figures as printed in the source and as recomputed from its own statements{_interests(context)}",
        "sheet Sources.",
        table=table,
    )
    return Section(ID, LABEL, _title(differing), "", (exhibit,))


def _title(differing: int) -> str:
    if not differing:
        return "The figures checked agree with their sources"
    return "Where sources contradict themselves or each other"


def _interests(context: ViewContext) -> str:
    """Return the end of the subtitle that says where the interests of the sources stand; nothing where none has one."""
    interested = any(claim.interest for claim in context.paper.claims)
    return "; appendix C says who has an interest in which" if interested else ""


def _row(claim: Claim) -> Row:
    head: Text = Markup("<strong>{}</strong> {}").format(claim.id, claim.title)
    return Row(
        head,
        tuple(
            Cell(text, number=False) for text in (claim.figure, claim.recomputed, claim.used, claim.effect)
        ),
    )
