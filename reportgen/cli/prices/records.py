"""Items, rates and differences of price books as plain data, for `--json`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportgen.editions.repricing import PricedCase, Repricing
    from reportgen.prices.catalogues import PassedOver
    from reportgen.prices.differences import Difference
    from reportgen.prices.findings import PriceFinding
    from reportgen.prices.imports import BookEntry
    from reportgen.prices.quotes import Quote
    from reportgen.prices.update import ItemUpdate
    from reportgen.schema.prices import Item, PriceBook, Rate


def item_record(book: "PriceBook", item: "Item", rates: "Iterable[Rate] | None" = None) -> dict[str, Any]:
    """Return an item with its rates, or with some of them; amounts are per M tokens, or per GPU and hour."""
    shown = item.rates if rates is None else rates
    return {
        "id": item.id, "kind": item.kind, "title": item.title, "provider": item.provider, "purchase": item.purchase,
        "region": item.region, "currency": book.currency_of(item), "retires": item.retires, "successor": item.successor,
        "note": item.note, "rates": [rate_record(item, rate, book) for rate in shown],
    }  # fmt: skip


def rate_record(item: "Item", rate: "Rate", book: "PriceBook") -> dict[str, Any]:
    """Return one rate: from when, what, why, and who says so."""
    return {
        "effective": rate.effective, "amounts": amounts_of(item, rate), "basis": rate.basis,
        "verified": rate.verified, "source": book.sources[rate.source].title, "note": rate.note,
    }  # fmt: skip


def amounts_of(item: "Item", rate: "Rate | None") -> dict[str, float]:
    """Return the amounts that a rate states, by component."""
    if rate is None:
        return {}
    return {part: amount for part in item.components if (amount := rate.amount(part)) is not None}


def quote_record(quote: "Quote") -> dict[str, Any]:
    """Return a quote of a catalogue."""
    return {
        "provider": quote.provider, "title": quote.title, "purchase": quote.purchase, "effective": quote.effective,
        "region": quote.region or None, "amounts": dict(quote.amounts), "note": quote.note or None,
    }  # fmt: skip


def update_records(found: "Iterable[ItemUpdate]") -> list[dict[str, Any]]:
    """Return what the package says about every item."""
    return [
        {
            "item": one.item, "state": one.state, "sentence": one.sentence,
            "rates": [{"effective": rate.effective, "amounts": dict(rate.amounts), "note": rate.note or None} for rate in one.rates],
        }
        for one in found
    ]  # fmt: skip


def entry_records(found: "Iterable[BookEntry]") -> list[dict[str, Any]]:
    """Return entries of a catalogue as the book would have them."""
    return [
        {"item": one.item, "state": one.state, **quote_record(one.quote), "yaml": one.text} for one in found
    ]


def passed_over_records(found: "Iterable[PassedOver]") -> list[dict[str, Any]]:
    """Return the rows that are no price, each with the reason."""
    return [{"name": one.name, "reason": one.reason} for one in found]


def difference_record(one: "Difference") -> dict[str, Any]:
    """Return one difference between two books."""
    return {
        "item": one.item.id, "kind": one.kind, "from": one.day, "sentence": one.sentence, "label": one.label,
        "before": amounts_of(one.item, one.before), "after": amounts_of(one.item, one.after),
    }  # fmt: skip


def repricing_record(found: "Repricing") -> dict[str, Any]:
    """Return what the change of prices does to a case: all together, and each difference alone."""
    return {
        "currency": found.currency, "before": _priced(found.before), "after": _priced(found.after), "flipped": found.flipped,
        "interaction": dict(found.interaction), "unused": [one.label for one in found.unused], "widened": list(found.widened),
        "effects": [
            {
                "difference": one.difference.label, "tco": dict(one.tco), "changes_answer": one.changes_answer,
                **_priced(one.after_difference),
            }
            for one in found.effects
        ],
    }  # fmt: skip


def _priced(found: "PricedCase") -> dict[str, Any]:
    volumes = {key: one.volume for key, one in found.break_even.items()}
    outcome = found.outcome
    return {
        "recommended": outcome.recommended, "ranking": list(outcome.ranking), "full_cost": dict(outcome.full_cost),
        "total": dict(outcome.tco), "break_even": volumes,
    }  # fmt: skip


def finding_records(file: "Path", found: "Iterable[PriceFinding]") -> list[dict[str, Any]]:
    """Return findings about prices as problems."""
    return [
        {"severity": "warning", "code": f"price.{one.kind.replace(' ', '-')}", "file": str(file), "path": one.item, "message": one.sentence}
        for one in found
    ]  # fmt: skip
