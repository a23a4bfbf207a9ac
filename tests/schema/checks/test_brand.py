"""A brand is checked with the case, or in its own file: contrasts, logo, fonts."""

from pathlib import Path
from shutil import copy

import pytest

from reportgen.errors import InputError
from reportgen.schema.loading.load import load_brand, load_case
from tests.paths import INPUTS, ROOT

FONT = ROOT / "templates" / "fonts" / "SourceSerif4Display-Semibold.ttf"


def problems(folder: Path, text: str) -> str:
    """Load a brand file, and give what is wrong with it."""
    path = folder / "brand.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_brand(path)
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'band: "#EEEEEE"',
            "#EEEEEE is too pale for the band, whose text is white: its contrast with white is 1.2, and 4.5",
        ),
        (
            'titles: "#8A949C"',
            "for titles on the white page: its contrast with white is 3.1, and 4.5 is needed",
        ),
        ('accent: "#DC9EAB"', "its contrast with white is 2.2, and 4.5 is needed"),
        (
            'options: ["#4C8FCB", "#FFFF00"]',
            "#FFFF00 is too pale for an option: its contrast with white is 1.1, and 3",
        ),
        ('options: ["#4C8FCB", "#4c8fcb"]', "#4c8fcb stands here twice"),
        ("logo: none.svg", "There is no file none.svg beside this file."),
        ("fonts: none", "There is no folder none beside this file."),
        ("fonts: ..", "lies outside of the folder of this file"),
        ("text_font: Inter", "Name the folder that the font lies in"),
        ("{fonts: own, text_font: Inter}", "own has no font Inter; it has Source Serif 4 Display."),
        ("fonts: broken", "broken.ttf is not a sound font file"),
        ("fonts: empty", "empty holds no TTF or OTF file."),
        ("colour: blue", "colour"),
        (
            '{schema: reportgen.brand/1, band: "#7A1F3D", titles: "#7A1F3D", accent: "#7A1F3D", fonts: own, footer: A}',
            "",
        ),
    ],
)
def test_brand_file(tmp_path: Path, text: str, said: str) -> None:
    """A colour is refused with the contrast measured and the one needed; a sound brand is not refused."""
    for name in ("own", "broken", "empty"):
        (tmp_path / name).mkdir()
    copy(FONT, tmp_path / "own")
    (tmp_path / "broken" / "broken.ttf").write_bytes(b"no font")
    found = problems(tmp_path, text)
    assert said in " ".join(found.split())
    assert bool(found) == bool(said)


def test_brand_of_a_case(tmp_path: Path) -> None:
    """In a case the place is named, and a brand file is no case."""
    path = tmp_path / "case.yaml"
    text = (INPUTS / "one-billion-tokens.yaml").read_text(encoding="utf-8")
    path.write_text(f'{text}\nreport: {{brand: {{band: "#FFFFFF"}}}}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"contrast with white is 1\.0, and 4\.5 is needed"):
        load_case(path)
