"""The text that a cell displays for a value under its number format, for measuring."""

from collections.abc import Mapping

from reportgen.workbook.layout.cell_styles import Shape
from reportgen.workbook.state import Value

_PATTERNS: Mapping[Shape, str] = {
    "money": "{:,.0f}", "count": "{:,.0f}", "price": "{:,.2f}", "decimal": "{:,.2f}", "months": "{:,.1f}", "share": "{:.1%}",
    "factor": "{:.4f}", "month": "{:.0f}", "flag": "{:.0f}", "month_name": "Sep 28", "date": "28 Sep 2028",
}  # fmt: skip


def display_text(value: Value, shape: Shape) -> str:
    """Return the displayed text; negative numbers in brackets, others with the width of a bracket appended."""
    if isinstance(value, str):
        return value
    pattern = _PATTERNS.get(shape)
    if pattern is None:
        return str(value)
    text = pattern.format(abs(float(value)))
    return f"({text})" if value < 0 else f"{text})"
