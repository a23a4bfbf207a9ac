"""The brand's colours, fonts, logo and footer are in the paper, from a case or from a file for all."""

import re
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest

from reportgen.colour import contrast
from reportgen.files import templates
from reportgen.report.brand import LocatedBrand, brand_style
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.report.paper import Look
from reportgen.schema.appearance.brand import Brand
from tests.agreement.cases import SHIPPED, analysis_of
from tests.paths import ROOT

FONTS = ROOT / "templates" / "fonts"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def branded(folder: Path, **fields: object) -> str:
    """Render the shipped case with a brand whose files lie in a folder."""
    brand = LocatedBrand(Brand.model_validate(fields), folder)
    return render_paper(paper_of(analysis_of(SHIPPED), brand), Folders(templates()), "html")


def test_colours(tmp_path: Path) -> None:
    """Band, titles, accent and the options in the case's order have the brand's colours."""
    html = branded(
        tmp_path, band="#7A1F3D", titles="#1F5A7A", accent="#5A7A1F", options=("#123456", "#654321")
    )
    for wanted in ("--navy: #7A1F3D", "--titles: #1F5A7A", "--accent: #5A7A1F"):
        assert wanted in html
    charts = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert "#123456" in charts
    assert "#654321" in charts


def test_colours_of_the_case_go_first(tmp_path: Path) -> None:
    """An option that the case colours keeps its colour."""
    analysis = analysis_of(SHIPPED)
    own = analysis.case.report.model_copy(update={"colours": {"api": "#00695C"}})
    coloured = replace(analysis, case=analysis.case.model_copy(update={"report": own}))
    brand = LocatedBrand(Brand(options=("#123456", "#654321")), tmp_path)
    assert paper_of(coloured, brand).colours == {"api": "#00695C", "self_hosted": "#654321"}


def test_logo_fonts_and_footer(tmp_path: Path) -> None:
    """The logo is a picture of the page, the fonts are embedded under their names, the footer replaces the organisation."""
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    (tmp_path / "fonts").mkdir()
    copy(FONTS / "SourceSerif4Display-Semibold.ttf", tmp_path / "fonts")
    html = branded(tmp_path, logo="logo.svg", fonts="fonts", footer="Example plc, internal")
    assert '<img class="logo" src="data:image/svg+xml;base64,' in html
    face = re.search(
        r'@font-face \{ font-family: "Source Serif 4 Display"; font-weight: 600;[^}]*base64', html
    )
    assert face
    assert '--text-font: "Source Serif 4 Display"; --title-font: "Source Serif 4 Display"' in html
    assert re.search(r'data-ref-line="Example plc, internal', html)


@pytest.mark.parametrize("band", ["#7A1F3D", "#000000", "#767676", "#0B6E4F"])
def test_text_on_the_band_is_readable(band: str) -> None:
    """Lines and small heading on the band have the contrast of text, down to the palest band allowed."""
    style = brand_style(Look(band=band))
    for name in ("--band-text", "--band-kicker"):
        found = re.search(rf"{name}: (#[0-9A-F]{{6}})", style)
        assert found
        assert contrast(found[1], band) >= 4.5


@pytest.mark.slow
def test_without_a_brand_nothing_is_added(tmp_path: Path) -> None:
    """An empty brand leaves the page as it is."""
    assert brand_style(Look()) == ""
    plain = render_paper(paper_of(analysis_of(SHIPPED)), Folders(templates()), "html")
    assert branded(tmp_path) == plain
