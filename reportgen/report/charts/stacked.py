"""Stacked bars: cost by category per option, and exit cost by component."""

from collections.abc import Callable, Mapping, Sequence

from reportgen.report.charts.drawing import palette
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.money import money, signed_money
from reportgen.report.charts.drawing.scales import Linear, fit_scale
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import NAME, NOTE, TEXT, TOTAL, StyledLines, lines_width
from reportgen.runtime.records import dataclass

BAR, PITCH, SWATCH = 24, 36, 9
NOT_QUANTIFIED = "not quantified"


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One option: amount by category key, negative ones drawn left of zero; None where not quantified."""

    name: str
    amounts: dict[str, float] | None
    eligible: bool = True
    """Whether the option may be chosen; the lowest total says so where not."""

    @property
    def total(self) -> float:
        """Add the amounts up, negative ones included."""
        return sum((self.amounts or {}).values())

    def reach(self, sign: int) -> float:
        """Add up the amounts of one sign."""
        return sum(amount for amount in (self.amounts or {}).values() if amount * sign > 0)


def category_bars(frame: Frame, labels: Mapping[str, str], bars: Sequence[StackedBar]) -> str:
    """Draw cost by category, with the total and its difference from the lowest total.

    `labels` maps category keys to labels, in stacking order; the keys are those of `palette.CATEGORIES`.
    """
    known = [bar.total for bar in bars if bar.amounts is not None]
    lowest = min(known, default=0.0)

    def words(bar: StackedBar) -> StyledLines:
        total = (money(bar.total, frame.notation), TOTAL)
        above = signed_money(bar.total - lowest, frame.notation)
        if known == [bar.total]:
            return (total,)
        least = "lowest" if bar.eligible else "lowest, not eligible"
        return total, (least if bar.total == lowest else above, NOTE)

    return _draw(frame, labels, bars, palette.CATEGORIES, words)


def exit_bars(frame: Frame, labels: Mapping[str, str], bars: Sequence[StackedBar]) -> str:
    """Draw exit cost by component, with the total.

    `labels` maps component keys to labels, in stacking order; the keys are those of `palette.EXIT_PARTS`.
    """

    def words(bar: StackedBar) -> StyledLines:
        return ((money(bar.total, frame.notation), TOTAL),)

    return _draw(frame, labels, bars, palette.EXIT_PARTS, words)


def _draw(
    frame: Frame,
    labels: Mapping[str, str],
    bars: Sequence[StackedBar],
    colours: Mapping[str, str],
    words: Callable[[StackedBar], StyledLines],
) -> str:
    endings = [words(bar) if bar.amounts is not None else ((NOT_QUANTIFIED, NOTE),) for bar in bars]
    svg = Svg(
        frame, "; ".join(f"{bar.name} {ending[0][0]}" for bar, ending in zip(bars, endings, strict=True))
    )
    used = _used(labels, bars)
    top = y = _draw_legend(svg, [(labels[key], colours[key]) for key in used])
    names = [NAME.wrap(bar.name, frame.width * 0.26) for bar in bars]
    left = max(NAME.width(line) for lines in names for line in lines) + 12
    ends = [(bar.reach(1), lines_width(ending) + 9) for bar, ending in zip(bars, endings, strict=True)]
    scale = fit_scale(min(bar.reach(-1) for bar in bars), ends, left, frame.width)
    for bar, lines, ending in zip(bars, names, endings, strict=True):
        height = max(PITCH * frame.stretch, BAR + 4, len(lines) * NAME.pitch + 8)
        middle = y + height / 2
        svg.block(0, middle, tuple((line, NAME) for line in lines))
        _draw_segments(svg, bar, [(key, colours[key]) for key in used], scale, middle)
        svg.block(max(scale(bar.reach(1)), scale(0)) + 8, middle, ending)
        y += height
    svg.strokes([((scale(0), top), (scale(0), y))], palette.AXIS, 1)
    return svg.render(y + 3)


def _used(labels: Mapping[str, str], bars: Sequence[StackedBar]) -> list[str]:
    """Return the keys with an amount in any bar, in the order of the labels.

    Raises KeyError where a key has no label.
    """
    amounts = {key for bar in bars for key, amount in (bar.amounts or {}).items() if amount}
    if unlabelled := amounts - labels.keys():
        raise KeyError(*sorted(unlabelled))
    return [key for key in labels if key in amounts]


def _draw_segments(
    svg: Svg, bar: StackedBar, colours: Sequence[tuple[str, str]], scale: Linear, middle: float
) -> None:
    ends, half = {1: 0.0, -1: 0.0}, svg.frame.bar(BAR) / 2
    for key, colour in colours:
        amount = (bar.amounts or {}).get(key, 0.0)
        sign = 1 if amount > 0 else -1
        start, end = sorted((scale(ends[sign]), scale(ends[sign] + amount)))
        ends[sign] += amount
        if not amount:
            continue
        svg.rect((start, end), (middle - half, middle + half), colour, stroke=palette.PAPER)
        label = money(amount, svg.frame.notation)
        if TEXT.width(label) + 8 < end - start:
            ink = TEXT.coloured(palette.ink_on(colour))
            svg.text((start + end) / 2, middle + TEXT.size * 0.34, label, ink, "middle")
    if ends[-1] < 0 < ends[1]:
        _draw_net(svg, scale(bar.total), middle, half)


def _draw_net(svg: Svg, x: float, middle: float, half: float) -> None:
    """Mark the net total, negative amounts deducted, above and below the bar."""
    ends = [(middle + side * (half + 1), middle + side * (half + 6)) for side in (-1, 1)]
    svg.strokes([((x, near), (x, far)) for near, far in ends], palette.INK, 1.6)


def _draw_legend(svg: Svg, entries: Sequence[tuple[str, str]]) -> float:
    """Draw the legend of categories in rows; return the y coordinate at which bars may start."""
    x, y = 0.0, 11.0
    for label, colour in entries:
        width = SWATCH + 5 + TEXT.width(label)
        if x and x + width > svg.frame.width:
            x, y = 0.0, y + 16
        svg.rect((x, x + SWATCH), (y - SWATCH + 0.8, y + 0.8), colour)
        svg.text(x + SWATCH + 5, y, label, TEXT.coloured(palette.MUTE))
        x += width + 16
    return y + 9
