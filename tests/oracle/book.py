"""The price book resolved for a case, read a second time from its definition alone: rates by day, successors, currencies."""

from datetime import date, timedelta
from typing import Any

from tests.oracle.assumptions import Case, first_day, horizon

FIELDS = ("prices", "gpu_prices")
COMPONENTS = ("input", "cached_input", "output", "per_gpu_hour")


def with_book(case: Case, book: dict[str, Any]) -> Case:
    """Give the case with `_prices` and `_retires` out of the book, for those options that name an item."""
    items = {item["id"]: item for item in book["items"]}
    prices: dict[str, Any] = {}
    retires: dict[str, list[date]] = {}
    for key, option in case["options"].items():
        name = next((option[field] for field in FIELDS if field in option), None)
        if name is None:
            continue
        chain = _chain(items, name, first_day(case, horizon(case)))
        retires[key] = [items[one]["retires"] for one in chain[:-1]]
        prices[key] = {
            part: [
                row
                for place, one in enumerate(chain)
                for row in _rates(case, book, items, chain, place, one, part)
            ]
            for part in COMPONENTS
            if any(part in rate for rate in items[name]["rates"])
        }
    return {**case, "_prices": prices, "_retires": retires}


def _chain(items: dict[str, Any], name: str, last: date) -> list[str]:
    """Follow an item's successors for as long as each retires before the last month begins."""
    chain = [name]
    while (found := items[chain[-1]]).get("retires") and found["retires"] < last:
        chain.append(found["successor"])
    return chain


def _rates(
    case: Case,
    book: dict[str, Any],
    items: dict[str, Any],
    chain: list[str],
    place: int,
    name: str,
    part: str,
) -> list[tuple[Any, ...]]:
    """List a component's rates under the day from which each is used, its own currency beside it."""
    since = items[chain[place - 1]]["retires"] + timedelta(days=1) if place else None
    until = items[name].get("retires") if place < len(chain) - 1 else None
    currency = items[name].get("currency", book["currency"])
    exchange = f"finance.exchange_rates.{currency}" if currency != case["case"]["currency"] else None
    rows: list[tuple[Any, ...]] = []
    for rate in items[name]["rates"]:
        own = rate.get("effective")
        if until and own and own > until:
            continue
        used = max(own, since) if own and since else own or since
        path = f"prices.{name}.{part}.{own or 'undated'}"
        if rows and since and own and own <= since:
            rows = []  # replaced before the successor is used at all
        rows.append((used, float(rate[part]), path, exchange))
    return rows
