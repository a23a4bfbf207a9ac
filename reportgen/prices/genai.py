"""Token prices out of the package genai-prices, an optional extra: read as data, never through its calculator.

Its calculator prices a whole month as one request, which trips the long-context tier; falls back to the standard price
for a way to buy that it does not know; and answers for days before a model existed. Its data says none of these things.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from reportgen.errors import SurroundingsError
from reportgen.prices.quotes import Quote, plain
from reportgen.schema.prices import Component, Purchase

WHEN: dict[Purchase, dict[str, str]] = {
    "standard": {}, "batch": {"processing": "batch"}, "flex": {"service_tier": "flex"},
}  # fmt: skip
"""How the package marks the ways to buy tokens."""
FIELDS: dict[Component, str] = {
    "input": "input_mtok", "cached_input": "cache_read_mtok", "output": "output_mtok",
}  # fmt: skip
TITLE = "genai-prices {}, prices of language models by provider"
LINK = "https://github.com/pydantic/genai-prices"


class NoSuchPrice(SurroundingsError):
    """The package has no price for this model, or none for this way to buy it."""


def version() -> str:
    """Give the installed version of the package; SurroundingsError where it is not installed."""
    _package()
    from importlib.metadata import version as installed

    return installed("genai-prices")


def quotes(provider: str, model: str, purchase: Purchase) -> tuple[Quote, ...]:
    """List the prices of a model, oldest first; NoSuchPrice where the package does not state them.

    Of prices that depend on the hour the one of the other hours is taken, of long-context tiers the base: the note says so.
    """
    found = _model(provider, model)
    if purchase not in WHEN:
        raise NoSuchPrice(f"{purchase} is no way to buy tokens; ways are {', '.join(WHEN)}.")
    variants = _variants(found, purchase)
    if purchase != "standard" and not variants:
        raise NoSuchPrice(f"genai-prices has no {purchase} price for {provider} {model}.")
    return tuple(_quotes(provider, found, purchase, variants))


def models(text: str) -> Iterator[tuple[str, str]]:
    """List provider and model where either contains a text."""
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
            "The package genai-prices is not installed; install it with: pip install 'reportgen[prices]'"
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
        variant for variant in model.price_variants or () if WHEN[purchase] and variant.when == WHEN[purchase]
    ]


def _quotes(provider: str, model: Any, purchase: Purchase, variants: list[Any]) -> Iterator[Quote]:
    dated, by_hour = _standard(model)
    days: list[date | None] = [day for day, _ in dated]
    days += [day for variant in variants if (day := _start(variant.constraint)) not in days]
    for day in sorted(days, key=_oldest):
        active = [v for v in variants if _oldest(_start(v.constraint)) <= _oldest(day)]
        if purchase != "standard" and not active:
            continue
        standard = [prices for since, prices in dated if _oldest(since) <= _oldest(day)]
        layers = [*(variant.prices for variant in active), *reversed(standard)][: len(active) + 1]
        amounts, tiered = _amounts(layers)
        if {"input", "output"} <= amounts.keys():
            yield Quote(provider, model.id, purchase, day, amounts, _note(by_hour, tiered))


def _standard(model: Any) -> tuple[list[tuple[date | None, Any]], list[Any]]:
    """Give the standard prices by their first day, oldest first, and those that hold at some hours only."""
    if not isinstance(model.prices, list):
        return [(None, model.prices)], []
    dated: list[tuple[date | None, Any]] = []
    hours = []
    for entry in model.prices:
        if entry.constraint is not None and not hasattr(entry.constraint, "start_date"):
            hours.append(entry.constraint)
        else:
            dated.append((_start(entry.constraint), entry.prices))
    return sorted(dated, key=lambda pair: _oldest(pair[0])), hours


def _start(constraint: Any) -> date | None:
    found = getattr(constraint, "start_date", None)
    return found if isinstance(found, date) else None


def _oldest(day: date | None) -> date:
    return day or date.min


def _amounts(layers: list[Any]) -> tuple[dict[Component, float], bool]:
    """Take each amount from the first layer that has it; say whether any has tiers of long context."""
    amounts: dict[Component, float] = {}
    tiered = False
    for component, field in FIELDS.items():
        found = next((price for layer in layers if (price := getattr(layer, field, None)) is not None), None)
        if found is not None:
            tiered = tiered or hasattr(found, "tiers")
            amounts[component] = plain(getattr(found, "base", found))
    return amounts, tiered


def _note(hours: list[Any], tiered: bool) -> str:
    """Say which of several prices was taken."""
    spans = " and ".join(f"{hour.start_time:%H:%M} to {hour.end_time:%H:%M}" for hour in hours)
    parts = (
        f"Another price holds from {spans} UTC; that of the other hours is given" if hours else "",
        "Long requests cost more; the rate of short ones is given" if tiered else "",
    )
    return ". ".join(part for part in parts if part)
