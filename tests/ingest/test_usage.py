"""Usage exports of every format as a workload: numbers worked out by hand, and what a file does not carry."""

import csv
import gzip
import json
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import InputError
from reportgen.ingest import sources
from reportgen.ingest.usage import read
from reportgen.ingest.usage.figures import Figures, drop_partial, figures, fitted_growth, student
from reportgen.ingest.usage.groups import largest
from reportgen.ingest.usage.into_case import with_workload
from reportgen.ingest.usage.read import Reading, read_usage
from reportgen.ingest.usage.remarks import remark_lines
from reportgen.ingest.usage.text import Origin, workload_yaml
from reportgen.schema.loading.load import case_with_text
from tests.paths import INPUTS

Put = Callable[[str, object], Path]
DAY, START = 86_400, 1_782_864_000
"""The start is 1 July 2026, midnight UTC."""


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file: text as it is, anything else as JSON."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def found(*paths: Path, **options: Any) -> tuple[Reading, Figures]:
    """Read files and work out their figures as the command does."""
    reading = read_usage(paths, **options)
    drop_partial(reading.totals, max(path.stat().st_mtime for path in paths))
    assert reading.totals.reconciles
    unknown = set.intersection(*(notes.unknown for notes in reading.notes.values()))
    is_trace = any(notes.is_trace for notes in reading.notes.values())
    return reading, figures(reading.totals, unknown, is_trace=is_trace)


def openai_page(days: int, tokens: Callable[[int], int] = lambda _: 1_000_000) -> dict[str, object]:
    """Make a page of daily buckets: of each day's input four tenths are cached, a fifth as much is output, a half in batches."""
    buckets = []
    for day in range(days):
        half = {
            "object": "organization.usage.completions.result", "input_tokens": tokens(day) // 2, "input_cached_tokens": tokens(day) // 5,
            "output_tokens": tokens(day) // 10, "num_model_requests": 10, "model": "gpt-6",
        }  # fmt: skip
        results = [{**half, "batch": True}, {**half, "batch": False, "model": "gpt-6-mini"}]
        begin = START + day * DAY
        buckets.append({"object": "bucket", "start_time": begin, "end_time": begin + DAY, "results": results})
    return {"object": "page", "data": buckets, "has_more": False, "next_page": None}


def test_openai_pages(put: Put) -> None:
    """1.2 M tokens a day are 36.5 M a month; input includes what was cached; a day shows no peak."""
    reading, one = found(put("page.json", openai_page(31)))
    assert one.volume == pytest.approx(1.2 * 365 / 12, rel=1e-12)
    assert one.output_share == pytest.approx(1 / 6, rel=1e-12)
    assert one.cached_share == pytest.approx(0.4, rel=1e-12)
    assert one.batch_share == pytest.approx(0.5, rel=1e-12)
    assert one.written_share is None
    assert one.peaks is None
    assert one.growth is None
    assert reading.totals.tokens_read == 31 * 1_200_000


def test_growth_over_whole_months(put: Put) -> None:
    """July to October, each a tenth more a day than the month before: 1.1^12 - 1 a year, and the level of October."""

    def daily(day: int) -> int:
        months = (date(2026, 7, 1) + timedelta(days=day)).month - 7
        return round(1_000_000 * 1.1**months)

    _, one = found(put("page.json", openai_page(31 + 31 + 30 + 31, daily)))
    assert one.growth is not None
    assert one.growth.value == pytest.approx(1.1**12 - 1, rel=1e-4)
    assert one.volume == pytest.approx(1.2 * 1.1**3 * 365 / 12, rel=1e-4)
    assert [month.name for month in one.months] == ["2026-07", "2026-08", "2026-09", "2026-10"]


def test_no_growth_from_two_months() -> None:
    """Two months are no growth; three on one line have no error, and the quantiles are those of the tables."""
    assert fitted_growth([100, 200]) is None
    one = fitted_growth([100, 110, 121])
    assert one is not None
    assert (one.error, one.low, one.high) == pytest.approx((0, one.value, one.value), abs=1e-9)
    assert [student(0.9, n) for n in (1, 2, 5, 10)] == pytest.approx(
        [3.0777, 1.8856, 1.4759, 1.3722], rel=1e-3
    )


def test_the_bucket_of_today_is_left_out(put: Put) -> None:
    """A bucket that ends after the file was written was not over: a tenth of a day is not a day."""
    path = put("page.json", openai_page(10, lambda day: 100_000 if day == 9 else 1_000_000))
    os.utime(path, (START + 9.1 * DAY, START + 9.1 * DAY))
    reading, one = found(path)
    assert one.volume == pytest.approx(1.2 * 365 / 12, rel=1e-12)
    assert sum(out.tokens for out in reading.totals.left_out.values()) == 120_000


def test_a_day_that_was_billed_and_not_counted(put: Put) -> None:
    """The costs export beside the usage has a day that the usage has not."""
    usage = openai_page(10)
    gone = usage["data"].pop(4)  # type: ignore[attr-defined]
    amount = {"object": "organization.costs.result", "amount": {"value": 12.5, "currency": "usd"}}
    costs = {
        "data": [
            {
                "object": "bucket",
                "start_time": gone["start_time"],
                "end_time": gone["end_time"],
                "results": [amount],
            }
        ]
    }
    reading, one = found(put("usage.json", usage), put("costs.json", costs))
    assert any("2026-07-05 was billed and has no tokens" in line for line in remark_lines(reading, one))


def test_anthropic_input_is_the_sum_of_four(put: Put) -> None:
    """100 uncached, 600 read, 200 and 100 written: 1,000 of input."""
    result = {
        "model": "claude-5", "service_tier": "batch", "uncached_input_tokens": 100, "cache_read_input_tokens": 600,
        "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 100}, "output_tokens": 250,
    }  # fmt: skip
    data = [
        {
            "starting_at": f"2026-07-{day:02}T00:00:00Z",
            "ending_at": f"2026-07-{day + 1:02}T00:00:00Z",
            "results": [result],
        }
        for day in range(1, 9)
    ]
    _, one = found(put("report.json", {"data": data, "has_more": False}))
    assert one.tokens == 8 * 1250
    assert (one.output_share, one.cached_share, one.written_share, one.batch_share) == pytest.approx(
        (0.2, 0.6, 0.3, 1.0), rel=1e-12
    )


def test_litellm_without_cache_columns(put: Put) -> None:
    """What was read from a cache is not known, not zero; what no model has stands by itself."""
    part = {"prompt_tokens": 300, "completion_tokens": 100}
    day = {
        "metrics": {"prompt_tokens": 1000, "completion_tokens": 200},
        "breakdown": {"models": {"a": part, "b": {"metrics": part}}},
    }
    pages = {"results": [{"date": f"2026-07-{n:02}", **day} for n in range(1, 9)]}
    reading, one = found(put("daily.json", pages))
    assert one.cached_share is None
    assert one.tokens == 8 * 1200
    assert {name: group.tokens_used for name, group in largest(reading.totals).items()} == {
        "a": 3200,
        "b": 3200,
        "not named": 3200,
    }


def test_langfuse_in_both_readings(put: Put) -> None:
    """Where total is input, cache and output, the cache is added; where it is input and output, it is in the input."""
    first = {
        "startTime": "2026-07-01T10:00:00.000Z",
        "model": "m",
        "usageDetails": {"input": 100, "output": 50, "input_cached_tokens": 300, "total": 450},
    }
    second = {**first, "usageDetails": {"input": 400, "output": 50, "input_cached_tokens": 300, "total": 450}}
    lines = "\n".join(json.dumps(one) for one in (first, second))
    reading, one = found(put("observations.jsonl", lines))
    assert one.tokens == 900
    assert one.cached_share == pytest.approx(0.75, rel=1e-12)
    assert any(
        "800 tokens with the cache added" not in line and "tokens with the cache added" in line
        for line in remark_lines(reading, one)
    )


def test_focus_units_and_kinds(put: Put) -> None:
    """Tokens in units of one and a thousand; output, cache and batch by the SKU's text; corrections and machines left out."""
    head = [
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ChargeCategory",
        "ChargeClass",
        "ConsumedUnit",
        "ConsumedQuantity",
        "EffectiveCost",
        "SkuMeter",
    ]
    rows = [
        ("Usage", "NULL", "1K Tokens", "600", "gpt-6 input"), ("Usage", "NULL", "Tokens", "300000", "gpt-6 cached input"),
        ("Usage", "NULL", "1M Tokens", "0.1", "gpt-6 batch output"), ("Usage", "Correction", "1K Tokens", "5", "gpt-6 input"),
        ("Usage", "NULL", "Hours", "7", "A machine"), ("Tax", "NULL", "NULL", "NULL", "Tax"),
    ]  # fmt: skip
    table = [
        [f"2026-07-{day:02} 00:00:00", f"2026-07-{day + 1:02} 00:00:00", *row[:4], "1.5", row[4]]
        for day in range(1, 9)
        for row in rows
    ]
    text = "\n".join(",".join(line) for line in [head, *table])
    reading, one = found(put("focus.csv", text))
    assert one.tokens == 8 * 1_000_000
    assert (one.output_share, one.cached_share, one.batch_share) == pytest.approx(
        (0.1, 1 / 3, 0.1), rel=1e-12
    )
    assert one.spend == pytest.approx(8 * 4.5, rel=1e-12)
    assert {reason: out.rows for reason, out in reading.totals.left_out.items()} == {
        "corrections and charges that are no usage": 16,
        "charges that are not tokens": 8,
    }


def test_a_trace_of_an_hour(put: Put) -> None:
    """An hour is not a month: mix and peaks of five minutes, and no volume."""
    lines = ["TIMESTAMP,ContextTokens,GeneratedTokens"]
    for minute in range(60):
        tokens = 300 if 30 <= minute < 35 else 100
        lines.append(f"2026-07-01 10:{minute:02}:30.1234567,{tokens},{tokens // 4}")
    _, one = found(put("trace.csv", "\n".join(lines)))
    assert one.volume is None
    assert "no volume from under 7 days" in one.missing["volume"]
    assert one.output_share == pytest.approx(0.2, rel=1e-12)
    assert one.peaks is not None
    assert one.peaks.most == pytest.approx(
        3 / (13 / 11), rel=1e-12
    )  # eleven whole spans: ten of one and one of three


def test_failed_requests_of_a_trace(put: Put) -> None:
    """A request without a response is left out, and its tokens are counted as such."""
    head = "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type"
    rows = [f"{hour * 3600},1,2.5,ChatGPT,80,{20 if hour % 10 else 0},100,API log" for hour in range(240)]
    reading, one = found(put("burst.csv", "\n".join([head, *rows])))
    assert reading.totals.left_out["requests that failed, without a response"].rows == 24
    assert one.output_share == pytest.approx(0.2, rel=1e-12)
    assert "a trace is a sample" in one.volume_note


def test_peaks_by_the_hour(put: Put) -> None:
    """Two weeks of hours of 100 tokens, one of each day of 700: the average is 125, the peak 5.6 times that."""
    lines = ["ts;in_tok;out_tok"]
    for hour in range(14 * 24):
        tokens = 700 if hour % 24 == 9 else 100
        lines.append(f"{datetime.fromtimestamp(START + 3600 * hour, UTC):%Y-%m-%d %H:%M};{tokens - 20};20")
    _, one = found(
        put("own.csv", "\n".join(lines)), columns={"time": "ts", "input": "in_tok", "output": "out_tok"}
    )
    assert one.peaks is not None
    assert one.peaks.most == pytest.approx(5.6, rel=1e-12)
    assert one.peaks.p99 == pytest.approx(5.6, rel=1e-12)
    assert one.peaks.buckets == 14 * 24


def test_archives_and_the_same_file_twice(put: Put, tmp_path: Path) -> None:
    """A gzip and a zip are read as what is in them, and a copy of a file is told, not counted again."""
    path = put("page.json", openai_page(10))
    packed, archive = tmp_path / "page.json.gz", tmp_path / "pages.zip"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(archive, "w") as out:
        out.write(path, "page.json")
    for one in (packed, archive):
        assert found(one)[0].totals.tokens_read == 12_000_000
    reading, _ = found(path, packed)
    assert reading.totals.tokens_read == 12_000_000
    assert reading.repeated == [str(packed)]


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("a.csv", "when,how\n1,2\n", "--columns time=...,input=...,output=..."),
        ("a.json", '{"a": [1, 2', "no usage export that is known here"),
        ("b.json", '{"data": [{"object": "bucket", "start_time": 1', "cut off"),
        (
            "c.json",
            '{"records": [{"operationName": "ChatCompletions_Create", "bytes": 7}]}',
            "count bytes and no tokens",
        ),
        ("d.csv", "", "empty"),
    ],
    ids=("columns", "json", "cut off", "diagnostic logs", "empty"),
)
def test_what_is_no_usage(put: Put, name: str, text: str, part: str) -> None:
    """A file that is no usage is refused with what it is, or what to do."""
    with pytest.raises(InputError, match=part):
        read_usage([put(name, text)])


def test_into_a_case(put: Put) -> None:
    """The workload replaces what the case says of it, and everything else stays; the case loads with it."""
    _, one = found(put("page.json", openai_page(31)))
    origin = Origin("OpenAI usage API: page.json", date(2026, 7, 31))
    entries = [
        (key.strip(), text)
        for key, _, text in (line.partition(": ") for line in workload_yaml(one, origin).splitlines()[1:])
    ]
    before = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    after = with_workload(before, entries)
    case = case_with_text(INPUTS / "small.yaml", after)
    assert case.workload.tokens_per_month is not None
    assert case.workload.tokens_per_month.value == 36.5
    assert case.workload.tokens_per_month.as_of == date(2026, 7, 31)
    changed = set(before.splitlines()) - set(after.splitlines())
    assert all(any(key in line for key, _ in entries) for line in changed)


def shared(name: str) -> Path:
    """Return a public file beside the project; the test is skipped where it is not there."""
    path = (
        Path(os.environ.get("REPORTGEN_PUBLIC_DATA", INPUTS.parent.parent / "shared" / "data" / "public"))
        / name
    )
    if not path.exists():
        pytest.skip(f"{name} is not here; REPORTGEN_PUBLIC_DATA names its folder")
    return path


@pytest.mark.provenance
@pytest.mark.parametrize(
    ("name", "tokens"),
    [("usage/openai-usage-completions-api.json", 1500), ("usage/anthropic-usage-report.shape.json", 5547), ("usage/litellm-daily-activity.shape.json", 1822),
     ("focus/focus_1.0_sample.head120.csv", 0), ("traces/AzureLLMInferenceTrace_conv.head400.csv", 475_055)],
)  # fmt: skip
def test_public_files(name: str, tokens: float) -> None:
    """Files as they are published are read to the last token."""
    path = shared(name)
    assert read_usage([path]).totals.tokens_read == tokens
    with path.open(encoding="utf-8") as text:
        assert path.suffix != ".csv" or sum(1 for _ in csv.reader(text)) - 1 == read_usage([path]).totals.rows


def observation(minute: int, **usage: float) -> str:
    """Write an observation of Langfuse as one line."""
    found = {"startTime": f"2026-09-01T00:{minute:02}:30.5Z", "model": "swift", "usageDetails": usage}
    return json.dumps(found)


def test_lines_of_json_count_by_the_keys_of_each_line(tmp_path: Path) -> None:
    """Two integrations in one file: 100 + 50 cached and 10 out; 80 in, of it 20 cached by its total, 5 + 3 reasoning out."""
    lines = [
        observation(1, input=100, input_cached_tokens=50, output=10, total=160),
        "",
        observation(2, prompt_tokens=80, cached_tokens=20, completion_tokens=5, output_reasoning_tokens=3, total=88),
    ]  # fmt: skip
    path = tmp_path / "observations.jsonl"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    totals = read_usage([path]).totals
    (amounts,) = totals.by_bucket().values()
    assert amounts[:4].tolist() == [230, 70, 0, 18]
    assert (totals.rows, totals.reconciles) == (2, True)


def test_a_line_that_is_cut_off_is_named(tmp_path: Path) -> None:
    """The third line ends in the middle: the message has its number."""
    path = tmp_path / "observations.jsonl"
    path.write_text(f"{observation(1, input=5)}\n{observation(2, input=5)}\n{observation(3, input=5)[:-9]}")
    with pytest.raises(InputError, match=r"observations\.jsonl:3[\s\S]*cut off"):
        read_usage([path])


def test_objects_over_several_lines_are_no_lines(tmp_path: Path) -> None:
    """The same observations, indented one after the other, are read as well."""
    path = tmp_path / "observations.json"
    texts = [json.dumps(json.loads(observation(minute, input=5)), indent=1) for minute in (1, 2)]
    path.write_text("\n".join(texts), encoding="utf-8")
    assert read_usage([path]).totals.tokens_used == 10


def test_a_request_served_from_a_cache_alone_counts(tmp_path: Path) -> None:
    """Its input stands in the cache only."""
    path = tmp_path / "observations.jsonl"
    path.write_text("\n".join([observation(1, input=0, cache_read_input_tokens=40), observation(2, input=0)]))
    assert found(path)[0].totals.tokens_read == 40


@pytest.mark.slow
def test_two_processes_read_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals, months and remarks are the same to the bit, and the first line that is cut off is named."""
    path = tmp_path / "observations.jsonl"
    lines = [
        observation(n % 60, input=n % 97, output=n % 31 + 1, cache_read_input_tokens=n % 7)
        for n in range(9000)
    ]
    path.write_text("\n".join(lines))
    monkeypatch.setattr(sources, "CHUNK", 1 << 16)
    alone, _ = found(path)
    monkeypatch.setattr(read, "SHARED_FROM", 0)
    shared_out, _ = found(path)
    assert alone.totals.rows == 9000
    assert alone.totals.tokens_read == sum(n % 97 + n % 31 + 1 + n % 7 for n in range(9000))
    assert _told(shared_out) == _told(alone)
    lines[8000] = lines[4000] = lines[0][:-2]
    path.write_text("\n".join(lines))
    with pytest.raises(InputError, match=r"observations\.jsonl:4001[\s\S]*cut off"):
        found(path)


def _told(reading: Reading) -> object:
    """Return everything that was read, as plain values."""
    totals = reading.totals
    buckets = {key: amounts.tolist() for key, amounts in totals.buckets.items()}
    return buckets, totals.minutes, totals.widths, totals.first, totals.last, reading.notes
