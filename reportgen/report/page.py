"""Rendering of the paper as HTML, from which both the PDF and the web page are made."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal
from unicodedata import bidirectional

from markupsafe import Markup, escape

from reportgen.report.brand import brand_style
from reportgen.report.folders import Folders
from reportgen.report.paper import Look, Paper
from reportgen.report.parts import Section
from reportgen.report.views import (  # fmt: skip
    actuals,
    break_even,
    bridge,
    budget,
    costs,
    exit_cost,
    opportunity,
    risk,
    sensitivity,
    strategic_fit,
    what_changed,
    workloads,
)
from reportgen.report.views.appendices import checks, method, prices, register, sources
from reportgen.report.views.appendices.details import AFTER_BODY, with_details_last
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.brevity import in_fewer_words
from reportgen.report.views.decision.headline import headline
from reportgen.report.views.decision.page import DecisionPage, decision_page
from reportgen.runtime.records import dataclass
from reportgen.units import NO_BREAK_SPACE

PERCENT = re.compile(r"(?<=\d) %")
"""A percent sign that a case separates from its number by a space; the space becomes non-breaking."""

CHART_SIZE = re.compile(r'<svg [^>]*?id="([^"]+)" width="[^"]+" height="([^"]+)"')
"""Id and height of a chart."""

LEFT_TO_RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}"
"""Set before and after a right-to-left name. Why: unlike a directional isolate, a mark still works where a line breaks within the name."""

Medium = Literal["pdf", "html"]
View = Callable[[ViewContext], Section | None]

ON_REQUEST = "model"
"""The section that is printed only where a case names it: the model in words, several pages that few read."""

SECTIONS: tuple[tuple[str, View], ...] = (
    ("changes", what_changed.section), ("actuals", actuals.section), ("tco", costs.section), ("budget", budget.section), ("bridge", bridge.section), ("break_even", break_even.section), ("risks", risk.section),
    ("risks", sensitivity.section), ("opportunity", opportunity.section), ("exit", exit_cost.section), ("workloads", workloads.section), ("fit", strategic_fit.section),
    ("assumptions", register.section), ("prices", prices.section), ("method", method.section), ("sources", sources.section),
    ("checks", checks.section), (ON_REQUEST, method.model_in_words),
)  # fmt: skip
"""The views in the order of the paper, each with the name by which a case selects its section."""

BODY = next(place for place, (_, view) in enumerate(SECTIONS) if view is register.section)
"""Number of the views before the appendices."""

DENSITIES = ("roomy", "close", "tight", "least")
"""Spacing classes of the decision page, widest first."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Layout of the decision page: its spacing class, the millimetres added to its gaps, what stands on it, and in which words."""

    density: str = DENSITIES[0]
    air: float = 0.0
    overview: bool = True
    """Whether the options at a glance stand on the decision page; else they begin the second page."""
    kpis: bool = True
    """Whether the key figures stand apart; else in the texts alone."""
    steps: Literal["column", "across", "overview"] = "column"
    """Where the next steps stand: in a column, across the page, or below the overview on the second page."""
    short_names: bool = False
    """Whether the texts under the headline call the options by their short names."""
    longest: int | None = None
    """The most characters of a text of the case; None: all of them."""


STEPS_AND_LENGTHS: tuple[tuple[Literal["across", "overview"], int | None], ...] = (
    ("across", None), ("across", 120), ("across", 60), ("overview", 60),
)  # fmt: skip
"""Where the next steps stand, and how long a text of the case may be, where all else that saves room is not enough."""

LAYOUTS = (
    *(Fit(density) for density in DENSITIES[:2]),
    *(Fit(density, overview=False) for density in DENSITIES),
    Fit(DENSITIES[-1], overview=False, short_names=True),
    *(
        Fit(DENSITIES[-1], overview=False, kpis=False, steps=steps, short_names=True, longest=longest)
        for steps, longest in STEPS_AND_LENGTHS
    ),
)
"""Layouts of the decision page, widest first; the first one with which the page does not overflow is used."""

LIKELY = (
    Fit("roomy", overview=False), Fit("close"), Fit("tight", overview=False), Fit("close", overview=False), Fit("least", overview=False),
)  # fmt: skip
"""The layouts that are tried first, in this order: most papers have one of them."""


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """The sections that a case selects; None selects all but the one that is printed on request."""

    names: tuple[str, ...] | None

    def __contains__(self, name: str) -> bool:
        """Return whether a section is selected."""
        return name != ON_REQUEST if self.names is None else name in self.names


def sections(context: ViewContext, *, body_only: bool = False) -> tuple[Section, ...]:
    """List the selected sections in the paper's order, those for which the view returns None left out, details last.

    With `body_only` the appendices but for the details are left out.
    """
    choice = SectionChoice(context.paper.chosen_sections)
    shown = SECTIONS[:BODY] if body_only else SECTIONS
    found = (view(context) for name, view in shown if name in choice)
    return with_details_last(tuple(section for section in found if section), context)


def render_paper(
    paper: Paper,
    folders: Folders,
    medium: Medium = "pdf",
    fit: Fit = LAYOUTS[0],
    *,
    first_page_only: bool = False,
    body_only: bool = False,
    live: bool = False,
    stretches: Mapping[str, float] | None = None,
) -> str:
    """Render the paper, its first page only, or what is between that and its appendices, as HTML; `live` adds the controls of a live page.

    `stretches` are those of its charts. Raises SurroundingsError if a template of the user's folder fails.
    """
    context = ViewContext.from_paper(paper, stretches)
    words = in_fewer_words(context, fit.longest) if fit.short_names else context
    choice = SectionChoice(paper.chosen_sections)
    shown_sections = () if first_page_only else sections(context)
    exhibits = (exhibit for section in shown_sections for exhibit in section.exhibits)
    html = folders.render(
        "report.html.j2",
        paper=paper,
        context=context,
        decision=_decision(context, words, fit) if "decision" in choice else None,
        decision_paper=words.paper,
        contents="contents" in choice and not first_page_only,
        sections=shown_sections,
        body_only=body_only,
        after_body=AFTER_BODY if body_only else frozenset(),
        numbers={exhibit.id: place for place, exhibit in enumerate(exhibits, start=1)},
        style=_style_sheet(folders, medium, paper.look),
        medium=medium,
        fit=fit,
        live=live,
        first_page_only=first_page_only,
    )
    return _with_direction_marks(PERCENT.sub(f"{NO_BREAK_SPACE}%", html), paper)


def _decision(context: ViewContext, words: ViewContext, fit: Fit) -> DecisionPage:
    """Return the content of the first page in the words of a layout; the headline has the names in full where it can."""
    decision = decision_page(words)
    return replace(decision, headline=headline(context)) if fit.kpis else decision


def chart_heights(paper: Paper, stretches: Sequence[float]) -> dict[str, list[float]]:
    """Return the height of each chart of the sections at some stretches, in pixels, by the id of its frame."""
    found: dict[str, list[float]] = {}
    for stretch in stretches:
        for section in sections(ViewContext.from_paper(paper, {"": stretch}), body_only=True):
            for drawing in (exhibit.chart for exhibit in section.exhibits if exhibit.chart):
                for name, height in heights_in(drawing).items():
                    found.setdefault(name, []).append(height)
    return found


def heights_in(html: str) -> dict[str, float]:
    """Return the height of each chart in a text, in pixels, by the id of its frame."""
    return {name: float(height) for name, height in CHART_SIZE.findall(html)}


def _with_direction_marks(html: str, paper: Paper) -> str:
    """Enclose right-to-left names in direction marks, so that adjacent numbers and punctuation keep their order."""
    results = paper.results
    names = {name for option in results.options for name in (option.name, option.short_name)}
    names |= {risk.name for risk in results.risks}
    right_to_left = sorted(filter(_is_right_to_left, names), key=len, reverse=True)
    if not right_to_left:
        return html
    any_name = re.compile("|".join(re.escape(str(escape(name))) for name in right_to_left))
    return any_name.sub(lambda found: f"{LEFT_TO_RIGHT_MARK}{found[0]}{LEFT_TO_RIGHT_MARK}", html)


def _is_right_to_left(name: str) -> bool:
    return any(bidirectional(character) in ("R", "AL") for character in name)


def _style_sheet(folders: Folders, medium: Medium, look: Look) -> Markup:
    """Read the style sheet, followed by the overrides for screens, those of the brand, and the user's `extra.css`."""
    sheets = ("report.css", "screen.css", "live.css") if medium == "html" else ("report.css",)
    parts = [*(folders.read(name) for name in sheets), brand_style(look), folders.extra_style]
    text = "\n".join(part for part in parts if part)
    return Markup(text.replace("</", "<\\/"))  # noqa: S704  a style sheet, built-in or the user's, whose end tags are escaped
