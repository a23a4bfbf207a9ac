"""Damaged workbooks, by seed: bits flipped, cut off, parts swapped, entries of the archive and elements of the XML changed."""

import re
import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

Parts = dict[str, bytes]
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
TAG = re.compile(rb"<[^<>]*>")
ATTRIBUTE = re.compile(rb'(?<=[\w:])="([^"<>]*)"')
CONTENT = re.compile(rb"(?<=>)[^<>]+(?=<)")
ODD_VALUES = (
    b"", b"0", b"-1", b"1", b"99999999", b"4294967296", b"9" * 400, b"1e308", b"1e999", b"NaN", b"INF", b"true", b"x", b"A1", b"A1:XFD1048576",
    b"XFD1048576", b"A0", b"AAAA1", b"$A$1:$B$2", b"Sheet!A1", b"#REF!", b"2026-13-45", b"rId1", b"rId999", b"s", b"str", b"inlineStr", b"b",
    b"e", b"n", b"d", b"shared", b"array", b"dataTable", b"http://example.org/", b"../../x", b"/xl/workbook.xml", b"xl/worksheets/sheet1.xml",
    b"worksheet", b"preserve", b"&#x41;", b"&#1114111;", b"&#xFFFE;", b"&amp;", b"&unknown;", b"_x0041_", b"_x0000_", b"_xD800_", b"\xff",
    b"\xe2\x80\xae", b"=1+1", b"SUM(", b"1+", b"INDEX(A1,", b"{1,2}", b"'", b"a" * 300, b"1899-12-30T00:00:00", b"60", b"-693595", b"2958466",
)  # fmt: skip
ODD_PARTS = (
    b"",
    b"<a/>",
    b"\x00" * 64,
    b"\xff\xfe<\x00a\x00/\x00>\x00",
    b"<?xml version='1.0' encoding='x'?><a/>",
    b"PK\x03\x04",
    b"not XML",
)


def workbook_mutant(sound: bytes, seed: int) -> bytes:
    """Return a damaged copy of a workbook."""
    random = Random(seed)  # noqa: S311  damage, no secrets
    damage = random.choice((in_bytes, in_archive, in_parts, in_xml, in_xml, in_xml, in_xml))
    return damage(sound, random)


@cache
def parts_of(content: bytes) -> Parts:
    """Return the parts of a workbook by name."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: list[tuple[str, bytes]], *, stored: bool = False) -> bytes:
    """Return an archive of parts; a name may stand in it twice."""
    out = BytesIO()
    with (
        warnings.catch_warnings(),
        ZipFile(out, "w", ZIP_STORED if stored else ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        warnings.simplefilter("ignore")
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def in_bytes(content: bytes, random: Random) -> bytes:
    """Flip bits, overwrite, insert and cut bytes."""
    out = bytearray(content)
    match random.randrange(5):
        case 0:
            for _ in range(random.choice((1, 3, 20, 400))):
                out[random.randrange(len(out))] ^= 1 << random.randrange(8)
        case 1:
            del out[random.randrange(len(out)) :]
        case 2:
            del out[: random.choice((1, 4, 30, random.randrange(len(out))))]
        case 3:
            at, length = random.randrange(len(out)), random.choice((1, 16, 4096))
            out[at : at + length] = random.randbytes(length)
        case _:
            at = random.randrange(len(out))
            out[at:at] = random.choice(
                (random.randbytes(64), bytes(64), LOCAL, END, out[: random.randrange(2000)])
            )
    return bytes(out)


def in_archive(content: bytes, random: Random) -> bytes:
    """Change fields of the archive's directory and of its end: flags, methods, sizes, offsets, names, comments."""
    out = bytearray(content)
    if random.random() < 0.2:
        start = out.rfind(END)
        at = start + random.randrange(4, 22)
    else:
        kind = random.choice((CENTRAL, CENTRAL, LOCAL))
        starts = [found.start() for found in re.finditer(re.escape(kind), content)]
        at = random.choice(starts) + random.randrange(4, 60 if kind == CENTRAL else 40)
    for place in range(at, min(at + random.choice((1, 2, 4)), len(out))):
        out[place] = random.choice((0, 1, 8, 0x7F, 0xFF, random.randrange(256)))
    return bytes(out)


def in_parts(content: bytes, random: Random) -> bytes:
    """Drop, swap, rename, repeat and empty parts."""
    parts = list(parts_of(content).items())
    for _ in range(random.choice((1, 1, 2, 4))):
        at, other = random.randrange(len(parts)), random.randrange(len(parts))
        (name, data), (other_name, other_data) = parts[at], parts[other]
        match random.randrange(6):
            case 0 if len(parts) > 1:
                del parts[at]
            case 1:
                parts[at], parts[other] = (name, other_data), (other_name, data)
            case 2:
                odd = (
                    other_name,
                    name.upper(),
                    f"{name}x",
                    f"./{name}",
                    name.replace("/", "//"),
                    "é.xml",
                    "a" * 300,
                    f"xl/{name}",
                )
                parts[at] = random.choice(odd), data
            case 3:
                parts.append((name, other_data))
            case 4:
                parts[at] = name, random.choice(ODD_PARTS)
            case _:
                parts[at] = name, data[: random.randrange(len(data) or 1)]
    return zipped(parts, stored=random.random() < 0.3)


def in_xml(content: bytes, random: Random) -> bytes:
    """Change attributes, texts and elements of one part; most changes leave it XML."""
    parts = dict(parts_of(content))
    small = [name for name in parts if not name.startswith("xl/worksheets/sheet") or name.endswith(".rels")]
    for _ in range(random.choice((1, 1, 2))):
        name = random.choice(small if random.random() < 0.5 else list(parts))
        data = parts[name]
        for _ in range(random.choice((1, 1, 2, 5, 50))):
            data = random.choice(XML_CHANGES)(data, random)
        parts[name] = data
    return zipped(list(parts.items()))


def _replaced(
    data: bytes, pattern: re.Pattern[bytes], text: Callable[[re.Match[bytes]], bytes], random: Random
) -> bytes:
    """Replace a place of a pattern that is found after a random one."""
    start = random.randrange(len(data) or 1)
    found = pattern.search(data, start) or pattern.search(data)
    return data if found is None else data[: found.start()] + text(found) + data[found.end() :]


def _attribute(data: bytes, random: Random) -> bytes:
    return _replaced(data, ATTRIBUTE, lambda _: b'="' + random.choice(ODD_VALUES) + b'"', random)


def _content(data: bytes, random: Random) -> bytes:
    return _replaced(data, CONTENT, lambda _: random.choice(ODD_VALUES), random)


def _tag(data: bytes, random: Random) -> bytes:
    return _replaced(
        data,
        TAG,
        lambda found: random.choice((b"", found[0] * 2, b"<x/>", b"<!-- -->", b"<![CDATA[x]]>", b"<?x?>")),
        random,
    )


def _element(data: bytes, random: Random) -> bytes:
    """Drop an element without others in it, or repeat it."""
    leaf = re.compile(rb"<(\w+)\b[^<>]*(?:/>|>[^<>]*</\1>)")
    return _replaced(data, leaf, lambda found: random.choice((b"", b"", found[0] * 2, found[0] * 30)), random)


def _name(data: bytes, random: Random) -> bytes:
    """Give every element of a name another one."""
    names = re.findall(rb"<(\w+)", data)
    if not names:
        return data
    old, new = (
        random.choice(names),
        random.choice((*names[:50], b"x", b"c", b"row", b"f", b"v", b"sheetData")),
    )
    return re.sub(rb"(</?)" + old + rb"\b", rb"\1" + new, data)


XML_CHANGES = (_attribute, _attribute, _attribute, _content, _content, _element, _element, _tag, _name)
