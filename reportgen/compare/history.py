"""The editions of a case, one after the other: what a workbook's Change log carries on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reportgen.compare.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Issued:
    """One edition as it was issued; `recommended` and the keys of `full_cost` are keys of options."""

    number: int
    day: date
    fingerprint: str
    program: str
    recommended: str | None
    full_cost: Mapping[str, float]
    tco: Mapping[str, float]
    names: Mapping[str, str]
    """Each option's short name by its key."""

    @classmethod
    def of(
        cls,
        number: int,
        day: date,
        fingerprint: str,
        program: str,
        outcome: Outcome,
        names: Mapping[str, str],
    ) -> "Issued":
        """Note an edition; amounts with the digits that every file keeps."""
        full, tco = (
            {key: float(f"{amount:.12g}") for key, amount in amounts.items()}
            for amounts in (outcome.full_cost, outcome.tco)
        )
        return cls(number, day, fingerprint, program, outcome.recommended, full, tco, names)
