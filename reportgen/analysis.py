"""A case analysed: as written, as a model, and what the model says; everything that is written is made from this."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from reportgen import __version__
from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.compare.outcome import Outcome
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import Model, SplitSearch
from reportgen.formula.runs import Run
from reportgen.results.results import Results
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.schedules import used_book

PROGRAM = f"reportgen {__version__}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One case with its model and its results."""

    case: Case
    file: Path
    assumptions: tuple[Assumption, ...]
    """The register: every assumption of the case."""
    inputs: tuple[Assumption, ...]
    """Every input of the workbook: the register, spare risks, the days of rates, weights and scores."""
    model: Model
    runs: tuple[Run, ...]
    base: Evaluation
    """All lines in the base case."""
    results: Results
    fingerprint: str
    split: SplitSearch | None = None
    """The search of the best split; None where nothing is searched or found."""
    history: tuple[Issued, ...] = ()
    """The editions before this one."""
    since: Comparison | None = None
    """What changed since the edition before; None where this is the first, or where no earlier one is named."""

    @property
    def editions(self) -> tuple[Issued, ...]:
        """List every edition, this one last."""
        number = self.history[-1].number + 1 if self.history else 1
        names = {option.key: option.short_name for option in self.results.options}
        day = self.case.case.date
        return (*self.history, Issued.of(number, day, self.fingerprint, PROGRAM, self.outcome, names))

    @property
    def outcome(self) -> Outcome:
        """Give the figures by which editions are compared."""
        options = self.results.options
        full, tco = {o.key: o.full_cost for o in options}, {o.key: o.tco for o in options}
        return Outcome(full, tco, self.results.recommended)

    @property
    def edition(self) -> int:
        """Give the number of this edition."""
        return self.editions[-1].number

    @property
    def title(self) -> str:
        """Give the case's title."""
        return self.case.case.title

    @property
    def values(self) -> Mapping[str, float]:
        """Give every assumption's value by its path."""
        return {row.path: row.value for row in self.assumptions}


def fingerprint(case: Case) -> str:
    """Hash the resolved inputs and the program's version: equal for equal results."""
    book = used_book(case)
    prices = book.model_dump(mode="json") if book else None
    # a case without any of these is what it was before there were any
    left_out: dict[str, bool | dict[str, bool]] = {} if case.actuals else {"actuals": True}
    left_out |= {} if case.finance.accounts else {"finance": {"accounts": True}}
    dumped = case.model_dump(mode="json", exclude=left_out)
    whole = {"program": PROGRAM, "case": dumped, "prices": prices}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
