"""The JSON schema of a case file, for completion, hover text and validation in editors."""

import json

from reportgen.schema.case import Case


def case_schema() -> str:
    """Return the JSON schema of a case as text, the content of inputs/case.schema.json."""
    schema = Case.model_json_schema(by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A business case for reportgen",
    }
    return json.dumps({**schema, **head}, indent=2, ensure_ascii=False) + "\n"
