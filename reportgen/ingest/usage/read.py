"""Usage files as totals: the format of each is recognised, its rows are streamed, several files are one."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field
from datetime import UTC, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

from reportgen.errors import SurroundingsError
from reportgen.ingest.sources import (
    Source,
    are_json_lines,
    json_items,
    json_lines,
    line_batches,
    refusal,
    sources,
    table_rows,
)
from reportgen.ingest.times import TimeReader
from reportgen.ingest.usage import objects
from reportgen.ingest.usage.focus import focus_row, is_focus
from reportgen.ingest.usage.records import BATCH_OF_ROWS, By, Notes, Row, rows_of
from reportgen.ingest.usage.tables import TableReader, layout_by, layout_of, plain
from reportgen.ingest.usage.totals import Totals
from reportgen.runtime.records import dataclass
from reportgen.workers import SERIAL, stream_work, worker_process

FORMATS = (
    "OpenAI usage API and dashboard, Anthropic usage report, LiteLLM daily activity and spend logs, Langfuse observations, "
    "FOCUS 1.x, Azure LLM traces, BurstGPT, and any table with --columns"
)

SHARED_FROM = 32 << 20
"""From so many bytes on, lines of JSON are read by two processes."""


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """A format of JSON that is recognised by `marks` in its beginning; its objects stand under `arrays`."""

    format: str
    marks: tuple[str, ...]
    arrays: tuple[str, ...]
    reader: objects.Reader


JSON_FORMATS = (
    JsonFormat("Anthropic usage report", (r'"uncached_input_tokens"',), ("data",), objects.anthropic),
    JsonFormat("OpenAI usage API", (r'"organization\.usage\.', r'"input_tokens"[^}]*"num_model_requests"', r'"object"\s*:\s*"bucket"'), ("data",), objects.openai),
    JsonFormat("Langfuse observations", (r'"usage_?[dD]etails"',), ("data",), objects.langfuse),
    JsonFormat("LiteLLM spend logs", (r'"prompt_tokens"[\s\S]*"start_?[tT]ime"', r'"start_?[tT]ime"[\s\S]*"prompt_tokens"'), ("data", "results"), objects.litellm_log),
    JsonFormat("LiteLLM daily activity", (r'"prompt_tokens"',), ("results",), objects.litellm_daily),
    JsonFormat("Anthropic cost report", (r'"starting_at"[\s\S]*"amount"',), ("data",), objects.anthropic),
)  # fmt: skip


@dataclass(slots=True)
class Reading:
    """Everything that was read out of some files."""

    totals: Totals
    notes: dict[str, Notes] = field(default_factory=dict)
    """What is to be said about each file, by its name."""
    repeated: list[str] = field(default_factory=list)
    """Files that hold, byte by byte, what another one does; they are not read."""


def read_usage(
    paths: Sequence[Path], by: By = "model", zone: tzinfo = UTC, columns: Mapping[str, str] | None = None
) -> Reading:
    """Read usage files as one.

    Raises:
        InputError: for a file whose format is not recognised, or that is damaged.
    """
    found, seen, streams = Reading(Totals()), set(), sources(paths)
    with _executor(streams) as executor:
        for source in streams:
            mark = _digest(source) if len(streams) > 1 else ""
            if mark in seen:
                found.repeated.append(source.name)
                continue
            seen.add(mark)
            found.notes[source.name] = _read_source(source, found.totals, by, zone, columns, executor)
    return found


def _executor(streams: Sequence[Source]) -> AbstractContextManager[Executor]:
    """Provide a worker process for large files, and this process for others, where starting one would take longer."""
    is_large = sum(path.stat().st_size for path in {source.path for source in streams}) >= SHARED_FROM
    return worker_process(__name__) if is_large else nullcontext(SERIAL)


def _digest(source: Source) -> str:
    with source.open() as text:
        sha = hashlib.sha256()
        while block := text.read(1 << 20):
            sha.update(block.encode("utf-8", "replace"))
    return sha.hexdigest()


def _read_source(
    source: Source,
    totals: Totals,
    by: By,
    zone: tzinfo,
    columns: Mapping[str, str] | None,
    executor: Executor,
) -> Notes:
    times = TimeReader(zone)
    if source.is_parquet:
        return _read_parquet(source, totals, by, times)
    head = source.head()
    if head.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        return _read_json(source, head, totals, by, times, executor)
    return _read_table(source, totals, by, times, columns)


def _read_json(
    source: Source, head: str, totals: Totals, by: By, times: TimeReader, executor: Executor
) -> Notes:
    found = next((one for one in JSON_FORMATS if any(re.search(mark, head) for mark in one.marks)), None)
    if found is None:
        if re.search(r'"(operationName|resourceId)"', head):
            raise refusal(
                source.name,
                "These are diagnostic logs, which count bytes and no tokens; export the usage by tokens instead.",
            )
        raise refusal(source.name, f"This JSON is no usage export that is known here ({FORMATS}).")
    reader = ObjectReader(found.format, found.reader, source.name, by, times.zone)
    notes = Notes(found.format)
    with source.open() as text:
        if are_json_lines(head, found.arrays):
            for part, said in stream_work(executor, reader.read_lines, line_batches(text, source.name)):
                totals.merge(part)
                notes.add(said)
        else:
            reader.add(json_items(text, source.name, found.arrays), totals, notes)
    return notes


@dataclass(frozen=True, slots=True)
class ObjectReader:
    """Reads the objects of a JSON export, in this process or another."""

    format: str
    reader: objects.Reader
    name: str
    """The file's name in messages."""
    by: By
    zone: tzinfo

    def read_lines(self, batch: tuple[int, list[str]]) -> tuple[Totals, Notes]:
        """Return totals and notes of some lines, given with the number of lines before them."""
        before, lines = batch
        totals, notes = Totals(), Notes(self.format)
        self.add(json_lines(lines, self.name, before), totals, notes)
        return totals, notes

    def add(self, items: Iterable[Any], totals: Totals, notes: Notes) -> None:
        """Add the rows of objects to totals and notes."""
        rows = self._rows(items, notes)
        while some := list(islice(rows, BATCH_OF_ROWS)):
            for arrays in rows_of(some):
                totals.add(arrays)

    def _rows(self, items: Iterable[Any], notes: Notes) -> Iterator[Row]:
        reader, by, times = self.reader, self.by, TimeReader(self.zone)
        for item in items:
            if not isinstance(item, dict):
                continue
            try:
                yield from reader(item, by, times, notes)
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                if not ({"data", "results", "has_more"} & set(item)):
                    what = f"{type(error).__name__} {error}".strip()
                    raise refusal(
                        self.name,
                        f"An object of this {self.format} is not as it should be ({what}): {str(item)[:120]}",
                    ) from error


def _read_table(
    source: Source, totals: Totals, by: By, times: TimeReader, columns: Mapping[str, str] | None
) -> Notes:
    with source.open() as text:
        header = next(table_rows(text), [])
    if not header:
        raise refusal(source.name, "This file is empty.")
    if not columns and is_focus({plain(name) for name in header}):
        return _read_focus_table(source, totals, by, times)
    layout = layout_by(columns, header, source.name) if columns else layout_of(header)
    if layout is None:
        sentence = f"This table is no usage export that is known here ({FORMATS}). Its columns are {', '.join(header)[:300]}; name those of the usage: --columns time=...,input=...,output=..."
        raise refusal(source.name, sentence)
    notes = Notes(layout.format, is_trace=layout.is_trace)
    for arrays in TableReader(source, layout, by, times, notes).rows():
        totals.add(arrays)
    return notes


def _read_focus_table(source: Source, totals: Totals, by: By, times: TimeReader) -> Notes:
    with source.open() as text:
        reader = table_rows(text)
        header = [plain(name) for name in next(reader)]
        charges = (dict(zip(header, line, strict=False)) for line in reader if line)
        return _add_charges(charges, totals, by, times)


def _add_charges(charges: Iterator[Mapping[str, str]], totals: Totals, by: By, times: TimeReader) -> Notes:
    notes, used = Notes("FOCUS 1.x"), 0
    while some := list(islice(charges, BATCH_OF_ROWS)):
        found: dict[str, list[Row]] = {}
        for charge in some:
            try:
                for row, reason in focus_row(charge, by, times, notes):
                    found.setdefault(reason, []).append(row)
            except (KeyError, ValueError):
                notes.say("a charge without a period that can be read was not used")
        used += len(found.get("", ()))
        for reason, rows in found.items():
            for arrays in rows_of(rows, reason):
                totals.add(arrays)
    if not used:
        notes.say("no charge of this bill is in tokens (ConsumedUnit: Tokens, 1K, 1M)")
    return notes


def _read_parquet(source: Source, totals: Totals, by: By, times: TimeReader) -> Notes:
    try:
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise SurroundingsError(
            f"{source.name} is Parquet, which needs pyarrow: pip install pyarrow, or export as CSV."
        ) from missing
    file = pq.ParquetFile(source.path)
    if not is_focus({plain(name) for name in file.schema_arrow.names}):
        raise refusal(
            source.name, "This Parquet file has not the columns of FOCUS; export as CSV and use --columns."
        )
    charges = (
        {plain(key): "" if value is None else str(value) for key, value in row.items()}
        for batch in file.iter_batches(batch_size=BATCH_OF_ROWS)
        for row in batch.to_pylist()
    )
    return _add_charges(charges, totals, by, times)


__all__ = ["FORMATS", "Reading", "read_usage"]
