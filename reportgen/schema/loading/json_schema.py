"""The JSON schemas of a case file and a price book, for completion, hover text and validation in editors."""

import json
from typing import Any

from reportgen.schema.case import Case
from reportgen.schema.loading.load import shipped_usual
from reportgen.schema.prices import PriceBook

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> str:
    """Return the JSON schema of a case as text, the content of inputs/case.schema.json."""
    schema = Case.model_json_schema(by_alias=True)
    for definition in [schema, *schema["$defs"].values()]:
        _add_usual(definition.get("properties", {}))
    return _text(schema, "A business case for reportgen")


def book_schema() -> str:
    """Return the JSON schema of a price book as text."""
    return _text(PriceBook.model_json_schema(by_alias=True), "A price book for reportgen")


def _text(schema: dict[str, Any], title: str) -> str:
    return json.dumps({**schema, "$schema": DIALECT, "title": title}, indent=2, ensure_ascii=False) + "\n"


def _add_usual(properties: dict[str, Any]) -> None:
    """Append to the hover text of each assumption what it usually is, and who says so."""
    usual = shipped_usual()
    for name, field in properties.items():
        found = usual.plausible.get(name)
        if found is None or "description" not in field or found.low is None or found.high is None:
            continue
        band = f"{found.low:,.6g} to {found.high:,.6g}"
        says = f" {found.says}." if found.says else ""
        per = f" for each of {found.per}" if found.per else ""
        field["description"] += (
            f" Usually {band}{per}{', in US dollars' if _is_money(field) else ''}.{says} ({usual.sources[found.source].title})"
        )


def _is_money(field: dict[str, Any]) -> bool:
    return "the case currency" in str(field.get("description", ""))
