"""The effects on a workbook's Runs sheet: their risk or price scenario, and how they differ from those issued."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal, cast

from reportgen.adopt.three_way import is_number
from reportgen.binding.outline import outline_of
from reportgen.formula.runs import Effect, Run
from reportgen.model.outline import spare_risks
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.field_types import slug
from reportgen.schema.risks import OPERATIONS, Operation
from reportgen.workbook.read import EditedEffect, EditedRisk, EditedWorkbook

REASONS = {
    "base": "the base case has no effects; change the assumption itself",
    "tornado": "the program makes this run out of a low and a high; change those on Inputs",
    "ladder": "the program makes this run out of break_even; change its low, high or points in the case",
    "bridge": "the program makes this run for the bridge out of the assumptions; the case has no place for it",
}
"""Why an effect cannot be written into the case, by the purpose of its run."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A risk or price scenario of the case, or a risk that was added in a spare row."""

    part: Literal["risks", "price_scenarios"]
    id: str
    name: str
    added: bool = False

    @property
    def path(self) -> str:
        """Return the path of the risk or price scenario."""
        return f"{self.part}.{self.id}"


@dataclass(frozen=True, slots=True)
class EffectKey:
    """The identity of an effect: its risk or price scenario, the path of an assumption, and an operation."""

    owner: Owner
    path: str
    operation: Operation

    @property
    def key(self) -> str:
        """Return the key by which the user decides a conflict."""
        return f"{self.owner.path}.effects.{self.path}.{self.operation}"

    def with_renamed_path(self, renamed_paths: Mapping[str, str]) -> "EffectKey":
        """Return the same effect with the current path of its assumption."""
        return EffectKey(self.owner, renamed_paths.get(self.path, self.path), self.operation)


@dataclass(frozen=True, slots=True)
class EffectChange:
    """An effect whose amount was changed, or that was added (`issued` is None) or removed (`now` is None)."""

    what: EffectKey
    cell: str
    issued: float | None
    now: float | None


@dataclass(slots=True)
class _EffectRows:
    """The classified rows of Runs: effects as issued, effects now, and rows that cannot be merged."""

    issued: dict[EffectKey, float] = field(default_factory=dict)
    cells: dict[EffectKey, str] = field(default_factory=dict)
    now: dict[EffectKey, list[EditedEffect]] = field(default_factory=dict)
    rejected: set[EffectKey | None] = field(default_factory=set)
    manual_steps: list[str] = field(default_factory=list)

    def reject(self, what: EffectKey | None, cell: str, sentence: str) -> None:
        """Exclude an effect from the merge, with the reason."""
        self.rejected.add(what)
        self.manual_steps.append(f"{cell}: {sentence}")


def owners_by_name(book: EditedWorkbook, issued: Case) -> dict[str, Owner]:
    """Map every name that a row of Runs may use (as issued, or as renamed on Risks) to its risk or scenario."""
    found = {one.name: Owner("price_scenarios", one.id, one.name) for one in issued.price_scenarios}
    for risk, row in zip(issued.risks, book.risks, strict=False):
        found[risk.name] = found[row.name] = Owner("risks", risk.id, row.name or risk.name)
    for name, row in spare_risk_rows(book, issued):
        found[name] = found[row.name] = Owner(
            "risks", slug(row.name) or slug(name), row.name or name, added=True
        )
    return {name: owner for name, owner in found.items() if name}


def spare_risk_rows(book: EditedWorkbook, issued: Case) -> Iterator[tuple[str, EditedRisk]]:
    """Yield each spare row of Risks with its name as issued."""
    rows = book.risks[len(issued.risks) :]
    return zip((risk.name for risk in spare_risks()), rows, strict=False)


def effect_changes(book: EditedWorkbook, issued: Case) -> tuple[tuple[EffectChange, ...], tuple[str, ...]]:
    """Compare the effects of a workbook with those issued; return the changes, and sentences about rows that cannot be merged."""
    known, runs = owners_by_name(book, issued), outline_of(issued, assumptions(issued)).runs
    purposes, effects = {run.name: run.purpose for run in runs}, _EffectRows()
    for row, issued_effect in _rows_with_issued_effects(book, runs):
        _classify_row(effects, row, issued_effect, known, purposes)
    for what, rows in effects.now.items():
        if len(rows) > 1:
            sentence = f"{what.operation} {what.path} stands more than once in {what.owner.name}; keep one."
            effects.reject(what, rows[-1].amount.cell, sentence)
    return tuple(_differences(effects)), tuple(effects.manual_steps)


IssuedEffect = tuple[Run, Effect] | None
"""The run and effect that a row was issued with; None for a spare row."""


def _rows_with_issued_effects(
    book: EditedWorkbook, runs: tuple[Run, ...]
) -> Iterator[tuple[EditedEffect, IssuedEffect]]:
    """Yield each row with its effect as issued: matched by order, or by content where rows were deleted."""
    issued = [(run, e) for run in runs for e in run.effects if e.bound is None and e.link is None]
    rows = [row for row in book.effects if row.amount.issued is not None]
    by_content = {(run.name, str(e.path), str(e.operation)): (run, e) for run, e in issued}
    none_deleted = len(rows) == len(issued)
    for place, row in enumerate(rows):
        yield row, issued[place] if none_deleted else by_content.get((row.run, row.path, row.operation))
    yield from ((row, None) for row in book.effects if row.amount.issued is None)


def _classify_row(
    effects: _EffectRows,
    row: EditedEffect,
    issued_effect: IssuedEffect,
    known: Mapping[str, Owner],
    purposes: Mapping[str, str],
) -> None:
    """Enter one row into the effects as issued, the effects now, or the rejected rows."""
    cell, key = row.amount.cell, None
    if issued_effect and issued_effect[0].name not in known:
        run, effect = issued_effect
        if (row.run, row.path, row.operation) != (
            run.name,
            effect.path,
            effect.operation,
        ) or row.amount.changed:
            effects.reject(
                None, cell, f"{_describe(row)}, was {_format_amount(effect.amount)}: {REASONS[run.purpose]}."
            )
        return
    if issued_effect:
        key = EffectKey(known[issued_effect[0].name], issued_effect[1].path, issued_effect[1].operation)
        effects.issued[key], effects.cells[key] = issued_effect[1].amount, cell
    if row.empty:
        return
    if sentence := _row_fault(row, known, purposes):
        effects.reject(key, cell, sentence)
    else:
        what = EffectKey(known[row.run], row.path, cast("Operation", row.operation.lower()))
        effects.now.setdefault(what, []).append(row)


def _row_fault(row: EditedEffect, known: Mapping[str, Owner], purposes: Mapping[str, str]) -> str:
    """Return why a row cannot be merged; empty where it can."""
    if not row.complete:
        return "a run, an operation, an amount and the key of an assumption make an effect; one is missing."
    if row.operation.lower() not in OPERATIONS:
        return f'"{row.operation}" is no operation; effects set, multiply or add.'
    if not is_number(row.amount.now):
        return f"{_describe(row)}, which is no number."
    if row.run not in known:
        reason = REASONS.get(purposes.get(row.run, ""), f'no risk or price scenario is called "{row.run}"')
        return f"{_describe(row)}: {reason}."
    return ""


def _differences(effects: _EffectRows) -> Iterator[EffectChange]:
    for what in dict.fromkeys((*effects.issued, *effects.now)):
        issued, rows = effects.issued.get(what), effects.now.get(what, [])
        if what in effects.rejected:
            continue
        row = rows[0] if rows else None
        now = float(str(row.amount.now)) if row else None
        if now != issued:
            yield EffectChange(what, row.amount.cell if row else effects.cells[what], issued, now)


def _describe(row: EditedEffect) -> str:
    return f"{row.operation} {row.path} in {row.run} is {_format_amount(row.amount.now)}"


def _format_amount(amount: object) -> str:
    if amount is None:
        return "empty"
    return f"{amount:.10g}" if is_number(amount) else str(amount)
