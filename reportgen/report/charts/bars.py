"""The bar chart of the decision page: base cost per option, solid, and expected risk, hatched."""

from collections.abc import Sequence

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.charts.drawing.palette import AXIS, Colour
from reportgen.report.charts.drawing.scales import Linear, fit_scale
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import NAME, NOTE, TOTAL, StyledLines, lines_width
from reportgen.runtime.records import dataclass

BAR = 0.7
"""The height of a bar as a share of its row."""

PITCH, CLOSE, MANY = 31, 22, 6
"""Height of a row; with more than `MANY` options it is `CLOSE`."""


@dataclass(frozen=True, slots=True)
class DecisionBar:
    """One option: base cost and probability-weighted risk; a risk of None is not quantified, a negative one reduces cost."""

    name: str
    colour: Colour
    base: float
    risk: float | None

    @property
    def total(self) -> float:
        """Add the expected risk to the base cost."""
        return self.base + (self.risk or 0)

    def words(self, notation: Notation) -> StyledLines:
        """Return the label: the total, and a note where the risk is negative or not quantified."""
        total = (money(self.total, notation), TOTAL)
        if self.risk is None:
            return total, ("risk not quantified", NOTE)
        return (total, (f"risk saves {money(-self.risk, notation)}", NOTE)) if self.risk < 0 else (total,)


def decision_bars(frame: Frame, bars: Sequence[DecisionBar]) -> str:
    """Draw a bar per option, in the order given, with its total: base cost solid, expected risk hatched."""
    svg = Svg(frame, "; ".join(f"{bar.name} {money(bar.total, frame.notation)}" for bar in bars))
    names = [NAME.wrap(bar.name, frame.width * 0.34) for bar in bars]
    left = max(NAME.width(line) for lines in names for line in lines) + 10
    ends = [(max(bar.base, bar.total, 0.0), lines_width(bar.words(frame.notation)) + 8) for bar in bars]
    scale = fit_scale(min(0.0, *(min(bar.base, bar.total) for bar in bars)), ends, left, frame.width)
    pitch, y = PITCH if len(bars) <= MANY else CLOSE, 4.0
    for bar, lines in zip(bars, names, strict=True):
        height = max(pitch, len(lines) * NAME.pitch + 6)
        middle = y + height / 2
        svg.block(0, middle, tuple((line, NAME) for line in lines))
        _draw_bar(svg, bar, scale, middle, BAR * pitch)
        y += height
    svg.strokes([((scale(0), 2), (scale(0), y + 2))], AXIS, 1)
    return svg.render(y + 4)


def _draw_bar(svg: Svg, bar: DecisionBar, scale: Linear, middle: float, thick: float) -> None:
    """Draw the certain part solid, and what the risk may add or save hatched behind it."""
    certain = min(bar.base, bar.total) if bar.base >= 0 else bar.base
    down = middle - thick / 2, middle + thick / 2
    svg.rect((scale(0), scale(certain)), down, bar.colour.fill)
    if bar.risk:
        across = scale(certain), scale(max(bar.base, bar.total))
        svg.rect(across, down, svg.hatch(bar.colour.fill), stroke=bar.colour.fill)
    svg.block(max(scale(0), scale(bar.base), scale(bar.total)) + 7, middle, bar.words(svg.frame.notation))
