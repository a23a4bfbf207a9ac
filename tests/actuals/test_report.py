"""Plan against actual: the deviation adds up, each part is what was worked out by hand, and the answer is held again."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.actuals.bills import read_bills
from reportgen.actuals.report import Actual, compare
from reportgen.errors import SurroundingsError
from reportgen.ingest.usage.summary import summary_of
from reportgen.schema.loading.load import load_case

CASE = """\
case: {title: Two apis, date: 2026-11-23, currency: USD}
finance: {start: 2027-01, years: 1, discount_rate: 0}
workload: {tokens_per_month: 1000, output_share: 0.2}
people: {loaded_cost_per_fte: 120000}
options:
  api: {kind: api, name: Now, input_price: 1, output_price: 6}
  other: {kind: api, name: Other, input_price: 3, output_price: 3, one_off_cost: 500}
"""
FIRST = datetime(2027, 1, 1, tzinfo=UTC)


def usage_file(folder: Path, m_tokens: float, share: float) -> Path:
    """Write daily buckets of January and February with so many M tokens a month and a share of output."""
    buckets = []
    for day in range(59):
        begin = FIRST + timedelta(days=day)
        tokens = m_tokens * 1e6 / (31 if begin.month == 1 else 28)
        result = {
            "object": "organization.usage.completions.result",
            "input_tokens": tokens * (1 - share),
            "output_tokens": tokens * share,
            "input_cached_tokens": 0,
            "num_model_requests": 1,
        }
        start = int(begin.timestamp())
        buckets.append(
            {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": [result]}
        )
    path = folder / "usage.json"
    path.write_text(json.dumps({"data": buckets}), encoding="utf-8")
    written = FIRST.timestamp() + 59 * 86_400
    os.utime(path, (written, written))
    return path


def bill(folder: Path, tokens: float, tax: float) -> Path:
    """Write a bill: so much for tokens in each month, and a tax of the same service; a machine of another service."""
    lines = [
        "ChargePeriodStart,ChargeCategory,ChargeClass,ConsumedUnit,ConsumedQuantity,EffectiveCost,ServiceName,BillingCurrency"
    ]
    for month in (1, 2):
        start = f"2027-{month:02}-05 00:00:00"
        lines += [
            f"{start},Usage,NULL,1K Tokens,7,{tokens},Models,USD",
            f"{start},Tax,NULL,NULL,NULL,{tax},Models,USD",
            f"{start},Usage,NULL,Hours,7,999,Machines,USD",
        ]
    path = folder / "focus.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Write the case: 800 M of input at 1 and 200 M of output at 6 are 2,000 a month."""
    path = tmp_path / "acme.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def compared(case: Path, usage: Path, bills: Path | None = None) -> Actual:
    """Compare the case with its files."""
    return compare(load_case(case), case, summary_of([usage]), read_bills([bills]) if bills else None)


def test_the_parts_of_the_deviation(case: Path, tmp_path: Path) -> None:
    """1,500 M at 2 is 1,000 more by volume; at 40 % output each costs 3, 1,500 more by mix; 4,950 paid is 450 more by price; 100 of tax."""
    found = compared(case, usage_file(tmp_path, 1500, 0.4), bill(tmp_path, 4950, 100))
    assert [one.measured.name for one in found.months] == ["2027-01", "2027-02"]
    for one in found.months:
        assert (one.planned_volume, one.planned_spend) == pytest.approx((1000, 2000), rel=1e-12)
        assert (one.by_volume, one.by_mix, one.by_price, one.rest) == pytest.approx(
            (1000, 1500, 450, 100), rel=1e-9
        )
        assert one.spend == pytest.approx(5050, rel=1e-12)
        assert one.by_volume + one.by_mix + one.by_price + one.rest == pytest.approx(one.deviation, rel=1e-12)


def test_the_answer_is_held_again(case: Path, tmp_path: Path) -> None:
    """At 20 % output 2,000 a month is less than 3,000; at 80 % output 5,000 is more, and the other one would be recommended."""
    as_planned, dearer = (compared(case, usage_file(tmp_path, 1000, share)) for share in (0.2, 0.8))
    assert as_planned.plan.recommended == "api"
    assert as_planned.stands
    assert as_planned.forecast.options[0].tco == pytest.approx(24_000, rel=1e-9)
    assert not dearer.stands
    assert dearer.forecast.recommended == "other"
    assert dearer.forecast.options[0].tco == pytest.approx(60_000, rel=1e-9)
    assert any("no spend is known" in remark for remark in dearer.remarks)


def test_usage_from_before_the_start(tmp_path: Path) -> None:
    """Where no whole month of the horizon is covered, nothing is compared."""
    late = tmp_path / "late.yaml"
    late.write_text(CASE.replace("2027-01", "2027-06"), encoding="utf-8")
    with pytest.raises(SurroundingsError, match="no whole month from 2027-06 on"):
        compared(late, usage_file(tmp_path, 1000, 0.2))
