"""The unit that each assumption has, and the conversion of what is written in another unit of the same thing."""

import re
from functools import cache
from math import isclose
from typing import Literal

from reportgen import units
from reportgen.runtime.records import dataclass
from reportgen.schema.quantities.unit_texts import MILLION, UnitText, UnknownUnitError, read_unit
from reportgen.units import Unit

TokenKind = Literal["all", "input", "output"]
"""Which tokens an assumption counts or prices."""
ACCEPTED: dict[Unit, tuple[str, ...]] = {
    units.MONEY: ("money",),
    units.MONEY_PER_MONTH: ("money / month", "/ month"),
    units.MONEY_PER_YEAR: ("money / year", "/ year", "money / fte / year", "/ fte / year", "money / fte"),
    units.MONEY_PER_HIRE: ("money / hire", "/ hire", "money / person", "/ person"),
    units.MONEY_PER_GPU: ("money / gpu", "/ gpu"),
    units.PRICE_PER_M_TOKENS: ("money / M tokens", "/ M tokens"),
    units.PRICE_PER_GPU_HOUR: ("money / gpu hour", "/ gpu hour", "money / hour", "/ hour"),
    units.PRICE_PER_KWH: ("money / kwh", "/ kwh"),
    units.M_TOKENS_PER_MONTH: ("M tokens / month", "M tokens"),
    units.TOKENS_PER_SECOND: ("tokens / s", "tokens / s / replica", "/ s"),
    units.HOURS_PER_MONTH: ("hours / month", "hours"),
    units.REPLICAS: ("replicas", ""),
    units.GPUS: ("gpus", "", "gpus / replica", "gpus / server"),
    units.HIRES: ("hires", "", "people"),
    units.FTE: ("fte", ""),
    units.FTE_MONTHS: ("fte months",),
    units.KW: ("kw / gpu", "kw"),
    units.RATIO: ("",),
    units.FACTOR: ("",),
    units.SHARE: ("",),
    units.SHARE_PER_YEAR: ("", "/ year"),
    units.MONTHS: ("months",),
    units.MONTH_NUMBER: ("", "months"),
    units.EXCHANGE_RATE: ("",),
}  # fmt: skip
"""The texts that an assumption's unit is read as, the first with all its dimensions."""
PERIODS: dict[Unit, tuple[tuple[float, ...], str]] = {
    units.SHARE_PER_YEAR: ((1.0,), "growth compounds over a year"),
    units.MONTH_NUMBER: ((1.0,), "it is a place in the horizon"),
    units.MONEY_PER_YEAR: ((1.0, 4.0, 12.0), "how many days or hours are paid in a year is not said"),
}
"""The units of which only some periods are converted (how many of each make one of its own), and why."""
SCALES = (1.0, 0.0001, 0.01, 1e3, 1e6)
"""Per cent, cents, thousands, millions: what a factor may be beside the period."""
HINTS: dict[str, str] = {
    "server": "divide by the GPUs of a server",
    "user": "count all users together, at the load that the latency target allows",
    "gpu": "multiply by gpus_per_replica",
}
"""What to do about a dimension that does not belong."""
TOKEN_WORDS: dict[TokenKind, str] = {
    "all": "input and output together",
    "input": "input tokens",
    "output": "output tokens",
}
VOLUME = re.compile(
    r"\s*(\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?\s*(\D.*)",
    re.IGNORECASE | re.DOTALL,
)
SIGNIFICANT_DIGITS = 12


class WrongUnitError(ValueError):
    """A unit of another thing, or one that is not read; its text says which one is right."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a number is multiplied by to be in the assumption's own unit; `currency` is the one that was named."""

    factor: float
    currency: str = ""

    def of(self, number: float) -> float:
        """Return a number in the assumption's own unit, without the noise of the multiplication."""
        return number if self.factor == 1 else float(f"{number * self.factor:.{SIGNIFICANT_DIGITS}g}")

    def back(self, number: float) -> float:
        """Return a number of the assumption's own unit in the unit that was written."""
        return number if self.factor == 1 else float(f"{number / self.factor:.{SIGNIFICANT_DIGITS}g}")


@cache
def _accepted(unit: Unit) -> tuple[UnitText, ...]:
    return tuple(read_unit(text) for text in ACCEPTED.get(unit, ()))


def conversion(text: str, unit: Unit, tokens: TokenKind | None, value: float | None) -> Conversion:
    """Return the conversion of numbers written in the unit `text` into `unit`.

    `tokens` is what the assumption counts, None where it counts none; `value` decides about percentages, of which one
    at or below 1 may be meant as a share.

    Raises:
        WrongUnitError: for a unit of another thing, and for a text that is no unit.
    """
    try:
        written = read_unit(text)
    except UnknownUnitError as unknown:
        raise WrongUnitError(f'"{unknown}" is not read as a unit; {_right(unit, tokens)}.') from None
    if unit not in ACCEPTED:
        return Conversion(1.0)
    _check_tokens(written, unit, tokens)
    if unit == units.EXCHANGE_RATE:
        return Conversion(1.0)
    if "percent" in written.said:
        _check_percent(text, written, unit, value)
    currency = written.currencies[0] if written.currencies else ""
    return Conversion(_factor(text, written, unit, tokens), currency)


def _factor(text: str, written: UnitText, unit: Unit, tokens: TokenKind | None) -> float:
    """Return the factor between a unit as written and an assumption's own; WrongUnitError where they differ in kind."""
    money = unit.name.startswith("{currency}")
    if money and written.dimensions == (("money", 1),):
        return written.factor  # a currency alone, or thousands of it: the rest is the assumption's own
    if unit == units.M_TOKENS_PER_MONTH and not written.dimensions and written.factor > 1:
        return written.factor / MILLION
    for one in _accepted(unit):
        if one.dimensions == written.dimensions:
            factor = written.factor / one.factor
            if isclose(factor, 1.0, rel_tol=1e-9):
                return 1.0
            if unit in PERIODS and one.dimensions and not _is_scaled(factor, PERIODS[unit][0]):
                raise WrongUnitError(f'You wrote "{text}"; {_right(unit, tokens)}: {PERIODS[unit][1]}.')
            return factor
    needed = _accepted(unit)[0].names if _accepted(unit) else frozenset()
    hints = [HINTS[name] for name in sorted(written.names - needed) if name in HINTS]
    hint = f": {hints[0]}" if hints else ""
    raise WrongUnitError(f'You wrote "{text}"; {_right(unit, tokens)}{hint}.')


def _is_scaled(factor: float, periods: tuple[float, ...]) -> bool:
    """Return whether a factor is one of the periods, times a scale."""
    return any(isclose(factor, period * scale, rel_tol=1e-9) for period in periods for scale in SCALES)


def _check_tokens(written: UnitText, unit: Unit, tokens: TokenKind | None) -> None:
    """Refuse a unit that counts other tokens than the assumption does."""
    others = {
        "all": {"output", "input", "cached"},
        "input": {"output", "blended"},
        "output": {"input", "cached", "blended"},
    }
    if tokens is None or not (wrong := written.said & others[tokens]) or {"input", "output"} <= written.said:
        return
    word = min(wrong)
    remedy = f": divide by the share that is {word} in what was measured" if tokens == "all" else ""
    raise WrongUnitError(f"You wrote {word} tokens; {_right(unit, tokens)}{remedy}.")


def _check_percent(text: str, written: UnitText, unit: Unit, value: float | None) -> None:
    """Refuse a percentage of what is no share, and one that may already be a share."""
    if unit.kind != "share" and unit not in (units.RATIO, units.FACTOR):
        raise WrongUnitError(f'You wrote "{text}"; {_right(unit, None)}.')
    if value is not None and 0 < abs(value) <= 1 and written.factor >= 0.01:
        raise WrongUnitError(
            f'You wrote {value:g} and "{text}", which may mean {value:.4g} or {100 * value:.4g} %; write the share, '
            f"a fraction of 1, and leave the unit out."
        )


def _right(unit: Unit, tokens: TokenKind | None) -> str:
    """Return the sentence part that names the right unit."""
    name = unit_phrase(unit)
    counted = f", {TOKEN_WORDS[tokens]}" if tokens and "token" in unit.name else ""
    return f"the unit here is {name}{counted}"


def unit_phrase(unit: Unit) -> str:
    """Return a unit in words that hold in any currency."""
    if unit.kind == "share":
        return "a share of 1 for a year" if unit == units.SHARE_PER_YEAR else "a share of 1"
    if unit == units.GPUS:
        return "GPUs"
    return unit.name.replace("{currency} / ", "money per ").replace("{currency}", "money")


def volume(text: str) -> float | None:
    """Return millions of tokens a month out of a text such as "6B", "6e9 tokens" or "200M tokens a day"; None if it is none."""
    found = VOLUME.fullmatch(text)
    if not found:
        return None
    number = float(re.sub("[,_]", "", found[1]) + (found[2] or ""))
    try:
        factor = conversion(found[3], units.M_TOKENS_PER_MONTH, "all", None).factor
    except WrongUnitError:
        return None
    return float(f"{number * factor:.{SIGNIFICANT_DIGITS}g}")


def note_of(text: str, unit: Unit, written: float, factor: float) -> str:
    """Return the note that tells a conversion."""
    after = float(f"{written * factor:.{SIGNIFICANT_DIGITS}g}")
    return f"Converted: {written:,.10g} {text} × {factor:,.6g} = {after:,.10g} {unit_phrase(unit)}"
