"""A quote: a price as stated by an external catalogue, before it becomes a rate of the book."""

from datetime import date
from decimal import Decimal

from reportgen.prices.identity import Place, gpu_key, same_gpu
from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Component, Item, Purchase, Rate

CACHE_PRICES: tuple[Component, ...] = ("cached_input", "cache_write")
"""Components of which a price of 0 is no price: it is left out, and the input price counts."""
LONG_REQUESTS = "Long requests cost more; the rate of short ones is given"
LONG_CACHE = "A cache kept longer costs more to write; the rate of the shortest time is given"
RANKING: tuple[Component, ...] = ("input", "output", "per_gpu_hour")
"""Components that rank quotes of one thing; one that states no price of a cache is not the cheaper for it."""
RELATIVE_TOLERANCE = 1e-9
"""Relative difference below which amounts are equal; some catalogues state results of a division."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One price of a catalogue from one day on; `effective` is None if the catalogue does not date it.

    `amounts` is in US dollars, per M tokens or per GPU and hour; `machine` is the one with the GPU.
    """

    provider: str
    title: str
    purchase: Purchase
    effective: date | None
    amounts: dict[Component, float]
    note: str = ""
    region: str = ""
    retires: date | None = None
    machine: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells the priced thing from any other."""
        name = gpu_key(self.title, self.machine) if "per_gpu_hour" in self.amounts else (self.title,)
        return (self.provider, *name, self.purchase, Place(self.provider, self.region).key)

    @property
    def total(self) -> float:
        """Return the sum of the amounts that every quote of the thing states, by which they are ranked."""
        return sum(amount for component, amount in self.amounts.items() if component in RANKING)

    def agrees_with(self, rate: Rate) -> bool:
        """Return whether a rate charges the amounts of this quote; components missing from the quote are ignored.

        A write to a cache is charged at the input rate where the rate of the book does not state it.
        """
        charged = ((rate.amount(rate.charged(part)), amount) for part, amount in self.amounts.items())
        return all(_is_close(stated, amount) for stated, amount in charged)

    def matches(self, item: Item) -> bool:
        """Return whether an item of the book is what this quote prices: provider, name, purchase and region."""
        if (item.provider, item.purchase) != (self.provider, self.purchase):
            return False
        return self._names(item) and self._is_in_region_of(item)

    def _names(self, item: Item) -> bool:
        if item.title == self.title:
            return True
        return item.kind == "gpu_hour" and same_gpu(gpu_key(item.title), gpu_key(self.title, self.machine))

    def _is_in_region_of(self, item: Item) -> bool:
        """Return whether the item names no region or this one; a model without region is the one priced anywhere."""
        here, there = Place(self.provider, self.region).key, Place(item.provider, item.region or "").key
        return here == there or (item.kind == "gpu_hour" and not (here and there))


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
