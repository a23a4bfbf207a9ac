"""Readers of tables (CSV, TSV): which columns a format has, and its rows as arrays, many at a time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.ingest.sources import Source, refusal, table_rows
from reportgen.ingest.times import DAY, HOUR, SECONDS_AT_LEAST, TimeReader
from reportgen.ingest.usage.objects import UNNAMED
from reportgen.ingest.usage.records import (
    BATCH,
    BATCH_OF_ROWS,
    CACHED,
    COLUMNS,
    INPUT,
    OUTPUT,
    REQUESTS,
    WRITTEN,
    By,
    Notes,
    Rows,
)
from reportgen.runtime.records import dataclass

Role = Literal[
    "time",
    "end",
    "input",
    "uncached",
    "cached",
    "written",
    "output",
    "batch",
    "requests",
    "spend",
    "model",
    "project",
    "tag",
    "total",
]
ROLES: tuple[Role, ...] = (
    "time", "end", "input", "uncached", "cached", "written", "output", "batch", "requests", "spend", "model", "project", "tag",
)  # fmt: skip
EMPTY = frozenset({"", "null", "none", "nan", "na"})
NEVER_ANSWERED = "requests that failed, without a response"
NO_TIME = "rows without a time that can be read"


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that is recognised by `marks` among its columns; `columns` names the ones of each role, in plain letters."""

    format: str
    marks: tuple[frozenset[str], ...]
    columns: Mapping[Role, tuple[str, ...]]
    width: int | None = None
    """Length of a row's bucket in seconds; None: from its end, else 0 for single requests."""
    is_trace: bool = False
    failed_without_output: bool = False
    remark: str = ""


def _marks(*sets: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split()) for one in sets)


LAYOUTS = (
    Layout(
        "Azure LLM inference trace", _marks("timestamp contexttokens generatedtokens"),
        {"time": ("timestamp",), "input": ("contexttokens",), "output": ("generatedtokens",)}, 0, is_trace=True,
    ),
    Layout(
        "BurstGPT trace", _marks("timestamp requesttokens responsetokens"),
        {"time": ("timestamp",), "input": ("requesttokens",), "output": ("responsetokens",), "model": ("model",), "tag": ("logtype",)},
        0, is_trace=True, failed_without_output=True,
    ),
    Layout(
        "LiteLLM spend logs", _marks("starttime prompttokens completiontokens"),
        {
            "time": ("starttime",), "input": ("prompttokens",), "output": ("completiontokens",), "spend": ("spend",),
            "cached": ("cachereadinputtokens",), "written": ("cachecreationinputtokens",),
            "model": ("modelgroup", "model"), "project": ("teamid",), "tag": ("requesttags", "enduser", "user"),
        }, 0,
    ),
    Layout(
        "LiteLLM daily activity", _marks("date prompttokens completiontokens spend"),
        {
            "time": ("date",), "input": ("prompttokens",), "output": ("completiontokens",), "spend": ("spend",),
            "cached": ("cachereadinputtokens",), "written": ("cachecreationinputtokens",), "requests": ("apirequests", "requests"),
            "model": ("modelgroup", "model"), "project": ("teamid", "team"), "tag": ("tag", "apikey"),
        }, DAY,
    ),
    Layout(
        "OpenAI dashboard", _marks("ncontexttokenstotal ngeneratedtokenstotal"),
        {
            "time": ("timestamp", "aggregationtimestamp", "date"), "input": ("ncontexttokenstotal",), "output": ("ngeneratedtokenstotal",),
            "cached": ("ncachedcontexttokenstotal",), "requests": ("nrequests", "numrequests"), "model": ("model", "snapshotid"),
            "project": ("projectid", "projectname"), "tag": ("apikeyid", "user", "userid"),
        }, DAY,
    ),
    Layout(
        "Anthropic usage report", _marks("uncachedinputtokens outputtokens", "usageinputtokensnocache usageoutputtokens"),
        {
            "time": ("startingat", "usagedateutc", "date"), "end": ("endingat",),
            "uncached": ("uncachedinputtokens", "usageinputtokensnocache"),
            "cached": ("cachereadinputtokens", "usageinputtokenscacheread"),
            "written": ("cachecreationephemeral5minputtokens", "cachecreationephemeral1hinputtokens", "ephemeral5minputtokens", "ephemeral1hinputtokens", "usageinputtokenscachewrite5m", "usageinputtokenscachewrite1h"),
            "output": ("outputtokens", "usageoutputtokens"), "batch": ("servicetier", "usagetype"), "model": ("model", "modelversion"),
            "project": ("workspaceid", "workspace"), "tag": ("apikeyid", "apikey"),
        }, DAY,
    ),
    Layout(
        "OpenAI usage", _marks("inputtokens outputtokens starttime", "inputtokens outputtokens starttimeiso", "inputtokens outputtokens date"),
        {
            "time": ("starttime", "starttimeiso", "date"), "end": ("endtime", "endtimeiso"), "input": ("inputtokens",), "output": ("outputtokens",),
            "cached": ("inputcachedtokens",), "written": ("inputcachewritetokens",), "batch": ("batch",),
            "requests": ("nummodelrequests",), "model": ("model",), "project": ("projectid", "projectname"), "tag": ("apikeyid", "apikeyname", "userid"),
        }, DAY,
    ),
)  # fmt: skip
"""The tables that are recognised, the most particular first."""


def plain(name: str) -> str:
    """Return a column's name in plain letters and digits."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def layout_of(header: Sequence[str]) -> Layout | None:
    """Return the layout that a header belongs to; None if none is known."""
    names = {plain(name) for name in header}
    return next((one for one in LAYOUTS if any(marks <= names for marks in one.marks)), None)


def layout_by(columns: Mapping[str, str], header: Sequence[str], name: str) -> Layout:
    """Return the layout that the user states; InputError where a column is not in the table or no role is known."""
    if unknown := sorted(set(columns) - set(ROLES)):
        raise refusal(
            name,
            f"--columns has {unknown[0]}, which is no column of usage; those are {', '.join(ROLES)}.",
        )
    known = {plain(one) for one in header}
    if absent := [column for column in columns.values() if plain(column) not in known]:
        raise refusal(
            name, f'There is no column "{absent[0]}" in this table; its columns are {", ".join(header)}.'
        )
    if "time" not in columns or not {"input", "uncached"} & set(columns) or "output" not in columns:
        raise refusal(
            name, "--columns needs time, input and output at least: --columns time=...,input=...,output=..."
        )
    stated = {role: (plain(columns[role]),) for role in ROLES if role in columns}
    return Layout("table, columns as stated", (), stated)


@dataclass(slots=True)
class TableReader:
    """The rows of one table as arrays."""

    source: Source
    layout: Layout
    by: By
    times: TimeReader
    notes: Notes
    places: dict[Role, list[int]] = field(default_factory=dict)

    def rows(self) -> Iterator[Rows]:
        """Yield the rows, many at a time."""
        with self.source.open() as text:
            reader = table_rows(text)
            header = [plain(name) for name in next(reader)]
            self._find_columns(header)
            columns = len(header)
            while lines := list(islice(reader, BATCH_OF_ROWS)):
                full = [line for line in lines if len(line) >= columns]
                if len(full) < len(lines) and (
                    short := [line for line in lines if line and len(line) < columns]
                ):
                    self.notes.say(
                        f"a line has fewer columns than the header and was not used, such as “{', '.join(short[0])[:60]}”"
                    )
                if full:
                    yield from self._arrays(list(zip(*full, strict=False)))

    def _find_columns(self, header: list[str]) -> None:
        for role, names in self.layout.columns.items():
            found = [header.index(name) for name in names if name in header]
            if found:
                self.places[role] = found if role == "written" else found[:1]
        used = {place for found in self.places.values() for place in found}
        self.notes.ignored |= {name for place, name in enumerate(header) if place not in used}
        for role in ("cached", "written", "batch", "requests"):
            if role not in self.places:
                self.notes.unknown.add(role)

    def _arrays(self, columns: list[tuple[str, ...]]) -> Iterator[Rows]:
        seconds, readable = self._seconds(columns[self.places["time"][0]])
        numbers = np.zeros((len(seconds), len(COLUMNS)))
        for place, role in (
            (INPUT, "input"),
            (CACHED, "cached"),
            (WRITTEN, "written"),
            (OUTPUT, "output"),
            (REQUESTS, "requests"),
            (len(COLUMNS) - 1, "spend"),
        ):
            for column in self.places.get(role, ()):  # type: ignore[call-overload]
                numbers[:, place] += _numbers(columns[column])
        if "uncached" in self.places:
            numbers[:, INPUT] = (
                _numbers(columns[self.places["uncached"][0]]) + numbers[:, CACHED] + numbers[:, WRITTEN]
            )
        if "requests" not in self.places:
            numbers[:, REQUESTS] = 1.0
        self._mark_batches(columns, numbers)
        groups = self._groups(columns, len(seconds))
        failed = (
            (numbers[:, OUTPUT] == 0)
            if self.layout.failed_without_output
            else np.zeros(len(seconds), dtype=bool)
        )
        yield from self._split(
            seconds, numbers, groups, {NEVER_ANSWERED: failed & readable, NO_TIME: ~readable}, columns
        )

    def _split(
        self,
        seconds: NDArray[np.int64],
        numbers: NDArray[np.float64],
        groups: Sequence[str],
        out: Mapping[str, NDArray[np.bool_]],
        columns: list[tuple[str, ...]],
    ) -> Iterator[Rows]:
        """Yield the rows that are used, then those that are not, by reason."""
        width = self._width(columns)
        kept = np.ones(len(seconds), dtype=bool)
        for reason, mask in out.items():
            kept &= ~mask
            if mask.any():
                yield Rows(seconds[mask], width, _chosen(groups, mask), numbers[mask], reason)
        if kept.all():
            yield Rows(seconds, width, groups, numbers)
        elif kept.any():
            yield Rows(seconds[kept], width, _chosen(groups, kept), numbers[kept])

    def _width(self, columns: list[tuple[str, ...]]) -> int:
        """Return the length of a bucket: from the first row's end, else what its layout says, else that of whole days or hours."""
        begin = columns[self.places["time"][0]]
        if "end" in self.places:
            return max(self.times[columns[self.places["end"][0]][0]] - self.times[begin[0]], 0)
        if self.layout.width == 0:
            return 0
        sample = {self._second(text) for text in begin[:200]} - {None}
        if sample and all(one is not None and one % DAY == 0 for one in sample):
            return DAY
        if sample and all(one is not None and one % HOUR == 0 for one in sample):
            return HOUR
        return 0 if self.layout.width is None else self.layout.width if self.layout.width != DAY else HOUR

    def _second(self, text: str) -> int | None:
        try:
            return self.times.minute(text)
        except ValueError:
            return None

    def _seconds(self, texts: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return times in seconds, and which of them could be read."""
        try:
            found = self.times.minutes(texts)
        except ValueError:
            some = [self._second(text) for text in texts]
            readable = np.array([one is not None for one in some])
            return np.array([one or 0 for one in some], dtype=np.int64), readable
        seconds = np.array(found, dtype=np.int64)
        if len(seconds) and seconds.max() < SECONDS_AT_LEAST:
            self.notes.is_trace = True
        return seconds, np.ones(len(seconds), dtype=bool)

    def _mark_batches(self, columns: list[tuple[str, ...]], numbers: NDArray[np.float64]) -> None:
        if "batch" in self.places:
            texts = columns[self.places["batch"][0]]
            is_batch = np.array([text.strip().lower() in ("true", "1", "batch", "yes") for text in texts])
            numbers[:, BATCH] = np.where(is_batch, numbers[:, INPUT] + numbers[:, OUTPUT], 0.0)

    def _groups(self, columns: list[tuple[str, ...]], count: int) -> Sequence[str]:
        if self.by not in self.places:
            return [UNNAMED] * count
        texts = columns[self.places[self.by][0]]
        return [text or UNNAMED for text in texts] if "" in texts else texts


def _chosen(groups: Sequence[str], mask: NDArray[np.bool_]) -> list[str]:
    return [group for group, keep in zip(groups, mask, strict=True) if keep]


def _numbers(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return a column of numbers; empty cells and words for nothing are 0, separators of thousands pass."""
    try:
        return np.array(texts, dtype=float)
    except ValueError:
        return np.array([_number(text) for text in texts], dtype=float)


def _number(text: str) -> float:
    clean = text.strip().replace(",", "").lstrip("$€£").replace("\u00a0", "")
    if clean.lower() in EMPTY:
        return 0.0
    try:
        return float(clean)
    except ValueError:
        return 0.0
