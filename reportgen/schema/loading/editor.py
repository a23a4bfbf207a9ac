"""The schema of a case for editors: completion, hover text and bounds while one types."""

import json

from reportgen.schema.case import Case


def case_schema() -> str:
    """Write the JSON schema of a case, as inputs/case.schema.json holds it."""
    schema = Case.model_json_schema(by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A business case for reportgen",
    }
    return json.dumps({**schema, **head}, indent=2, ensure_ascii=False) + "\n"
