"""Blocks of the body as measured on one endless sheet: heights, and what a page break may not part."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reportgen.runtime.records import dataclass

KEPT_ROWS = 2
"""Rows of a table that stand on a page at least, before a break as after one, as `report.css` has it."""

GROUP_ROWS = 4
"""Rows kept of a table that begins with the head of a group, so that the first group does not stand alone."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
TEXTS = HEADINGS | {"p", "li"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page that no page break parts, in CSS pixels."""

    top: float
    bottom: float
    charts: tuple[str, ...] = ()
    """The ids of the frames of its charts, which stand side by side."""
    keeps_next: bool = False
    """Whether the next block stands on the same page."""
    keeps_previous: bool = False
    """Whether the previous block stands on the same page."""
    repeated: float = 0.0
    """The height of the table head that is repeated above it where a page begins with it."""
    is_entry: bool = False
    """Whether it is an entry of the contents, between which there may be air."""


def blocks_of(sheet: Any) -> tuple[Block, ...]:
    """List the blocks of a sheet, a page of WeasyPrint's document, from top to bottom."""
    return tuple(_blocks(sheet._page_box))  # noqa: SLF001  positions of boxes are not public


def _blocks(box: Any) -> Iterator[Block]:
    for part in getattr(box, "children", ()):
        kind, classes = type(part).__name__, _classes(part)
        if kind == "TableBox":
            yield from _rows(part)
        elif part.element_tag in TEXTS or classes & {"chart", "ex", "head"}:
            yield _block(part, classes)
        elif "whole" in classes:
            yield from _together(list(_blocks(part)))
        else:
            yield from _blocks(part)


def _classes(box: Any) -> set[str]:
    element = getattr(box, "element", None)
    return set() if element is None else set((element.get("class") or "").split())


def _block(box: Any, classes: set[str]) -> Block:
    """Measure a text, a heading, the head of an exhibit or section, or a chart."""
    top = box.position_y + box.margin_top
    charts = [one.get("id") for one in box.element.iter() if str(one.tag).endswith("svg")]
    return Block(
        top,
        top + box.border_height(),
        tuple(name for name in charts if name),
        keeps_next=box.element_tag in HEADINGS or bool(classes & {"ex", "head", "kicker"}),
        keeps_previous="src" in classes,
        is_entry=box.element_tag == "li" and box.element.find("a") is not None,
    )


def _together(blocks: list[Block]) -> Iterator[Block]:
    """Yield blocks that stand on one page."""
    for place, block in enumerate(blocks):
        yield replace(block, keeps_next=block.keeps_next or place < len(blocks) - 1)


def _rows(table: Any) -> Iterator[Block]:
    """Yield the rows of a table, its head with the first ones, the last ones together."""
    heads = [row for group in table.children if group.is_header for row in group.children]
    rows = [row for group in table.children if not group.is_header for row in group.children]
    repeated = sum(row.height for row in heads)
    for row in heads:
        yield Block(row.position_y, row.position_y + row.height, keeps_next=True)
    grouped = bool(rows) and "group" in _classes(rows[0])
    for place, row in enumerate(rows):
        classes = _classes(row)
        first = place < (GROUP_ROWS - 1 if grouped else KEPT_ROWS - 1)
        last = place > len(rows) - KEPT_ROWS
        yield Block(
            row.position_y,
            row.position_y + row.height,
            keeps_next=place < len(rows) - 1 and (first or "group" in classes),
            keeps_previous=last or bool(classes & {"subtotal", "total"}),
            repeated=repeated,
        )
