"""Used values are worked out once for boxes of one style in one room, and are what WeasyPrint works out by itself."""

import inspect
import re
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.layout import background, block, percent

from reportgen.report.typesetting.used_values import BORDERS, CORNERS, LENGTHS, used_values_kept

PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><path d='M0 0h4v4z'/></svg>"
STYLES = (
    "", "margin: 5%", "padding: 2% 3px", "width: 50%", "min-width: 40%; max-width: 60%", "height: 30px", "height: 20%", "min-height: 3em",
    "box-sizing: border-box; width: 90px; padding: 5px; border: 3px solid", "border: 2px solid red", "border-radius: 4px",
    "border-radius: 20% / 10%", "background: #eee", f'background-image: url("{PICTURE}")', "box-shadow: 2px 2px red",
    "visibility: hidden; background: red", "float: left; width: 30%", "display: inline-block; width: 25%; padding: 1%",
    "position: absolute; left: 10%", "float: right; margin: 4px", "direction: rtl", "direction: rtl; float: left", "margin: auto; width: 80px", "width: calc(50% - 4px)", "color: red; background: currentcolor",
    f'border: 3px solid; border-image: url("{PICTURE}") 1',
)  # fmt: skip
TABLE = "<tr><td class='s'>One<td>Two<tr><td>Three<td class='s'>Four words of text"


def _page(style: str, borders: str = "separate") -> Any:
    styles = f"body, td {{ font: 10pt serif; width: 200px }} table {{ border-collapse: {borders} }} td {{ border-bottom: 1px solid }} .s {{ {style} }}"
    boxes = "<p class='s'>Some text <b class='s'>in bold</b></p><div style='width: 120px'><p class='s'>In less room</p></div>"
    page = f"{boxes}<p class='s'>Some text</p><table>{TABLE}</table><table>{TABLE}</table>"
    return HTML(string=f"<html lang='en'><style>{styles}</style><body>{page}</body></html>")


def _values(document: Any) -> list[tuple[object, ...]]:
    """List what is set in every box: lengths, borders, corners, its place, and whether it has a background."""
    return [
        (type(box).__name__, box.position_x, box.position_y, bool(getattr(box, "background", None)),
         *(getattr(box, name, None) for name in (*LENGTHS, *BORDERS, *CORNERS)))
        for page in document.pages for box in page._page_box.descendants()
    ]  # fmt: skip


@pytest.mark.parametrize("borders", ["separate", "collapse"])
@pytest.mark.parametrize("style", STYLES)
def test_values_are_those_of_weasyprint(style: str, borders: str) -> None:
    """In boxes of one style in different rooms, in tables whose borders are merged and in others; the files are equal too."""
    with used_values_kept():
        kept = _page(style, borders).render()
    by_itself = _page(style, borders).render()
    assert _values(kept) == _values(by_itself)
    assert kept.write_pdf(uncompressed_pdf=True) == by_itself.write_pdf(uncompressed_pdf=True)


def test_values_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty paragraphs of one style take no more than one does."""
    asked: list[str] = []
    for module, name in ((block, "resolve_percentages"), (background, "layout_box_backgrounds")):
        usual = getattr(module, name)

        def counted(*given: Any, usual: Any = usual, name: str = name, **named: Any) -> None:
            asked.append(name)
            usual(*given, **named)

        monkeypatch.setattr(module, name, counted)
    counts = []
    for number in (1, 20):
        asked.clear()
        with used_values_kept():
            HTML(string=f"<html lang='en'><body>{'<p>x</p>' * number}</body></html>").render()
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


def test_all_that_weasyprint_sets_and_reads_is_known() -> None:
    """No length is set but those that are kept; a background depends on nothing that is not looked at."""
    source = inspect.getsource(percent.resolve_percentages)
    lengths = set(re.findall(r"resolve_one_percentage\(box, '(\w+)'", source)) | {"height"}
    assert lengths == set(LENGTHS)
    assert set(re.findall(r"style\['(\w+)'\]", source)) == {"height", "border_collapse"}
    before = inspect.getsource(background.layout_box_backgrounds).split("box.background = None")[0]
    assert set(re.findall(r"style\['(\w+)'\]", before)) == {
        "border_image_source", "mask_border_source", "visibility", "image_orientation", "background_image", "box_shadow"
    }  # fmt: skip
