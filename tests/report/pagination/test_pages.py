"""Pages of finished papers: how many the body has, and how far each is filled."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from reportgen.files import templates
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_page
from tests.agreement.cases import CASES, over_cases
from tests.papers import filled, rendered

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

MOST_OF_THE_BODY = 8
"""Pages before the appendices."""

LEAST_FILLED = 0.8
"""A page is at most a fifth empty."""

SHIPPED = over_cases(*(case.stem for case in CASES if case.parent.name == "inputs"))


def too_empty(fills: Sequence[float], body: int) -> list[tuple[int, float]]:
    """List the pages that are more than a fifth empty, with their share; the last of the body and of the paper may be."""
    return [
        (number, round(fill, 2))
        for number, fill in enumerate(fills, start=1)
        if fill < LEAST_FILLED and number not in (body, len(fills))
    ]


@pytest.mark.parametrize("size", ["A4", pytest.param("Letter", marks=pytest.mark.long)])
@pytest.mark.parametrize("case", SHIPPED)
def test_shipped_cases_have_eight_full_pages_before_the_appendices(
    case: Path, size: Literal["A4", "Letter"]
) -> None:
    """The body of every shipped case has eight pages at most, and no page is more than a fifth empty, on either paper."""
    paper = rendered(case, size)
    assert paper.body <= MOST_OF_THE_BODY
    assert too_empty(paper.fills, paper.body) == []


def test_a_gap_is_seen(tmp_path: Path) -> None:
    """A page that is filled to its middle counts as half empty, one that is filled to its foot as full."""
    blocks = (118, 200, 235)
    html = "".join(f'<div style="height:{mm}mm;background:#123;break-after:page"></div>' for mm in blocks)
    style = "@page { size: A4; margin: 20mm 20mm 16.5mm } body { margin: 0 }"
    target = tmp_path / "gaps.pdf"
    write_page(
        f"<html lang='en'><head><title>Gaps</title><style>{style}</style></head><body>{html}</body></html>",
        target,
        Folders(templates()),
        datetime(2026, 11, 23, tzinfo=UTC),
    )
    fills = filled(target)
    height = 297 - 20 - 62 / 72 * 25.4
    assert fills == pytest.approx([mm / height for mm in blocks], abs=0.005)
    assert too_empty((*fills, 1.0), 0) == [(1, 0.46), (2, 0.78)]
    assert too_empty(fills, 1) == [(2, 0.78)]
