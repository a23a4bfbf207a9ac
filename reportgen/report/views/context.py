"""What every view works with: the paper, its figures, and words for what comparisons come to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from reportgen.report import notation
from reportgen.report.charts.drawing.frame import TEXT_WIDTH, Frame
from reportgen.report.charts.drawing.money import volume
from reportgen.report.charts.drawing.palette import Colour, option_colours, readable
from reportgen.report.figures import As, Figures
from reportgen.report.paper import Paper
from reportgen.report.parts import Cell, Exhibit, Table, Words
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.schema.assumptions import Assumption

PRINTED_WIDTH = {"A4": TEXT_WIDTH, "Letter": 664}
"""Text width of the page in CSS pixels."""

FEW_COLUMNS = 4
"""Up to so many options stand side by side in tables of full size."""

DUST = 1e-9
"""Amounts closer than this share of their size are the same."""


@dataclass(frozen=True, slots=True)
class ViewContext:
    """What every view of one paper reads."""

    paper: Paper
    figures: Figures
    colours: dict[str, Colour]
    """Each option's colour: by the case's order, whoever is recommended, or as the case says."""

    @classmethod
    def of(cls, paper: Paper) -> "ViewContext":
        """Make the context of a paper."""
        own = {key: Colour(colour, readable(colour)) for key, colour in paper.colours.items()}
        signs = notation.notation_of(paper.language, paper.results.currency)
        return cls(paper, Figures(signs), option_colours(paper.results.options) | own)

    @property
    def results(self) -> Results:
        """Give the results."""
        return self.paper.results

    @property
    def options(self) -> tuple[OptionResult, ...]:
        """List the options, recommended first."""
        return self.paper.ordered

    @property
    def subject(self) -> OptionResult:
        """Give the recommended option, or the one of lowest full cost where none is."""
        return self.paper.best or min(self.results.options, key=lambda option: option.full_cost)

    @property
    def baseline(self) -> OptionResult:
        """Give the option that the others are compared with."""
        return self.results.option(self.results.baseline)

    @property
    def chosen(self) -> int | None:
        """Give the place of the recommended option's column."""
        return 0 if self.paper.best else None

    @property
    def source(self) -> str:
        """Name the model in source lines."""
        return f"Source: model {self.paper.fingerprint[:8]}"

    @property
    def thousand(self) -> str:
        """Name the unit of most tables."""
        return f"{self.results.currency} thousand"

    @property
    def many(self) -> bool:
        """Say whether the options are so many that tables of them are set smaller."""
        return len(self.results.options) > FEW_COLUMNS

    def volume(self, millions: float) -> str:
        """Write a number of tokens, given in millions."""
        return volume(millions, self.figures.notation)

    def share(self, value: float, decimals: int = 0) -> str:
        """Write a share."""
        return self.figures.notation.share(value, decimals)

    def chance(self, value: float) -> str:
        """Write a share that is neither all nor nothing as neither: "over 99%", "under 1%"."""
        if 0.995 <= value < 1:
            return f"over {self.share(0.99)}"
        return f"under {self.share(0.01)}" if 0 < value < 0.005 else self.share(value)

    def number(self, value: float, form: str = ",.6g") -> str:
        """Write a number in this language's signs."""
        return self.figures.notation.number(value, form)

    def months(self, value: float) -> str:
        """Count months: "1 month", "0.5 months"."""
        text = self.figures.plain(value, "months")
        return f"{text} {'month' if text == '1' else 'months'}"

    def month(self, number: float) -> str:
        """Name the calendar month in which a time after the start falls: 0 is the first month's beginning."""
        year, first = (int(part) for part in self.results.start.split("-"))
        months = first - 1 + int(number)
        return notation.month(date(year + months // 12, months % 12 + 1, 1), self.paper.language)

    def day(self, value: date) -> str:
        """Write a day."""
        return notation.day(value, self.paper.language)

    def short_day(self, value: date | None) -> str:
        """Write a day in a table."""
        return notation.short_day(value, self.paper.language)

    def assumption(self, path: str) -> Assumption | None:
        """Find an assumption of the register."""
        return next((row for row in self.paper.assumptions if row.path == path), None)

    def frame(self, name: str, title: Words, width: float | None = None) -> Frame:
        """Frame a chart of the paper."""
        wide = PRINTED_WIDTH[self.paper.size] if width is None else width
        return Frame(f"c-{name}", Markup(title).striptags(), self.figures.notation, wide)  # noqa: S704  text of ours, tags out

    def heads(self, options: Iterable[OptionResult] | None = None) -> tuple[Cell, ...]:
        """Make the heads of a table with one column per option."""
        best = self.paper.best
        shown = self.options if options is None else tuple(options)
        return tuple(Cell(o.short_name, chosen=best is not None and o.key == best.key) for o in shown)

    def row_of(self, name: str, how: As = "thousands") -> list[Markup]:
        """Print one result of every option."""
        return [self.figures.of(option, name, how) for option in self.options]

    def exhibit(
        self,
        name: str,
        title: Words,
        subtitle: Words,
        sheets: str,
        *,
        chart: str = "",
        table: Table | None = None,
    ) -> Exhibit:
        """Put an exhibit together, with the model and the sheets of the workbook as its source."""
        drawing = Markup(chart) if chart else None  # noqa: S704  our own drawing
        return Exhibit(name, title, subtitle, f"{self.source}, {sheets}", drawing, table)


def with_note(exhibit: Exhibit, note: Words) -> Exhibit:
    """Add a sentence to the source line of an exhibit."""
    return replace(exhibit, source=Markup("{} {}").format(exhibit.source, note))
