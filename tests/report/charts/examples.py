"""Random charts of every kind, from mild to wild: one option to eight, long names, ties, zeros, negative amounts."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.charts.breakeven import Crossing, VolumeLine, break_even, cheapest_bands
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.money import Notation, volume
from reportgen.report.charts.drawing.palette import CATEGORIES, EXIT_PARTS, Colour, option_colours
from reportgen.report.charts.lines import Crossover, MonthLine, cumulative_cost, exit_curve
from reportgen.report.charts.scurve import RiskCurve, risk_curves
from reportgen.report.charts.stacked import StackedBar, category_bars, exit_bars
from reportgen.report.charts.timeline import Deployment, Milestone, Phase, timeline
from reportgen.report.charts.tornado import SwitchingValue, TornadoBar, tornado
from reportgen.report.charts.waterfall import Step, waterfall

NAMES = (
    "API",
    "Managed platform",
    "Self-hosted GPUs in a leased cage in Frankfurt, DE",
    "Wynajem\N{NO-BREAK SPACE}procesorów\N{NO-BREAK SPACE}graficznych\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}obsługą, Łódź",
    "Grundstücksverkehrsgenehmigungszuständigkeitsamtsx",
    'Second API <provider> & fallback, "sovereign" cloud',
    "Ιδιόκτητος εξοπλισμός στις δικές μας εγκαταστάσεις",
    "自社運用の推論基盤とクラウドの併用による混成構成案",
)
KINDS = ("api", "platform", "self_hosted", "on_prem", "api", "api", "on_prem", "platform")
MONTHS = 36
VOLUMES = tuple(10 * 10 ** (step / 8) for step in range(49))


@dataclass(frozen=True, slots=True)
class Named:
    """An option as the charts know it."""

    key: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A seeded source of options and amounts."""

    random: random.Random
    options: tuple[Named, ...]
    colours: dict[str, Colour]
    currency: str
    width: float

    def frame(self) -> Frame:
        """Frame a chart."""
        return Frame("sample", "A chart of made-up figures", Notation(self.currency), self.width)

    def amount(self) -> float:
        """Draw an amount: a tie, a zero, a negative one or any size."""
        return self.random.choice((0.0, 100_000.0, 100_000.0, -40_000.0, 10 ** self.random.uniform(2, 8)))

    def positive(self) -> float:
        """Draw an amount above zero."""
        return self.random.choice((100_000.0, 10 ** self.random.uniform(3, 7)))


def sample(seed: int) -> Sample:
    """Make a source from a seed."""
    source = random.Random(seed)  # noqa: S311  (test data)
    count = source.choice((1, 2, 3, 3, 5, 8))
    names = source.sample(NAMES, count)
    options = tuple(Named(f"option_{i}", KINDS[i], name) for i, name in enumerate(names))
    currency = source.choice(("USD", "EUR", "PLN"))
    return Sample(source, options, option_colours(options), currency, source.choice((642.0, 642.0, 665.0)))


def decision(s: Sample) -> str:
    """Draw decision bars, on the narrow column too."""
    risk = s.random.choice((None, 0.0, 25_000.0, -10_000.0))
    bars = [DecisionBar(o.name, s.colours[o.key], s.amount(), risk) for o in s.options]
    return decision_bars(
        Frame("sample", "Bars", Notation(s.currency), s.random.choice((330, 365, 642))), bars
    )


def categories(s: Sample) -> str:
    """Draw stacked cost."""
    labels = {key: f"Category {key}" for key in CATEGORIES}
    bars = [StackedBar(o.name, {key: s.amount() for key in CATEGORIES}) for o in s.options]
    return category_bars(s.frame(), labels, bars)


def exit_components(s: Sample) -> str:
    """Draw exit components, some not quantified."""
    labels = {key: f"Component {key}" for key in EXIT_PARTS}
    bars = [
        StackedBar(o.name, s.random.choice((None, {key: s.amount() for key in EXIT_PARTS})))
        for o in s.options
    ]
    return exit_bars(s.frame(), labels, bars)


def cumulative(s: Sample) -> str:
    """Draw cumulative cost with a crossover in a random month."""
    lines = []
    for option in s.options:
        first, monthly = s.amount(), s.random.choice((0.0, 5_000.0, s.positive(), -2_000.0))
        amounts = tuple(first + monthly * month for month in range(1, MONTHS + 1))
        lines.append(MonthLine(option.key, option.name, s.colours[option.key], amounts))
    words = (f"Month {s.random.randint(1, MONTHS)}: {s.options[0].name[:18]}", "becomes cheaper overall")
    pairs = [Crossover(s.random.randint(1, MONTHS), lines[0].key, lines[-1].key, words)]
    return cumulative_cost(s.frame(), lines, pairs)


def leaving(s: Sample) -> str:
    """Draw exit curves."""
    lines = [
        MonthLine(
            o.key,
            o.name,
            s.colours[o.key],
            tuple(s.amount() if month % 6 else 50_000.0 for month in range(MONTHS)),
            s.random.choice((None, 1, 12, MONTHS)),
        )
        for o in s.options
    ]
    return exit_curve(s.frame(), lines)


def volumes(s: Sample) -> str:
    """Draw cost against volume with crossings and a forecast."""
    lines = []
    for option in s.options:
        fixed, rate = s.positive(), s.random.choice((0.0, 1.0, 30.0, 300.0))
        amounts = tuple(fixed + rate * one for one in VOLUMES)
        lines.append(VolumeLine(option.key, option.name, s.colours[option.key], amounts))
    bands = cheapest_bands(VOLUMES, lines)
    crossings = [
        Crossing(band.high, band.key, (volume(band.high, Notation()), "one = other")) for band in bands[:-1]
    ]
    forecast = s.random.choice((None, (10.0, 12.0), (1_000.0, 3_900.0), (9e6, 1e7), (500.0, 500.0)))
    return break_even(s.frame(), VOLUMES, lines, crossings, forecast)


def risks(s: Sample) -> str:
    """Draw S-curves."""
    curves = []
    for option in s.options:
        base, steps = s.amount(), s.random.choice((1, 2, 9, 200))
        points = tuple((base + 10_000 * n, (n + 1) / steps) for n in range(steps))
        curves.append(RiskCurve(option.name, s.colours[option.key], points, s.random.choice((None, base))))
    return risk_curves(s.frame(), curves)


def swings(s: Sample) -> str:
    """Draw a tornado of up to forty bars."""
    bars = [
        TornadoBar(s.random.choice(NAMES), "USD 1.50 / GPU-h", "USD 3.50 / GPU-h", s.amount(), s.amount())
        for _ in range(s.random.choice((1, 8, 40)))
    ]
    flip = s.random.choice((None, SwitchingValue(s.amount(), "API wins", "Managed platform wins")))
    return tornado(s.frame(), s.amount(), bars, next(iter(s.colours.values())), flip)


def bridge(s: Sample) -> str:
    """Draw a waterfall with a step of every kind."""
    steps = [
        Step("First estimate", s.positive(), "level", 1.0),
        *(Step(s.random.choice(NAMES), s.amount(), "change", 12.3) for _ in range(8)),
        Step(
            "A step that changes nothing",
            0.0,
            "change",
            None,
            "two replicas are needed anyway, because of " * 2,
        ),
        Step("Opportunity cost", None, "uncertain"),
        Step("Expected risk", s.amount(), "uncertain", 14.0),
        Step("Full economic cost", s.amount(), "level", 15.0),
    ]
    return waterfall(s.frame(), steps, next(iter(s.colours.values())))


def deployments(s: Sample) -> str:
    """Draw a timeline."""
    rows = []
    for option in s.options:
        weeks = sorted(s.random.uniform(0, 60) for _ in range(s.random.choice((0, 2, 5))))
        phases = tuple(
            Phase(s.random.choice(NAMES), start, end, uncertain=end > 50) for start, end in pairwise(weeks)
        )
        live = Milestone("In service", weeks[-1] if weeks else 0)
        rows.append(Deployment(option.name, s.colours[option.key], phases, (live,)))
    return timeline(s.frame(), rows)


CHARTS: tuple[Callable[[Sample], str], ...] = (
    decision,
    categories,
    exit_components,
    cumulative,
    leaving,
    volumes,
    risks,
    swings,
    bridge,
    deployments,
)
