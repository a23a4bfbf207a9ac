"""The price book resolved for a case, read from its definition alone: rates by day, successors, currencies."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.oracle.inputs.case import Case, first_day, horizon, stated
from tests.oracle.inputs.fields import COMPONENTS

ITEM_FIELDS = ("prices", "gpu_prices")
Row = tuple[date | None, float, str, str | None]
"""A resolved rate: the day from which it is used, the rate, its path, and the path of its exchange rate."""


def with_book(case: Case, book: dict[str, Any]) -> Case:
    """Give the case with `_prices` and `_retires` out of the book, for those options that name an item."""
    items = {item["id"]: item for item in book["items"]}
    prices: dict[str, Any] = {}
    retires: dict[str, list[date]] = {}
    for key, option in case["options"].items():
        name = next((option[field] for field in ITEM_FIELDS if field in option), None)
        if name is None:
            continue
        chain = _chain(items, name, first_day(case, horizon(case)))
        retires[key] = [items[one]["retires"] for one in chain[:-1]]
        prices[key] = {
            part: [row for place in range(len(chain)) for row in _rates(case, book, chain, place, part)]
            for part in COMPONENTS.values()
            if any(part in rate for one in chain for rate in items[one]["rates"])
        }
    return {**case, "_prices": prices, "_retires": retires}


def _chain(items: dict[str, Any], name: str, last: date) -> list[str]:
    """Follow an item's successors for as long as each retires before the last month begins."""
    chain = [name]
    while (found := items[chain[-1]]).get("retires") and found["retires"] < last:
        chain.append(found["successor"])
    return chain


def _rates(case: Case, book: dict[str, Any], chain: list[str], place: int, part: str) -> list[Row]:
    """List a component's rates under the day from which each is used, its own currency beside it.

    A rate without a price for cache writes charges the input price for them.
    """
    items = {item["id"]: item for item in book["items"]}
    name = chain[place]
    since = items[chain[place - 1]]["retires"] + timedelta(days=1) if place else None
    until = items[name].get("retires") if place < len(chain) - 1 else None
    currency = items[name].get("currency", book["currency"])
    exchange = f"finance.exchange_rates.{currency}" if currency != case["case"]["currency"] else None
    rows: list[Row] = []
    for rate in items[name]["rates"]:
        own = rate.get("effective")
        if until and own and own > until:
            continue
        used = max(own, since) if own and since else own or since
        given = "input" if part == "cache_write" and part not in rate else part
        path = f"prices.{name}.{given}.{own or 'undated'}"
        if rows and since and own and own <= since:
            rows = []  # replaced before the successor is used at all
        rows.append((used, float(rate[given]), path, exchange))
    return rows


def booked_rates(case: Case, key: str, field: str) -> list[Row]:
    """List the resolved book rates of one price; none where the option names no item or the item has no such price."""
    return list(case.get("_prices", {}).get(key, {}).get(COMPONENTS[field], []))


def rate_in_force(case: Case, known: Mapping[str, float], key: str, field: str, m: int) -> float:
    """Look up the last rate used on or before the first day of month m, in the case's currency."""
    day = first_day(case, m)
    rows = [row for row in booked_rates(case, key, field) if row[0] is None or row[0] <= day]
    if not rows:
        raise ValueError(f"options.{key}.{field}: no rate in force on {day}")
    _, _, path, exchange = rows[-1]
    return known[path] * (known[exchange] if exchange else 1.0)


def price_steps(case: Case, known: Mapping[str, float], key: str, field: str) -> list[float]:
    """Compute step[m]: the rate in force over that of month 1, and 1 for a price given in the case.

    A price of cache writes that nobody gives is the input price, steps included.
    """
    months = range(1, horizon(case) + 1)
    written = stated(case["options"][key].get(field))
    if field == "cache_write_price" and written is None and not booked_rates(case, key, field):
        return price_steps(case, known, key, "input_price")
    if written is not None or not booked_rates(case, key, field):
        return [1.0 for _ in months]
    rates = [rate_in_force(case, known, key, field, m) for m in months]
    if rates[0] == 0 and any(rates):
        raise ValueError(f"options.{key}.{field}: a rate of 0 with later changes cannot be a step")
    return [rate / rates[0] if rates[0] else 1.0 for rate in rates]


def migration_months(case: Case, key: str) -> list[int]:
    """List the first months that start after a model of the option retires, each once."""
    months = range(1, horizon(case) + 1)
    starts = [first_day(case, m) for m in months]
    found = {
        next(m for m in months if starts[m - 1] > day)
        for day in case.get("_retires", {}).get(key, [])
        if starts[0] <= day < starts[-1]
    }
    return sorted(found)
