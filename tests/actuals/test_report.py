"""Plan against actual: the deviation adds up, each part is what was worked out by hand, and the answer is held again."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.actuals.bills import read_bills
from reportgen.actuals.measured import with_record
from reportgen.actuals.recorded import analyse_with_actuals
from reportgen.actuals.report import actual_of, compare
from reportgen.errors import InputError, SurroundingsError
from reportgen.ingest.usage.summary import summary_of
from reportgen.results.actuals import Actual
from reportgen.results_file.write import record
from reportgen.schema.loading.load import load_case
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state

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
    return compare(load_case(case), summary_of([usage]), read_bills([bills]) if bills else None)


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
    assert as_planned.recommended_plan == "api"
    assert as_planned.stands
    assert as_planned.options["api"].tco_forecast == pytest.approx(24_000, rel=1e-9)
    assert not dearer.stands
    assert dearer.recommended_forecast == "other"
    assert dearer.options["api"].tco_forecast == pytest.approx(60_000, rel=1e-9)
    assert any("no spend is known" in remark for remark in dearer.remarks)


def test_usage_from_before_the_start(tmp_path: Path) -> None:
    """Where no whole month of the horizon is covered, nothing is compared."""
    late = tmp_path / "late.yaml"
    late.write_text(CASE.replace("2027-01", "2027-06"), encoding="utf-8")
    with pytest.raises(SurroundingsError, match="no whole month from 2027-06 on"):
        compared(late, usage_file(tmp_path, 1000, 0.2))


GPUS = CASE.replace(
    "  other: {kind: api, name: Other, input_price: 3, output_price: 3, one_off_cost: 500}\n",
    "  gpus: {kind: self_hosted, name: Own, until_live: api, gpus_per_replica: 1, replica_tps: 5000, gpu_hourly_price: 2,"
    " utilisation: 0.5, min_replicas: 1, supporting_rate: 0.1, lead_time_months: 0, deployment_months: 0, deployment_fte: 0,"
    " ongoing_fte: 0, tuning_months: 0}\n",
)
"""2,500 tokens a second of a replica are 6,570 M in 730 hours; a GPU is 1,460 a month, and 146 of storage and network."""


def machine_bill(folder: Path) -> Path:
    """Write a bill of 3,600 for machines, 50 of tax, and 700 of a service that has nothing to do with it, each month."""
    lines = [
        "ChargePeriodStart,ChargeCategory,ChargeClass,ConsumedUnit,ConsumedQuantity,EffectiveCost,ServiceName,BillingCurrency"
    ]
    for month in (1, 2):
        start = f"2027-{month:02}-05 00:00:00"
        lines += [
            f"{start},Usage,NULL,Hours,1460,3000,Machines,USD",
            f"{start},Purchase,NULL,NULL,NULL,600,Machines,USD",
            f"{start},Tax,NULL,NULL,NULL,50,Machines,USD",
            f"{start},Usage,NULL,Hours,7,700,Mail,USD",
        ]
    path = folder / "machines.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.slow
def test_own_machines(tmp_path: Path) -> None:
    """8,000 M need a second GPU: 1,606 more by volume; 3,600 paid is 388 more by price; 50 of tax; the GPU price moves by the factor."""
    path = tmp_path / "gpus.yaml"
    path.write_text(GPUS, encoding="utf-8")
    summary, bills = summary_of([usage_file(tmp_path, 8000, 0.2)]), read_bills([machine_bill(tmp_path)])
    found = compare(load_case(path), summary, bills, "gpus", ["Machines"])
    for one in found.months:
        assert one.planned_spend == pytest.approx(1606, rel=1e-12)
        assert (one.by_volume, one.by_mix, one.by_price, one.rest) == pytest.approx(
            (1606, 0, 388, 50), rel=1e-9, abs=1e-6
        )
        assert one.spend == pytest.approx(3650, rel=1e-12)
    assert found.changes["options.gpus.gpu_hourly_price"] == pytest.approx(2 * 3600 / 3212, rel=1e-9)
    # one of the two options' prices was not measured and stays
    assert "options.api.input_price" not in found.changes
    assert found.options["gpus"].tco_forecast == pytest.approx(12 * 3600, rel=1e-9)
    whole = compare(load_case(path), summary, bills, "gpus")
    assert whole.months[0].spend == pytest.approx(3650 + 700, rel=1e-12)
    with pytest.raises(SurroundingsError, match="no service Disks; they have Machines, Mail"):
        compare(load_case(path), summary, bills, "gpus", ["Disks"])


def test_the_price_paid_moves_the_forecast(case: Path, tmp_path: Path) -> None:
    """At plan's volume and mix 2,200 paid for 2,000 is a tenth more; over a year 26,400, less than 36,500: the answer stands."""
    found = compared(case, usage_file(tmp_path, 1000, 0.2), bill(tmp_path, 2200, 0))
    assert found.changes["options.api.input_price"] == pytest.approx(1.1, rel=1e-9)
    assert found.changes["options.api.output_price"] == pytest.approx(6.6, rel=1e-9)
    assert found.options["api"].tco_forecast == pytest.approx(26_400, rel=1e-9)
    assert found.options["other"].tco_forecast == pytest.approx(found.options["other"].tco_plan, rel=1e-12)
    assert found.stands


def test_recorded_months_are_the_same(case: Path, tmp_path: Path) -> None:
    """Months that are recorded in the case and read again come to the same; recorded twice they stand once."""
    summary = summary_of([usage_file(tmp_path, 1500, 0.4)])
    found = compare(load_case(case), summary, read_bills([bill(tmp_path, 4950, 100)]))
    for _ in range(2):
        before = load_case(case)
        months = [one.measured for one in found.months]
        case.write_text(
            with_record(case.read_text(encoding="utf-8"), before, "api", months, summary.origin),
            encoding="utf-8",
        )
    loaded = load_case(case)
    assert [f"{one.month:%Y-%m}" for one in loaded.actuals] == ["2027-01", "2027-02"]
    again = actual_of(loaded)
    assert again is not None
    for one, other in zip(found.months, again.months, strict=True):
        assert other.measured.name == one.measured.name
        for name in ("spend", "by_volume", "by_mix", "by_price", "rest"):
            assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9)
    assert again.recommended_forecast == found.recommended_forecast
    assert loaded.actuals[0].source == summary.origin.files


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{month: '2026-12', option: api, tokens: 5}", "2026-12 is not in the horizon"),
        ("{month: '2027-01', option: nothing, tokens: 5}", 'There is no option "nothing"'),
        ("{month: '2027-01', option: api, tokens: 0}", "must be above 0"),
        ("{month: '2027-01', option: api, tokens: 5}\n  - {month: '2027-01', option: api, tokens: 5}", "twice"),
        ("{month: '2027-01', option: api, tokens: 5}\n  - {month: '2027-02', option: other, tokens: 5}", "of one option"),
    ],
)  # fmt: skip
def test_what_may_not_be_recorded(case: Path, written: str, sentence: str) -> None:
    """Months outside the horizon, of unknown options, without tokens, twice, or of two options are refused."""
    case.write_text(f"{CASE}actuals:\n  - {written}\n", encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        load_case(case)


@pytest.mark.slow
def test_the_next_edition_shows_them(case: Path) -> None:
    """Sheet and results file of a case that records months show them; without any there is neither."""
    assert analyse_with_actuals(load_case(case), case).results.actual is None
    months = "".join(
        f"  - {{month: '2027-0{month}', option: api, tokens: 1500, output_share: 0.4, spend: 4950, other_spend: 100}}\n"
        for month in (1, 2)
    )
    case.write_text(f"{CASE}actuals:\n{months}", encoding="utf-8")
    analysis = analyse_with_actuals(load_case(case), case)
    assert analysis.results.actual is not None
    sheet = next(one for one in analysis.model.sheets if one.name == "Actuals")
    lines = {line.key: line for block in sheet.blocks for line in block.lines}
    state = evaluate_state(issue_of(analysis).values, analysis.runs)
    assert state.series(lines["actuals.deviation"]) == pytest.approx([3050, 3050])
    assert state.series(lines["actuals.rest"]) == pytest.approx([100, 100])
    assert state.series(lines["actuals.total.deviation"]) == pytest.approx([6100])
    found = record(analysis)["actual"]
    assert found["months"][0]["by_mix"] == pytest.approx(1500)
    assert found["options"]["api"]["tco_plan"] == pytest.approx(24_000)
