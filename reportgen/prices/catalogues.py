"""Public price catalogues: the formats of SkyPilot, gpuhunt and LiteLLM, read into quotes."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from reportgen.errors import InputError, Problem
from reportgen.prices.quotes import Quote, plain
from reportgen.schema.prices import Component, Purchase

Format = Literal["skypilot", "gpuhunt", "litellm"]
MILLION = 1_000_000
COSTS: dict[Component, str] = {
    "input": "input_cost_per_token", "cached_input": "cache_read_input_token_cost", "output": "output_cost_per_token",
}  # fmt: skip
"""The fields of LiteLLM that hold our rates, per token."""
ENDINGS: dict[Purchase, str] = {"standard": "", "batch": "_batches", "flex": "_flex"}
"""What LiteLLM puts behind them for each way to buy."""
Row = Mapping[str, str]


def read_catalogue(kind: Format, path: Path, match: str, provider: str = "") -> tuple[Quote, ...]:
    """List the quotes of a catalogue whose provider, name, machine or region contain all words of `match`.

    A row with several GPUs is divided by their number; of equal rows the cheapest stands. InputError where the file is
    not of this format.
    """
    text = _text(path)
    quotes = _litellm(path, text) if kind == "litellm" else _rows(kind, path, text, provider or path.stem)
    words = match.lower().split()
    found = [quote for quote in quotes if all(word in _haystack(quote) for word in words)]
    cheapest: dict[tuple[str, ...], Quote] = {}
    for quote in found:
        key = (quote.provider, quote.title, quote.purchase, quote.region)
        if key not in cheapest or _total(quote) < _total(cheapest[key]):
            cheapest[key] = quote
    return tuple(cheapest.values())


def _haystack(quote: Quote) -> str:
    return f"{quote.provider} {quote.title} {quote.purchase} {quote.region} {quote.note}".lower()


def _total(quote: Quote) -> float:
    return sum(quote.amounts.values())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise _wrong(path, 1, f"This file cannot be read: {reason}.") from error


def _wrong(path: Path, line: int, sentence: str) -> InputError:
    return InputError([Problem(str(path), line, 1, "", "", sentence)])


def _rows(kind: Format, path: Path, text: str, provider: str) -> Iterator[Quote]:
    reader = csv.DictReader(text.splitlines())
    needed = WORKER_MODULES[kind]
    if missing := needed - set(reader.fieldnames or ()):
        raise _wrong(
            path, 1, f"This is no {kind} catalogue: it has no column {' and no '.join(sorted(missing))}."
        )
    for row in reader:
        try:
            yield from READERS[kind](row, provider)
        except (InvalidOperation, ZeroDivisionError):
            sentence = "A price or a number of GPUs in this row is no number above 0."
            raise _wrong(path, reader.line_num, sentence) from None


def _skypilot(row: Row, provider: str) -> Iterator[Quote]:
    """Read one machine: on demand and spot; rows of an accelerator without its machine have no price to serve with."""
    if not row["AcceleratorName"] or not row["InstanceType"]:
        return
    gpus = Decimal(row["AcceleratorCount"] or "1")
    prices: tuple[tuple[Purchase, str], ...] = (("on_demand", row["Price"]), ("spot", row["SpotPrice"]))
    for purchase, price in prices:
        if price:
            note = _divided(row["InstanceType"], gpus)
            yield _gpu(provider, row["AcceleratorName"], purchase, Decimal(price) / gpus, note, row["Region"])


def _gpuhunt(row: Row, provider: str) -> Iterator[Quote]:
    gpus = int(row["gpu_count"] or 0)
    if not gpus or not row["price"]:
        return
    purchase: Purchase = "spot" if row["spot"].lower() == "true" else "on_demand"
    memory = f" {float(row['gpu_memory']):g}GB" if row.get("gpu_memory") else ""
    note = _divided(row["instance_name"], Decimal(gpus))
    yield _gpu(
        provider, row["gpu_name"] + memory, purchase, Decimal(row["price"]) / gpus, note, row["location"]
    )


def _divided(machine: str, gpus: Decimal) -> str:
    return f"One of {gpus.normalize():f} in {machine}, which is rented whole" if gpus > 1 else machine


def _gpu(provider: str, gpu: str, purchase: Purchase, price: Decimal, note: str, region: str) -> Quote:
    return Quote(provider, gpu, purchase, None, {"per_gpu_hour": plain(price)}, note, region)


WORKER_MODULES: dict[Format, set[str]] = {
    "skypilot": {"InstanceType", "AcceleratorName", "AcceleratorCount", "Price", "SpotPrice", "Region"},
    "gpuhunt": {"instance_name", "location", "price", "gpu_count", "gpu_name", "spot"},
}
READERS: dict[Format, Callable[[Row, str], Iterator[Quote]]] = {"skypilot": _skypilot, "gpuhunt": _gpuhunt}


def _litellm(path: Path, text: str) -> Iterator[Quote]:
    try:
        models = json.loads(text, parse_float=Decimal)
    except ValueError:
        raise _wrong(path, 1, "This is no litellm catalogue: it is not JSON.") from None
    if not isinstance(models, dict) or not any(
        isinstance(m, dict) and COSTS["input"] in m for m in models.values()
    ):
        raise _wrong(path, 1, f"This is no litellm catalogue: no entry has {COSTS['input']}.")
    for name, model in models.items():
        if (
            isinstance(model, dict)
            and name != "sample_spec"
            and model.get("mode", "chat") in ("chat", "completion", "responses")
        ):
            yield from _model(name, model)


def _model(name: str, model: Mapping[str, Any]) -> Iterator[Quote]:
    """Read one model, every way to buy it; amounts per token become amounts per M tokens."""
    provider = str(model.get("litellm_provider", ""))
    long = any("_above_" in field and "_token" in field for field in model)
    for purchase, ending in ENDINGS.items():
        found = {part: model.get(field + ending) for part, field in COSTS.items()}
        amounts = {
            part: plain(Decimal(str(cost)) * MILLION) for part, cost in found.items() if cost is not None
        }
        if {"input", "output"} <= amounts.keys():
            note = "Long requests cost more; the rate of short ones is given" if long else ""
            quote = Quote(provider, name, purchase, None, amounts, note)
            yield replace(quote, retires=_day(model.get("deprecation_date")))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
