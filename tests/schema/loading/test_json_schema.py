"""The schema for editors takes the shipped case and sees what is wrong with another."""

import json

import jsonschema
import pytest

from reportgen.schema.loading.document import read_document
from reportgen.schema.loading.json_schema import case_schema
from tests.paths import ROOT
from tests.schema.conftest import SHIPPED

CASES = ROOT / "tests" / "cases"


@pytest.mark.slow
def test_the_schema_takes_the_shipped_case_and_refuses_a_share_of_35() -> None:
    """An editor accepts the shipped case, and underlines a utilisation of 35."""
    case = json.loads(json.dumps(read_document(SHIPPED).data, default=str))
    validator = jsonschema.Draft202012Validator(json.loads(case_schema()))
    assert not list(validator.iter_errors(case))
    case["options"]["self_hosted"]["utilisation"] = 35
    assert list(validator.iter_errors(case))


def test_the_schema_asks_for_a_workload_and_for_one_form_of_speed() -> None:
    """An editor accepts several workloads and either form of speed, and underlines neither, or both forms at once."""
    validator = jsonschema.Draft202012Validator(json.loads(case_schema()))
    case = json.loads(json.dumps(read_document(CASES / "three_workloads.yaml").data, default=str))
    assert not list(validator.iter_errors(case))
    without = {key: part for key, part in case.items() if key != "workloads"}
    assert list(validator.iter_errors(without))
    case["options"]["own_machines"]["replica_tps"] = 4000
    assert list(validator.iter_errors(case))


def test_hover_texts_say_the_unit() -> None:
    """What an editor shows over a new field is its meaning and its unit."""
    owed = json.loads(case_schema())["$defs"]["Obligation"]["properties"]["amount"]["description"]
    assert (
        owed
        == "What is owed to the provider from the first month to that month, all together (the case currency)."
    )
