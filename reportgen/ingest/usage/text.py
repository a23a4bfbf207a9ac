"""The figures of usage as YAML of a case, each with its source, its day and a note with the arithmetic."""

import re
from datetime import date

from reportgen.ingest.usage.figures import Figures
from reportgen.runtime.records import dataclass
from reportgen.schema.field_types import NAME_LENGTH, slug
from reportgen.schema.loading.yaml_text import number_text, quoted

DIGITS = 4
MOST_WORKLOADS = 6
Entry = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the source of every figure says: the files and their format, and the day of the newest data."""

    files: str
    as_of: date


def rounded(number: float, digits: int = DIGITS) -> float:
    """Round to significant digits."""
    return float(f"{number:.{digits}g}")


def stream_entries(found: Figures, origin: Origin) -> list[Entry]:
    """Return the fields of one workload, in the order of the schema, each with its flow mapping."""
    out: list[Entry] = []
    if found.volume is not None:
        ends = {"low": found.volume_low, "high": found.volume_high}
        out.append(("tokens_per_month", _mapping(found.volume, ends, origin, found.volume_note)))
    if found.growth:
        one = found.growth
        note = f"Fitted to {one.months} whole months; standard error of the logarithm {one.error:.2g} a year; low and high hold the true growth in 8 cases of 10"
        out.append(("annual_growth", _mapping(one.value, {"low": one.low, "high": one.high}, origin, note)))
    if found.tokens:
        out.append(("output_share", _mapping(found.output_share, {}, origin, "Output over all tokens")))
    if found.cached_share is not None:
        out.append(
            ("cached_share", _mapping(found.cached_share, {}, origin, "Read from a cache, of all input"))
        )
    if found.written_share is not None:
        out.append(
            (
                "cache_write_share",
                _mapping(found.written_share, {}, origin, "Written to a cache, of all input"),
            )
        )
    return out


def peak_entry(found: Figures, origin: Origin) -> list[Entry]:
    """Return the field of the peak over the average, where there is one."""
    if found.peaks is None:
        return []
    one, span = (
        found.peaks,
        "hours" if found.peaks.minutes == 60 else f"spans of {found.peaks.minutes} minutes",
    )
    note = f"99th percentile of {one.buckets} {span} over their average; low the 95th, high the largest"
    return [
        ("peak_to_average", _mapping(one.p99, {"low": one.p95, "high": max(one.most, one.p99)}, origin, note))
    ]


def utilisation(found: Figures) -> float | None:
    """Return the utilisation that a fleet sized for the 99th percentile of hours reaches."""
    return None if found.peaks is None else 1 / found.peaks.p99


def workload_yaml(found: Figures, origin: Origin) -> str:
    """Return one workload as text of a case."""
    entries = stream_entries(found, origin) + peak_entry(found, origin)
    return "\n".join(["workload:", *(f"  {key}: {text}" for key, text in entries)]) + "\n"


def workloads_yaml(groups: dict[str, Figures], whole: Figures, origin: Origin) -> str:
    """Return several workloads as text of a case, each under a key made from its name; the peak is that of all together."""
    lines = (
        ["workload:", *(f"  {key}: {text}" for key, text in peak_entry(whole, origin))] if whole.peaks else []
    )
    lines.append("workloads:")
    taken: set[str] = set()
    for name, found in groups.items():
        key = _key(name, taken)
        lines += [f"  {key}:", f"    name: {quoted(_name(name))}"]
        lines += [f"    {field}: {text}" for field, text in stream_entries(found, origin)]
    return "\n".join(lines) + "\n"


def _name(name: str) -> str:
    plain = re.sub(r"[\x00-\x1f]", " ", name).strip().lstrip("=+-@") or "Not named"
    return plain[:NAME_LENGTH]


def _key(name: str, taken: set[str]) -> str:
    base = slug(name) or "other"
    key = next(one for n in range(1, 1000) if (one := base if n == 1 else f"{base}_{n}") not in taken)
    taken.add(key)
    return key


def _mapping(value: float, ends: dict[str, float | None], origin: Origin, note: str) -> str:
    """Return an assumption in flow style; ends that do not enclose the rounded value are widened to it."""
    shown = rounded(value)
    pairs = [f"value: {number_text(shown)}"]
    for end, number in ends.items():
        if number is not None:
            near = min(rounded(number), shown) if end == "low" else max(rounded(number), shown)
            pairs.append(f"{end}: {number_text(near)}")
    pairs += [f"source: {quoted(origin.files)}", f"as_of: {origin.as_of}", f"note: {quoted(note)}"]
    return "{" + ", ".join(pairs) + "}"
