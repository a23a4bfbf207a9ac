"""A table over several pages is one table in the structure tree of the PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import weasyprint

from reportgen.report.tagging.conformance import accessibility_finisher

ROWS = 60
PAGE = '<html lang="en"><head><title>Tables</title><style>@page {{size: 120mm 90mm}} td, th {{height: 8mm}}</style></head><body>{}</body></html>'
HEAD = '<thead><tr><th scope="col">Item</th><th scope="col">Amount</th></tr></thead>'


def table(rows: int, head: str = HEAD) -> str:
    """Give a table with numbered rows, each with its heading."""
    body = "".join(f'<tr><th scope="row">Row {n}</th><td>{n}</td></tr>' for n in range(rows))
    return f"<div><h2>A table</h2><table>{head}<tbody>{body}</tbody></table></div>"


def written(folder: Path, *tables: str) -> pikepdf.Pdf:
    """Write a page with tables as the paper is written, and open it."""
    html = PAGE.format("".join(tables))
    target = folder / "tables.pdf"
    document = weasyprint.HTML(string=html).render()
    assert len(document.pages) > len(tables)
    document.write_pdf(target, pdf_tags=True, finisher=accessibility_finisher(html))
    return pikepdf.open(target)


def kids(element: Any) -> list[Any]:
    """Give what hangs directly on an element."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def walk(element: Any) -> Iterator[Any]:
    """Yield every structure element below one, in reading order."""
    for child in kids(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            assert child.P.objgen == element.objgen
            yield child
            yield from walk(child)


def named(root: Any, tag: str) -> list[Any]:
    """List the elements of one kind below another."""
    return [one for one in walk(root) if str(one.S) == tag]


def text_of(pdf: pikepdf.Pdf, element: Any) -> list[tuple[int, int]]:
    """Give the page and the number of every piece of marked content below an element."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    own = [(pages[element.Pg.objgen], one) for one in kids(element) if isinstance(one, int)]
    return own + [piece for child in walk(element) for piece in text_of_one(pages, child)]


def text_of_one(pages: dict[Any, int], element: Any) -> list[tuple[int, int]]:
    """Give the pieces of marked content that hang directly on an element."""
    return [(pages[element.Pg.objgen], one) for one in kids(element) if isinstance(one, int)]


def marked(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Give the page and the number of every piece of marked content in the pages."""
    return [
        (number, int(operands[1].MCID))
        for number, page in enumerate(pdf.pages)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("head", [HEAD, ""], ids=["with a head", "without a head"])
def test_a_table_over_pages_is_one_table(head: str, tmp_path: Path) -> None:
    """Two tables, each over several pages: two in the tree, each with all of its rows and one head."""
    with written(tmp_path, table(ROWS, head), table(ROWS // 2, head)) as pdf:
        tables = named(pdf.Root.StructTreeRoot, "/Table")
        assert [len(named(one, "/TBody")) for one in tables] == [1, 1]
        assert [len(named(one, "/THead")) for one in tables] == [1 if head else 0] * 2
        rows = 1 if head else 0
        assert [len(named(one, "/TR")) for one in tables] == [ROWS + rows, ROWS // 2 + rows]


@pytest.mark.slow
def test_every_piece_of_marked_content_has_one_element(tmp_path: Path) -> None:
    """What pages repeat is an artefact: nothing is read twice, and nothing is left without an element."""
    with written(tmp_path, table(ROWS)) as pdf:
        in_tree = text_of(pdf, pdf.Root.StructTreeRoot)
        assert len(in_tree) == len(set(in_tree))
        assert set(marked(pdf)) == set(in_tree)
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        known = {
            (int(page), place)
            for page, parents in zip(numbers[::2], numbers[1::2], strict=True)
            if isinstance(parents, pikepdf.Array)
            for place, parent in enumerate(parents)
            if parent is not None
        }
        assert known == set(in_tree)


@pytest.mark.slow
def test_every_cell_names_headings_that_exist(tmp_path: Path) -> None:
    """Cells of later pages name the heading of the first page, and the heading of their own row."""
    with written(tmp_path, table(ROWS)) as pdf:
        (found,) = named(pdf.Root.StructTreeRoot, "/Table")
        known = {bytes(one.ID) for one in named(found, "/TH")}
        assert len(known) == ROWS + 2
        for cell in named(found, "/TD"):
            headers = [bytes(one) for one in cell.A.Headers]
            assert len(headers) == 2
            assert set(headers) <= known


@pytest.mark.slow
def test_no_element_is_left_outside_of_the_tree(tmp_path: Path) -> None:
    """The parts that were merged are gone from the file, with the boxes that held nothing else."""
    with written(tmp_path, table(ROWS)) as pdf:
        reached = {one.objgen for one in walk(pdf.Root.StructTreeRoot)}
        every = {
            one.objgen
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
        }
        assert every == reached
        assert all(
            kids(one) for one in walk(pdf.Root.StructTreeRoot) if one.S in ("/Div", "/Table", "/TBody")
        )
