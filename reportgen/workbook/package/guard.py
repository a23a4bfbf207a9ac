"""The inspection of an untrusted workbook file before it is opened, in a child process with limits on time and memory."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

from reportgen.runtime.records import dataclass
from reportgen.workbook.package.confined import TooMuch, Unreadable, confined

UNSOUND = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)
"""What the library raises that reads archives, where one is damaged, encrypted, or of a kind that it does not read."""
LARGEST_FILE = 60 * 2**20
LARGEST_PART = 100 * 2**20
LARGEST_WHOLE = 200 * 2**20
"""Bytes that all parts of XML unpack to."""
LARGEST_RATIO = 400
"""Greatest compression ratio of a member above one megabyte."""
MOST_PARTS = 3_000
MOST_CELLS = 400_000
"""Cells of a whole workbook: each takes a kilobyte of memory and ten microseconds to open."""
MOST_ELEMENTS = 2_500_000
MOST_SHEETS = 500
LARGEST_MERGE, MOST_MERGED = 100_000, 200_000
"""Cells of one merged range or link, and of all of a sheet."""
MOST_SPANS = 20_000
"""Merged ranges and links of a sheet, each of which is compared with the others."""
LONGEST_TEXT, LONGEST_FORMULA = 2**17, 20_000
"""Characters of one text and of one formula; a cell holds 32,767 of the first and 8,192 of the second."""
SPARSE_AREA, SPARSE_SHARE = 5_000_000, 50
"""A sheet with a larger area than the first, and more than the second times its cells in use, has a distant cell."""
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED = "It is encrypted with a password: take the password off, and save it again as .xlsx."
OLD = "It is of the kind before Excel 2007 (.xls): save it again as .xlsx."
OPEN_DOCUMENT = "It is an OpenDocument spreadsheet (.ods): save it again as .xlsx (Excel 2007-365)."
BINARY = "It is a binary workbook (.xlsb): save it again as .xlsx."
STRICT = "is of the form Strict Open XML, which few programs read: save it again as Excel Workbook (.xlsx)"
STRICT_SPACE = "http://purl.oclc.org/ooxml/spreadsheetml/main"
ACTIVE = {
    "vbaproject": "macros", "macrosheets/": "macros",
    "embeddings/": "an embedded file", "activex/": "ActiveX controls", "connections.xml": "a data connection",
    "querytables/": "a query to a data source", "customui/": "buttons of its own", "ctrlprops/": "form controls",
}  # fmt: skip
"""Active content by a fragment of the part's name."""
LINKS = "externallinks/"
"""The folder of links to other workbooks: reading the file follows none of them, recalculating it would."""
WEB_SCHEMES = ("https://", "http://", "mailto:")
CALLS = re.compile(r"(?i)\b(WEBSERVICE|RTD|IMAGE|CALL|REGISTER\.ID)\s*\(")
"""Functions that fetch something from a server, or call another program."""
DDE = re.compile(r"(?i)\b[a-z0-9_.]+\|['\"]?[^!]*['\"]?!")
"""A DDE command to another program, written as a reference: cmd|'/c calc'!A0."""
_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


class UnsafePart(Exception):
    """A part is unsafe; the rest of it is not read."""


def find_dangers(path: Path, *, linked: bool = False) -> tuple[str, ...]:
    """Return a sentence for every reason not to open a file; empty where it is safe.

    With `linked`, links to other workbooks are no reason; they are then not to be followed.
    """
    try:
        return confined(list_dangers, path, linked=linked)
    except (TooMuch, Unreadable) as error:
        return (str(error),)


def list_dangers(path: Path, *, linked: bool = False) -> tuple[str, ...]:
    """Return the dangers of a file, found in this process."""
    return tuple(inspect_file(path, linked=linked))


def inspect_file(path: Path, *, linked: bool = False) -> Iterator[str]:
    """Yield the dangers of a file: those of the archive, and those of its parts where the archive is sound."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        yield f"It cannot be read: {error.strerror}."
        return
    if size and not path.is_file():
        yield "It is no file."
    elif start == OLD_OR_ENCRYPTED:
        with path.open("rb") as file:
            yield ENCRYPTED if ENCRYPTED_STREAM in file.read(LARGEST_FILE) else OLD
    elif size > LARGEST_FILE:
        yield f"It is larger than {LARGEST_FILE // 2**20} MB."
    else:
        try:
            with ZipFile(path) as archive:
                yield from _inspect_archive(archive, linked=linked)
        except UNSOUND as error:
            yield f"It is no sound archive, and so no workbook: {error}."


def _inspect_archive(archive: ZipFile, *, linked: bool) -> Iterator[str]:
    members = archive.infolist()
    if kind := _other_kind(archive):
        yield kind
        return
    found = [*_inspect_members(members, linked=linked)]
    yield from found
    if found:
        return
    book = _Book()
    for info in members:
        if info.filename.lower().endswith((".xml", ".rels", ".vml")):
            try:
                part = _Part(info.filename, book, linked=linked)
                with archive.open(info) as stream:
                    part.read(stream)
            except UnsafePart as problem:
                yield f"{info.filename} {problem}."
                if book.full:
                    return
            else:
                yield from part.find_dangers()


def _other_kind(archive: ZipFile) -> str:
    """Return the sentence about a spreadsheet of another kind than .xlsx; empty for a workbook."""
    names = archive.namelist()
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        return OPEN_DOCUMENT
    return BINARY if "xl/workbook.bin" in names else ""


def _inspect_members(members: list[ZipInfo], *, linked: bool) -> Iterator[str]:
    names = [info.filename for info in members]
    if len(names) > MOST_PARTS:
        yield f"It has {len(names):,} parts."
    if not any(name == "[Content_Types].xml" for name in names):
        yield "It has no list of content types, and so is no workbook."
    unpacked = sum(
        info.file_size for info in members if info.filename.lower().endswith((".xml", ".rels", ".vml"))
    )
    if unpacked > LARGEST_WHOLE:
        yield f"Its parts unpack to {unpacked // 2**20:,} MB."
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
class _Book:
    """What the parts read so far have together."""

    cells: int = 0
    elements: int = 0

    @property
    def full(self) -> bool:
        """Return whether the workbook is too large to be read further."""
        return self.cells > MOST_CELLS or self.elements > MOST_ELEMENTS


@dataclass(slots=True)
class _Part:
    """A streaming reader of one XML part that collects the extent of its cells, its merges, formulas and links."""

    name: str
    book: _Book = field(default_factory=_Book)
    linked: bool = False
    cells: int = 0
    rows: int = 0
    columns: int = 0
    found: list[str] = field(default_factory=list)
    text: list[str] | None = None
    characters: int = 0
    merged: int = 0
    spans: int = 0
    sheets: Counter[str] = field(default_factory=Counter)
    """How many sheets are drawn from each part."""

    def read(self, stream: Any) -> None:
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.ParseFile(stream)
        except ExpatError as error:
            raise UnsafePart(f"is no sound XML ({error})") from error
        except (ValueError, LookupError) as error:  # an encoding that nothing knows
            raise UnsafePart(f"is no sound XML ({error})") from error

    def find_dangers(self) -> Iterator[str]:
        yield from dict.fromkeys(self.found)
        if self.sheets.total() > MOST_SHEETS:
            yield f"{self.name} lists {self.sheets.total():,} sheets."
        elif twice := [target for target, count in self.sheets.items() if count > 1]:
            yield f"{self.name} draws several sheets from one part: {twice[0][:80]}."
        if self.merged > MOST_MERGED:
            yield f"{self.name} merges or links {self.merged:,} cells."
        area = self.rows * self.columns
        if area > SPARSE_AREA and area > SPARSE_SHARE * self.cells:
            yield f"{self.name} has a cell far away, in row {self.rows:,}, column {self.columns:,}."

    def _doctype(self, *_: object) -> None:
        raise UnsafePart("declares a document type, with which a small file can grow without bounds")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.book.elements += 1
        if self.book.elements > MOST_ELEMENTS:
            raise UnsafePart(f"and the parts before it have more than {MOST_ELEMENTS:,} elements")
        self.characters = 0
        space, _, tag = name.rpartition(" ")
        match tag:
            case "c":
                self._cell(attributes.get("r", ""))
            case "row":
                self.rows = max(self.rows, _number(attributes.get("r", "0")))
            case "mergeCell":
                self._span(attributes.get("ref", ""), "merges {} into one cell")
            case "hyperlink":
                self._span(attributes.get("ref", ""), "links all of {}")
            case "Relationship":
                self._link(attributes)
            case "sheet" if self.name.lower().endswith("workbook.xml"):
                self.sheets[next((v for k, v in attributes.items() if k.endswith(" id")), "")] += 1
            case "workbook" if space == STRICT_SPACE:
                raise UnsafePart(STRICT)
            case "f" | "definedName" | "formula1" | "formula2":
                self.text = []
            case "ddeLink":
                self.found.append(f"{self.name} calls another program (DDE).")

    def _end(self, _: str) -> None:
        if self.text is not None:
            formula = "".join(self.text)
            if len(formula) > LONGEST_FORMULA:
                raise UnsafePart(f"has a formula of {len(formula):,} characters")
            if "|" in formula and DDE.search(re.sub(r'"[^"]*"', '""', formula)):
                self.found.append(f"{self.name} calls another program: {formula[:60]}.")
            if "(" in formula and (call := CALLS.search(re.sub(r'"[^"]*"', '""', formula))):
                self.found.append(f"{self.name} calls a server or another program: {call[1].upper()}.")
            self.text = None

    def _characters(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > LONGEST_TEXT:
            raise UnsafePart(f"has a text of more than {LONGEST_TEXT:,} characters")
        if self.text is not None:
            self.text.append(text)

    def _cell(self, reference: str) -> None:
        self.cells += 1
        self.book.cells += 1
        if self.book.cells > MOST_CELLS:
            raise UnsafePart(f"and the sheets before it have more than {MOST_CELLS:,} cells")
        row, column = _place(reference)
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def _span(self, reference: str, sentence: str) -> None:
        """Count the cells of a range, all of which a reader makes."""
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        cells = (bottom - top + 1) * (right - left + 1)
        self.merged += cells
        self.spans += 1
        if self.spans > MOST_SPANS:
            raise UnsafePart(f"merges or links more than {MOST_SPANS:,} ranges")
        if cells > LARGEST_MERGE:
            self.found.append(f"{self.name} {sentence.format(reference)}.")

    def _link(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in ("worksheet", "chartsheet") and attributes.get("TargetMode") != "External":
            self.sheets[target] += 1
        if attributes.get("TargetMode") == "External":
            self._external(kind, target)
        elif ".." in target.split("/")[2:] or target.startswith("//"):
            self.found.append(f"{self.name} points outside of the file: {target[:80]}.")

    def _external(self, kind: str, target: str) -> None:
        """Note what lies outside: only a link that somebody has to click is harmless."""
        if self.linked and (LINKS in self.name.lower() or kind == "hyperlink"):
            return
        if kind != "hyperlink":
            self.found.append(f"{self.name} fetches {kind or 'a part'} from {target[:80]}.")
        elif not target.lower().startswith(WEB_SCHEMES):
            self.found.append(f"{self.name} links to {target[:80]}.")


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
