"""The effects on a workbook's Runs: whose they are, and what was changed in them, added or taken out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from reportgen.adopt.three_way import is_number
from reportgen.binding.outline import outline_of
from reportgen.formula.runs import Effect, Run
from reportgen.model.outline import spare_risks
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.field_types import slug
from reportgen.schema.risks import OPERATIONS, Operation
from reportgen.workbook.read import EditedEffect, EditedRisk, Returned

REASONS = {
    "base": "the base case has no effects; change the assumption itself",
    "tornado": "the program makes this run out of a low and a high; change those on Inputs",
    "ladder": "the program makes this run out of break_even; change its low, high or points in the case",
    "bridge": "the program makes this run for the bridge out of the assumptions; the case has no place for it",
}
"""Why the case has no place for an effect, by the purpose of its run."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A risk or price scenario of the case, or a risk that was added in a spare row."""

    part: Literal["risks", "price_scenarios"]
    id: str
    name: str
    added: bool = False

    @property
    def path(self) -> str:
        """Name it as paths do."""
        return f"{self.part}.{self.id}"


@dataclass(frozen=True, slots=True)
class What:
    """What an effect does: an operation on an assumption, in a run of the case."""

    owner: Owner
    path: str
    operation: Operation

    @property
    def key(self) -> str:
        """Name it for choices."""
        return f"{self.owner.path}.effects.{self.path}.{self.operation}"

    def at(self, renamed: Mapping[str, str]) -> "What":
        """Give the same on an assumption that is called otherwise by now."""
        return What(self.owner, renamed.get(self.path, self.path), self.operation)


@dataclass(frozen=True, slots=True)
class Moved:
    """An effect whose amount is another, or that came (issued is None) or went (now is None)."""

    what: What
    cell: str
    issued: float | None
    now: float | None


@dataclass(slots=True)
class _Sorted:
    """The rows of Runs as they are gone through: what was there, what is there now, and what nobody can take."""

    before: dict[What, float] = field(default_factory=dict)
    cells: dict[What, str] = field(default_factory=dict)
    now: dict[What, list[EditedEffect]] = field(default_factory=dict)
    held: set[What | None] = field(default_factory=set)
    by_hand: list[str] = field(default_factory=list)

    def hold(self, what: What | None, cell: str, sentence: str) -> None:
        """Leave an effect as it is, and say why."""
        self.held.add(what)
        self.by_hand.append(f"{cell}: {sentence}")


def owners(book: Returned, issued: Case) -> dict[str, Owner]:
    """Name the runs of the case by every name that a row may have: as issued, and as on Risks now."""
    found = {one.name: Owner("price_scenarios", one.id, one.name) for one in issued.price_scenarios}
    for risk, row in zip(issued.risks, book.risks, strict=False):
        found[risk.name] = found[row.name] = Owner("risks", risk.id, row.name or risk.name)
    for name, row in spares(book, issued):
        found[name] = found[row.name] = Owner(
            "risks", slug(row.name) or slug(name), row.name or name, added=True
        )
    return {name: owner for name, owner in found.items() if name}


def spares(book: Returned, issued: Case) -> Iterator[tuple[str, EditedRisk]]:
    """Give each spare row of Risks with the name that it was issued with."""
    rows = book.risks[len(issued.risks) :]
    return zip((risk.name for risk in spare_risks()), rows, strict=False)


def moved_effects(book: Returned, issued: Case) -> tuple[tuple[Moved, ...], tuple[str, ...]]:
    """Compare the effects of a workbook with those that were issued; and say which are to be taken by hand."""
    known, runs = owners(book, issued), outline_of(issued, assumptions(issued)).runs
    purposes, done = {run.name: run.purpose for run in runs}, _Sorted()
    for row, slot in _slots(book, runs):
        _sort(done, row, slot, known, purposes)
    for what, rows in done.now.items():
        if len(rows) > 1:
            sentence = f"{what.operation} {what.path} stands more than once in {what.owner.name}; keep one."
            done.hold(what, rows[-1].amount.cell, sentence)
    return tuple(_differences(done)), tuple(done.by_hand)


Slot = tuple[Run, Effect] | None
"""The effect that a row was issued with; None for a spare row."""


def _slots(book: Returned, runs: tuple[Run, ...]) -> Iterator[tuple[EditedEffect, Slot]]:
    """Give each row with the effect that it was issued with: by order, or by what it says where rows are missing."""
    typed = [(run, e) for run in runs for e in run.effects if e.bound is None and e.link is None]
    rows = [row for row in book.effects if row.amount.issued is not None]
    said = {(run.name, str(e.path), str(e.operation)): (run, e) for run, e in typed}
    whole = len(rows) == len(typed)
    for place, row in enumerate(rows):
        yield row, typed[place] if whole else said.get((row.run, row.path, row.operation))
    yield from ((row, None) for row in book.effects if row.amount.issued is None)


def _sort(
    done: _Sorted, row: EditedEffect, slot: Slot, known: Mapping[str, Owner], purposes: Mapping[str, str]
) -> None:
    """Put one row where it belongs."""
    cell, before = row.amount.cell, None
    if slot and slot[0].name not in known:
        run, effect = slot
        if (row.run, row.path, row.operation) != (
            run.name,
            effect.path,
            effect.operation,
        ) or row.amount.changed:
            done.hold(None, cell, f"{_said(row)}, was {_plain(effect.amount)}: {REASONS[run.purpose]}.")
        return
    if slot:
        before = What(known[slot[0].name], slot[1].path, slot[1].operation)
        done.before[before], done.cells[before] = slot[1].amount, cell
    if row.empty:
        return
    if sentence := _fault(row, known, purposes):
        done.hold(before, cell, sentence)
    else:
        what = What(known[row.run], row.path, cast("Operation", row.operation.lower()))
        done.now.setdefault(what, []).append(row)


def _fault(row: EditedEffect, known: Mapping[str, Owner], purposes: Mapping[str, str]) -> str:
    """Say why nobody can take a row; nothing where the case has a place for it."""
    if not row.whole:
        return "a run, an operation, an amount and the key of an assumption make an effect; one is missing."
    if row.operation.lower() not in OPERATIONS:
        return f'"{row.operation}" is no operation; effects set, multiply or add.'
    if not is_number(row.amount.now):
        return f"{_said(row)}, which is no number."
    if row.run not in known:
        reason = REASONS.get(purposes.get(row.run, ""), f'no risk or price scenario is called "{row.run}"')
        return f"{_said(row)}: {reason}."
    return ""


def _differences(done: _Sorted) -> Iterator[Moved]:
    for what in dict.fromkeys((*done.before, *done.now)):
        issued, rows = done.before.get(what), done.now.get(what, [])
        if what in done.held:
            continue
        row = rows[0] if rows else None
        now = float(str(row.amount.now)) if row else None
        if now != issued:
            yield Moved(what, row.amount.cell if row else done.cells[what], issued, now)


def _said(row: EditedEffect) -> str:
    return f"{row.operation} {row.path} in {row.run} is {_plain(row.amount.now)}"


def _plain(amount: object) -> str:
    if amount is None:
        return "empty"
    return f"{amount:.10g}" if is_number(amount) else str(amount)
