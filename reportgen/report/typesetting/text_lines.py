"""Lines of text that are shaped once for all layouts of a paper.

Why: its pages are laid out some five times, to find how the decision fits its page and how high the charts are to be, and shaping
takes a quarter of a layout.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from reportgen.report.typesetting.replacing import kept, replaced

PROPERTIES = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size", "font_stretch",
    "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian", "font_variant_ligatures",
    "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing", "overflow_wrap", "tab_size",
    "text_decoration_line", "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""What WeasyPrint looks at to shape and break a line, beside the text and the room for it."""


class TextLines:
    """The lines of one paper's texts, by all that they depend on."""

    def __init__(self) -> None:
        self._lines: dict[Any, tuple[Any, ...]] = {}

    def kept(self) -> AbstractContextManager[None]:
        """Have WeasyPrint take lines that were shaped before within this context."""
        from weasyprint.layout import inline, preferred

        return replaced(
            (inline, "split_first_line", self._shaped_once),
            (preferred, "split_first_line", self._shaped_once),
            (inline, "strut", kept),
        )

    def _shaped_once(self, shape: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
        """Return WeasyPrint's function that shapes the first line of a text, but for lines that are known."""

        def split_first_line(
            text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any,
            is_line_start: bool = True, minimum: bool = False,
        ) -> tuple[Any, ...]:  # fmt: skip
            key = (text, _style_key(style), max_width, justification_spacing, is_line_start, minimum)
            found = self._lines.get(key)
            if found is None:
                found = self._lines[key] = shape(
                    text, style, context, max_width, justification_spacing, is_line_start, minimum
                )
            return _copied(found[0]), *found[1:]

        return split_first_line


def _copied(layout: Any) -> Any:
    """Copy an object with its attributes, as `copy.copy` does, which takes five times as long."""
    other = object.__new__(type(layout))
    other.__dict__.update(layout.__dict__)
    return other


@kept
def _style_key(style: Any) -> str:
    """Return the properties of a style that lines depend on, as a text."""
    return repr([style[name] for name in PROPERTIES])
