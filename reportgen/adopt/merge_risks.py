"""The three-way merge of the sheets Risks and Runs: names, probabilities, effects and added risks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin, format_value
from reportgen.adopt.reading.effects import (
    EffectChange,
    EffectKey,
    Owner,
    effect_changes,
    owners_by_name,
    spare_risk_rows,
)
from reportgen.adopt.three_way import MergedCell, is_number, merge_cell
from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.risks import Operation, Risk, Scenario
from reportgen.workbook.read import EditedRisk, EditedWorkbook


@dataclass(frozen=True, slots=True)
class RunChange:
    """One change of a risk or price scenario: of an effect, or of its name or probability where `effect` is None."""

    owner: Owner
    effect: EffectKey | None
    merged: MergedCell

    @property
    def taken(self) -> bool:
        """Return whether the change is written into the case."""
        return self.merged.state == "taken"

    @property
    def amount(self) -> float | None:
        """Return the new number; None where an effect is removed."""
        return None if self.merged.theirs is None else float(str(self.merged.theirs))


@dataclass(frozen=True, slots=True)
class RiskMerge:
    """The result of merging the sheets Risks and Runs."""

    changes: tuple[RunChange, ...]
    manual_steps: tuple[str, ...]

    def write(self, text: CaseText, case: Case, origin: Origin) -> None:
        """Write the changes taken into a case file: additions before removals, names last.

        Why: a removal first could leave a run without an effect, and a new name would change the path of its risk.
        """
        today_by_path = _scenarios(case)
        taken = [one for one in self.changes if one.taken]
        for owner in dict.fromkeys(one.owner for one in taken if one.owner.path not in today_by_path):
            own = [one for one in taken if one.owner == owner]
            effects = {(e.path, e.operation): one.amount or 0.0 for one in own if (e := one.effect)}
            probability = next((one.amount for one in own if not one.effect), None)
            text.add_risk(owner.name, owner.id, probability or 0.0, effects, f"Added {origin.phrase}")
        known = [one for one in taken if one.owner.path in today_by_path]
        for one in sorted(
            known, key=lambda one: (_is_name(one), one.amount is None if one.effect else False)
        ):
            _write(text, one, origin)


def merge_risks_and_effects(
    book: EditedWorkbook, issued: Case, today: Case, choices: Choices, renamed_paths: Mapping[str, str]
) -> RiskMerge:
    """Merge the edits of Risks and Runs; `renamed_paths` maps issued paths to those of today's case."""
    today_by_path = _scenarios(today)
    changed, unreadable = effect_changes(book, issued)
    effects = [replace(one, what=one.what.with_renamed_path(renamed_paths)) for one in changed]
    manual_steps, found = list(unreadable), []
    incomplete = _incomplete_risks(book, issued, effects)
    manual_steps += incomplete.values()
    for one in (
        *_merge_register(book, issued, today_by_path, choices),
        *_merge_effects(effects, today_by_path, choices),
    ):
        if one.owner.path in incomplete:
            continue
        if one.owner.path in today_by_path or one.owner.added:
            found.append(one)
        else:
            manual_steps.append(
                f"{one.merged.cell}: {one.merged.description} is {format_value(one.merged.theirs)} there; the case has no {one.owner.path} today."
            )
    emptied = _emptied_runs(found, today_by_path)
    manual_steps += (
        f"Runs: nothing would be left of {today_by_path[path].name}; take it out of the case yourself."
        for path in emptied
    )
    return RiskMerge(
        tuple(one for one in found if not (one.effect and one.owner.path in emptied)), tuple(manual_steps)
    )


def _scenarios(case: Case) -> dict[str, Scenario]:
    """Map the paths of a case's risks and price scenarios to them."""
    return {
        **{f"risks.{risk.id}": risk for risk in case.risks},
        **{f"price_scenarios.{one.id}": one for one in case.price_scenarios},
    }


def _incomplete_risks(book: EditedWorkbook, issued: Case, effects: Iterable[EffectChange]) -> dict[str, str]:
    """Map the path of every partly filled spare row of Risks to a sentence about what is missing."""
    known, found = owners_by_name(book, issued), {}
    effect_keys = {one.what.owner.path for one in effects}
    for name, row in spare_risk_rows(book, issued):
        owner = known[name]
        begun = row.name != name or row.probability.changed or owner.path in effect_keys
        if begun and row.name in (name, ""):
            found[owner.path] = (
                f"{row.cell}: a risk was added without a name; type one over {name} in the workbook."
            )
        elif begun and not is_number(row.probability.now):
            found[owner.path] = (
                f"{row.probability.cell}: the added risk {row.name} has no probability; type a number."
            )
        elif begun and owner.path not in effect_keys:
            found[owner.path] = (
                f"{row.cell}: the added risk {row.name} does nothing; name it on Runs in one of the empty rows, with what it changes."
            )
    return found


def _merge_register(
    book: EditedWorkbook, issued: Case, today_by_path: dict[str, Scenario], choices: Choices
) -> Iterator[RunChange]:
    """Merge the names and probabilities of the risk register."""
    known = owners_by_name(book, issued)
    for risk, row in zip(issued.risks, book.risks, strict=False):
        owner, now = known[risk.name], today_by_path.get(f"risks.{risk.id}")
        if row.name != risk.name:
            path, ours = f"{owner.path}.name", now.name if now else None
            found = merge_cell(
                path,
                "value",
                row.cell,
                risk.name,
                row.name,
                ours,
                choices.side_for(path),
                valid=bool(row.name),
            )
            yield RunChange(owner, None, found)
        if row.probability.changed:
            yield _merge_probability(owner, row, now, row.probability.issued, choices)
    for name, row in spare_risk_rows(book, issued):
        if row.name not in (name, ""):
            yield _merge_probability(known[name], row, today_by_path.get(known[name].path), None, choices)


def _merge_probability(
    owner: Owner, row: EditedRisk, now: Scenario | None, issued: object, choices: Choices
) -> RunChange:
    path, cell = f"{owner.path}.probability", row.probability.cell
    ours = now.probability.value if isinstance(now, Risk) else None
    description = f"{owner.name}: probability"
    found = merge_cell(
        path,
        "value",
        cell,
        issued,
        row.probability.now,
        ours,
        choices.side_for(path),
        description=description,
    )
    return RunChange(owner, None, found)


def _merge_effects(
    effects: Iterable[EffectChange], today_by_path: dict[str, Scenario], choices: Choices
) -> Iterator[RunChange]:
    for one in effects:
        what = one.what
        now = today_by_path.get(what.owner.path)
        ours = _effects_by_key(now).get((what.path, what.operation)) if now else None
        valid = one.now is None or is_number(one.now)
        description = f"{what.owner.name}: {what.operation} {what.path}"
        found = merge_cell(
            what.key,
            "value",
            one.cell,
            one.issued,
            one.now,
            ours,
            choices.side_for(what.key),
            valid=valid,
            description=description,
        )
        yield RunChange(what.owner, what, found)


def _effects_by_key(scenario: Scenario) -> dict[tuple[str, Operation], float]:
    return {(e.assumption, name): amount for e in scenario.effects for name, amount in e.amounts.items()}


def _emptied_runs(found: Iterable[RunChange], today_by_path: dict[str, Scenario]) -> set[str]:
    """Return the paths of the runs that would lose their last effect."""
    left = {path: set(_effects_by_key(scenario)) for path, scenario in today_by_path.items()}
    for one in found:
        if one.taken and one.effect and one.owner.path in left:
            effect_keys = (one.effect.path, one.effect.operation)
            (left[one.owner.path].discard if one.amount is None else left[one.owner.path].add)(effect_keys)
    return {path for path, effects in left.items() if not effects}


def _is_name(one: RunChange) -> bool:
    return one.merged.path == f"{one.owner.path}.name"


def _write(text: CaseText, one: RunChange, origin: Origin) -> None:
    parts, issued = (one.owner.part, one.owner.id), format_value(one.merged.ours)
    if _is_name(one):
        text.rename(parts, str(one.merged.theirs), one.owner.id, f"renamed {origin.phrase}; was {issued}")
    elif one.effect is None:
        note = f"Changed {origin.phrase}; value was {issued}"
        text.set_assumption(one.merged.path, {"value": one.amount or 0.0}, 0.0, note)
    else:
        what, before = one.effect.operation, one.merged.ours
        remark = (
            f"{what} {format_value(one.amount)}: added" if before is None else f"{what} was {issued}: changed"
        )
        text.set_effect(parts, one.effect.path, what, one.amount, f"{remark} {origin.phrase}")
