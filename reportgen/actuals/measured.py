"""What the months that have passed were: out of usage exports and bills, or as a case records them, and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ruamel.yaml.nodes import SequenceNode

from reportgen.actuals.bills import Spend
from reportgen.ingest.usage.records import CACHED, INPUT, OUTPUT, SPEND, WRITTEN
from reportgen.ingest.usage.summary import Summary
from reportgen.ingest.usage.text import Origin
from reportgen.results.actuals import Measured
from reportgen.schema.actuals import ActualMonth
from reportgen.schema.case import Case
from reportgen.schema.loading.yaml_text import YamlText, number_text, quoted

DIGITS = 12
"""Significant digits that are recorded."""


def month_number(case: Case, year: int, month: int) -> int | None:
    """Return the number of a calendar month in the horizon, from 1; None outside of it."""
    start = case.finance.start
    place = (year - start.year) * 12 + month - start.month + 1
    return place if 1 <= place <= case.finance.months else None


def measured_months(case: Case, usage: Summary, spend: Spend | None, kind: str) -> list[Measured]:
    """Return the whole months of the usage that lie within the horizon; the spend of usage logs counts for an api alone."""
    sums, out = usage.by_month(), []
    for month in usage.whole.months:
        place = month_number(case, *map(int, month.name.split("-")))
        if place is None or not month.is_whole or month.name not in sums:
            continue
        amounts = sums[month.name]
        read, tokens = float(amounts[INPUT]), float(amounts[INPUT] + amounts[OUTPUT])
        if not tokens:
            continue
        own, other = float(amounts[SPEND]) or None if kind == "api" else None, 0.0
        if spend is not None:
            own, other = spend.own.get(month.name), spend.other.get(month.name, 0.0)
        out.append(
            Measured(
                place, month.name, tokens / 1e6, float(amounts[OUTPUT]) / tokens,
                None if usage.whole.cached_share is None or not read else float(amounts[CACHED]) / read,
                None if usage.whole.written_share is None or not read else float(amounts[WRITTEN]) / read,
                own, other,
            )
        )  # fmt: skip
    return out


def recorded_months(case: Case) -> list[Measured]:
    """Return the months that a case records, in their order."""
    out = []
    for one in sorted(case.actuals, key=lambda one: one.month):
        place = month_number(case, one.month.year, one.month.month)
        assert place is not None  # checked with the case
        out.append(
            Measured(
                place, f"{one.month:%Y-%m}", one.tokens, one.output_share, one.cached_share,
                one.cache_write_share, one.spend, one.other_spend,
            )
        )  # fmt: skip
    return out


def with_record(text: str, case: Case, option: str, months: Iterable[Measured], origin: Origin) -> str:
    """Return the text of a case with months recorded: those that it records already stay, the same ones are replaced."""
    entries: dict[str, str] = {
        f"{one.month:%Y-%m}": _entry(one.option, _recorded(one), one.source or "", one.as_of)
        for one in case.actuals
        if one.option == option
    }
    entries |= {one.name: _entry(option, one, origin.files, origin.as_of) for one in months}
    rows = [f"- {entries[name]}" for name in sorted(entries)]
    editor = YamlText(text)
    if not editor.has("actuals"):
        editor.add(editor.mapping(), "\n  ".join(["actuals:", *rows]))
        return editor.text
    old = editor.at("actuals")
    block = isinstance(old, SequenceNode) and not old.flow_style
    lead = "\n" + " " * (old.start_mark.column if block else 2)
    editor.replace(old, lead.join(rows) if block else "".join(f"{lead}{row}" for row in rows))
    return editor.text


def _recorded(one: ActualMonth) -> Measured:
    name = f"{one.month:%Y-%m}"
    shares = (one.output_share, one.cached_share, one.cache_write_share)
    return Measured(0, name, one.tokens, *shares, one.spend, one.other_spend)


def _entry(option: str, one: Measured, source: str, as_of: date | None) -> str:
    numbers: Mapping[str, float | None] = {
        "tokens": one.volume, "output_share": one.output_share, "cached_share": one.cached_share,
        "cache_write_share": one.written_share, "spend": one.own_spend, "other_spend": one.other_spend or None,
    }  # fmt: skip
    known = {name: number_text(_rounded(value)) for name, value in numbers.items() if value is not None}
    texts = {"source": quoted(source)} if source else {}
    days = {"as_of": str(as_of)} if as_of else {}
    pairs = {"month": quoted(one.name), "option": option, **known, **texts, **days}
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def named(files: Sequence[str], most: int = 3) -> str:
    """Return names of files for a source, the first few of many."""
    return ", ".join(files[:most]) + (" and more" if len(files) > most else "")
