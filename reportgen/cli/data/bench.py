"""`reportgen bench`: benchmark results as the speed of a replica."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.console import print_error, print_status
from reportgen.cli.exit_status import FINDINGS
from reportgen.cli.output import AsJson, Quiet, print_json

Files = Annotated[
    list[Path], typer.Argument(help="Result files of benchmarks, JSON or CSV.", show_default=False)
]
FirstToken = Annotated[
    float | None,
    typer.Option("--ttft", min=0, help="The most milliseconds to the first token.", show_default=False),
]
EachToken = Annotated[
    float | None,
    typer.Option("--tpot", min=0, help="The most milliseconds for each token after it.", show_default=False),
]
Gpus = Annotated[
    float | None,
    typer.Option(
        "--gpus", min=1, help="The GPUs of the replica, where the file does not say.", show_default=False
    ),
]
OutputShare = Annotated[
    float | None,
    typer.Option(
        "--output-share",
        min=0,
        max=1,
        help="The case's share of output: the nearest mix is taken.",
        show_default=False,
    ),
]
Match = Annotated[
    str,
    typer.Option("--match", help="Words that all stand in a run's model or hardware.", show_default=False),
]


def bench(
    files: Files, ttft: FirstToken = None, tpot: EachToken = None, gpus: Gpus = None, output_share: OutputShare = None,
    match: Match = "", as_json: AsJson = False, quiet: Quiet = False,
) -> None:  # fmt: skip
    """Print the speed of a replica that benchmark results show, as fields of an option.

    The highest load that keeps the latency asked for counts, by p99 where the file has it. Formats: vLLM bench serve,
    GuideLLM, AIPerf, GenAI-Perf, inference-perf, InferenceX, MLPerf, NVIDIA aiconfigurator. Exit 3 where no run keeps it.

    \b
    reportgen bench vllm-*.json --gpus 8 --ttft 2000 --tpot 50
    reportgen bench inferencex.json --match h200 --output-share 0.15
    """
    from reportgen.ingest.bench.choose import Target, choose
    from reportgen.ingest.bench.read import read_runs
    from reportgen.ingest.bench.text import option_yaml, reached, record, source_of

    words = match.lower().split()
    runs = [
        run
        for run in read_runs(files)
        if all(word in f"{run.model} {run.hardware} {run.file}".lower() for word in words)
    ]
    found = choose([run.per_replica(gpus) for run in runs], Target(ttft, tpot, output_share))
    if found is None:
        _print_none(len(runs), as_json=as_json)
        raise typer.Exit(FINDINGS)
    if as_json:
        print_json("bench", {**record(found), "runs": len(runs)})
    else:
        typer.echo(option_yaml(found), nl=False)
    if not quiet:
        print_status(f"  ✓ {source_of(found.run)}: {reached(found.run)}")
        for remark in found.remarks:
            print_status(f"  ! {remark}")


def _print_none(count: int, *, as_json: bool) -> None:
    """Say that no run is left."""
    sentence = f"None of {count} runs keeps the latency asked for." if count else "No run has these words."
    if as_json:
        print_json("bench", None, [{"severity": "error", "code": "bench.latency", "message": sentence}])
    else:
        print_error(sentence)
