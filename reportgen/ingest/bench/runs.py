"""One run of a benchmark in one form, whatever the format."""

from dataclasses import field
from math import isnan
from typing import Any

from reportgen.runtime.records import dataclass

MILLISECONDS = 1000.0
Latency = dict[str, float]
"""Milliseconds by what they are of the requests: mean, p50, p90, p95, p99."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run: tokens a second of all its GPUs together, its mix, its load, and the latency reached in milliseconds.

    `input_tps` is None where the file counts output alone; `gpus` is None where it does not say.
    """

    format: str
    file: str
    output_tps: float
    input_tps: float | None
    gpus: float | None
    model: str = ""
    hardware: str = ""
    load: str = ""
    ttft: Latency = field(default_factory=dict)
    tpot: Latency = field(default_factory=dict)
    date: str = ""
    mix: str = ""
    failed: float = 0.0
    """The share of requests that failed."""
    remarks: tuple[str, ...] = ()
    is_prediction: bool = False
    latency_free: bool = False
    """Whether it ran without any limit on latency, as an offline scenario does."""

    @property
    def total_tps(self) -> float | None:
        """Return tokens a second, input and output; None where input is not counted."""
        return None if self.input_tps is None else self.input_tps + self.output_tps

    @property
    def output_share(self) -> float | None:
        """Return the share of output among its tokens."""
        total = self.total_tps
        return self.output_tps / total if total else None

    def per_replica(self, gpus: float | None) -> "Run":
        """Return the run with the GPUs that the user states, where the file has none."""
        return self if gpus is None or self.gpus is not None else _with_gpus(self, gpus)


def _with_gpus(run: Run, gpus: float) -> Run:
    from dataclasses import replace

    return replace(run, gpus=gpus)


def worst(latency: Latency) -> tuple[str, float] | None:
    """Return the highest percentile that a file has, p99 first, and its milliseconds."""
    for name in ("p99", "p95", "p90", "mean", "p50"):
        if name in latency:
            return name, latency[name]
    return None


def number(value: Any) -> float | None:
    """Return a number; None for anything else, not-a-number included."""
    if isinstance(value, bool) or not isinstance(value, int | float) or isnan(value):
        return None
    return float(value)
