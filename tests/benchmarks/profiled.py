"""Where each 50 ms of a build goes: processor time by room of the package and by library.

    python -m tests.benchmarks.profiled CASE

A cold build in one process under the profiler, which slows Python down more than libraries: shares are right to a few points.
"""

import cProfile
import json
import pstats
import sys
import sysconfig
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.paths import ROOT

STEP = 0.05
"""Seconds of which one line of the profile is made."""
LIBRARIES = Path(sysconfig.get_path("purelib"))


def place_of(file: str, function: str) -> str:
    """Return the room or the library that a function belongs to."""
    path = Path(file)
    if path.is_relative_to(ROOT / "reportgen"):
        parts = path.relative_to(ROOT / "reportgen").parts
        return f"reportgen/{'/'.join(parts[:2] if len(parts) > 2 else parts[:1])}"
    if path.is_relative_to(LIBRARIES):
        return path.relative_to(LIBRARIES).parts[0].removesuffix(".py")
    if "importlib" in file or "marshal" in function:
        return "imports"
    return "built in" if file == "~" else "standard library"


def main(case: Path) -> None:
    """Profile a build and print the seconds of each place, the largest first."""
    profiler = cProfile.Profile(time.process_time)
    with TemporaryDirectory() as folder:
        profiler.enable()
        from reportgen.pipeline.build import build

        build(case, Path(folder), force=True, progress=lambda *_: None)
        profiler.disable()
    seconds: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        if file != "~":
            seconds[place_of(file, function)] += own
            continue
        for (caller, _, name), (_, _, part, _) in callers.items():  # what is built in counts for its caller
            seconds[place_of(caller, name)] += part
    print(json.dumps({place: round(found, 3) for place, found in seconds.most_common() if found >= STEP / 2}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
