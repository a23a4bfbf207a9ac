"""The inspection of an untrusted workbook file before it is opened, in a child process with limits on time and memory."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

LARGEST_FILE = 60 * 2**20
LARGEST_PART = 250 * 2**20
LARGEST_RATIO = 400
"""Greatest compression ratio of a member above one megabyte."""
MOST_PARTS = 3_000
MOST_CELLS = 3_000_000
LARGEST_MERGE = 100_000
SPARSE_AREA, SPARSE_SHARE = 5_000_000, 50
"""A sheet with a larger area than the first, and more than the second times its cells in use, has a distant cell."""
SECONDS, MEMORY = 30, 2**30
TOO_MUCH_MEMORY = f"Looking at it takes more than {MEMORY // 2**20:,} MB of memory."

OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
ACTIVE = {
    "vbaproject": "macros", "macrosheets/": "macros",
    "embeddings/": "an embedded file", "activex/": "ActiveX controls", "connections.xml": "a data connection",
    "querytables/": "a query to a data source", "customui/": "buttons of its own", "ctrlprops/": "form controls",
}  # fmt: skip
"""Active content by a fragment of the part's name."""
LINKS = "externallinks/"
"""The folder of links to other workbooks: reading the file follows none of them, recalculating it would."""
DDE = re.compile(r"(?i)\b[a-z0-9_.]+\|['\"]?[^!]*['\"]?!")
"""A DDE command to another program, written as a reference: cmd|'/c calc'!A0."""
_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


class UnsafePart(Exception):
    """A part is unsafe; the rest of it is not read."""


def find_dangers(path: Path, *, linked: bool = False) -> tuple[str, ...]:
    """Return a sentence for every reason not to open a file; empty where it is safe.

    With `linked`, links to other workbooks are no reason; they are then not to be followed.
    """
    receiver, sender = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_inspect_in_child, args=(path, sender, linked), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(SECONDS):
            return (f"It takes longer than {SECONDS} seconds to look at.",)
        return tuple(receiver.recv())
    except EOFError:
        process.join()
        return (_exit_sentence(process.exitcode or 0),)
    finally:
        process.kill()
        process.join()
        receiver.close()


def _exit_sentence(code: int) -> str:
    """Return the sentence for a child process that ended without an answer; a signal means that memory ran out."""
    return TOO_MUCH_MEMORY if code < 0 else f"It could not be looked at: the look ended with status {code}."


def _inspect_in_child(path: Path, connection: Connection, linked: bool) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows: there only the time is limited

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        connection.send(list(inspect_file(path, linked=linked)))
    except MemoryError:
        connection.send([TOO_MUCH_MEMORY])
    connection.close()


def inspect_file(path: Path, *, linked: bool = False) -> Iterator[str]:
    """Yield the dangers of a file: those of the archive, and those of its parts where the archive is sound."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        yield f"It cannot be read: {error.strerror}."
        return
    if start == OLD_OR_ENCRYPTED:
        yield "It is encrypted, or of the kind before Excel 2007 (.xls)."
    elif size > LARGEST_FILE:
        yield f"It is larger than {LARGEST_FILE // 2**20} MB."
    else:
        try:
            with ZipFile(path) as archive:
                yield from _inspect_archive(archive, linked=linked)
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            yield f"It is no sound archive, and so no workbook: {error}."


def _inspect_archive(archive: ZipFile, *, linked: bool) -> Iterator[str]:
    members = archive.infolist()
    found = [*_inspect_members(members, linked=linked)]
    yield from found
    if found:
        return
    for info in members:
        if info.filename.lower().endswith((".xml", ".rels", ".vml")):
            try:
                part = _Part(info.filename, linked=linked)
                with archive.open(info) as stream:
                    part.read(stream)
            except UnsafePart as problem:
                yield f"{info.filename} {problem}."
            else:
                yield from part.find_dangers()


def _inspect_members(members: list[ZipInfo], *, linked: bool) -> Iterator[str]:
    names = [info.filename for info in members]
    if len(names) > MOST_PARTS:
        yield f"It has {len(names):,} parts."
    if not any(name == "[Content_Types].xml" for name in names):
        yield "It has no list of content types, and so is no workbook."
    if len({name.lower() for name in names}) < len(names):
        yield "Two parts bear one name: programs would read different ones."
    for info in members:
        yield from _inspect_member(info)
        if LINKS in info.filename.lower() and not linked:
            yield f"It holds a link to another workbook: {info.filename}."


def _inspect_member(info: ZipInfo) -> Iterator[str]:
    name = info.filename
    if name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or ":" in name:
        yield f"A part lies outside of the file: {name}."
    if info.flag_bits & 1:
        yield f"A part is encrypted: {name}."
    if info.file_size > LARGEST_PART:
        yield f"{name} unpacks to {info.file_size // 2**20:,} MB."
    elif info.file_size > 2**20 and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
        yield f"{name} unpacks to {info.file_size // max(info.compress_size, 1):,} times its size."
    for part, what in ACTIVE.items():
        if part in name.lower():
            yield f"It holds {what}: {name}."


@dataclass(slots=True)
class _Part:
    """A streaming reader of one XML part that collects the extent of its cells, its merges, formulas and links."""

    name: str
    linked: bool = False
    cells: int = 0
    rows: int = 0
    columns: int = 0
    found: list[str] = field(default_factory=list)
    text: list[str] | None = None

    def read(self, stream: Any) -> None:
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.ParseFile(stream)
        except ExpatError as error:
            raise UnsafePart(f"is no sound XML ({error})") from error

    def find_dangers(self) -> Iterator[str]:
        yield from dict.fromkeys(self.found)
        area = self.rows * self.columns
        if area > SPARSE_AREA and area > SPARSE_SHARE * self.cells:
            yield f"{self.name} has a cell far away, in row {self.rows:,}, column {self.columns:,}."

    def _doctype(self, *_: object) -> None:
        raise UnsafePart("declares a document type, with which a small file can grow without bounds")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._cell(attributes.get("r", ""))
            case "row":
                self.rows = max(self.rows, _number(attributes.get("r", "0")))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case "Relationship":
                self._link(attributes)
            case "f" | "definedName" | "formula1" | "formula2":
                self.text = []
            case "ddeLink":
                self.found.append(f"{self.name} calls another program (DDE).")

    def _end(self, _: str) -> None:
        if self.text is not None:
            formula = "".join(self.text)
            if "|" in formula and DDE.search(re.sub(r'"[^"]*"', '""', formula)):
                self.found.append(f"{self.name} calls another program: {formula[:60]}.")
            self.text = None

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _cell(self, reference: str) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise UnsafePart(f"has more than {MOST_CELLS:,} cells")
        row, column = _place(reference)
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (bottom - top + 1) * (right - left + 1) > LARGEST_MERGE:
            self.found.append(f"{self.name} merges {reference} into one cell.")

    def _link(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            if self.linked and LINKS in self.name.lower():
                return
            if not target.lower().startswith(("https://", "http://", "mailto:")):
                self.found.append(f"{self.name} links to {target[:80]}.")
        elif ".." in target.split("/")[2:] or target.startswith("//"):
            self.found.append(f"{self.name} points outside of the file: {target[:80]}.")


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) <= 7 else 0


def _place(reference: str) -> tuple[int, int]:
    found = _REFERENCE.match(reference)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column
