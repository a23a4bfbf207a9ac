"""The schema for editors takes the shipped case and sees what is wrong with another."""

import json

import jsonschema

from reportgen.schema.loading.document import read_document
from reportgen.schema.loading.json_schema import case_schema
from tests.schema.conftest import SHIPPED


def test_the_schema_takes_the_shipped_case_and_refuses_a_share_of_35() -> None:
    """An editor accepts the shipped case, and underlines a utilisation of 35."""
    case = json.loads(json.dumps(read_document(SHIPPED).data, default=str))
    validator = jsonschema.Draft202012Validator(json.loads(case_schema()))
    assert not list(validator.iter_errors(case))
    case["options"]["self_hosted"]["utilisation"] = 35
    assert list(validator.iter_errors(case))
