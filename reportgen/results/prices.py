"""The prices out of the price book that a case uses."""

from datetime import date

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class PriceRate:
    """One dated rate of a price that a case uses; `amount` in `currency`."""

    path: str
    effective: date | None
    amount: float
    currency: str
    verified: date
    basis: str
    source: str
    url: str
    assumed: bool
    """Undated, and used before the day on which somebody looked."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """The last day of an item of the price book, and the item that follows it."""

    item: str
    last: date
    successor: str | None


@dataclass(frozen=True, slots=True)
class Price:
    """One price of one option out of the price book, with every rate in force within the horizon."""

    option: str
    field: str
    label: str
    item: str
    provider: str
    title: str
    purchase: str
    retirements: tuple[Retirement, ...]
    """Those of the item and of its successors, as long as they are in use."""
    rates: tuple[PriceRate, ...]
