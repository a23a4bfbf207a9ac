"""Token prices from the optional package genai-prices, read from its data rather than through its calculator.

Why: its calculator prices a whole month as one request, which triggers the long-context tier; it falls back to the
standard price for an unknown purchase type; and it answers for days before a model existed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from reportgen.errors import SurroundingsError
from reportgen.prices.quotes import CACHE_PRICES, LONG_CACHE, LONG_REQUESTS, Quote, rounded
from reportgen.schema.prices import Component, Purchase

VARIANT_CONDITIONS: dict[Purchase, dict[str, str]] = {
    "standard": {}, "batch": {"processing": "batch"}, "flex": {"service_tier": "flex"},
}  # fmt: skip
"""The conditions with which the package marks each purchase type."""
PRICE_FIELDS: dict[Component, str] = {
    "input": "input_mtok", "cached_input": "cache_read_mtok", "cache_write": "cache_write_mtok",
    "output": "output_mtok",
}  # fmt: skip
LONGER_WRITES = "cache_write_1h_mtok"
"""The field of a cache write that is kept for an hour."""
SOURCE_TITLE = "genai-prices {}, prices of language models by provider"
SOURCE_URL = "https://github.com/pydantic/genai-prices"


class NoSuchPrice(SurroundingsError):
    """The package has no price for this model, or none for this purchase type."""


def version() -> str:
    """Return the installed version of the package; SurroundingsError if it is not installed."""
    _package()
    from importlib.metadata import version as installed

    return installed("genai-prices")


def quotes(provider: str, model: str, purchase: Purchase) -> tuple[Quote, ...]:
    """Return the prices of a model, oldest first; NoSuchPrice if the package does not state them.

    Of prices that depend on the hour, the one outside the special hours is taken; of long-context tiers, the base. The
    note of the quote says so.
    """
    found = _model(provider, model)
    if purchase not in VARIANT_CONDITIONS:
        raise NoSuchPrice(f"{purchase} is no way to buy tokens; ways are {', '.join(VARIANT_CONDITIONS)}.")
    variants = _variants(found, purchase)
    if purchase != "standard" and not variants:
        raise NoSuchPrice(f"genai-prices has no {purchase} price for {provider} {model}.")
    return tuple(_quotes(provider, found, purchase, variants))


def models(text: str) -> Iterator[tuple[str, str]]:
    """Yield provider id and model id of every model whose ids or name contain a text."""
    wanted = text.lower()
    for provider in _package().providers:
        for model in provider.models:
            if wanted in f"{provider.id} {model.id} {model.name or ''}".lower():
                yield provider.id, model.id


def _package() -> Any:
    try:
        from genai_prices import data
    except ImportError as error:
        raise SurroundingsError(
            "The package genai-prices is not installed; install it with: pip install genai-prices"
        ) from error
    return data


def _model(provider: str, model: str) -> Any:
    for known in _package().providers:
        if known.id == provider:
            for found in known.models:
                if found.id == model:
                    return found
    raise NoSuchPrice(f"genai-prices does not know {provider} {model}.")


def _variants(model: Any, purchase: Purchase) -> list[Any]:
    return [
        variant
        for variant in model.price_variants or ()
        if VARIANT_CONDITIONS[purchase] and variant.when == VARIANT_CONDITIONS[purchase]
    ]


def _quotes(provider: str, model: Any, purchase: Purchase, variants: list[Any]) -> Iterator[Quote]:
    dated, by_hour = _standard(model)
    days: list[date | None] = [day for day, _ in dated]
    days += [day for variant in variants if (day := _start_date(variant.constraint)) not in days]
    for day in sorted(days, key=_or_earliest):
        active = [v for v in variants if _or_earliest(_start_date(v.constraint)) <= _or_earliest(day)]
        if purchase != "standard" and not active:
            continue
        standard = [prices for since, prices in dated if _or_earliest(since) <= _or_earliest(day)]
        layers = [*(variant.prices for variant in active), *reversed(standard)][: len(active) + 1]
        amounts, tiered = _amounts(layers)
        if {"input", "output"} <= amounts.keys():
            yield Quote(provider, model.id, purchase, day, amounts, _note(by_hour, layers, tiered=tiered))


def _standard(model: Any) -> tuple[list[tuple[date | None, Any]], list[Any]]:
    """Return the standard prices with their first day, oldest first, and the constraints of hourly prices."""
    if not isinstance(model.prices, list):
        return [(None, model.prices)], []
    dated: list[tuple[date | None, Any]] = []
    hours = []
    for entry in model.prices:
        if entry.constraint is not None and not hasattr(entry.constraint, "start_date"):
            hours.append(entry.constraint)
        else:
            dated.append((_start_date(entry.constraint), entry.prices))
    return sorted(dated, key=lambda pair: _or_earliest(pair[0])), hours


def _start_date(constraint: Any) -> date | None:
    found = getattr(constraint, "start_date", None)
    return found if isinstance(found, date) else None


def _or_earliest(day: date | None) -> date:
    return day or date.min


def _amounts(layers: list[Any]) -> tuple[dict[Component, float], bool]:
    """Return each amount from the first layer that has it, and whether any amount has long-context tiers."""
    amounts: dict[Component, float] = {}
    tiered = False
    for component, field in PRICE_FIELDS.items():
        found = next((price for layer in layers if (price := getattr(layer, field, None)) is not None), None)
        if found is not None:
            tiered = tiered or hasattr(found, "tiers")
            amount = rounded(getattr(found, "base", found))
            if amount or component not in CACHE_PRICES:
                amounts[component] = amount
    return amounts, tiered


def _note(hours: list[Any], layers: list[Any], *, tiered: bool) -> str:
    """Return the note that says which of several prices was taken."""
    spans = " and ".join(f"{hour.start_time:%H:%M} to {hour.end_time:%H:%M}" for hour in hours)
    parts = (
        f"Another price holds from {spans} UTC; that of the other hours is given" if hours else "",
        LONG_REQUESTS if tiered else "",
        LONG_CACHE if any(getattr(layer, LONGER_WRITES, None) is not None for layer in layers) else "",
    )
    return ". ".join(part for part in parts if part)
