"""Bills in FOCUS as spend by month: charges for tokens, and other charges of the same services."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from reportgen.ingest.sources import refusal, sources, table_rows
from reportgen.ingest.times import TimeReader
from reportgen.ingest.usage.focus import factor, is_focus
from reportgen.ingest.usage.tables import plain

Months = dict[str, float]
"""Amounts by month, YYYY-MM."""


@dataclass(slots=True)
class Bills:
    """Spend by month: on tokens, and on what else the same services charge (corrections, taxes, storage)."""

    tokens: Months = field(default_factory=dict)
    other: Months = field(default_factory=dict)
    currencies: set[str] = field(default_factory=set)


def read_bills(paths: Sequence[Path]) -> Bills:
    """Read FOCUS bills (CSV; gzip and zip).

    Raises:
        InputError: for a file that has not the columns of FOCUS.
    """
    tokens: dict[str, float] = defaultdict(float)
    other: dict[tuple[str, str], float] = defaultdict(float)
    services, currencies, times = set(), set(), TimeReader(UTC)
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
                spend = _number(charge.get("effectivecost", ""))
                month = f"{datetime.fromtimestamp(times[charge['chargeperiodstart']], UTC):%Y-%m}"
                service = charge.get("servicename", "")
                currencies.add(charge.get("billingcurrency", ""))
                is_usage = (
                    charge.get("chargecategory") == "Usage" and charge.get("chargeclass", "") != "Correction"
                )
                if is_usage and (
                    factor(charge.get("consumedunit", "")) or factor(charge.get("pricingunit", ""))
                ):
                    tokens[month] += spend
                    services.add(service)
                else:
                    other[service, month] += spend
    rest: dict[str, float] = defaultdict(float)
    for (service, month), spend in other.items():
        if service in services:
            rest[month] += spend
    return Bills(dict(tokens), dict(rest), currencies - {"", "NULL"})


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
