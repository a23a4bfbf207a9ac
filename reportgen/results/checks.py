"""Checks of the arithmetic, and findings on the inputs."""

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A test of the arithmetic: its name, the sheet it stands on, both sides, and whether they agree."""

    name: str
    sheet: str
    passes: bool
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Advice on an input: what was noticed, where it comes from, and what it costs if it is wrong."""

    kind: str
    option: str | None
    path: str | None
    title: str
    detail: str
    source: str
    cost: float | None
    """Change of the option's full cost if the usual figure were true instead; None: not priced."""
