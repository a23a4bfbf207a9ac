"""Used values that follow from a box's style, or from its style and the room around it, worked out once for boxes that share both.

Why: most boxes of a paper are cells of tables, which share a few dozen styles, and lines beside which nothing floats; a paper takes
some hundredths less time.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from reportgen.report.typesetting.replacing import kept, replaced

LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom", "padding_left", "padding_right", "padding_top", "padding_bottom",
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
"""What WeasyPrint's resolve_percentages sets in a box, beside the widths of its borders."""

BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
CORNERS = (
    "border_top_left_radius", "border_top_right_radius", "border_bottom_right_radius", "border_bottom_left_radius",
)  # fmt: skip
SQUARE = (0, 0)
NONE = (0, "px")
"""A length of nothing, as WeasyPrint has it in a style."""


def used_values_kept() -> AbstractContextManager[None]:
    """Have WeasyPrint work used values out once within this context."""
    from weasyprint.layout import background, block, float, inline, table  # noqa: A004  a module of that name

    return replaced(
        *((module, "resolve_percentages", _resolved_once) for module in (block, float, inline, table)),
        (background, "layout_box_backgrounds", _plain_at_once),
        (inline, "avoid_collisions", _beside_nothing),
    )


def _resolved_once(resolve: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return WeasyPrint's function that sets the lengths of a box, but for lengths that are known."""

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        known: dict[Any, dict[str, Any]] | None = style.__dict__.get("known lengths")
        if known is None:
            known = style.__dict__["known lengths"] = {}
        room = (
            containing_block
            if isinstance(containing_block, tuple)
            else (containing_block.width, containing_block.height)
        )
        merged = style["border_collapse"] == "collapse"  # the table may have set the borders
        key = room, tuple(getattr(box, name, None) for name in BORDERS) if merged else None
        found = known.get(key)
        if found is None:
            resolve(box, containing_block)
            known[key] = {name: getattr(box, name) for name in (*LENGTHS, *BORDERS)}
            return
        box.__dict__.update(found)

    return resolve_percentages


def _plain_at_once(lay_out: Callable[..., None]) -> Callable[..., None]:
    """Return WeasyPrint's function that lays backgrounds out, but for boxes that have none, nor rounded corners."""

    def layout_box_backgrounds(
        page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if style is not None or box is page or not _is_plain(box.style):
            lay_out(page, box, get_image_from_uri, layout_children, style)
            return
        for corner in CORNERS:
            setattr(box, corner, SQUARE)
        box.background = None
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image_from_uri)

    return layout_box_backgrounds


def _beside_nothing(
    avoid: Callable[..., tuple[float, float, float]],
) -> Callable[..., tuple[float, float, float]]:
    """Return WeasyPrint's function that finds the room of a line between what floats, but for lines from the left where nothing does."""

    def avoid_collisions(
        context: Any, box: Any, containing_block: Any, outer: bool = True
    ) -> tuple[float, float, float]:
        free = outer and not context.excluded_shapes and box.style["float"] == "none"
        if not free or containing_block.style["direction"] != "ltr":
            return avoid(context, box, containing_block, outer)
        left = containing_block.content_box_x()
        return left, box.position_y, left + containing_block.width - left  # in this order, for its last digit

    return avoid_collisions


@kept
def _is_plain(style: Any) -> bool:
    """Return whether boxes of a style have square corners, no picture around them, and nothing behind them."""
    from weasyprint.draw.color import get_color

    framed = any(style[name][0] != "none" for name in ("border_image_source", "mask_border_source"))
    if framed or style["box_shadow"] or any(NONE not in style[corner] for corner in CORNERS):
        return False
    empty = all(kind == "none" for kind, _ in style["background_image"])
    alpha: float = get_color(style, "background_color").alpha
    return style["visibility"] == "hidden" or (empty and alpha == 0)
