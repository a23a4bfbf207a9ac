"""The part of a price book that a case uses, as YAML text of a complete price book."""

from io import StringIO
from typing import Any

from reportgen.schema.case import Case
from reportgen.schema.schedules import used_book

MAX_LINE_WIDTH = 100_000


def excerpt(case: Case) -> str:
    """Return the items that a case can use with their successors and sources, as YAML text; "" if there are none."""
    book = used_book(case)
    if book is None or not book.items:
        return ""
    from ruamel.yaml import YAML

    out, writer = StringIO(), YAML(typ="safe", pure=True)
    settings: Any = writer
    settings.default_flow_style, settings.width, settings.sort_base_mapping_type_on_output = (
        None,
        MAX_LINE_WIDTH,
        False,
    )
    writer.dump(book.model_dump(mode="json", by_alias=True, exclude_none=True), out)
    return out.getvalue()
