"""FOCUS 1.x bills: tokens out of charges whose unit is tokens; model and kind of token stand in the text of the SKU."""

import re
from collections.abc import Iterator, Mapping

from reportgen.ingest.times import TimeReader
from reportgen.ingest.usage.objects import UNNAMED
from reportgen.ingest.usage.records import By, Notes, Row

MARKS = frozenset({"chargeperiodstart", "consumedunit", "chargecategory"})
UNIT = re.compile(
    r"^\s*(?:(\d[\d,.]*)\s*(k|m|thousand|million)?|(k|m|thousand|million))?\s*-?\s*(?:\w+\s+)?tokens?\s*$",
    re.IGNORECASE,
)
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
TEXT_FIELDS = (
    "skumeter",
    "skupricedetails",
    "chargedescription",
    "skuid",
    "resourcename",
    "resourceid",
    "xskudescription",
    "xskumetername",
)
NOTHING = frozenset({"", "null", "none"})
NOT_TOKENS = "charges that are not tokens"
CORRECTIONS = "corrections and charges that are no usage"
KIND_WORDS = r"(?i)\b(cached?|cache[- ]?(?:read|write|hit)|read|write|input|output|prompt|completion|tokens?|batch|standard|regional|global|glbl|rgnl|data ?zone|inp|outp|opt|per|1[km]|on[- ]?demand|count)\b"


def is_focus(columns: "set[str]") -> bool:
    """Return whether a table has the columns of FOCUS."""
    return columns >= MARKS


def factor(unit: str) -> float | None:
    """Return how many tokens one of a unit is; None where it is not tokens."""
    found = UNIT.match(unit or "")
    if not found:
        return None
    number = float(found[1].replace(",", "")) if found[1] else 1.0
    return number * SCALES.get((found[2] or found[3] or "").lower(), 1.0)


def focus_row(
    charge: Mapping[str, str], by: By, times: TimeReader, notes: Notes
) -> Iterator[tuple[Row, str]]:
    """Read one charge: its row, and the reason where it is not used. `charge` has plain column names."""
    start, end = (
        times[charge["chargeperiodstart"]],
        times[charge.get("chargeperiodend") or charge["chargeperiodstart"]],
    )
    spend = _number(charge.get("effectivecost", ""))
    scale = factor(charge.get("consumedunit", "")) or factor(charge.get("pricingunit", ""))
    if charge.get("chargecategory") != "Usage" or charge.get("chargeclass", "") == "Correction":
        quantity = _number(charge.get("consumedquantity", "")) * (scale or 0.0)
        yield Row(start, end - start, UNNAMED, quantity, spend=spend), CORRECTIONS
        return
    if scale is None:
        yield Row(start, end - start, UNNAMED, spend=spend), NOT_TOKENS
        return
    field = "consumedquantity" if factor(charge.get("consumedunit", "")) else "pricingquantity"
    tokens = _number(charge.get(field, "")) * scale
    text = " ".join(
        charge.get(name, "") for name in TEXT_FIELDS if charge.get(name, "").lower() not in NOTHING
    )
    notes.unknown.add("requests")
    yield _row(start, end - start, _group(charge, text, by), tokens, spend, text, notes), ""


def _row(start: int, width: int, group: str, tokens: float, spend: float, text: str, notes: Notes) -> Row:
    """Return the row of a charge in tokens, by the words of its SKU."""
    words = text.lower()
    batch = tokens if "batch" in words else 0.0
    if re.search(r"cach\w*[- _]?(write|creation|storage)|write\w*[- _]?cache", words):
        return Row(start, width, group, tokens, 0.0, tokens, 0.0, batch, 0.0, spend)
    if re.search(r"cach", words):
        return Row(start, width, group, tokens, tokens, 0.0, 0.0, batch, 0.0, spend)
    if re.search(r"output|completion|outp\b|\bopt\b|generated|response", words):
        return Row(start, width, group, 0.0, 0.0, 0.0, tokens, batch, 0.0, spend)
    if not re.search(r"input|prompt|\binp\b|context", words):
        notes.say(f"a charge in tokens says neither input nor output; it counts as input: “{text[:80]}”")
    return Row(start, width, group, tokens, 0.0, 0.0, 0.0, batch, 0.0, spend)


def _group(charge: Mapping[str, str], text: str, by: By) -> str:
    if by == "project":
        return _filled(charge, "subaccountname", "subaccountid")
    if by == "tag":
        return _filled(charge, "tags")
    source = _filled(charge, "skumeter", "chargedescription", "skuid")
    plain = re.sub(r"\s+", " ", re.sub(r"[-_,:/()]+", " ", re.sub(KIND_WORDS, " ", source))).strip()
    return plain or text[:40] or UNNAMED


def _filled(charge: Mapping[str, str], *names: str) -> str:
    return next((charge[name] for name in names if charge.get(name, "").lower() not in NOTHING), UNNAMED)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
