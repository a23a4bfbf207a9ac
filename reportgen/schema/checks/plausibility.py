"""Plausibility: numbers beyond a hard limit, and numbers outside the usual band, with the slip that they look like."""

from collections.abc import Iterator, Mapping

from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import ENDS
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.usual_figures import Plausible, UsualFigures

EIGHT_GPUS = 8.0
"""The GPUs of a server where the case does not say."""
RATE_IS_NEAR = 2.0
RATE_IS_FAR = 20.0
"""How many times an exchange rate may differ from its order of magnitude: to be named, to be refused."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number that looks like a slip: where it stands, the title and detail of the finding, or the refusal.

    `refused` is True beyond a hard limit, where no case can be.
    """

    path: str
    location: Location
    title: str
    detail: str
    refused: bool
    source: str = "method"

    @property
    def sentence(self) -> str:
        """Return the whole message."""
        return f"{self.title}. {self.detail}" if self.detail else f"{self.title}."


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number of the register in the unit of its limits, and the way back."""

    row: Assumption
    end: str
    value: float
    scale: float

    @property
    def written(self) -> float:
        return self.value * self.scale


def doubts(case: Case, rows: Mapping[str, Assumption], usual: UsualFigures) -> Iterator[Doubt]:
    """Yield every number of a case that is beyond its limits or outside its usual band."""
    for row in rows.values():
        if not (row.given or row.from_price_book) or row.path.startswith("prices."):
            continue
        if row.path.startswith("finance.exchange_rates."):
            yield from _exchange_rate(case, row, usual)
            continue
        found = usual.plausible.get(row.path.rpartition(".")[2])
        scale = _scale(case, rows, row, found, usual) if found else None
        if found and scale:
            yield from _row_doubts(case, rows, row, found, scale)
    yield from _ladder_ends(case, usual)


def _scale(
    case: Case, rows: Mapping[str, Assumption], row: Assumption, found: Plausible, usual: UsualFigures
) -> float | None:
    """Return what a number is divided by to be compared; None for money of a currency whose size is not known."""
    scale = 1.0
    if "{currency}" in row.unit.name:
        size = usual.currencies.get(case.case.currency)
        if size is None:
            return None
        scale *= size
    if found.per:
        divisor = rows.get(f"{row.path.rpartition('.')[0]}.{found.per}")
        scale *= divisor.value if divisor else 1.0
    return scale


def _row_doubts(
    case: Case, rows: Mapping[str, Assumption], row: Assumption, found: Plausible, scale: float
) -> Iterator[Doubt]:
    """Yield the doubts about one assumption: each end against the limits, the value against the band."""
    for end in ENDS:
        number = getattr(row, end)
        if number is None:
            continue
        measured = _Measured(row, end, number / scale, scale)
        if found.is_beyond(measured.value):
            yield _refusal(case, rows, measured, found)
            return
    measured = _Measured(row, "value", row.value / scale, scale)
    if row.value and not found.is_usual(measured.value):
        yield _unusual(case, rows, measured, found)


def _refusal(case: Case, rows: Mapping[str, Assumption], measured: _Measured, found: Plausible) -> Doubt:
    most = found.most is not None and measured.value > found.most
    limit = (found.most if most else found.least) or 0.0
    name = "" if measured.end == "value" else f" for {measured.end}"
    title = (
        f"You wrote {_text(measured.written)}{name}; this is {'at most' if most else 'at least'} "
        f"{_text(limit * measured.scale)} {_unit(case, measured.row)} in any case"
    )
    where = _location(measured.row, measured.end)
    return Doubt(
        measured.row.path, where, title, _slip(rows, measured, found), refused=True, source=found.source
    )


def _unusual(case: Case, rows: Mapping[str, Assumption], measured: _Measured, found: Plausible) -> Doubt:
    row, low, high = measured.row, found.low, found.high
    bounds = " to ".join(_text(one * measured.scale) for one in (low, high) if one is not None)
    one_sided = "" if low is not None and high is not None else "from " if high is None else "up to "
    title = f"{row.label} is {_text(measured.written)} {_unit(case, row)}, usually {one_sided}{bounds}"
    detail = " ".join(
        part for part in (_slip(rows, measured, found), f"{found.says}." if found.says else "") if part
    )
    return Doubt(row.path, _location(row, "value"), title, detail, refused=False, source=found.source)


def _slip(rows: Mapping[str, Assumption], measured: _Measured, found: Plausible) -> str:
    """Return what the number was probably meant to be: the first slip that brings it into its band; "" for none."""
    for slip in found.slips:
        times = slip.times
        if slip.per_server:
            servers = rows.get(f"{measured.row.path.rpartition('.')[0]}.gpus_per_server")
            times = 1 / (servers.value if servers else EIGHT_GPUS)
        if found.is_usual(measured.value * times):
            return f"{slip.says}: {_text(float(f'{measured.written * times:.4g}'))}?"
    return ""


def _location(row: Assumption, end: str) -> Location:
    """Return where a number of the register stands in the case: a price of the book at the item's name."""
    parts = tuple(row.path.split("."))
    if row.from_price_book and end == "value":
        field = "gpu_prices" if parts[-1] == "gpu_hourly_price" else "prices"
        return (*parts[:-1], field)
    return (*parts, end)


def _unit(case: Case, row: Assumption) -> str:
    return "as a share of 1" if row.unit.kind == "share" else row.unit.text(case.case.currency)


def _text(number: float) -> str:
    """Return a number with its digits, small ones without an exponent."""
    text = f"{number:,.6g}"
    return f"{number:,.0f}" if "e+" in text else f"{number:.10f}".rstrip("0") if "e-" in text else text


def _exchange_rate(case: Case, row: Assumption, usual: UsualFigures) -> Iterator[Doubt]:
    """Yield a doubt about a rate far from its order of magnitude, or near what it is the other way round."""
    there = row.path.rpartition(".")[2]
    here_size, there_size = usual.currencies.get(case.case.currency), usual.currencies.get(there)
    if here_size is None or there_size is None:
        return
    expected = here_size / there_size
    off = max(row.value / expected, expected / row.value)
    if off <= RATE_IS_NEAR:
        return
    inverse = max(1 / row.value / expected, expected * row.value)
    detail = (
        f"The other way round: {_text(float(f'{1 / row.value:.4g}'))}?" if inverse <= RATE_IS_NEAR else ""
    )
    title = f"One {there} is {_text(row.value)} {case.case.currency} here; usually it is about {_text(float(f'{expected:.2g}'))}"
    where = _location(row, "value")
    yield Doubt(row.path, where, title, detail, refused=off > RATE_IS_FAR, source="currencies")


def _ladder_ends(case: Case, usual: UsualFigures) -> Iterator[Doubt]:
    """Yield a refusal for an end of the volumes compared that no volume reaches."""
    found = usual.plausible.get("tokens_per_month")
    if found is None or "break_even" not in case.model_fields_set:
        return
    for end in ("low", "high"):
        volume = getattr(case.break_even, end)
        if found.is_beyond(volume):
            million = volume / 1e6
            slip = (
                f" Tokens are counted in millions here: {_text(million)}?" if found.is_usual(million) else ""
            )
            title = f"You wrote {_text(volume)}; this is at most {_text(found.most or 0)} M tokens / month in any case"
            yield Doubt(f"break_even.{end}", ("break_even", end), title, slip.strip(), refused=True)
