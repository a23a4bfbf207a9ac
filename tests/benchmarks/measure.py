"""What a piece of work takes: processor time, clock and peak memory of a process of its own."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.paths import ROOT

LEAST, MOST_REPEATS = 0.1, 100
"""Seconds that are measured at once, and how often a piece of work is repeated for that."""
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", **os.environ, "PYTHONPATH": str(ROOT)}
"""As the command line sets it for the program: one thread of linear algebra."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of the processor the first time and at best, seconds on the clock at best, megabytes at the peak."""

    first: float
    processor: float
    clock: float
    memory: float


def best(taken: Sequence[Taken]) -> Taken:
    """Return the least of each figure; the first time is that of the first."""
    return Taken(
        taken[0].first,
        min(one.processor for one in taken),
        min(one.clock for one in taken),
        min(one.memory for one in taken),
    )


def ran(command: Sequence[str], *, fails: tuple[int, ...] = (0,)) -> Taken:
    """Run a command in a process of its own, its children included; RuntimeError where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stderr
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in fails:
        raise RuntimeError(f"{command} ended with {process.returncode}: {errors.decode()[-500:]}")
    processor = used.ru_utime + used.ru_stime
    return Taken(processor, processor, clock, used.ru_maxrss / 1024)


def measured(work: Callable[[], object], times: int) -> Taken:
    """Do a piece of work several times in this process, a short one often each time; children count for it."""
    first, _ = _seconds(work, 1)
    repeats = max(1, min(MOST_REPEATS, round(LEAST / max(first, LEAST / MOST_REPEATS))))
    found = [_seconds(work, repeats) for _ in range(times)]
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Taken(first, min(one for one, _ in found), min(one for _, one in found), max(peaks) / 1024)


def _seconds(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the seconds of the processor and on the clock of one of several repetitions."""
    processor, clock = _processor(), time.perf_counter()
    for _ in range(repeats):
        work()
    return (_processor() - processor) / repeats, (time.perf_counter() - clock) / repeats


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def in_process(module: str, *arguments: str) -> Taken:
    """Run a module of the benchmarks in a process of its own, which prints what it took."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True,
        env=ENVIRONMENT,
    )  # fmt: skip
    return Taken(**json.loads(done.stdout.splitlines()[-1]))


def printed(taken: Taken) -> None:
    """Print what was taken, for the process that started this one."""
    print(json.dumps(asdict(taken)))


def files_of(folder: Path, ending: str) -> list[Path]:
    """Return the files of a folder with an ending, in order."""
    return sorted(folder.glob(f"*{ending}"))
