"""The decision page's bars: what each option costs, solid, with its expected risk, hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.report.charts.frame import Frame
from reportgen.report.charts.money import money
from reportgen.report.charts.palette import AXIS, Colour
from reportgen.report.charts.scales import Linear
from reportgen.report.charts.svg import Svg
from reportgen.report.charts.type import NAME, NOTE, TOTAL, Words, words_width

BAR, PITCH = 22, 31


@dataclass(frozen=True, slots=True)
class DecisionBar:
    """One option: base cost and probability-weighted risk, in currency units; risk None is not quantified, negative saves."""

    name: str
    colour: Colour
    base: float
    risk: float | None

    @property
    def total(self) -> float:
        """Add the expected risk to the base cost."""
        return self.base + (self.risk or 0)

    def words(self, currency: str) -> Words:
        """Say the total, and what a reader must know about its risk."""
        total = (money(self.total, currency), TOTAL)
        if self.risk is None:
            return total, ("risk not quantified", NOTE)
        return (total, (f"risk saves {money(-self.risk, currency)}", NOTE)) if self.risk < 0 else (total,)


def decision_bars(frame: Frame, bars: Sequence[DecisionBar]) -> str:
    """Draw a bar per option, in the order given, with its total: solid is the base cost, hatched the expected risk."""
    svg = Svg(frame, "; ".join(f"{bar.name} {money(bar.total, frame.currency)}" for bar in bars))
    names = [NAME.wrap(bar.name, frame.width * 0.34) for bar in bars]
    left = max(NAME.width(line) for lines in names for line in lines) + 10
    right = max(words_width(bar.words(frame.currency)) for bar in bars) + 8
    ends = [end for bar in bars for end in (bar.base, bar.total)]
    scale = Linear(min(0.0, *ends), max(0.0, *ends), left, frame.width - right)
    y = 4.0
    for bar, lines in zip(bars, names, strict=True):
        height = max(PITCH, len(lines) * NAME.pitch + 6)
        middle = y + height / 2
        svg.block(0, middle, tuple((line, NAME) for line in lines))
        _draw_bar(svg, bar, scale, middle)
        y += height
    svg.line(scale(0), 2, scale(0), y + 2, AXIS, 1)
    return svg.render(y + 4)


def _draw_bar(svg: Svg, bar: DecisionBar, scale: Linear, middle: float) -> None:
    """Draw the part that is certain solid, and the risk, whichever way it goes, hatched from there to the base or total."""
    certain = min(bar.base, bar.total) if bar.base >= 0 else bar.base
    svg.rect(scale(0), middle - BAR / 2, scale(certain) - scale(0), BAR, bar.colour.fill)
    if bar.risk:
        start, end = scale(certain), scale(max(bar.base, bar.total))
        svg.rect(start, middle - BAR / 2, end - start, BAR, svg.hatch(bar.colour.fill), bar.colour.fill)
    svg.block(max(scale(0), scale(bar.base), scale(bar.total)) + 7, middle, bar.words(svg.frame.currency))
