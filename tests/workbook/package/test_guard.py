"""The guard reports hostile files in sentences, without opening them as workbooks."""

import os
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportgen.workbook.package import confined, guard
from reportgen.workbook.package.guard import find_dangers, inspect_file

SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]


def sound(folder: Path) -> Path:
    """Write a small workbook."""
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(folder / "sound.xlsx")
    return folder / "sound.xlsx"


def rewritten(folder: Path, change: Callable[[Parts], None]) -> Path:
    """Write the small workbook with other parts."""
    with zipfile.ZipFile(sound(folder)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    path = folder / "hostile.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def part(name: str, data: bytes = b"x") -> Callable[[Parts], None]:
    """Add a part."""
    return lambda parts: parts.update({name: data})


def put(old: bytes, new: bytes, name: str = SHEET) -> Callable[[Parts], None]:
    """Change the text of a part."""

    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet/>'
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
LINK = b'<Relationship Id="rIdX" Type="http://x/externalLink" Target="file:///c:/secret.xlsx" TargetMode="External"/></Relationships>'
DDE = b"<definedNames><definedName name=\"a\">cmd|'/c calc'!A0</definedName></definedNames></workbook>"
PICTURE = b'<Relationships><Relationship Id="r" Type="http://x/image" Target="https://example.org/p.png" TargetMode="External"/></Relationships>'
HOSTILE = (
    (part("xl/vbaProject.bin"), "macros"),
    (part("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument spreadsheet (.ods)"),
    (part("xl/workbook.bin"), "a binary workbook (.xlsb)"),
    (put(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main", "xl/workbook.xml"), "Strict Open XML"),
    (part("xl/drawings/_rels/drawing1.xml.rels", PICTURE), "fetches image from https://example.org/p.png"),
    (part("xl/worksheets/_rels/sheet1.xml.rels", PICTURE.replace(b"image", b"hyperlink").replace(b"https", b"file")), "links to file://example.org"),
    (put(b"1+1", b"WEBSERVICE(&quot;https://example.org&quot;)"), "calls a server or another program: WEBSERVICE"),
    (put(b"1+1", b"".join(b"%d" % number for number in range(200_000))), "a text of more than 131,072 characters"),
    (put(b"1+1", b"+1" * 10_001), "a formula of 20,002 characters"),
    (put(b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:CV1000"/>' * 3 + b"</mergeCells>"), "merges or links 300,000 cells"),
    (put(b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'), "links all of A1:XFD1048576"),
    (put(b"<sheets>", b'<sheets><sheet name="b" sheetId="9" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>', "xl/workbook.xml"), "several sheets from one part"),
    (put(b"</Relationships>", b'<Relationship Id="x" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>', "xl/_rels/workbook.xml.rels"), "several sheets from one part"),
    (part("xl/macrosheets/sheet1.xml", b"<a/>"), "macros"),
    (part("xl/externalLinks/externalLink1.xml", b"<a/>"), "another workbook"),
    (part("xl/embeddings/oleObject1.bin"), "embedded file"),
    (part("xl/activeX/activeX1.bin"), "ActiveX"),
    (part("xl/connections.xml", b"<a/>"), "data connection"),
    (part("../evil.xml", b"<a/>"), "outside of the file"),
    (part("/etc/evil.xml", b"<a/>"), "outside of the file"),
    (part("XL/WORKBOOK.XML", b"<a/>"), "bear one name"),
    (part("xl/media/big.bin", bytes(3 * 2**20)), "times its size"),
    (part(SHEET, BOMB), "document type"),
    (part(SHEET, BOMB.decode().encode("utf-16")), "document type"),
    (part(SHEET, b"<worksheet><sheetData>"), "no sound XML"),
    (put(b"</sheetData>", FAR), "far away, in row 1,048,576, column 16,384"),
    (put(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "merges A1:XFD1048576"),
    (put(b"1+1", b"cmd|'/c calc'!A0"), "another program"),
    (put(b"</workbook>", DDE, "xl/workbook.xml"), "another program"),
    (put(b"</Relationships>", LINK, "xl/_rels/workbook.xml.rels"), "file:///c:/secret.xlsx"),
    (lambda parts: parts.pop("[Content_Types].xml"), "no workbook"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"), HOSTILE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_hostile_file_is_told(change: Callable[[Parts], None], said: str, tmp_path: Path) -> None:
    """Every attack is reported, and none makes the guard fail."""
    assert said in " ".join(inspect_file(rewritten(tmp_path, change)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_told(tmp_path: Path) -> None:
    """Programs would read different parts."""
    path = sound(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    assert "bear one name" in " ".join(inspect_file(path))


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    """A text, an encrypted or old workbook, a folder, nothing."""
    path = tmp_path / "book.xlsx"
    assert "cannot be read" in " ".join(inspect_file(path))
    path.write_bytes(b"PK\x03\x04 and then nothing")
    assert "no sound archive" in " ".join(inspect_file(path))
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    assert "before Excel 2007" in " ".join(inspect_file(path))
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"))
    assert "take the password off" in " ".join(inspect_file(path))


def test_a_sound_workbook_is_safe_in_its_own_process(tmp_path: Path) -> None:
    """Nothing is found, through the child process too."""
    assert find_dangers(sound(tmp_path)) == ()


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is ended, and the file is not opened."""
    monkeypatch.setattr(confined, "PATIENCE", 0)
    assert "takes longer" in find_dangers(sound(tmp_path))[0]


def test_text_with_a_bar_is_no_command(tmp_path: Path) -> None:
    """A bar within quotes is text."""
    assert list(inspect_file(rewritten(tmp_path, put(b"1+1", b'"a|b!"&amp;"c"')))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (-9, "takes more than 1,024 MB of memory"),
        (-11, "takes more than 1,024 MB"),
        (-24, "takes longer than 20 seconds"),
        (1, "ended with status 1"),
    ],
)
def test_a_look_that_ends_early_is_told_as_what_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, said: str
) -> None:
    """A child killed by a signal needed too much memory; any other exit status is reported as it is."""
    monkeypatch.setattr(guard, "list_dangers", partial(_end, code))
    (found,) = find_dangers(tmp_path / "book.xlsx")
    assert said in found


def _end(code: int, *_given: object, **_named: object) -> None:
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("MOST_CELLS", "more than 3 cells"),
        ("MOST_ELEMENTS", "more than 3 elements"),
        ("MOST_SPANS", "more than 3 ranges"),
    ],
)
def test_a_workbook_too_large_to_be_opened_is_given_up_at_once(
    limit: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells and elements are counted over all parts, and nothing is read after the last that fits."""
    monkeypatch.setattr(guard, limit, 3)
    row = b'<row r="2">' + b"".join(b'<c r="%c2"><v>1</v></c>' % letter for letter in b"ABCD") + b"</row>"
    spans = b"<mergeCells>" + b'<mergeCell ref="F1:G1"/>' * 4 + b"</mergeCells>"
    (found,) = inspect_file(rewritten(tmp_path, put(b"</sheetData>", row + b"</sheetData>" + spans)))
    assert said in found
