"""Benchmark files as runs: the format of each is recognised."""

import json
from collections.abc import Sequence
from pathlib import Path

from reportgen.ingest.bench.objects import runs_of
from reportgen.ingest.bench.runs import Run
from reportgen.ingest.bench.tables import runs_of_table
from reportgen.ingest.sources import Source, json_items, refusal, sources, table_rows

FORMATS = "vLLM bench serve, GuideLLM, AIPerf, GenAI-Perf, inference-perf, InferenceX, MLPerf, NVIDIA aiconfigurator"


def read_runs(paths: Sequence[Path]) -> list[Run]:
    """Read the runs of benchmark files.

    Raises:
        InputError: for a file whose format is not recognised, or that is damaged.
    """
    return [run for source in sources(paths) for run in _runs(source)]


def _runs(source: Source) -> list[Run]:
    if source.head().lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        name, found = _json(source)
    else:
        with source.open() as text:
            name, found = runs_of_table(list(table_rows(text)), source.path.name)
    if not found:
        what = (
            f"This {name} file has no run with tokens a second."
            if name
            else f"This is no benchmark result that is known here ({FORMATS})."
        )
        raise refusal(source.name, what)
    return found


def _json(source: Source) -> tuple[str, list[Run]]:
    with source.open() as text:
        content = text.read()
    try:
        data = json.loads(content)
    except json.JSONDecodeError:
        with source.open() as text:
            data = list(json_items(text, source.name, ()))
    try:
        return runs_of(data, source.path.name)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise refusal(
            source.name, f"A result in this file is not as it should be ({type(error).__name__} {error})."
        ) from error


__all__ = ["FORMATS", "read_runs"]
