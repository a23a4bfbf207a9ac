"""Tables behind the exhibits: what the body has no room for stands in an appendix, so that a board reads eight pages."""

from dataclasses import replace

from reportgen.report.parts import LONG_TABLE, Exhibit, Section
from reportgen.report.views.context import ViewContext

APPENDICES = frozenset(("assumptions", "prices", "method", "sources", "checks", "formulas"))
"""Ids of the sections after the body."""

MODEL_IN_WORDS = "formulas"
"""Id of the appendix that follows the details."""

AFTER_BODY = APPENDICES | {"details"}
"""Ids of all sections after the body."""

BEHIND = frozenset(
    (
        "tco-table",
        "break-even-growth",
        "outcomes-table",
        "switching",
        "two-way",
        "price-scenarios",
        "exit-parts",
        "must-have-splits",
    )
)
"""Exhibits that carry out what a chart or a sentence of the body says."""

BEHIND_WITH_MANY_OPTIONS = frozenset(("timeline", "must-haves", "fit-scores"))
"""Exhibits that take a row or column per option, and with many options half a page."""


def with_details_last(sections: tuple[Section, ...], context: ViewContext) -> tuple[Section, ...]:
    """Move the tables behind the exhibits of the body to an appendix after the others; a section keeps one exhibit at least."""
    kept, moved = [], []
    for section in sections:
        behind = _behind(section, context)
        moved += behind
        kept.append(replace(section, exhibits=tuple(one for one in section.exhibits if one not in behind)))
    if not moved:
        return sections
    lede = "What the charts and sentences of the body rest on, in the order of its sections."
    details = Section("details", "Appendix F: details", "The tables behind the exhibits", lede, tuple(moved))
    place = next((at for at, section in enumerate(kept) if section.id == MODEL_IN_WORDS), len(kept))
    return (*kept[:place], details, *kept[place:])


def _behind(section: Section, context: ViewContext) -> list[Exhibit]:
    """List the exhibits of a section that move."""
    if section.id in APPENDICES:
        return []
    found = [one for one in section.exhibits if _is_behind(one, context)]
    return found if len(found) < len(section.exhibits) else found[1:]


def _is_behind(exhibit: Exhibit, context: ViewContext) -> bool:
    long = exhibit.id == "risk-register" and exhibit.table and len(exhibit.table.rows) > LONG_TABLE
    many = context.many and exhibit.id in BEHIND_WITH_MANY_OPTIONS
    return bool(exhibit.id in BEHIND or long or many)
