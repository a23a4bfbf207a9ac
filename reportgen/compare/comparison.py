"""The comparison of two editions: assumptions, structure, results, bridge, and change of recommendation."""

from reportgen.compare.bridge import Bridge, Step, bridge
from reportgen.compare.changes import Change, changes
from reportgen.compare.edition import Edition, EvaluateCase
from reportgen.compare.outcome import Outcome
from reportgen.compare.structure import Structural, structure_changes
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it was read from, its edition, the version that wrote it, and its outcome."""

    name: str
    form: str
    edition: int | None
    program: str | None
    names: dict[str, str]
    outcome: Outcome
    widened: tuple[str, ...] = ()
    """A sentence for each range that a price of the book has left; it was widened for the comparison."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one edition to the next, and what each change did to every option's full cost."""

    currency: str
    old: Side
    new: Side
    changes: tuple[Change, ...]
    structure: tuple[Structural, ...]
    bridge: Bridge

    @property
    def names(self) -> dict[str, str]:
        """Return the short names of all options of both editions, by key."""
        return {**self.old.names, **self.new.names}

    @property
    def flipped(self) -> bool:
        """Return whether another option is recommended now."""
        return self.old.outcome.recommended != self.new.outcome.recommended

    @property
    def decisive_step(self) -> Step | None:
        """Return the step at which the recommendation last changed; None where it did not change overall."""
        return (
            next((step for step in reversed(self.bridge.steps) if step.changes_answer), None)
            if self.flipped
            else None
        )

    @property
    def versions_differ(self) -> bool:
        """Return whether the two were written by different versions of the program."""
        known = {self.old.program, self.new.program} - {None}
        return len(known) > 1

    @property
    def same(self) -> bool:
        """Return whether nothing changed."""
        return not self.changes and not self.structure and not self.bridge.steps


def compare(old: Edition, new: Edition, evaluate: EvaluateCase) -> Comparison:
    """Compare two editions; `evaluate` computes the outcomes of a case at given values."""
    return Comparison(
        new.case.case.currency, _side(old, evaluate), _side(new, evaluate), changes(old, new),
        structure_changes(old.case, new.case), bridge(old, new, evaluate),
    )  # fmt: skip


def _side(edition: Edition, evaluate: EvaluateCase) -> Side:
    outcome = edition.recorded or evaluate(edition.case, [edition.values])[0]
    return Side(
        edition.name,
        edition.form,
        edition.number,
        edition.program,
        edition.names,
        outcome,
        edition.case.widened,
    )
