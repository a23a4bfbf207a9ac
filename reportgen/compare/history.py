"""The editions of a case in sequence, as a workbook's Change log lists them."""

from collections.abc import Mapping
from datetime import date

from reportgen.compare.outcome import Outcome
from reportgen.runtime.records import dataclass


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
        """Create the record of an edition, amounts rounded to 12 significant digits as in every file."""
        full, tco = (
            {key: float(f"{amount:.12g}") for key, amount in amounts.items()}
            for amounts in (outcome.full_cost, outcome.tco)
        )
        return cls(number, day, fingerprint, program, outcome.recommended, full, tco, names)
