"""Bills in FOCUS as spend by month: charges for tokens, other usage and purchases, and what is no usage."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from reportgen.errors import SurroundingsError
from reportgen.ingest.sources import refusal, sources, table_rows
from reportgen.ingest.times import TimeReader
from reportgen.ingest.usage.focus import factor, is_focus
from reportgen.ingest.usage.tables import plain
from reportgen.runtime.records import dataclass

Months = dict[str, float]
"""Amounts by month, YYYY-MM."""
Sort = Literal["tokens", "usage", "other"]
"""Tokens; machines, storage, fees, purchases; taxes, credits, corrections, adjustments."""


@dataclass(frozen=True, slots=True)
class Spend:
    """What counts of a bill for one option: what the service itself charged, and what was charged beside."""

    own: Months
    other: Months


@dataclass(slots=True)
class Bills:
    """Spend by service, sort and month."""

    charges: dict[tuple[str, Sort], Months] = field(default_factory=lambda: defaultdict(dict))
    currencies: set[str] = field(default_factory=set)

    @property
    def services(self) -> tuple[str, ...]:
        """Return the services that are billed, in the order of the alphabet."""
        return tuple(sorted({service for service, _ in self.charges}))

    def spend(self, kind: str, services: Iterable[str] = ()) -> Spend:
        """Return the spend on an option of a kind, of some services only where any are named.

        Of an api tokens are its own, and everything else of the services that charge tokens stands beside. Of the other kinds
        all usage and purchases are its own.

        Raises:
            SurroundingsError: for a service that is not billed.
        """
        named = set(services)
        if unknown := named - set(self.services):
            raise SurroundingsError(
                f"The bills have no service {', '.join(sorted(unknown))}; they have {', '.join(self.services)}."
            )
        if kind == "api":
            counted = named or {service for service, sort in self.charges if sort == "tokens"}
            own: tuple[Sort, ...] = ("tokens",)
        else:
            counted, own = named or set(self.services), ("tokens", "usage")
        return Spend(self._sum(counted, own), self._sum(counted, {"tokens", "usage", "other"} - set(own)))

    def _sum(self, services: Iterable[str], sorts: Iterable[str]) -> Months:
        out: dict[str, float] = defaultdict(float)
        for (service, sort), months in sorted(self.charges.items()):
            if service in services and sort in sorts:
                for month, amount in months.items():
                    out[month] += amount
        return dict(out)


def read_bills(paths: Sequence[Path]) -> Bills:
    """Read FOCUS bills (CSV; gzip and zip).

    Raises:
        InputError: for a file that has not the columns of FOCUS.
    """
    bills, times = Bills(), TimeReader(UTC)
    for source in sources(paths):
        with source.open() as text:
            rows = table_rows(text)
            header = [plain(name) for name in next(rows, [])]
            if not is_focus(set(header)):
                raise refusal(
                    source.name,
                    "This is no bill in FOCUS: ChargePeriodStart, ChargeCategory and ConsumedUnit are missing.",
                )
            for row in rows:
                charge = dict(zip(header, row, strict=False))
                month = f"{datetime.fromtimestamp(times[charge['chargeperiodstart']], UTC):%Y-%m}"
                months = bills.charges[charge.get("servicename", ""), _sort(charge)]
                months[month] = months.get(month, 0.0) + _number(charge.get("effectivecost", ""))
                bills.currencies.add(charge.get("billingcurrency", ""))
    bills.currencies -= {"", "NULL"}
    return bills


def _sort(charge: dict[str, str]) -> Sort:
    """Return what a charge is for."""
    if charge.get("chargeclass", "") == "Correction":
        return "other"
    if charge.get("chargecategory") == "Usage":
        unit = factor(charge.get("consumedunit", "")) or factor(charge.get("pricingunit", ""))
        return "tokens" if unit else "usage"
    return "usage" if charge.get("chargecategory") == "Purchase" else "other"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
