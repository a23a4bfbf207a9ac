"""An edition: a case as it stood, where it was read from, and what it came to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from reportgen.compare.history import Issued
from reportgen.compare.outcome import Outcome
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case

Form = Literal["case file", "workbook", "results file"]


Costs = Callable[[Case, Sequence[Mapping[str, float]]], Sequence[Outcome]]
"""Works a case out at several points, each of them a set of values by path in place of the case's own."""


@dataclass(frozen=True)
class Edition:
    """One of the two things compared.

    `recorded` is what it says of itself, where it was not edited since; `program` the version that wrote it
    (None: a case file, which nobody has built). `number` counts editions,
    of which `editions` lists all up to this one.
    """

    name: str
    form: Form
    case: Case
    program: str | None = None
    recorded: Outcome | None = None
    number: int | None = None
    editions: tuple[Issued, ...] = ()

    @cached_property
    def rows(self) -> dict[str, Assumption]:
        """Give the register by path."""
        return {row.path: row for row in assumptions(self.case)}

    @cached_property
    def values(self) -> dict[str, float]:
        """Give the inputs by path; a price out of the book is none: its rates are."""
        return {path: row.value for path, row in self.rows.items() if not row.from_price_book}

    @property
    def names(self) -> dict[str, str]:
        """Give each option's short name by its key."""
        return {key: option.short_name for key, option in self.case.options.items()}
