"""Context that every view reads: the paper, its figures, and the format of its values."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from markupsafe import Markup

from reportgen.report import notation
from reportgen.report.charts.drawing.frame import TEXT_WIDTH, Frame
from reportgen.report.charts.drawing.money import needs_cents, volume
from reportgen.report.charts.drawing.palette import Colour, darkened_for_text, option_colours
from reportgen.report.figures import Figures, NumberFormat, TableUnit, sums_differ, table_unit
from reportgen.report.paper import Paper
from reportgen.report.parts import Cell, Exhibit, Table, Text
from reportgen.report.wording import CERTAINTY, join_at_most, same_as_printed
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption

PRINTED_WIDTH = {"A4": TEXT_WIDTH, "Letter": 664}
"""Text width of the page in CSS pixels, by paper size."""

LOW_PLAN = 0.3
"""A plan whose percentile among the simulated futures is below this lies low: notes say so, and why."""

MOST_NAMED = 3
"""Up to this many options of which a superlative is true are named."""

FEW_COLUMNS = 4
"""Up to this many options, tables with a column per option are set in full size."""

ROUNDING_NOTE = "Rounded figures do not all add up to their total."

RELATIVE_TOLERANCE = 1e-9
"""Amounts that differ by less than this share of their size count as equal."""


@dataclass(frozen=True, slots=True)
class ViewContext:
    """The paper with its formatters and colours. Templates read `context.*`, as do users' own ones."""

    paper: Paper
    figures: Figures
    colours: dict[str, Colour]
    """Each option's colour: the case's own, else by the case's order, whichever option is recommended."""
    stretches: Mapping[str, float] = field(default_factory=dict)
    """By how much each chart is higher than usual, by the id of its frame; that of "" holds for the others.

    Under "contents" stand the pixels added to each entry of the contents."""

    @classmethod
    def from_paper(cls, paper: Paper, stretches: Mapping[str, float] | None = None) -> "ViewContext":
        """Make the context of a paper, with `stretches` for its charts."""
        case_colours = {
            key: Colour(colour, darkened_for_text(colour)) for key, colour in paper.colours.items()
        }
        signs = notation.number_notation(
            paper.locale,
            paper.results.currency,
            cents=needs_cents(option.tco for option in paper.results.options),
        )
        colours = option_colours(paper.results.options) | case_colours
        return cls(paper, Figures(signs), colours, stretches or {})

    @property
    def results(self) -> Results:
        """Return the results."""
        return self.paper.results

    @property
    def options(self) -> tuple[OptionResult, ...]:
        """Return the options, the recommended one first."""
        return self.paper.ordered_options

    @property
    def subject(self) -> OptionResult:
        """Return the recommended option, or the one of lowest full cost if none is."""
        return self.paper.best or min(self.results.options, key=lambda option: option.full_cost)

    @property
    def baseline(self) -> OptionResult:
        """Return the option that the others are compared with."""
        return self.results.option(self.results.baseline)

    @property
    def chosen_column(self) -> int | None:
        """Return the index of the recommended option's column; None if no option is recommended."""
        return 0 if self.paper.best else None

    @property
    def entry_air(self) -> float:
        """Return the pixels added to each entry of the contents, which fill their page."""
        return self.stretches.get("contents", 0.0)

    @property
    def source(self) -> str:
        """Return the start of source lines, which names the model."""
        return f"Source: model {self.paper.fingerprint[:8]}"

    @property
    def unit(self) -> TableUnit:
        """Return the unit of tables of the options' total and full costs, by the largest of them."""
        return self.unit_of(
            amount for option in self.results.options for amount in (option.tco, option.full_cost, option.p90)
        )

    def unit_of(self, amounts: Iterable[float | None]) -> TableUnit:
        """Return the unit of a table of amounts, by the largest of them."""
        return table_unit(amounts, self.figures.notation)

    @property
    def many(self) -> bool:
        """Return whether there are so many options that tables are set in a smaller size."""
        return len(self.results.options) > FEW_COLUMNS

    def rounding_note(
        self, columns: Iterable[tuple[Iterable[float | None], float | None]], unit: TableUnit
    ) -> str:
        """Return the note on rounding where the printed parts of a column do not add to its printed total; else nothing."""
        for parts, total in columns:
            known = [part for part in parts if part is not None]
            if total is not None and sums_differ(known, total, unit.number_format):
                return " " + ROUNDING_NOTE
        return ""

    def volume(self, millions: float) -> str:
        """Format a number of tokens, given in millions."""
        return volume(millions, self.figures.notation)

    def share(self, value: float, decimals: int = 0) -> str:
        """Format a share as a percentage."""
        return self.figures.notation.share(value, decimals)

    def chance(self, value: float) -> str:
        """Format a probability so that rounding never shows 0% or 100%: "over 99%", "under 1%"."""
        if 0.995 <= value < CERTAINTY:
            return f"over {self.share(0.99)}"
        return f"under {self.share(0.01)}" if 0 < value < 0.005 else self.share(value)

    def number(self, value: float, form: str = ",.6g") -> str:
        """Format a number in the paper's locale."""
        return self.figures.notation.number(value, form)

    def months(self, value: float) -> str:
        """Format a duration in months: "1 month", "0.5 months", "under 0.1 months"."""
        if 0 < value < 0.05:
            return f"under {self.figures.plain_text(0.1, 'months')} months"
        text = self.figures.plain_text(value, "months")
        return f"{text} {'month' if text == '1' else 'months'}"

    def month(self, number: float) -> str:
        """Name the calendar month that contains a time in months after the start; 0 falls in the first month."""
        year, first = (int(part) for part in self.results.start.split("-"))
        months = first - 1 + int(number)
        return notation.format_month(date(year + months // 12, months % 12 + 1, 1), self.paper.locale)

    def day(self, value: date) -> str:
        """Format a date in full."""
        return notation.format_day(value, self.paper.locale)

    def short_day(self, value: date | None) -> str:
        """Format a date for a table."""
        return notation.format_short_day(value, self.paper.locale)

    @property
    def futures(self) -> str:
        """Name what total cost was worked out over: simulated futures, or combinations of the risks where there are no others."""
        simulation = self.results.simulation
        exact = simulation is None or simulation.exact
        return "combinations of the risks, by their chance," if exact else "simulated futures"

    def assumption(self, path: str) -> Assumption | None:
        """Return the assumption with a path; None if there is none."""
        return next((row for row in self.paper.assumptions if row.path == path), None)

    @property
    def stated(self) -> tuple[Assumption, ...]:
        """Return the assumptions that the case states, without the rates of the price book."""
        return tuple(
            row for row in self.paper.assumptions if row.given and not row.path.startswith("prices.")
        )

    def frame(self, name: str, title: Text, width: float | None = None) -> Frame:
        """Return the frame of a chart, as wide as the text unless a width in CSS pixels is given."""
        wide = PRINTED_WIDTH[self.paper.size] if width is None else width
        words = Markup(title).striptags()  # noqa: S704  texts of this program, tags removed
        stretch = self.stretches.get(f"c-{name}", self.stretches.get("", 1.0))
        return Frame(f"c-{name}", words, self.figures.notation, wide, stretch)

    def ineligible_note(self, option: OptionResult) -> str:
        """Return the note on an option that may not be chosen, where it is named as the lowest; else nothing."""
        return "" if option.eligible else " (not eligible)"

    def named(self, option: OptionResult) -> str:
        """Return the name of an option for a sentence that ranks or compares: with the note where it may not be chosen."""
        return option.name + self.ineligible_note(option)

    def level_with(self, top: float, amounts: Mapping[str, float | None]) -> tuple[OptionResult, ...]:
        """Return the options whose amount, by key, has the same printed form as `top`, in the order of the paper."""
        return tuple(
            option
            for option in self.options
            if (own := amounts.get(option.key)) is not None
            and same_as_printed(own, top, self.figures.notation)
        )

    def named_together(self, options: Iterable[OptionResult]) -> str:
        """Name the options that a superlative is true of: "A", "A and B", "A, B and 3 more options"."""
        return join_at_most([self.named(option) for option in options], MOST_NAMED, "options")

    def serves_from_the_start(self, option: OptionResult) -> bool:
        """Return whether an option serves in the first month: live at once, in use already, or a mix of such options."""
        return not self.parts_to_go_live(option)

    def parts_to_go_live(self, option: OptionResult) -> list[OptionResult]:
        """List the parts of an option that do not serve from the start; an option but a mix is its own part."""
        parts = (self.results.option(key) for key in option.parts)
        return [part for part in parts if part.go_live > 0 and part.key not in self.paper.in_use]

    def months_to_service(self, option: OptionResult) -> float:
        """Return the months from the start until all parts of an option serve."""
        return max((part.go_live for part in self.parts_to_go_live(option)), default=0.0)

    @property
    def of_eligible(self) -> str:
        """Return whom a superlative ranks, where not every option may be chosen; else nothing."""
        return "" if self.all_eligible else " of the eligible options"

    @property
    def all_eligible(self) -> bool:
        """Return whether every option may be chosen."""
        return all(option.eligible for option in self.results.options)

    def heads(self, options: Iterable[OptionResult] | None = None) -> tuple[Cell, ...]:
        """Return the header cells of a table with one column per option."""
        best = self.paper.best
        shown = self.options if options is None else tuple(options)
        return tuple(Cell(o.short_name, chosen=best is not None and o.key == best.key) for o in shown)

    def result_row(self, name: str, number_format: NumberFormat | None = None) -> list[Markup]:
        """Format one result of every option, named as in the results file; by default in the unit of total costs."""
        form = number_format or self.unit.number_format
        return [self.figures.option_result(option, name, form) for option in self.options]

    def exhibit(
        self,
        name: str,
        title: Text,
        subtitle: Text,
        sheets: str,
        *,
        chart: str = "",
        table: Table | None = None,
        in_pieces: bool = False,
    ) -> Exhibit:
        """Make an exhibit whose source line names the model and the workbook's `sheets`."""
        drawing = Markup(chart) if chart else None  # noqa: S704  a chart drawn by this program
        return Exhibit(name, title, subtitle, f"{self.source}, {sheets}", drawing, table, in_pieces)
