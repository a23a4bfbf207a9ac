"""Suggestions for a word that is not known: the word that was meant, by one typing error or by its meaning."""

import re
from collections.abc import Iterable
from functools import lru_cache

PLACEHOLDER = "placeholder_"
"""The beginning of every text that stands in for an invalid one; never suggested, never shown."""
SHORTEST = 4
"""Letters from which on a typing error or a beginning is told from another word."""
SYNONYMS = {
    "author": ("prepared_by",),
    "begin": ("start",),
    "beginning": ("start",),
    "billing": ("billed",),
    "cache_creation_price": ("cache_write_price",),
    "cache_read_price": ("cached_input_price",),
    "cached_price": ("cached_input_price",),
    "chance": ("probability",),
    "comment": ("note",),
    "comments": ("note",),
    "commitments": ("obligations",),
    "company": ("organisation",),
    "cost_per_fte": ("loaded_cost_per_fte",),
    "credits": ("credit",),
    "criteria": ("strategic_fit",),
    "customer": ("organisation",),
    "decode_tps": ("output_tps",),
    "depreciation": ("depreciation_years",),
    "duration": ("years", "months"),
    "fiscal_year": ("fiscal_year_start",),
    "fte_cost": ("loaded_cost_per_fte",),
    "gpu_price": ("gpu_hourly_price", "price_per_gpu_installed"),
    "gpu_price_per_hour": ("gpu_hourly_price",),
    "gpus": ("gpus_per_replica",),
    "growth": ("annual_growth",),
    "growth_rate": ("annual_growth",),
    "headcount": ("ongoing_fte",),
    "horizon": ("years",),
    "hosted": ("platform",),
    "hourly_price": ("gpu_hourly_price",),
    "impact": ("effects",),
    "impacts": ("effects",),
    "increase": ("add",),
    "interest_rate": ("discount_rate",),
    "label": ("name",),
    "likelihood": ("probability",),
    "managed": ("platform",),
    "max": ("high", "most"),
    "maximum": ("high",),
    "min": ("low",),
    "min_spend": ("minimum_monthly_spend",),
    "minimum": ("low",),
    "minimum_spend": ("minimum_monthly_spend",),
    "multiplier": ("multiply",),
    "must_have": ("must",),
    "must_haves": ("requirements",),
    "name": ("title",),
    "notes": ("note",),
    "on_premise": ("on_prem",),
    "on_premises": ("on_prem",),
    "organization": ("organisation",),
    "output_ratio": ("output_share",),
    "owned": ("on_prem",),
    "prefill_tps": ("prompt_tps",),
    "projects": ("opportunity",),
    "reference": ("source",),
    "references": ("sources",),
    "remark": ("note",),
    "rented": ("self_hosted",),
    "reserved_replicas": ("committed_replicas",),
    "routing": ("routes",),
    "saas": ("api",),
    "salary": ("loaded_cost_per_fte",),
    "scenario": ("price_scenarios",),
    "scenarios": ("price_scenarios",),
    "server_size": ("gpus_per_server",),
    "start_date": ("start",),
    "start_month": ("start",),
    "throughput": ("replica_tps",),
    "times": ("multiply",),
    "title": ("name",),
    "tokens": ("tokens_per_month",),
    "tokens_per_second": ("replica_tps",),
    "tps": ("replica_tps",),
    "utilization": ("utilisation",),
    "vat": ("irrecoverable_vat",),
    "vat_rate": ("irrecoverable_vat",),
    "volume": ("tokens_per_month",),
    "wacc": ("discount_rate",),
}
"""Words of the same meaning as keys and choices of a case."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return " Did you mean ...?" for the word that was probably meant; "" if none was."""
    close = closest_match(word, known)
    return f" Did you mean {close}?" if close else ""


def closest_match(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that a word was probably meant to be; None where none or several could be meant."""
    words = [one for one in known if PLACEHOLDER not in one]
    if (typed := meant(word, words)) is not None:
        return typed
    synonyms = [one for one in SYNONYMS.get(_plain(word), ()) if one in words]
    return synonyms[0] if synonyms else _continued(word, words)


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word from which a word differs by capitals, hyphens or one typing error."""
    written, words = _plain(word), list(dict.fromkeys(known))
    same = [one for one in words if _plain(one) == written]
    if not same and len(written) >= SHORTEST:
        same = [one for one in words if _is_one_error(written, _plain(one))]
    return same[0] if len(same) == 1 else None


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip().lower())


def _continued(word: str, known: list[str]) -> str | None:
    """Return the one known word that begins with a word."""
    found = [one for one in known if len(word) >= SHORTEST and one.startswith(word)]
    return found[0] if len(found) == 1 else None


def _is_one_error(word: str, other: str) -> bool:
    """Return whether one letter is missing, too many or another one, or two neighbours are exchanged."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return True
    return (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )


def listed(words: Iterable[str], most: int = 12) -> str:
    """Join words with commas, at most `most` of them."""
    found = [word for word in words if PLACEHOLDER not in word]
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")
