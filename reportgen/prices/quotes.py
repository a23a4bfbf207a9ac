"""A price as another catalogue quotes it, before it is a rate of our book."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.schema.prices import Component, Item, Purchase, Rate

NEAR = 1e-9
"""Amounts are the same within this share of them: some catalogues divide."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one catalogue says about one price from one day on; `effective` None: it does not say since when.

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

    def says(self, rate: Rate) -> bool:
        """Say whether a rate of the book has these amounts; a cached price that the catalogue leaves out is no matter."""
        return all(_near(rate.amount(component), amount) for component, amount in self.amounts.items())

    def names(self, item: Item) -> bool:
        """Say whether an item of the book is what this quote prices."""
        same = (item.provider, item.title, item.purchase) == (self.provider, self.title, self.purchase)
        return same and (not self.region or not item.region or item.region == self.region)


def _near(stated: float | None, quoted: float) -> bool:
    return stated is not None and abs(stated - quoted) <= NEAR * max(abs(quoted), NEAR)


def plain(amount: Decimal | float) -> float:
    """Turn an amount into the float that people would write; no dust of a division."""
    return float(f"{float(amount):.10g}")


def written(amount: float) -> str:
    """Write an amount as the book does: two decimals, or as many as it has."""
    short = f"{amount:.2f}"
    return short if float(short) == amount else f"{amount:.10f}".rstrip("0")
