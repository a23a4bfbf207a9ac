"""Which pairs and which growth are measured, and at what sizes; imports nothing, as the process that starts others must be small.

Why: a process is billed for the memory of the one that it was started from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sized:
    """The size of a pair, its small size, and how often it is done after the first time."""

    full: int
    quick: int
    times: int


PAIRS = {
    "load": Sized(0, 0, 5),
    "analyse": Sized(0, 0, 2),
    "runs": Sized(0, 0, 5),
    "simulation": Sized(10_000, 2_000, 3),
    "simulation of 100,000": Sized(100_000, 20_000, 1),
    "switching values": Sized(0, 0, 2),
    "best split": Sized(0, 0, 3),
    "workbook": Sized(0, 0, 2),
    "results": Sized(0, 0, 5),
    "paper": Sized(0, 0, 1),
    "page": Sized(0, 0, 2),
    "sweep": Sized(10_000, 2_500, 2),
    "unchanged cases": Sized(2_000, 200, 3),
    "batch, one process": Sized(4, 2, 1),
    "batch, two processes": Sized(4, 2, 1),
}
GROWTH = ("months", "options", "risks", "runs", "draws", "workloads", "variants", "cases")
