"""What every view works with: the paper, its figures, and words for what comparisons come to."""

from dataclasses import dataclass

from markupsafe import Markup

from reportgen.model.results import OptionResult, Results
from reportgen.report.charts.frame import TEXT_WIDTH, Frame
from reportgen.report.charts.palette import Colour, option_colours
from reportgen.report.figures import Figures
from reportgen.report.paper import Paper
from reportgen.report.parts import Cell

PRINTED_WIDTH = {"A4": TEXT_WIDTH, "Letter": 664}
"""Text width of the page in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One paper on the desk of its views."""

    paper: Paper

    @property
    def results(self) -> Results:
        """Give the results."""
        return self.paper.results

    @property
    def figures(self) -> Figures:
        """Give the printer of figures."""
        return Figures(self.results.currency)

    @property
    def options(self) -> tuple[OptionResult, ...]:
        """List the options, recommended first."""
        return self.paper.ordered

    @property
    def chosen(self) -> int | None:
        """Give the place of the recommended option's column."""
        return 0 if self.paper.best else None

    @property
    def colours(self) -> dict[str, Colour]:
        """Give each option's colour: by the case's order, whoever is recommended."""
        return option_colours(self.results.options)

    @property
    def source(self) -> str:
        """Name the model in source lines."""
        return f"Source: model {self.paper.fingerprint[:8]}"

    def frame(self, name: str, title: str, width: float | None = None) -> Frame:
        """Frame a chart of the paper."""
        wide = PRINTED_WIDTH[self.paper.size] if width is None else width
        return Frame(name, title, self.results.currency, wide)

    def heads(self, *more: str) -> tuple[Cell, ...]:
        """Make the heads of a table with one column per option."""
        own = tuple(
            Cell(o.short_name, number=True, chosen=n == self.chosen) for n, o in enumerate(self.options)
        )
        return own + tuple(Cell(text) for text in more)

    def row_of(self, name: str, how: str = "thousands") -> list[Markup]:
        """Print one result of every option."""
        return [self.figures.of(option, name, how) for option in self.options]  # type: ignore[arg-type]


def first_upper(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
