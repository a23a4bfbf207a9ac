"""Readers of JSON exports: OpenAI, Anthropic, LiteLLM and Langfuse objects as rows of usage."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from reportgen.ingest.times import DAY, TimeReader
from reportgen.ingest.usage.records import By, Notes, Row

Json = Mapping[str, Any]
UNNAMED = "not named"
NUMBERS = frozenset({int, float})
"""What counts as a number of JSON: true and false do not."""
EMPTY: tuple[object, ...] = (None, "", [])
Reader = Callable[[Json, By, TimeReader, Notes], Iterator[Row]]


def _number(value: Any) -> float:
    return float(value) if type(value) in NUMBERS else 0.0


def _text(value: object) -> str:
    return str(value) if value not in (None, "") else UNNAMED


def _group(result: Json, by: By, names: Mapping[By, tuple[str, ...]]) -> str:
    """Return the group of a result: the first of its fields for it that is filled."""
    for name in names.get(by, ()):
        value = result.get(name)
        if value not in EMPTY:
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return UNNAMED


OPENAI_GROUPS: Mapping[By, tuple[str, ...]] = {
    "model": ("model",),
    "project": ("project_id", "project_name"),
    "tag": ("api_key_id", "user_id"),
}
ANTHROPIC_GROUPS: Mapping[By, tuple[str, ...]] = {
    "model": ("model",),
    "project": ("workspace_id",),
    "tag": ("api_key_id",),
}
LITELLM_GROUPS: Mapping[By, tuple[str, ...]] = {
    "model": ("model_group", "model"),
    "project": ("team_id", "team_alias"),
    "tag": ("request_tags", "end_user", "user"),
}
LANGFUSE_GROUPS: Mapping[By, tuple[str, ...]] = {
    "model": ("model", "providedModelName", "provided_model_name", "model_id"),
    "project": ("projectId", "project_id"),
    "tag": ("tags", "traceName", "trace_name", "name"),
}


def openai(bucket: Json, by: By, _times: TimeReader, notes: Notes) -> Iterator[Row]:
    """Read a bucket of the usage API: input includes what was read from a cache and written to it."""
    start, end = int(bucket["start_time"]), int(bucket["end_time"])
    for result in bucket.get("results") or bucket.get("result") or ():
        kind = str(result.get("object", ""))
        if "costs" in kind:
            day = start // DAY * DAY
            notes.billed_days[day] = notes.billed_days.get(day, 0.0) + _number(
                result.get("amount", {}).get("value")
            )
            continue
        if kind and "completions" not in kind and "embeddings" not in kind:
            notes.say(
                f"{kind.replace('organization.usage.', '').replace('.result', '')} are not tokens of a language model: not used"
            )
            continue
        read, wrote = _number(result.get("input_tokens")), _number(result.get("output_tokens"))
        if "input_cached_tokens" not in result:
            notes.unknown.add("cached")
        if "input_cache_write_tokens" not in result:
            notes.unknown.add("written")
        if result.get("batch") is None:
            notes.unknown.add("batch")
        yield Row(
            start, end - start, _group(result, by, OPENAI_GROUPS), read, _number(result.get("input_cached_tokens")),
            _number(result.get("input_cache_write_tokens")), wrote, read + wrote if result.get("batch") else 0.0,
            _number(result.get("num_model_requests")),
        )  # fmt: skip


def anthropic(bucket: Json, by: By, times: TimeReader, notes: Notes) -> Iterator[Row]:
    """Read a bucket of the usage report: input is what was not cached, read, and written for 5 minutes and for an hour."""
    start, end = times[str(bucket["starting_at"])], times[str(bucket["ending_at"])]
    for result in bucket.get("results") or ():
        if "uncached_input_tokens" not in result:
            if "amount" in result:
                day = start // DAY * DAY
                notes.billed_days[day] = notes.billed_days.get(day, 0.0) + float(result["amount"]) / 100
            continue
        made = result.get("cache_creation") or {}
        written = _number(made.get("ephemeral_5m_input_tokens")) + _number(
            made.get("ephemeral_1h_input_tokens")
        )
        cached = _number(result.get("cache_read_input_tokens"))
        read = _number(result["uncached_input_tokens"]) + cached + written
        wrote = _number(result.get("output_tokens"))
        if result.get("service_tier") is None:
            notes.unknown.add("batch")
        batch = read + wrote if result.get("service_tier") == "batch" else 0.0
        notes.unknown.add("requests")
        yield Row(
            start, end - start, _group(result, by, ANTHROPIC_GROUPS), read, cached, written, wrote, batch
        )


def litellm_daily(day: Json, by: By, times: TimeReader, notes: Notes) -> Iterator[Row]:
    """Read a day of LiteLLM's daily activity (UTC): by model where asked for, and what no model has."""
    start, whole = times.__class__().read(str(day["date"])), day.get("metrics") or {}
    if "cache_read_input_tokens" not in whole:
        notes.unknown |= {"cached", "written"}
        notes.say(
            "this file has no cache columns, as before July 2026: what was read from a cache is not known, not zero"
        )
    notes.unknown.add("batch")
    kinds = {"model": "models", "project": "entities", "tag": "api_keys"}
    parts = (day.get("breakdown") or {}).get(kinds[by]) or {}
    rest = _metrics_row(start, UNNAMED, whole)
    for name, part in parts.items():
        row = _metrics_row(start, str(name), part.get("metrics") or part)
        rest = Row(start, DAY, UNNAMED, *(a - b for a, b in zip(rest[3:], row[3:], strict=True)))
        yield row
    if parts and rest.input + rest.output > 0:
        notes.say(f"some tokens of a day belong to no {by}: they stand under “{UNNAMED}”")
    if any(rest[3:]):
        yield rest


def _metrics_row(start: int, group: str, metrics: Json) -> Row:
    cached, written = (
        _number(metrics.get("cache_read_input_tokens")),
        _number(metrics.get("cache_creation_input_tokens")),
    )
    return Row(
        start, DAY, group, _number(metrics.get("prompt_tokens")), cached, written,
        _number(metrics.get("completion_tokens")), 0.0, _number(metrics.get("api_requests")), _number(metrics.get("spend")),
    )  # fmt: skip


def litellm_log(entry: Json, by: By, times: TimeReader, notes: Notes) -> Iterator[Row]:
    """Read a spend log of LiteLLM: one request."""
    start = times.minute(str(entry.get("startTime") or entry.get("start_time")))
    meta = entry.get("metadata") or {}
    if isinstance(meta, str):
        meta = json.loads(meta) if meta.startswith("{") else {}
    usage = meta.get("usage_object") or meta.get("additional_usage_values") or {}
    details = usage.get("prompt_tokens_details") or {}
    cached = usage.get("cache_read_input_tokens", details.get("cached_tokens"))
    if cached is None:
        notes.unknown |= {"cached", "written"}
    notes.unknown.add("batch")
    yield Row(
        start, 0, _group(entry, by, LITELLM_GROUPS), _number(entry.get("prompt_tokens")), _number(cached),
        _number(usage.get("cache_creation_input_tokens")), _number(entry.get("completion_tokens")), 0.0, 1.0,
        _number(entry.get("spend")),
    )  # fmt: skip


CACHE_READ = (
    "input_cached_tokens",
    "cache_read_input_tokens",
    "input_cache_read",
    "cached_tokens",
    "input_cached",
)
CACHE_WRITTEN = (
    "cache_creation_input_tokens",
    "input_cache_creation",
    "input_cache_creation_5m",
    "input_cache_creation_1h",
    "input_cache_write",
)
INPUT_KEYS, OUTPUT_KEYS = (
    ("input", "prompt_tokens", "input_tokens", "promptTokens"),
    ("output", "completion_tokens", "output_tokens", "completionTokens"),
)


INCLUDES_CACHE = "in some rows total is input and output without the cache: their input includes it, against Langfuse's convention"
EXCLUDES_CACHE = "input and cache are added up, as Langfuse's convention and the totals have it"


class Counts(NamedTuple):
    """The keys under which an integration of Langfuse counts tokens."""

    read: str
    wrote: tuple[str, ...]
    cached: tuple[str, ...]
    written: tuple[str, ...]
    total: str


@lru_cache(maxsize=1024)
def _counts(keys: tuple[str, ...]) -> Counts:
    """Return what the keys of one observation count; those of a file are the same over and over."""
    first = next((key for key in OUTPUT_KEYS if key in keys), "")
    more = (key for key in keys if key.startswith("output_") and "token" in key and key not in OUTPUT_KEYS)
    return Counts(
        next((key for key in INPUT_KEYS if key in keys), ""),
        (*filter(None, [first]), *more),
        tuple(key for key in CACHE_READ if key in keys),
        tuple(key for key in CACHE_WRITTEN if key in keys),
        "total" if "total" in keys else "totalTokens",
    )


def langfuse(observation: Json, by: By, times: TimeReader, notes: Notes) -> Iterator[Row]:
    """Read an observation: by convention its input excludes the cache; its total tells where an integration differs."""
    usage = (
        observation.get("usageDetails") or observation.get("usage_details") or observation.get("usage") or {}
    )
    if isinstance(usage, str):
        usage = json.loads(usage) if usage.startswith("{") else {}
    counts = _counts(tuple(usage))
    read, total = _number(usage.get(counts.read)), _number(usage.get(counts.total))
    wrote = cached = written = 0.0
    for key in counts.wrote:  # loops, not sums: they run for every row of a large file
        wrote += _number(usage[key])
    for key in counts.cached:
        cached += _number(usage[key])
    for key in counts.written:
        written += _number(usage[key])
    whole = read + cached + written
    if cached or written:
        notes.with_cache += whole
        notes.without_cache += read
        if total and abs(total - read - wrote) < abs(total - whole - wrote):
            whole = read
            notes.say(INCLUDES_CACHE)
        else:
            notes.say(EXCLUDES_CACHE)
    if not (whole or wrote or total):
        return
    start = times.minute(str(observation.get("startTime") or observation.get("start_time")))
    cost = observation.get("totalCost")
    if cost is None:
        cost = observation.get("total_cost") or observation.get("calculatedTotalCost")
    spend = _number(cost)
    notes.unknown.add("batch")
    yield Row(
        start, 0, _group(observation, by, LANGFUSE_GROUPS), whole, cached, written, wrote, 0.0, 1.0, spend
    )
