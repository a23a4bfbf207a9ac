"""Computed styles that are shared by all layouts of a paper, and by its pages.

Why: its pages are laid out some four times with the same style sheets, and most of them look up most properties of every style anew.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from reportgen.report.typesetting.replacing import replaced

WRITTEN = frozenset(("overflow", "position"))
"""Properties of elements into whose styles, or those of their parts, a layout writes: root and body, and notes. They are not kept."""


class ComputedStyles:
    """The computed styles of one paper's elements and pages, by all that they follow from.

    For style sheets that are kept as parsed, and have no lengths in parts of the page's size (vw, vh): a paper has pages of
    several sizes while it is measured. A style that is kept refers to its declarations and to the style around it, so that no
    other object has the identity of one of these.
    """

    def __init__(self) -> None:
        self._styles: dict[Any, Any] = {}

    def kept(self) -> AbstractContextManager[None]:
        """Have WeasyPrint take styles that were computed before within this context."""
        from weasyprint.css import StyleFor

        return replaced((StyleFor, "set_computed_styles", self._computed_once))

    def _computed_once(self, compute: Callable[..., None]) -> Callable[..., None]:
        """Return WeasyPrint's method that sets the style of an element, but for styles that are known."""

        def set_computed_styles(
            style_for: Any, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None,
            base_url: str | None = None, target_collector: Any = None,
        ) -> None:  # fmt: skip
            styles, place = style_for.get_computed_styles(), (element, pseudo_type)
            declared = style_for.get_cascaded_styles()
            cascaded = declared.get(place, {})
            around = None if parent is None else styles[parent, None]
            key = id(around), pseudo_type, base_url, tuple(map(_declared, cascaded.items()))
            found = self._styles.get(key)
            if found is None:
                compute(style_for, element, parent, root, pseudo_type, base_url, target_collector)
                if WRITTEN.isdisjoint({*cascaded, *declared.get((element, None), ())}):
                    self._styles[key] = styles[place]
                return
            styles[place] = found
            if target_collector and found["anchor"]:
                target_collector.collect_anchor(found["anchor"])

        return set_computed_styles


def _declared(declaration: tuple[str, tuple[Any, tuple[Any, ...]]]) -> tuple[object, ...]:
    """Return what tells a declaration from others: its property, its value or which object that is, and its precedence."""
    name, (value, (origin, layer, specificity)) = declaration
    return name, value if _is_plain(value) else id(value), origin, layer, *specificity


def _is_plain(value: object) -> bool:
    """Return whether a value is made of texts and numbers, as those of an attribute are, which is parsed for each layout."""
    return (
        all(map(_is_plain, value))
        if isinstance(value, tuple)
        else isinstance(value, str | int | float | None)
    )
