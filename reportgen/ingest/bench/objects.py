"""Readers of JSON results: vLLM, GuideLLM, AIPerf and GenAI-Perf, inference-perf, InferenceX."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportgen.ingest.bench.runs import MILLISECONDS, Latency, Run, number

Json = Mapping[str, Any]
STATISTICS = {
    "mean": "mean",
    "avg": "mean",
    "median": "p50",
    "p50": "p50",
    "p90": "p90",
    "p95": "p95",
    "p99": "p99",
}


def runs_of(data: Any, file: str) -> tuple[str, list[Run]]:
    """Return the format of JSON data and its runs; "" and none where no format is recognised."""
    items = data if isinstance(data, list) else [data]
    for name, recognises, reader in FORMATS:
        if items and isinstance(items[0], dict) and recognises(items[0]):
            return name, [
                run
                for item in items
                if isinstance(item, dict) and recognises(item)
                for run in reader(item, file)
            ]
    if isinstance(data, dict):
        for value in data.values():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                found = runs_of(value, file)
                if found[1]:
                    return found
    return "", []


def _path(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _statistics(data: Any, scale: float) -> Latency:
    """Return the mean and percentiles of a mapping, in milliseconds."""
    if not isinstance(data, Mapping):
        return {}
    every = (
        {**data, **(data.get("percentiles") or {})} if isinstance(data.get("percentiles"), Mapping) else data
    )
    return {
        STATISTICS[key]: value * scale for key in STATISTICS if (value := number(every.get(key))) is not None
    }


def _named(data: Json, name: str) -> Latency:
    """Return statistics that stand as keys such as p99_ttft_ms (milliseconds) or p99_ttft (seconds)."""
    out: Latency = {}
    for key, known in STATISTICS.items():
        for suffix, scale in (("_ms", 1.0), ("", MILLISECONDS)):
            if (value := number(data.get(f"{key}_{name}{suffix}"))) is not None:
                out.setdefault(known, value * scale)
    return out


def _vllm(data: Json, file: str) -> Iterator[Run]:
    """Read a result of `vllm bench serve`: tokens over the duration, computed; milliseconds or seconds by the key."""
    seconds = number(data["duration"]) or 0.0
    if seconds <= 0:
        return
    completed, asked = number(data.get("completed")), number(data.get("num_prompts"))
    failed = 1 - completed / asked if completed is not None and asked else 0.0
    gpus = next(
        (g for key in ("num_gpus", "tensor_parallel_size", "tp") if (g := number(data.get(key)))), None
    )
    load = data.get("max_concurrency") or data.get("request_rate")
    yield Run(
        "vLLM bench serve", file, float(data["total_output_tokens"]) / seconds, float(data["total_input_tokens"]) / seconds, gpus,
        str(data.get("model_id", "")), "", f"concurrency {load}" if data.get("max_concurrency") else f"{load} requests a second",
        _named(data, "ttft"), _named(data, "tpot"), _day(str(data.get("date", ""))), _lengths(data, completed), max(failed, 0.0),
    )  # fmt: skip


def _lengths(data: Json, completed: float | None) -> str:
    if not completed:
        return ""
    return f"{data['total_input_tokens'] / completed:,.0f} tokens in, {data['total_output_tokens'] / completed:,.0f} out"


def _day(text: str) -> str:
    digits = text[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.isdigit() and len(digits) == 8 else text[:10]


def _guidellm(data: Json, file: str) -> Iterator[Run]:
    """Read a report of GuideLLM: successful requests alone, the others told as a share."""
    for one in data["benchmarks"]:
        metrics = one.get("metrics", {})
        rate = number(_path(metrics, "requests_per_second", "successful", "mean")) or 0.0
        lengths = [
            number(_path(metrics, f"{kind}_token_count", "successful", "mean")) or 0.0
            for kind in ("prompt", "output")
        ]
        totals = one.get("request_totals") or metrics.get("request_totals") or {}
        done, every = number(totals.get("successful")), number(totals.get("total"))
        ttft = _statistics(_path(metrics, "time_to_first_token_ms", "successful"), 1.0)
        tpot = _statistics(
            _path(metrics, "inter_token_latency_ms", "successful")
            or _path(metrics, "time_per_output_token_ms", "successful"),
            1.0,
        )
        concurrency = number(_path(metrics, "request_concurrency", "successful", "mean"))
        model = str(_path(one, "benchmarker", "backend", "model") or _path(data, "args", "model") or "")
        yield Run(
            "GuideLLM", file, rate * lengths[1], rate * lengths[0], None, model, "", f"concurrency {concurrency:,.4g}" if concurrency else "",
            ttft, tpot, "", f"{lengths[0]:,.0f} tokens in, {lengths[1]:,.0f} out", 1 - done / every if done is not None and every else 0.0,
        )  # fmt: skip


def _aiperf(data: Json, file: str) -> Iterator[Run]:
    """Read a profile of AIPerf or GenAI-Perf: requests a second times the mean lengths."""
    found = data.get("records") or data
    rate = number(_path(found, "request_throughput", "avg")) or 0.0
    lengths = [
        number(_path(found, key, "avg")) or 0.0 for key in ("input_sequence_length", "output_sequence_length")
    ]
    output = number(_path(found, "output_token_throughput", "avg")) or rate * lengths[1]
    unit = str(_path(found, "time_to_first_token", "unit") or "ms")
    scale = {"ms": 1.0, "s": MILLISECONDS, "sec": MILLISECONDS, "us": 0.001, "ns": 1e-6}.get(unit, 1.0)
    config = data.get("input_config") or {}
    load = _path(config, "perf_analyzer", "stimulus", "concurrency") or _path(
        config, "loadgen", "concurrency"
    )
    names = _path(config, "model_names") or _path(config, "endpoint", "model_names") or []
    errors, done = (
        number(_path(found, "error_request_count", "avg")) or 0.0,
        number(_path(found, "request_count", "avg")) or 0.0,
    )
    yield Run(
        "AIPerf or GenAI-Perf", file, output, rate * lengths[0], None, ", ".join(names), "", f"concurrency {load}" if load else "",
        _statistics(_path(found, "time_to_first_token"), scale), _statistics(_path(found, "inter_token_latency"), scale), "",
        f"{lengths[0]:,.0f} tokens in, {lengths[1]:,.0f} out", errors / (errors + done) if errors else 0.0,
    )  # fmt: skip


def _inference_perf(data: Json, file: str) -> Iterator[Run]:
    """Read a report of inference-perf: successes alone; its latencies are in seconds."""
    good = data["successes"]
    speed, latency = good.get("throughput") or {}, good.get("latency") or {}
    bad = number(_path(data, "failures", "count")) or 0.0
    done = number(good.get("count")) or 0.0
    rate = number(_path(data, "load_summary", "achieved_rate")) or number(
        _path(data, "load_summary", "requested_rate")
    )
    yield Run(
        "inference-perf", file, number(speed.get("output_tokens_per_sec")) or 0.0, number(speed.get("input_tokens_per_sec")) or 0.0, None,
        "", "", f"{rate:,.4g} requests a second" if rate else "", _statistics(latency.get("time_to_first_token"), MILLISECONDS),
        _statistics(latency.get("time_per_output_token") or latency.get("inter_token_latency"), MILLISECONDS), "", "", bad / (bad + done) if bad else 0.0,
    )  # fmt: skip


def _inferencex(row: Json, file: str) -> Iterator[Run]:
    """Read a row of InferenceX: throughput is per GPU; a server that is not split lists its GPUs twice."""
    hardware, model = str(row.get("hardware") or row.get("hw") or ""), str(row.get("model", ""))
    head = ("InferenceX", file)
    if agentic := row.get("request_metrics"):
        speed = agentic["throughput"]
        gpus = number(row.get("num_gpus")) or number(row.get("tp"))
        done, every = number(row.get("num_requests_successful")), number(row.get("num_requests_total"))
        hit = number(_path(row, "server_metrics", "cache", "gpu_cache_hit_rate"))
        cached = f"; {hit:.0%} of input was found in the prefix cache" if hit else ""
        remark = f"agentic row: its own mix ({row.get('scenario_type', '')}){cached}"
        yield Run(
            *head, speed["output"]["tokens_per_second"], speed["input"]["tokens_per_second"], gpus, model, hardware, f"concurrency {row.get('conc')}",
            date=str(row.get("date", "")), failed=1 - done / every if done is not None and every else 0.0, remarks=(remark,),
        )  # fmt: skip
        return
    metrics = row["metrics"]
    gpus = _inferencex_gpus(row)
    per_gpu = float(metrics["tput_per_gpu"])
    lengths = number(row.get("isl")) or 0.0, number(row.get("osl")) or 0.0
    output = number(metrics.get("output_tput_per_gpu"))
    if output is None:
        output = per_gpu * lengths[1] / sum(lengths)
    yield Run(
        *head, output * gpus, (per_gpu - output) * gpus, gpus, model, f"{hardware}, {row.get('framework', '')} {row.get('precision', '')}".strip(", "),
        f"concurrency {row.get('conc')}", _named(metrics, "ttft"), _named(metrics, "tpot"), str(row.get("date", "")),
        f"{lengths[0]:,.0f} tokens in, {lengths[1]:,.0f} out",
    )  # fmt: skip


def _inferencex_gpus(row: Json) -> float:
    """Return the GPUs of a row: prefill and decode where they are apart, one of the two where they are the same."""
    prefill, decode = number(row.get("num_prefill_gpu")), number(row.get("num_decode_gpu"))
    if row.get("disagg") and prefill and decode:
        return prefill + decode
    return (
        decode or number(row.get("num_gpus")) or number(row.get("decode_tp")) or number(row.get("tp")) or 1.0
    )


FORMATS: tuple[tuple[str, Callable[[Json], bool], Callable[[Json, str], Iterator[Run]]], ...] = (
    ("vLLM bench serve", lambda one: {"duration", "total_input_tokens", "total_output_tokens"} <= one.keys(), _vllm),
    ("GuideLLM", lambda one: isinstance(one.get("benchmarks"), list) and "metrics" in (one["benchmarks"] or [{}])[0], _guidellm),
    ("AIPerf or GenAI-Perf", lambda one: "request_throughput" in (one.get("records") or one) and "time_to_first_token" in (one.get("records") or one) and isinstance((one.get("records") or one)["request_throughput"], dict), _aiperf),
    ("inference-perf", lambda one: isinstance(one.get("successes"), dict) and "load_summary" in one, _inference_perf),
    ("InferenceX", lambda one: "tput_per_gpu" in (one.get("metrics") or {}) or "throughput" in (one.get("request_metrics") or {}), _inferencex),
)  # fmt: skip
