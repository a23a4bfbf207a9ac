"""Files with thousands of wrong entries, and with more entries than a case may have."""

from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.schema.case import MAX_RISKS, MAX_SCENARIOS
from reportgen.schema.loading.load import load_case

CASE = """\
case: {title: Two apis, date: 2026-11-23, currency: USD}
finance: {start: 2027-01, years: 1, discount_rate: 0}
workload: {tokens_per_month: 1000, output_share: 0.2}
people: {loaded_cost_per_fte: 120000}
options:
  api: {kind: api, name: Now, input_price: 1, output_price: 6}
  other: {kind: api, name: Other, input_price: 3, output_price: 3}
"""


def problems(path: Path, more: str) -> InputError:
    """Return the error about the case with something more."""
    path.write_text(CASE + more, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_case(path)
    return raised.value


@pytest.mark.slow
def test_three_thousand_wrong_entries(tmp_path: Path) -> None:
    """Each is a problem with its own path; fifty are shown, then the count."""
    entries = "".join(f"  - {{name: Need {n}, met_bi: {{api: true, other: true}}}}\n" for n in range(3000))
    found = problems(tmp_path / "acme.yaml", f"requirements:\n{entries}")
    assert len(found.problems) == 3000
    assert found.problems[2999].path == "requirements.need_2999.met_bi"
    assert str(found).count("met_bi` is not known here") == 50
    assert str(found).endswith("3000 problems; the first 50 are shown. Nothing was written.")


@pytest.mark.parametrize(("part", "most"), [("risks", MAX_RISKS), ("price_scenarios", MAX_SCENARIOS)])
def test_more_runs_than_a_case_may_have(tmp_path: Path, part: str, most: int) -> None:
    """One more than there may be is refused with the limit; nothing is computed."""
    extra = "probability: 0.1, " if part == "risks" else ""
    effects = "effects: [{assumption: workload.annual_growth, multiply: 1.1}]"
    entries = "".join(f"  - {{name: Event {n}, {extra}{effects}}}\n" for n in range(most + 1))
    found = problems(tmp_path / "acme.yaml", f"{part}:\n{entries}")
    assert [one.path for one in found.problems] == [part]
    assert found.problems[0].sentence == (
        f"This list has {most + 1} entries; it holds at most {most}. Leave some out."
    )
