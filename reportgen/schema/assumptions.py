"""A case as flat rows: every assumption once, with its path, label, unit, range, source and owner."""

from dataclasses import dataclass
from datetime import date

from reportgen.units import Unit


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a value may be: least <= value <= most, above < value < below; None is no limit."""

    least: float | None = None
    above: float | None = None
    most: float | None = None
    below: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Assumption:
    """One row of the register; `path` is its name everywhere."""

    path: str
    label: str
    group: str
    unit: Unit
    value: float
    low: float | None
    high: float | None
    source: str
    owner: str
    as_of: date | None
    note: str
    given: bool
    reachable: bool
    bounds: Bounds
