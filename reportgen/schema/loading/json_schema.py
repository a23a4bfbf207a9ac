"""The JSON schemas of a case file and a price book, for completion, hover text and validation in editors."""

import json
from typing import Any

from reportgen.schema.case import Case
from reportgen.schema.loading.load import shipped_usual
from reportgen.schema.prices import PriceBook
from reportgen.schema.usual_figures import UsualFigures

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FORMS = ("Stated", "Range")
"""The mappings as which an assumption may be written."""


def case_schema() -> str:
    """Return the JSON schema of a case as text, the content of inputs/case.schema.json."""
    schema = Case.model_json_schema(by_alias=True)
    for definition in [schema, *schema["$defs"].values()]:
        _add_usual(definition.get("properties", {}))
    for name in FORMS:  # an editor shows what stands at the field, not what every assumption is
        schema["$defs"][name] = {
            k: v for k, v in schema["$defs"][name].items() if k not in ("title", "description")
        }
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
        said = _usual(usual, name, is_money="the case currency" in str(field.get("description", "")))
        for form in (field, *field.get("anyOf", ())) if said else ():
            if "description" in form:
                form["description"] += f" {said}"


def _usual(usual: UsualFigures, name: str, *, is_money: bool) -> str:
    """Return the sentence about what a field usually is; "" where nothing is known."""
    found, figure = usual.plausible.get(name), getattr(usual.figures, name, None)
    if found and found.low is not None and found.high is not None:
        band = f"{found.low:,.6g} to {found.high:,.6g}"
        says = f" {found.says}." if found.says else ""
        per = f" for each of {found.per}" if found.per else ""
        money = ", in US dollars" if is_money else ""
        return f"Usually {band}{per}{money}.{says} ({usual.sources[found.source].title})"
    if figure and figure.usual is not None:
        return f"Usually {figure.usual:,.6g}. {figure.says}. ({usual.sources[figure.source].title})"
    return ""
