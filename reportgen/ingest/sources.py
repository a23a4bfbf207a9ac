"""Files as they come: plain, gzip or zip, in any of the usual encodings, read as a stream."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from reportgen.errors import InputError, Problem
from reportgen.runtime.records import dataclass

HEAD = 65_536
"""Characters of a file by which its format is recognised."""
CHUNK = 1 << 20
MAX_VALUE = 64 << 20
"""Characters of one value of a JSON file at most: a larger one is no bucket of an export."""
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
PARQUET = b"PAR1"


def refusal(name: str, sentence: str, line: int = 1) -> InputError:
    """Create the error about a file that cannot be used."""
    return InputError([Problem(name, line, 1, "", "", sentence)])


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of text: a file, or a member of a zip archive (`member`, "" otherwise)."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """Return its name in messages."""
        return f"{self.path}:{self.member}" if self.member else str(self.path)

    @property
    def is_parquet(self) -> bool:
        """Return whether it is a Parquet file, which is not text."""
        with self._bytes() as stream:
            return stream.read(4) == PARQUET

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Open the text; bytes that are no text become replacement characters."""
        with self._bytes() as stream:
            mark = stream.peek(4)[:4]
            encoding = next((name for start, name in MARKS.items() if mark.startswith(start)), "utf-8")
            with io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as text:
                yield text

    def head(self) -> str:
        """Return the beginning of the text."""
        with self.open() as text:
            return text.read(HEAD)

    @contextmanager
    def _bytes(self) -> Iterator[io.BufferedReader]:
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as inner:
                yield io.BufferedReader(inner)  # type: ignore[arg-type]
            return
        with self.path.open("rb") as stream:
            if stream.peek(2)[:2] == GZIP:
                with gzip.open(stream) as inner:
                    yield io.BufferedReader(inner)
            else:
                yield stream


def sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Return the streams of files: a zip archive is its members.

    Raises:
        InputError: for a file that is not there or cannot be read.
    """
    out: list[Source] = []
    for path in paths:
        try:
            if path.is_dir():
                out += sources(sorted(inner for inner in path.iterdir() if inner.is_file()))
                continue
            with path.open("rb") as stream:
                start = stream.read(4)
        except OSError as error:
            sentence = (
                "There is no such file; check its name and folder."
                if isinstance(error, FileNotFoundError)
                else f"This file cannot be read: {error.strerror}."
            )
            raise refusal(str(path), sentence) from error
        out += _members(path) if start == ZIP else [Source(path)]
    return tuple(out)


def _members(path: Path) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [
                one.filename
                for one in archive.infolist()
                if not one.is_dir() and "__MACOSX" not in one.filename
            ]
    except zipfile.BadZipFile as error:
        raise refusal(str(path), "This zip archive is damaged; export it again.") from error
    return [Source(path, name) for name in names]


def table_rows(text: TextIO) -> Iterator[list[str]]:
    """Yield the rows of a CSV or TSV file, the header first; its delimiter is the commonest of the header."""
    first = text.readline()
    while first and not first.strip():
        first = text.readline()
    delimiter = max(",\t;|", key=first.count)
    yield from csv.reader([first], delimiter=delimiter)
    yield from csv.reader(text, delimiter=delimiter)


def json_items(text: TextIO, name: str, arrays: Sequence[str] = ("data", "results")) -> Iterator[Any]:
    """Yield the objects of a JSON file one by one: of the array under one of the keys, of a list, of lines, of pages in a row.

    Only one object is in memory at a time. Raises InputError where the text is not JSON.
    """
    stream = _Buffer(text)
    decoder = json.JSONDecoder()
    try:
        while stream.skip_space():
            opening = stream.peek()
            if opening == "[":
                yield from _elements(stream, decoder)
            elif opening == "{" and _enter_array(stream, decoder, arrays):
                yield from _elements(stream, decoder)
                stream.leave_object(decoder)
            else:
                yield stream.value(decoder)
            stream.skip(",")
    except (json.JSONDecodeError, _TruncatedError) as error:
        raise refusal(name, f"This is not JSON, or it is cut off ({error}); export it again.") from error


def are_json_lines(head: str, arrays: Sequence[str]) -> bool:
    """Return whether a text that begins so has one JSON object in each line, none of which holds the objects in an array."""
    first, _, rest = head.lstrip("\ufeff \r\n\t").partition("\n")
    try:
        found = json.loads(first)
    except json.JSONDecodeError:
        return False
    plain = isinstance(found, dict) and not any(isinstance(found.get(name), list) for name in arrays)
    return plain and rest.lstrip()[:1] in ("{", "")


def line_batches(text: TextIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a text in batches of a megabyte, each with the number of lines before it.

    Raises InputError where a line is longer than any of an export.
    """
    held, number = "", 0
    while read := text.read(CHUNK):
        *lines, held = (held + read).split("\n")
        if len(held) > MAX_VALUE:
            raise refusal(name, "A line of this file is too long for an export.", number + 1)
        if lines:
            yield number, lines
        number += len(lines)
    yield number, [held]


def json_lines(lines: Sequence[str], name: str, before: int) -> Iterator[Any]:
    """Yield the object of each line; `before` is the number of lines before. Raises InputError where a line is not JSON."""
    parse = _parser()
    for number, line in enumerate(lines, start=before + 1):
        if not line or line.isspace():
            continue
        try:
            yield parse(line.lstrip("\ufeff"))
        except json.JSONDecodeError as error:
            raise refusal(
                name, f"This is not JSON, or it is cut off ({error}); export it again.", number
            ) from error


def _parser() -> Callable[[str], Any]:
    """Return what parses a line: orjson where it is installed, thrice as fast, else Python's own."""
    try:
        from orjson import loads
    except ImportError:
        return json.loads

    def parse(line: str) -> Any:
        try:
            return loads(line)
        except json.JSONDecodeError:
            return json.loads(line)  # which takes NaN, and says what is wrong in the same words everywhere

    return parse


class _TruncatedError(ValueError):
    """The text ends inside a value."""


class _Buffer:
    """A window over a text that is read in chunks."""

    def __init__(self, text: TextIO) -> None:
        self.text, self.held, self.at = text, "", 0
        self.pin: int | None = None
        """The place that what was read is kept from, so that there is a way back."""

    def more(self) -> bool:
        """Read on; False at the end."""
        read = self.text.read(max(CHUNK, len(self.held) - self.at))
        kept = self.at if self.pin is None else self.pin
        self.held, self.at = self.held[kept:] + read, self.at - kept
        self.pin = None if self.pin is None else 0
        return bool(read)

    def skip_space(self) -> bool:
        """Move to the next character that is no space; False at the end."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in " \t\r\n\ufeff":
                self.at += 1
            if self.at < len(self.held):
                return True
            if not self.more():
                return False

    def peek(self) -> str:
        """Return the next character that is no space; "" at the end."""
        return self.held[self.at] if self.skip_space() else ""

    def skip(self, character: str) -> bool:
        """Pass over a character, if it is the next."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def value(self, decoder: json.JSONDecoder) -> Any:
        """Return the next value."""
        self.skip_space()
        while True:
            try:
                found, end = decoder.raw_decode(self.held, self.at)
            except json.JSONDecodeError:
                if len(self.held) - self.at > MAX_VALUE or not self.more():
                    raise
                continue
            if end == len(self.held) and not isinstance(found, dict | list | str) and self.more():
                continue  # a number may go on
            self.at = end
            return found

    def leave_object(self, decoder: json.JSONDecoder) -> None:
        """Pass over what follows in an object, up to its end."""
        while not self.skip("}"):
            if not self.skip(","):
                raise _TruncatedError("the object does not end")
            self.value(decoder)
            self.skip(":")
            self.value(decoder)


def _elements(stream: _Buffer, decoder: json.JSONDecoder) -> Iterator[Any]:
    """Yield the elements of the array that begins here."""
    stream.skip("[")
    while not stream.skip("]"):
        if not stream.peek():
            raise _TruncatedError("the list does not end")
        yield stream.value(decoder)
        stream.skip(",")


def _enter_array(stream: _Buffer, decoder: json.JSONDecoder, arrays: Sequence[str]) -> bool:
    """Go to the array under one of the keys of the object that begins here; False, and nothing moved, without one."""
    while len(stream.held) - stream.at < HEAD and stream.more():
        pass
    stream.pin = stream.at
    stream.at += 1
    try:
        while not stream.skip("}"):
            key = stream.value(decoder)
            stream.skip(":")
            if key in arrays and stream.peek() == "[":
                stream.pin = None
                return True
            if stream.held[stream.at] in "[{" and not _fits(stream, decoder):
                break
            stream.value(decoder)
            stream.skip(",")
    except json.JSONDecodeError:
        pass
    stream.at, stream.pin = stream.pin or 0, None
    return False


def _fits(stream: _Buffer, decoder: json.JSONDecoder) -> bool:
    """Return whether the next value ends within what is held, so that the way back stays open."""
    try:
        decoder.raw_decode(stream.held, stream.at)
    except json.JSONDecodeError:
        return False
    return True
