"""What a cell shows for a value: the text that its number format makes of it."""

from collections.abc import Mapping

from reportgen.workbook.layout.cell_styles import Shape
from reportgen.workbook.state import Value

_PATTERNS: Mapping[Shape, str] = {
    "money": "{:,.0f}", "count": "{:,.0f}", "price": "{:,.2f}", "decimal": "{:,.2f}", "months": "{:,.1f}", "share": "{:.1%}",
    "factor": "{:.4f}", "month": "{:.0f}", "flag": "{:.0f}", "month_name": "Sep 28", "date": "28 Sep 2028",
}  # fmt: skip


def display_text(value: Value, shape: Shape) -> str:
    """Give the text; numbers with the blank of a closing bracket behind them, negative ones in brackets."""
    if isinstance(value, str):
        return value
    pattern = _PATTERNS.get(shape)
    if pattern is None:
        return str(value)
    text = pattern.format(abs(float(value)))
    return f"({text})" if value < 0 else f"{text})"
