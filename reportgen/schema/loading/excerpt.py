"""The part of a price book that a case uses, as the text of a price book of its own."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from reportgen.schema.case import Case
from reportgen.schema.schedules import used_book

WIDE = 100_000


def excerpt(case: Case) -> str:
    """Write the items that a case uses, and those that follow them, with their sources; nothing where it uses none."""
    book = used_book(case)
    if book is None or not book.items:
        return ""
    out, writer = StringIO(), YAML(typ="safe", pure=True)
    settings: Any = writer
    settings.default_flow_style, settings.width, settings.sort_base_mapping_type_on_output = None, WIDE, False
    writer.dump(book.model_dump(mode="json", by_alias=True, exclude_none=True), out)
    return out.getvalue()
