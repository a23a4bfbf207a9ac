"""Readers of tables of results: MLPerf, and the predictions of NVIDIA's aiconfigurator."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.ingest.bench.runs import Run

AICONFIGURATOR = {"isl", "osl", "ttft", "tpot"}


def runs_of_table(rows: Sequence[Sequence[str]], file: str) -> tuple[str, list[Run]]:
    """Return the format of a table and its runs; "" and none where no format is recognised."""
    header = [name.strip() for name in rows[0]] if rows else []
    plain = [name.lower() for name in header]
    records = (dict(zip(plain, row, strict=False)) for row in rows[1:] if len(row) >= len(header))
    if "benchmark" in plain and "scenario" in plain and any("result" in name for name in plain):
        return "MLPerf Inference", [run for record in records for run in _mlperf(record, file)]
    if set(plain) >= AICONFIGURATOR and {"seq/s", "tokens/s", "tokens/s/gpu"} & set(plain):
        return "NVIDIA aiconfigurator", [run for record in records for run in _aiconfigurator(record, file)]
    return "", []


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None


def _mlperf(record: Mapping[str, str], file: str) -> Iterator[Run]:
    """Read a result of MLPerf: output tokens a second of the whole system; Offline has no limit on latency."""
    result = next(
        (found for key, text in record.items() if "result" in key and (found := _number(text)) is not None),
        None,
    )
    units = record.get("units", "")
    if result is None or "token" not in units.lower():
        return
    gpus = next(
        (found for key in ("total accelerators", "# of accelerators") if (found := _number(record.get(key)))),
        None,
    )
    if gpus is None:
        each, nodes = _number(record.get("accelerators per node")), _number(record.get("# of nodes"))
        gpus = each * nodes if each and nodes else None
    scenario = record.get("scenario", "").strip()
    hardware = next(
        (record[key] for key in record if key.startswith("accelerator (")), record.get("accelerator", "")
    )
    hardware = re.sub(r"\s*\(x\d+\)", "", hardware)
    division = (
        f"{record.get('public id', '').strip()}, {record.get('division/power', '').strip()}, {scenario}"
    )
    yield Run(
        "MLPerf Inference", file, result, None, gpus, record.get("model mlc", "").strip(), hardware, scenario, date="",
        mix=division, remarks=("output tokens of the whole system; the input of its data set is not in the file",),
        latency_free=scenario == "Offline",
    )  # fmt: skip


def _aiconfigurator(record: Mapping[str, str], file: str) -> Iterator[Run]:
    """Read a row of aiconfigurator: a prediction; its tokens a second are output, its sequences a second give both."""
    isl, osl = _number(record.get("isl")), _number(record.get("osl"))
    gpus = (
        _number(record.get("num_total_gpus"))
        or _number(record.get("gpus/worker"))
        or _number(record.get("tp"))
    )
    sequences = _number(record.get("seq/s"))
    output = _number(record.get("tokens/s"))
    if output is None and (per_gpu := _number(record.get("tokens/s/gpu"))) is not None and gpus:
        output = per_gpu * gpus
    if isl is None or not osl or (sequences is None and output is None):
        return
    rate = sequences if sequences is not None else (output or 0.0) / osl
    ttft, tpot = _number(record.get("ttft")), _number(record.get("tpot"))
    yield Run(
        "NVIDIA aiconfigurator", file, rate * osl, rate * isl, gpus, record.get("model", ""), f"{record.get('system', '')} {record.get('backend', '')}".strip(),
        f"concurrency {record.get('concurrency', '')}", {"mean": ttft} if ttft is not None else {}, {"mean": tpot} if tpot is not None else {},
        "", f"{isl:,.0f} tokens in, {osl:,.0f} out", remarks=("a prediction, not a measurement",), is_prediction=True,
    )  # fmt: skip
