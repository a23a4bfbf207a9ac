"""A quote: a price as stated by an external catalogue, before it becomes a rate of the book."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.schema.prices import Component, Item, Purchase, Rate

RELATIVE_TOLERANCE = 1e-9
"""Relative difference below which amounts are equal; some catalogues state results of a division."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One price of a catalogue from one day on; `effective` is None if the catalogue does not date it.

    `amounts` is in US dollars, per M tokens or per GPU and hour.
    """

    provider: str
    title: str
    purchase: Purchase
    effective: date | None
    amounts: dict[Component, float]
    note: str = ""
    region: str = ""
    retires: date | None = None

    def agrees_with(self, rate: Rate) -> bool:
        """Return whether a rate has the amounts of this quote; components missing from the quote are ignored."""
        return all(_is_close(rate.amount(component), amount) for component, amount in self.amounts.items())

    def matches(self, item: Item) -> bool:
        """Return whether an item of the book is what this quote prices."""
        same = (item.provider, item.title, item.purchase) == (self.provider, self.title, self.purchase)
        return same and (not self.region or not item.region or item.region == self.region)


def _is_close(stated: float | None, quoted: float) -> bool:
    return stated is not None and abs(stated - quoted) <= RELATIVE_TOLERANCE * max(
        abs(quoted), RELATIVE_TOLERANCE
    )


def rounded(amount: Decimal | float) -> float:
    """Round an amount to ten significant digits, to remove the noise of divisions."""
    return float(f"{float(amount):.10g}")


def amount_text(amount: float) -> str:
    """Return an amount as text: two decimals, or as many as it has."""
    short = f"{amount:.2f}"
    return short if float(short) == amount else f"{amount:.10f}".rstrip("0")
