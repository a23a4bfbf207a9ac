"""Readers of public price catalogues: the formats of SkyPilot, gpuhunt and LiteLLM as quotes."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from reportgen.errors import InputError, Problem
from reportgen.prices.identity import model_key, named_gpu
from reportgen.prices.quotes import CACHE_PRICES, LONG_CACHE, LONG_REQUESTS, Quote, rounded
from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import MAX_MAGNITUDE
from reportgen.schema.loading.encodings import NotTextError, text_of
from reportgen.schema.prices import Component, Purchase

Format = Literal["skypilot", "gpuhunt", "litellm"]
MILLION = 1_000_000
COST_FIELDS: dict[Component, str] = {
    "input": "input_cost_per_token", "cached_input": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost", "output": "output_cost_per_token",
}  # fmt: skip
"""The LiteLLM field of each rate component, in US dollars per token."""
FIELD_SUFFIXES: dict[Purchase, str] = {"standard": "", "batch": "_batches", "flex": "_flex"}
"""The suffix of those fields for each purchase type."""
TIERED_FIELD = re.compile(r"_above_\d+k?_tokens")
"""The part of a field's name that makes it the price of long requests."""
KEPT_LONGER = re.compile(r"^cache_creation_input_token_cost_above_\d+hr")
"""The field of a cache write that is kept for longer than the shortest time."""
TEXT_MODES = ("chat", "completion", "responses")
"""The LiteLLM modes of models that answer with text."""
Row = Mapping[str, str]

NO_MACHINE = "the price of an accelerator without its machine; add the machine's, and write the sum yourself"
NO_PRICE = "a price of 0, which is no price: the catalogue has none"
TIERS_ONLY = "prices by length of the request alone; take the tier that applies, and write it yourself"
ALIAS = "another name of a model, without prices of its own"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A matching row that gives no quote: its name, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The matching rows of a catalogue: those with a price, and those without."""

    quotes: tuple[Quote, ...]
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    """One price of a machine with GPUs, as written; `line` is its line in the file."""

    provider: str
    gpu: str
    purchase: Purchase
    machine: str
    region: str
    price: str
    gpus: str
    line: int

    @property
    def name(self) -> str:
        """Return what is offered, for messages."""
        return " ".join(part for part in (self.gpu, self.purchase, self.region) if part)


Found = Quote | PassedOver


def read_catalogue(kind: Format, path: Path, match: str, provider: str = "") -> Catalogue:
    """Return the rows of a catalogue whose provider, name, machine or region contain all words of `match`.

    The price of a machine with several GPUs is divided by their number; of rows for the same thing the cheapest is kept.

    Raises:
        InputError: if the file is not of this format, or a matching row has a price that is none.
    """
    text, words = _text(path), match.lower().split()
    rows = (
        _litellm_rows(path, text, words)
        if kind == "litellm"
        else _csv_rows(kind, path, text, provider or provider_of(path), words)
    )
    cheapest: dict[tuple[str, ...], Quote] = {}
    passed_over: list[PassedOver] = []
    for found in rows:
        if isinstance(found, PassedOver):
            passed_over.append(found)
            continue
        if found.key not in cheapest or found.total < cheapest[found.key].total:
            cheapest[found.key] = found
    return Catalogue(tuple(cheapest.values()), tuple(passed_over))


def provider_of(path: Path) -> str:
    """Return the provider that a file's name states: that of lambda-v8.csv, or the folder of SkyPilot's vms.csv."""
    stem = path.stem if path.stem != "vms" else path.resolve().parent.name
    return re.sub(r"[-_.]v\d.*$", "", stem)


def _matches(words: list[str], *texts: str) -> bool:
    searched = " ".join(texts).lower()
    return all(word in searched for word in words)


def _text(path: Path) -> str:
    try:
        return text_of(path.read_bytes())
    except OSError as error:
        raise _file_error(path, 1, f"This file cannot be read: {error.strerror}.") from error
    except NotTextError as error:
        raise _file_error(path, error.line, error.sentence) from error


def _file_error(path: Path, line: int, sentence: str) -> InputError:
    return InputError([Problem(str(path), line, 1, "", "", sentence)])


def _csv_rows(kind: Format, path: Path, text: str, provider: str, words: list[str]) -> Iterator[Found]:
    reader = csv.DictReader(text.splitlines(), restval="")
    required = REQUIRED_COLUMNS[kind]
    if missing := required - set(reader.fieldnames or ()):
        raise _file_error(
            path, 1, f"This is no {kind} catalogue: it has no column {' and no '.join(sorted(missing))}."
        )
    for row in reader:
        for offer in OFFER_READERS[kind](row, provider, reader.line_num):
            if _matches(
                words,
                offer.provider,
                offer.gpu,
                offer.purchase,
                offer.region,
                _machine_note(offer, Decimal(2)),
            ):
                yield _gpu_quote(path, offer)


def _skypilot(row: Row, provider: str, line: int) -> Iterator[_Offer]:
    """Yield the on-demand and spot offers of one row; rows without an accelerator are skipped."""
    if not row["AcceleratorName"]:
        return
    prices: tuple[tuple[Purchase, str], ...] = (("on_demand", row["Price"]), ("spot", row["SpotPrice"]))
    for purchase, price in prices:
        if price:
            yield _Offer(
                provider, row["AcceleratorName"], purchase, row["InstanceType"], row["Region"], price,
                row["AcceleratorCount"] or "1", line,
            )  # fmt: skip


def _gpuhunt(row: Row, provider: str, line: int) -> Iterator[_Offer]:
    if row["gpu_count"] in ("", "0") or not row["price"]:
        return
    purchase: Purchase = "spot" if row["spot"].lower() == "true" else "on_demand"
    memory = f" {row['gpu_memory'].removesuffix('.0')}GB" if row.get("gpu_memory") else ""
    yield _Offer(
        provider, row["gpu_name"] + memory, purchase, row["instance_name"], row["location"], row["price"],
        row["gpu_count"], line,
    )  # fmt: skip


REQUIRED_COLUMNS: dict[Format, set[str]] = {
    "skypilot": {"InstanceType", "AcceleratorName", "AcceleratorCount", "Price", "SpotPrice", "Region"},
    "gpuhunt": {"instance_name", "location", "price", "gpu_count", "gpu_name", "spot"},
}
OFFER_READERS: dict[Format, Callable[[Row, str, int], Iterator[_Offer]]] = {
    "skypilot": _skypilot,
    "gpuhunt": _gpuhunt,
}


def _machine_note(offer: _Offer, gpus: Decimal) -> str:
    return (
        f"One of {gpus.normalize():f} in {offer.machine}, which is rented whole"
        if gpus > 1
        else offer.machine
    )


def _gpu_quote(path: Path, offer: _Offer) -> Found:
    """Return the quote per GPU of an offer; InputError if its price or number of GPUs is no number."""
    try:
        price, gpus = Decimal(offer.price), Decimal(offer.gpus)
        sound = 0 <= price <= MAX_MAGNITUDE and 0 < gpus <= MAX_MAGNITUDE
    except InvalidOperation:  # no number, or not-a-number compared
        sound = False
    if not sound:
        sentence = (
            f"The price {offer.price} or the number of GPUs, {offer.gpus}, of {offer.name} is no number above 0. "
            "Correct this row or take it out."
        )
        raise _file_error(path, offer.line, sentence)
    if not offer.machine:
        return PassedOver(offer.name, NO_MACHINE)
    if price == 0:
        return PassedOver(offer.name, NO_PRICE)
    return Quote(
        offer.provider, named_gpu(offer.gpu, offer.machine), offer.purchase, None,
        {"per_gpu_hour": rounded(price / gpus)}, _machine_note(offer, gpus), offer.region, machine=offer.machine,
    )  # fmt: skip


def _litellm_rows(path: Path, text: str, words: list[str]) -> Iterator[Found]:
    try:
        models = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise _file_error(path, 1, "This is no litellm catalogue: it is not JSON.") from None
    if not isinstance(models, dict) or not any(
        isinstance(m, dict) and COST_FIELDS["input"] in m for m in models.values()
    ):
        raise _file_error(path, 1, f"This is no litellm catalogue: no entry has {COST_FIELDS['input']}.")
    for name, model in models.items():
        if (
            isinstance(model, dict)
            and name != "sample_spec"
            and model.get("mode", TEXT_MODES[0]) in TEXT_MODES
        ):
            yield from _model_rows(path, name, model, words)


def _model_rows(path: Path, name: str, model: Mapping[str, Any], words: list[str]) -> Iterator[Found]:
    """Yield the quotes of one model, one per purchase type, in US dollars per M tokens."""
    key = model_key(name, str(model.get("litellm_provider", "")))
    note = _rates_left_out(model)
    for purchase, ending in FIELD_SUFFIXES.items():
        if not _matches(words, name, key.provider, key.model, purchase, key.region, note):
            continue
        amounts = _model_amounts(path, name, model, ending)
        if {"input", "output"} <= amounts.keys():
            if not (amounts["input"] and amounts["output"]):
                yield PassedOver(name, NO_PRICE)
            else:
                quote = Quote(key.provider, key.model, purchase, None, amounts, note, key.region)
                yield replace(quote, retires=_day(model.get("deprecation_date")))
        elif purchase == "standard" and (reason := _reason(model)):
            yield PassedOver(name, reason)


def _rates_left_out(model: Mapping[str, Any]) -> str:
    """Return the note on the dearer rates of a model that are not given."""
    tiers = (LONG_REQUESTS, TIERED_FIELD.search), (LONG_CACHE, KEPT_LONGER.search)
    return ". ".join(sentence for sentence, find in tiers if any(map(find, model)))


def _model_amounts(path: Path, name: str, model: Mapping[str, Any], ending: str) -> dict[Component, float]:
    """Return the amounts of one purchase type; a price of 0 for a cache is left out, being no price."""
    amounts: dict[Component, float] = {}
    for part, field in COST_FIELDS.items():
        cost = model.get(field + ending)
        if cost is None:
            continue
        try:
            amount = Decimal(str(cost)) * MILLION
            sound = 0 <= amount <= MAX_MAGNITUDE
        except InvalidOperation:  # no number, or not-a-number compared
            sound = False
        if not sound:
            sentence = f"{field}{ending} of {name} is {cost}, no price. Correct this entry or take it out."
            raise _file_error(path, 1, sentence)
        if amount or part not in CACHE_PRICES:
            amounts[part] = rounded(amount)
    return amounts


def _reason(model: Mapping[str, Any]) -> str:
    if model.get("tiered_pricing"):
        return TIERS_ONLY
    return ALIAS if model.get("alias_of") else ""


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
