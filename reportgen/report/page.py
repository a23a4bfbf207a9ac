"""The page that PDF and HTML are made from: the views, through the templates."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reportgen.report.paper import Paper
from reportgen.report.parts import Section
from reportgen.report.views import apart, beside, costs, evens, register, risk
from reportgen.report.views.decision import decision_page
from reportgen.report.views.desk import Desk


def sections(desk: Desk) -> tuple[Section, ...]:
    """List the sections in order; those with nothing to say are left out."""
    found = (
        costs.section(desk), evens.section(desk), risk.section(desk), apart.opportunity(desk), apart.leaving(desk),
        beside.section(desk), register.assumptions(desk), register.sources(desk), register.method(desk),
        register.checks(desk), register.formulas(desk),
    )  # fmt: skip
    return tuple(section for section in found if section)


def page(paper: Paper, templates: Path) -> str:
    """Render the paper as HTML. Raises jinja2 errors where a template names what does not exist."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    desk = Desk(paper)
    parts = sections(desk)
    numbers = {
        exhibit.id: place for place, exhibit in enumerate((e for s in parts for e in s.exhibits), start=1)
    }
    style = Markup((templates / "report.css").read_text(encoding="utf-8"))  # noqa: S704  our own style sheet
    return environment.get_template("report.html.j2").render(
        paper=paper, decision=decision_page(desk), sections=parts, numbers=numbers, style=style
    )
