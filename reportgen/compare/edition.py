"""An edition: a case at one point in time, the file it was read from, and its recorded results."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from reportgen.compare.history import Issued
from reportgen.compare.outcome import Outcome
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption, assumptions
from reportgen.schema.case import Case

Form = Literal["case file", "workbook", "results file"]


EvaluateCase = Callable[[Case, Sequence[Mapping[str, float]]], Sequence[Outcome]]
"""Evaluates a case at several points; each point is a full set of values by path."""


@dataclass(frozen=True)
class Edition:
    """One of the two things compared.

    `recorded` is the outcome stored in the file, None where the file was edited since; `program` the version that
    wrote it, None for a case file. `number` is the edition's number; `editions` lists all editions up to this one.
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
        """Return the register by path."""
        return {row.path: row for row in assumptions(self.case)}

    @cached_property
    def values(self) -> dict[str, float]:
        """Return the values of the inputs by path; prices from the book are excluded, their rates included."""
        return {path: row.value for path, row in self.rows.items() if row.is_input}

    @property
    def names(self) -> dict[str, str]:
        """Return each option's short name by its key."""
        return {key: option.short_name for key, option in self.case.options.items()}
