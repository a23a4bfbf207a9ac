"""What the parts of an adoption have in common: who decides conflicts, and where a change came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.adopt.three_way import Side


@dataclass(frozen=True, slots=True)
class Choices:
    """Who wins a conflict, by key, or by "" for all."""

    by_key: Mapping[str, Side]

    def of(self, key: str) -> Side | None:
        """Give who wins the conflict at a key; None where nobody decided."""
        return self.by_key.get(key, self.by_key.get(""))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change came from: the workbook's name, who changed it and the day."""

    book: str
    who: str
    day: str

    @property
    def words(self) -> str:
        """Say it behind a verb: "in acme.xlsx by Finance on 2026-11-24"."""
        return f"in {self.book} by {self.who or 'somebody'} on {self.day}"


def plain(value: object) -> str:
    """Write what was there before, as people do."""
    if value is None:
        return "not stated"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)
