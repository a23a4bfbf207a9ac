"""Benchmark results as the speed of a replica: totals computed, latency kept, two mixes fitted, each format read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import InputError
from reportgen.ingest.bench.choose import Target, choose
from reportgen.ingest.bench.read import read_runs
from reportgen.ingest.bench.runs import Run
from reportgen.ingest.bench.text import option_yaml

Put = Callable[[str, object], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file: bytes and text as they are, anything else as JSON."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.write_bytes(
            content
            if isinstance(content, bytes)
            else (content if isinstance(content, str) else json.dumps(content)).encode()
        )
        return path

    return write


def vllm(concurrency: int, seconds: float, **more: Any) -> dict[str, Any]:
    """Make a result of 100 requests of 900 tokens in and 100 out."""
    return {
        "date": "20260701-101112", "model_id": "model", "num_prompts": 100, "completed": 100, "duration": seconds, "max_concurrency": concurrency,
        "total_input_tokens": 90_000, "total_output_tokens": 10_000, "median_ttft": 0.2, "p99_ttft": 0.05 * concurrency,
        "p99_tpot_ms": float(concurrency), **more,
    }  # fmt: skip


def test_vllm_totals_and_latency(put: Put) -> None:
    """100,000 tokens in 20, 10 and 5 seconds; 1,000 ms to the first token and 30 ms each are kept up to a concurrency of 20."""
    runs = read_runs([put(f"{c}.json", vllm(c, s)) for c, s in ((10, 20), (20, 10), (40, 5))])
    assert [run.total_tps for run in runs] == pytest.approx([5000, 10_000, 20_000], rel=1e-12)
    every = choose([run.per_replica(8) for run in runs], Target())
    kept = choose([run.per_replica(8) for run in runs], Target(1000, 30))
    assert every is not None
    assert kept is not None
    assert every.run.total_tps == pytest.approx(20_000, rel=1e-12)
    assert any("no latency target" in remark for remark in every.remarks)
    assert kept.run.load == "concurrency 20"
    assert kept.run.ttft == pytest.approx({"p50": 200, "p99": 1000}, rel=1e-12)
    assert "gpus_per_replica: 8\nreplica_tps: {value: 10000, unit: tokens/s" in option_yaml(kept)
    assert choose(runs, Target(tpot=5)) is None


def test_two_mixes_are_fitted() -> None:
    """A replica that reads 10,000 or writes 2,000: at 5,000 in it writes 1,000, at 8,000 in 400."""
    runs = [Run("f", "a", 1000, 5000, 8), Run("f", "b", 400, 8000, 8)]
    found = choose(runs, Target())
    assert found is not None
    assert (found.prompt_tps, found.output_tps) == pytest.approx((10_000, 2000), rel=1e-9)
    assert "prompt_tps: {value: 10000" in option_yaml(found)


def test_the_nearest_mix() -> None:
    """The case's share of output is a fifth: the run at a sixth is nearer than the one at a twentieth."""
    runs = [Run("f", "a", 1000, 5000, 8), Run("f", "b", 400, 7600, 8)]
    found = choose(runs, Target(output_share=0.2))
    assert found is not None
    assert found.run.file == "a"
    assert any("0.033 off" in remark for remark in found.remarks)


GUIDELLM = {"benchmarks": [{
    "metrics": {
        "requests_per_second": {"successful": {"mean": 2.0}}, "prompt_token_count": {"successful": {"mean": 1000}},
        "output_token_count": {"successful": {"mean": 250}}, "request_concurrency": {"successful": {"mean": 8.0}},
        "time_to_first_token_ms": {"successful": {"mean": 90, "percentiles": {"p99": 400}}},
        "inter_token_latency_ms": {"successful": {"mean": 20, "percentiles": {"p99": 31}}},
    },
    "request_totals": {"successful": 90, "errored": 10, "total": 100},
}]}  # fmt: skip
AIPERF = {
    "request_throughput": {"unit": "requests/sec", "avg": 2.0}, "input_sequence_length": {"avg": 1000}, "output_sequence_length": {"avg": 250},
    "output_token_throughput": {"avg": 500.0}, "time_to_first_token": {"unit": "ms", "avg": 90, "p99": 400}, "inter_token_latency": {"unit": "ms", "avg": 20, "p99": 31},
}  # fmt: skip
INFERENCE_PERF = {
    "load_summary": {"count": 100, "achieved_rate": 2.0}, "failures": {"count": 10},
    "successes": {
        "count": 90, "throughput": {"input_tokens_per_sec": 2000.0, "output_tokens_per_sec": 500.0},
        "latency": {"time_to_first_token": {"mean": 0.09, "p99": 0.4}, "time_per_output_token": {"mean": 0.02, "p99": 0.031}},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "data", [GUIDELLM, AIPERF, INFERENCE_PERF], ids=("GuideLLM", "AIPerf", "inference-perf")
)
def test_other_json(put: Put, data: object) -> None:
    """Two requests a second of 1,000 in and 250 out are 2,500 tokens a second; 400 ms and 31 ms are kept by 99 of 100."""
    (run,) = read_runs([put("result.json", data)])
    assert (run.input_tps, run.output_tps) == pytest.approx((2000, 500), rel=1e-12)
    assert (run.ttft["p99"], run.tpot["p99"]) == pytest.approx((400, 31), rel=1e-12)
    assert run.failed == pytest.approx(0 if data is AIPERF else 0.1, abs=1e-12)


def test_inferencex_counts_gpus_once(put: Put) -> None:
    """A server that is not split lists its four GPUs twice; split ones add up."""
    row = {
        "hardware": "h200", "framework": "vllm", "model": "m", "precision": "fp8", "disagg": False, "num_prefill_gpu": 4, "num_decode_gpu": 4,
        "isl": 1024, "osl": 1024, "conc": 8, "metrics": {"tput_per_gpu": 1000.0, "output_tput_per_gpu": 500.0, "p99_ttft": 0.5},
    }  # fmt: skip
    one, two = read_runs([put("rows.json", [row, {**row, "disagg": True}])])
    assert (one.gpus, one.total_tps) == pytest.approx((4, 4000), rel=1e-12)
    assert (two.gpus, two.total_tps) == pytest.approx((8, 8000), rel=1e-12)
    assert one.ttft == {"p99": 500}


def test_mlperf_is_output_of_the_whole_system(put: Put) -> None:
    """UTF-16 with tabs: 80,000 output tokens a second of eight GPUs give no replica_tps, and Offline keeps no latency."""
    head = "Public ID\tAccelerator (click + for details)\tBenchmark\tModel MLC\tScenario\tUnits\tDivision/Power\tTotal Accelerators\tAvg. Result at System Name"
    row = "v6.0-1\tH200\tInference\tllama2-70b\tOffline\tTokens/s\tClosed\t8\t80,000"
    images = "v6.0-1\tH200\tInference\tresnet\tOffline\tSamples/s\tClosed\t8\t900"
    (run,) = read_runs([put("mlperf.csv", f"{head}\n{row}\n{images}\n".encode("utf-16"))])
    assert (run.output_tps, run.input_tps, run.gpus) == (80_000, None, 8)
    found = choose([run], Target())
    assert found is not None
    assert "replica_tps:" not in option_yaml(found)
    assert any("Offline has no limit on latency" in remark for remark in found.remarks)


def test_aiconfigurator_is_a_prediction(put: Put) -> None:
    """Two sequences a second of 1,000 in and 250 out; the source says that nobody measured it."""
    text = "model,isl,osl,concurrency,ttft,tpot,seq/s,tokens/s,num_total_gpus,system,backend\nm,1000,250,16,90,20,2,500,4,h200_sxm,trtllm\n"
    (run,) = read_runs([put("best.csv", text)])
    found = choose([run], Target(100, 25))
    assert found is not None
    assert found.run.total_tps == pytest.approx(2500, rel=1e-12)
    assert 'source: "prediction of NVIDIA aiconfigurator' in option_yaml(found)


@pytest.mark.parametrize(
    "content",
    ["a,b\n1,2\n", "{}", '[{"duration": 0, "total_input_tokens": 1, "total_output_tokens": 1}]'],
    ids=("table", "json", "no time"),
)
def test_what_is_no_result(put: Put, content: str) -> None:
    """A file without a run is refused, with the formats that are known or what it lacks."""
    with pytest.raises(InputError, match=r"no benchmark result|no run"):
        read_runs([put("x.dat", content)])
