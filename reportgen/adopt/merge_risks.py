"""What was typed into Risks and Runs: names, probabilities, effects and added risks, merged into the case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin, plain
from reportgen.adopt.read_effects import Moved, Owner, What, moved_effects, owners, spares
from reportgen.adopt.three_way import Merged, is_number, merged
from reportgen.schema.case import Case
from reportgen.schema.risks import Operation, Risk, Scenario
from reportgen.workbook.read import EditedRisk, Returned


@dataclass(frozen=True, slots=True)
class RunChange:
    """One change of a risk or price scenario: of an effect, or (None) of what stands on Risks."""

    owner: Owner
    effect: What | None
    merged: Merged

    @property
    def taken(self) -> bool:
        """Say whether it goes into the case."""
        return self.merged.state == "taken"

    @property
    def amount(self) -> float | None:
        """Give what it becomes; None where an effect is taken out."""
        return None if self.merged.theirs is None else float(str(self.merged.theirs))


@dataclass(frozen=True, slots=True)
class RunsBack:
    """What became of everything typed into Risks and Runs."""

    changes: tuple[RunChange, ...]
    by_hand: tuple[str, ...]

    def write(self, text: CaseText, case: Case, origin: Origin) -> None:
        """Write what was taken into a case file: what comes before what goes, names last."""
        there = _scenarios(case)
        taken = [one for one in self.changes if one.taken]
        for owner in dict.fromkeys(one.owner for one in taken if one.owner.path not in there):
            own = [one for one in taken if one.owner == owner]
            effects = {(e.path, e.operation): one.amount or 0.0 for one in own if (e := one.effect)}
            chance = next((one.amount for one in own if not one.effect), None)
            text.add_risk(owner.name, owner.id, chance or 0.0, effects, f"Added {origin.words}")
        known = [one for one in taken if one.owner.path in there]
        for one in sorted(
            known, key=lambda one: (_is_name(one), one.amount is None if one.effect else False)
        ):
            _write(text, one, origin)


def merge_runs(
    book: Returned, issued: Case, today: Case, choices: Choices, renamed: Mapping[str, str]
) -> RunsBack:
    """Merge what was typed into Risks and Runs three ways; `renamed` has the paths that are others in the case today."""
    there = _scenarios(today)
    moved, by_hand = moved_effects(book, issued)
    effects = [replace(one, what=one.what.at(renamed)) for one in moved]
    said, found = list(by_hand), []
    lost = _unnamed(book, issued, effects)
    said += lost.values()
    for one in (*_register(book, issued, there, choices), *_effects(effects, there, choices)):
        if one.owner.path in lost:
            continue
        if one.owner.path in there or one.owner.added:
            found.append(one)
        else:
            said.append(
                f"{one.merged.cell}: {one.merged.words} is {plain(one.merged.theirs)} there; the case has no {one.owner.path} today."
            )
    emptied = _emptied(found, there)
    said += (
        f"Runs: nothing would be left of {there[path].name}; take it out of the case yourself."
        for path in emptied
    )
    return RunsBack(
        tuple(one for one in found if not (one.effect and one.owner.path in emptied)), tuple(said)
    )


def _scenarios(case: Case) -> dict[str, Scenario]:
    """List the risks and price scenarios of a case by their paths."""
    return {
        **{f"risks.{risk.id}": risk for risk in case.risks},
        **{f"price_scenarios.{one.id}": one for one in case.price_scenarios},
    }


def _unnamed(book: Returned, issued: Case, effects: Iterable[Moved]) -> dict[str, str]:
    """Say, by path, what is missing from rows of Risks that somebody began to fill."""
    known, found = owners(book, issued), {}
    does = {one.what.owner.path for one in effects}
    for name, row in spares(book, issued):
        owner = known[name]
        begun = row.name != name or row.probability.changed or owner.path in does
        if begun and row.name in (name, ""):
            found[owner.path] = (
                f"{row.cell}: a risk was added without a name; type one over {name} in the workbook."
            )
        elif begun and not is_number(row.probability.now):
            found[owner.path] = (
                f"{row.probability.cell}: the added risk {row.name} has no probability; type a number."
            )
        elif begun and owner.path not in does:
            found[owner.path] = (
                f"{row.cell}: the added risk {row.name} does nothing; name it on Runs in one of the empty rows, with what it changes."
            )
    return found


def _register(
    book: Returned, issued: Case, there: dict[str, Scenario], choices: Choices
) -> Iterator[RunChange]:
    """Merge names and probabilities."""
    known = owners(book, issued)
    for risk, row in zip(issued.risks, book.risks, strict=False):
        owner, now = known[risk.name], there.get(f"risks.{risk.id}")
        if row.name != risk.name:
            path, ours = f"{owner.path}.name", now.name if now else None
            whole = merged(
                path, "value", row.cell, risk.name, row.name, ours, choices.of(path), fits=bool(row.name)
            )
            yield RunChange(owner, None, whole)
        if row.probability.changed:
            yield _chance(owner, row, now, row.probability.issued, choices)
    for name, row in spares(book, issued):
        if row.name not in (name, ""):
            yield _chance(known[name], row, there.get(known[name].path), None, choices)


def _chance(
    owner: Owner, row: EditedRisk, now: Scenario | None, issued: object, choices: Choices
) -> RunChange:
    path, cell = f"{owner.path}.probability", row.probability.cell
    ours = now.probability.value if isinstance(now, Risk) else None
    words = f"{owner.name}: probability"
    found = merged(path, "value", cell, issued, row.probability.now, ours, choices.of(path), words=words)
    return RunChange(owner, None, found)


def _effects(effects: Iterable[Moved], there: dict[str, Scenario], choices: Choices) -> Iterator[RunChange]:
    for one in effects:
        what = one.what
        now = there.get(what.owner.path)
        ours = _does(now).get((what.path, what.operation)) if now else None
        fits = one.now is None or is_number(one.now)
        words = f"{what.owner.name}: {what.operation} {what.path}"
        found = merged(
            what.key,
            "value",
            one.cell,
            one.issued,
            one.now,
            ours,
            choices.of(what.key),
            fits=fits,
            words=words,
        )
        yield RunChange(what.owner, what, found)


def _does(scenario: Scenario) -> dict[tuple[str, Operation], float]:
    return {(e.assumption, name): amount for e in scenario.effects for name, amount in e.amounts.items()}


def _emptied(found: Iterable[RunChange], there: dict[str, Scenario]) -> set[str]:
    """List the runs of which no effect would be left."""
    left = {path: set(_does(scenario)) for path, scenario in there.items()}
    for one in found:
        if one.taken and one.effect and one.owner.path in left:
            does = (one.effect.path, one.effect.operation)
            (left[one.owner.path].discard if one.amount is None else left[one.owner.path].add)(does)
    return {path for path, effects in left.items() if not effects}


def _is_name(one: RunChange) -> bool:
    return one.merged.path == f"{one.owner.path}.name"


def _write(text: CaseText, one: RunChange, origin: Origin) -> None:
    parts, issued = (one.owner.part, one.owner.id), plain(one.merged.ours)
    if _is_name(one):
        text.rename(parts, str(one.merged.theirs), one.owner.id, f"renamed {origin.words}; was {issued}")
    elif one.effect is None:
        note = f"Changed {origin.words}; value was {issued}"
        text.change(one.merged.path, {"value": one.amount or 0.0}, 0.0, note)
    else:
        what, before = one.effect.operation, one.merged.ours
        said = f"{what} {plain(one.amount)}: added" if before is None else f"{what} was {issued}: changed"
        text.set_effect(parts, one.effect.path, what, one.amount, f"{said} {origin.words}")
