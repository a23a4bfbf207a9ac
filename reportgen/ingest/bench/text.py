"""The speed of a replica as YAML of an option, with its source, its day and the latency reached."""

from typing import Any

from reportgen.ingest.bench.choose import Choice
from reportgen.ingest.bench.runs import Run, worst
from reportgen.ingest.usage.text import rounded
from reportgen.schema.loading.yaml_text import number_text, quoted


def option_yaml(choice: Choice) -> str:
    """Return the fields of an option: gpus_per_replica, and replica_tps or the pair of speeds that was fitted."""
    run, lines = choice.run, []
    if run.gpus is not None:
        lines.append(f"gpus_per_replica: {run.gpus:.0f}")
    if choice.prompt_tps is not None and choice.output_tps is not None:
        mixes = "; ".join(f"{one.mix or one.load}: {one.total_tps:,.4g} tokens/s" for one in choice.fitted)
        note = f"Fitted to {len(choice.fitted)} mixes ({mixes}): input over prompt_tps and output over output_tps make a second"
        lines += [
            f"prompt_tps: {_mapping(choice.prompt_tps, run, note)}",
            f"output_tps: {_mapping(choice.output_tps, run, note)}",
        ]
    elif run.total_tps is not None:
        note = f"{run.input_tps:,.6g} input and {run.output_tps:,.6g} output tokens a second; {reached(run)}"
        lines.append(f"replica_tps: {_mapping(run.total_tps, run, note)}")
    else:
        lines.append(
            f"# {run.output_tps:,.6g} output tokens/s: replica_tps is that over the output share of what was measured"
        )
    return "\n".join(lines) + "\n"


def reached(run: Run) -> str:
    """Return the load of a run and the latency that it reached."""
    parts = [part for part in (run.load, run.mix) if part]
    for name, latency in (("first token", run.ttft), ("each token", run.tpot)):
        if found := worst(latency):
            parts.append(f"{name} {found[1]:,.4g} ms ({found[0]})")
    return "; ".join(parts)


def source_of(run: Run) -> str:
    """Return the source of a run's figures."""
    what = ", ".join(part for part in (run.model, run.hardware) if part)
    predicted = "prediction of " if run.is_prediction else ""
    return f"{predicted}{run.format}: {run.file}" + (f" ({what})" if what else "")


def _mapping(value: float, run: Run, note: str) -> str:
    day = f", as_of: {run.date}" if len(run.date) == 10 else ""
    return f"{{value: {number_text(rounded(value))}, unit: tokens/s, source: {quoted(source_of(run))}{day}, note: {quoted(note)}}}"


def record(choice: Choice) -> dict[str, Any]:
    """Return the choice as plain data."""
    run = choice.run
    return {
        "format": run.format, "file": run.file, "model": run.model or None, "hardware": run.hardware or None,
        "gpus_per_replica": run.gpus, "replica_tps": run.total_tps, "input_tps": run.input_tps, "output_only_tps": run.output_tps,
        "prompt_tps": choice.prompt_tps, "output_tps": choice.output_tps, "output_share": run.output_share, "load": run.load or None,
        "ttft_ms": run.ttft, "tpot_ms": run.tpot, "is_prediction": run.is_prediction, "failed_share": run.failed,
        "remarks": choice.remarks, "yaml": option_yaml(choice),
    }  # fmt: skip
