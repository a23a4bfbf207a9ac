"""The paper in a look of one's own, from the command line: another form, other templates, a logo, another paper size."""

import re
from pathlib import Path

import pypdfium2
import pytest

from tests.packs import small_case
from tests.papers import pages
from tests.paths import ROOT
from tests.test_cli import run

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<rect width="120" height="40" fill="#ffffff"/><text x="10" y="27" font-size="22" fill="#12504F">ACME</text></svg>'
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Write the smallest shipped case with a logo, on Letter paper."""
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    return small_case(tmp_path, "acme", "{logo: logo.svg, paper: Letter}")


@pytest.mark.slow
def test_a_web_page_takes_the_place_of_the_pdf(case: Path) -> None:
    """--format html writes one page with the logo in it, and no PDF."""
    done = run("build", "acme.yaml", "-o", "out", "--format", "html", folder=case.parent)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (case.parent / "out").iterdir()) == [
        "acme.html",
        "acme.json",
        "acme.xlsx",
    ]
    text = (case.parent / "out" / "acme.html").read_text(encoding="utf-8")
    assert "data:image/svg+xml" in text
    assert "http://" not in text.replace("http://www.w3.org/", "")


@pytest.mark.slow
def test_own_templates_paper_and_logo_are_in_the_pdf(case: Path) -> None:
    """A contents page of one's own words, Letter paper, and a picture in the head of the decision page."""
    own = case.parent / "own"
    own.mkdir()
    shipped = (ROOT / "templates" / "contents.html.j2").read_text(encoding="utf-8")
    (own / "contents.html.j2").write_text(
        shipped.replace("How to read this paper", "What is in here"), encoding="utf-8"
    )
    (case.parent / "brand.yaml").write_text("{footer: Acme plc, titles: '#7A1F3D'}", encoding="utf-8")
    arguments = ("--templates", "own", "--brand", "brand.yaml", "--summary")
    done = run("build", "acme.yaml", "-o", "out", *arguments, folder=case.parent)
    assert done.returncode == 0, done.stderr
    assert re.search(r"templates +from own: contents\.html\.j2", done.stderr)
    paper, summary = (words(case.parent / "out" / name) for name in ("acme.pdf", "acme-summary.pdf"))
    assert len(summary) == 1
    assert re.sub(r"Page 1 of 1$", "", summary[0]) == re.sub(r"Page 1 of \d+$", "", paper[0])
    for said in ("asked to", "ACME", "Acme plc"):
        assert said in paper[0]
    assert "at a glance" in paper[0] + paper[1]
    assert "What is in here" in paper[1]
    with pypdfium2.PdfDocument(case.parent / "out" / "acme.pdf") as document:
        assert document[0].get_size() == (612, 792)


def words(pdf: Path) -> list[str]:
    """Read the text of each page of a PDF, with single spaces."""
    return [" ".join(page.split()) for page in pages(pdf)]
