"""How a case wants its paper to look is checked with the rest of it."""

from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.schema.checks.pictures import logo_problem
from reportgen.schema.loading.load import load_case
from tests.paths import INPUTS

CASE = INPUTS / "one-billion-tokens.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"{}>{}</svg>'


def problems(folder: Path, report: str) -> str:
    """Read the shipped case with a look, and give what is wrong with it."""
    path = folder / "case.yaml"
    path.write_text(f"{CASE.read_text(encoding='utf-8')}\nreport: {report}\n", encoding="utf-8")
    try:
        load_case(path)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ("{locale: xx}", 'The locale "xx" is not known'),
        ("{locale: en-QX}", 'The territory of the locale "en-QX" is not known'),
        ("{locale: de}", "not translated into German. Write locale: en-DE"),
        ("{locale: fr-CH}", "not translated into French. Write locale: en-CH"),
        ("{language: hi}", "not translated into Hindi. Write locale: en-IN"),
        ("{language: en-GB, locale: en-US}", "the former name of `locale`"),
        ("{language: en-IN}", ""),
        ('{colours: {api: "#FFFF00"}}', "#FFFF00 is too pale for an option: its contrast with white is 1.1"),
        ('{colours: {api: "#112233", platform: "#112233"}}', "api has the same colour"),
        ("{logo: nothing.png}", "There is no file nothing.png beside this file."),
        ("{logo: ../outside.png}", "lies outside of the folder of this file"),
        ('{colours: {api: "#112233"}, locale: en-PL}', ""),
    ],
)
def test_look(tmp_path: Path, report: str, said: str) -> None:
    """Each slip is told with its remedy; a sound look is not."""
    found = problems(tmp_path, report)
    assert said in found
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", ""),
        ("a.png", b"GIF89a", "is not a PNG picture"),
        ("a.gif", b"GIF89a", "neither a PNG nor an SVG"),
        ("a.svg", SVG.format("", '<path d="M0 0h1"/>').encode(), ""),
        ("a.svg", SVG.format("", "<script/>").encode(), "holds a <script>"),
        ("a.svg", SVG.format(' onload="x()"', "").encode(), "attribute onload"),
        ("a.svg", SVG.format("", '<image href="http://a/b.png"/>').encode(), "holds a <image>"),
        ("a.svg", SVG.format("", '<path fill="url(http://a/b)"/>').encode(), "that runs or loads something"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "declares a document type"),
        ("a.svg", b"<svg", "is not sound SVG"),
    ],
)
def test_logo(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """A picture that is what it says, and that neither runs, loads nor expands anything."""
    (tmp_path / name).write_bytes(content)
    found = logo_problem(name, tmp_path)
    assert said in found
    assert bool(found) == bool(said)
