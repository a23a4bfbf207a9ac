"""Which run gives the speed of a replica: the highest load that keeps the latency, at the mix nearest to the case's."""

from collections.abc import Sequence
from dataclasses import field

import numpy as np

from reportgen.ingest.bench.runs import Latency, Run, worst
from reportgen.runtime.records import dataclass

SAME_MIX = 0.02
"""Shares of output that differ by less are one mix."""
FIT_ERROR = 0.25
"""The relative error of a fit above which it is said to be poor."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a run: milliseconds to the first token and for each one after it, the case's share of output."""

    ttft: float | None = None
    tpot: float | None = None
    output_share: float | None = None


@dataclass(slots=True)
class Choice:
    """The run that was chosen, the speeds fitted to several mixes (None without them), and what is to be said."""

    run: Run
    prompt_tps: float | None = None
    output_tps: float | None = None
    fitted: tuple[Run, ...] = ()
    remarks: list[str] = field(default_factory=list)


def choose(runs: Sequence[Run], target: Target) -> Choice | None:
    """Return the best run and what it leaves open; None where no run keeps the latency."""
    kept = [run for run in runs if keeps(run.ttft, target.ttft) and keeps(run.tpot, target.tpot)]
    kept = (
        kept if target.ttft is None and target.tpot is None else [run for run in kept if not run.latency_free]
    )
    if not kept:
        return None
    near = _nearest(kept, target.output_share)
    best = max(near, key=_speed_per_gpu)
    out = Choice(best)
    out.remarks += _remarks(best, target, len(runs), len(kept))
    _fit(out, kept)
    return out


def keeps(latency: Latency, limit: float | None) -> bool:
    """Return whether a latency is kept, by the highest percentile that the file has; one without any is not."""
    found = worst(latency)
    return limit is None or (found is not None and found[1] <= limit)


def _speed_per_gpu(run: Run) -> float:
    total = run.total_tps
    return (run.output_tps if total is None else total) / (run.gpus or 1.0)


def _nearest(runs: Sequence[Run], share: float | None) -> list[Run]:
    """Return the runs whose mix is nearest to a share of output."""
    known = [run for run in runs if run.output_share is not None]
    if share is None or not known:
        return list(runs)
    distance = min(abs((run.output_share or 0.0) - share) for run in known)
    return [run for run in known if abs((run.output_share or 0.0) - share) <= distance + 1e-9]


def _remarks(run: Run, target: Target, count: int, kept: int) -> list[str]:
    out = []
    if target.ttft is None and target.tpot is None:
        out.append(
            "no latency target: this is the highest throughput, whatever users wait; give --ttft and --tpot in milliseconds"
        )
    else:
        out.append(f"{kept} of {count} runs keep the latency asked for")
        for name, latency, limit in (
            ("first token", run.ttft, target.ttft),
            ("each token", run.tpot, target.tpot),
        ):
            if limit is not None and (found := worst(latency)) and found[0] != "p99":
                out.append(f"{name}: the file has no p99; its {found[0]} is held against the limit")
    if run.latency_free:
        out.append("Offline has no limit on latency: an interactive service reaches half of it or so")
    if run.failed:
        out.append(f"{run.failed:.1%} of its requests failed and are not counted")
    if target.output_share is not None and run.output_share is not None:
        off = run.output_share - target.output_share
        out.append(
            f"its output is {run.output_share:.3g} of all tokens, the case's {target.output_share:.3g}: {abs(off):.2g} off"
        )
    if run.gpus is None:
        out.append("the file does not say how many GPUs it ran on: give --gpus")
    return out + list(run.remarks)


def _fit(out: Choice, runs: Sequence[Run]) -> None:
    """Fit prompt and output speed to the best run of each mix: the time for input and for output makes a second."""
    best: list[Run] = []
    same = [
        run
        for run in runs
        if (run.gpus, run.model, run.hardware) == (out.run.gpus, out.run.model, out.run.hardware)
    ]
    for run in sorted(same, key=_speed_per_gpu, reverse=True):
        share = run.output_share
        if share is not None and all(abs(share - (one.output_share or 0.0)) > SAME_MIX for one in best):
            best.append(run)
    if len(best) < 2:
        return
    speeds = np.array([[run.input_tps or 0.0, run.output_tps] for run in best])
    times, *_ = np.linalg.lstsq(speeds, np.ones(len(best)), rcond=None)
    if min(times) <= 0:
        out.remarks.append(
            f"{len(best)} mixes allow no fit of prompt and output speed: one of them would be negative"
        )
        return
    if times[0] > times[1]:
        out.remarks.append(
            f"{len(best)} mixes allow no fit: reading would be slower than writing, so they ran under different loads"
        )
        return
    out.prompt_tps, out.output_tps = float(1 / times[0]), float(1 / times[1])
    out.fitted = tuple(best)
    error = float(np.max(np.abs(speeds @ times - 1)))
    if error > FIT_ERROR:
        out.remarks.append(
            f"the fit of prompt and output speed is off by up to {error:.0%}: take it with care"
        )
