"""The way from one edition to the other: one change after the other, through cases that all can be worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.compare.changes import qualified_label
from reportgen.compare.edition import Edition
from reportgen.compare.structure import rescheduled_projects, risks_with_changed_effects, structure_changes
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules

STRUCTURE = "structure"
"""The key of the one step that puts the new case's structure in place of the old one's."""

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Substitution:
    """One change along the way: `key` is the path or part it is booked on, `values` what it sets; in the new case or the old."""

    key: str
    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class SubstitutionPlan:
    """The legs: values that both editions have, what went, the structure, what came.

    What only one edition has stands at a value at which it does nothing (`neutral`) while the structure changes: a risk
    at probability 0, a project at confidence 0, a later rate at the rate before it. So each has a leg of its own.
    """

    changed: tuple[Substitution, ...]
    removed: tuple[Substitution, ...]
    structure: Substitution | None
    added: tuple[Substitution, ...]
    neutral: Values

    @property
    def in_old_case(self) -> tuple[Substitution, ...]:
        """List the legs within the old case."""
        return (*self.changed, *self.removed)


def plan_substitutions(old: Edition, new: Edition) -> SubstitutionPlan:
    """Plan the way: changed values in the order of the register, what went, the structure, what came."""
    redefined = _redefined_paths(old.case, new.case)
    shared = {path for path in new.values if path in old.values and path not in redefined}
    changed = [
        Substitution(path, qualified_label(new, new.rows[path]), {path: value})
        for path, value in new.values.items()
        if path in shared and old.values[path] != value
    ]
    sentences = {
        change.part: change.sentence.removesuffix(".") for change in structure_changes(old.case, new.case)
    }
    removed, added = _neutral(old, new, shared), _neutral(new, new, shared)
    return SubstitutionPlan(
        tuple(changed),
        tuple(_substitution(old, sentences, path, value) for path, value in reversed(removed.items())),
        _structure(old, new, {*removed, *added}),
        tuple(_substitution(new, sentences, path, new.values[path]) for path in added),
        added,
    )


def _redefined_paths(old: Case, new: Case) -> set[str]:
    """List the paths that stand in both cases and mean something else in each."""
    risks = {f"risks.{id_}.probability" for id_ in risks_with_changed_effects(old, new)}
    return risks | {f"opportunity.{id_}.confidence" for id_ in rescheduled_projects(old, new)}


def _substitution(edition: Edition, sentences: Mapping[str, str], path: str, value: float) -> Substitution:
    """Make the leg of something that only one edition has, in the words of the change of structure where it is one."""
    part = path.rpartition(".")[0]
    words = sentences.get(part) or sentences.get(f"{part}.effects")
    return Substitution(path, words or qualified_label(edition, edition.rows[path]), {path: value})


def _neutral(edition: Edition, new: Edition, shared: set[str]) -> dict[str, float]:
    """Give the values at which what only this edition has does nothing, in the register's order."""
    found = dict(_switched_off(edition.case)) | dict(_later_rates(edition, new, shared))
    return {path: found[path] for path in edition.values if path in found and path not in shared}


def _switched_off(case: Case) -> Iterator[tuple[str, float]]:
    for project in case.opportunity:
        yield f"opportunity.{project.id}.confidence", 0.0
    for risk in case.risks:
        yield f"risks.{risk.id}.probability", 0.0


def _later_rates(edition: Edition, new: Edition, shared: set[str]) -> Iterator[tuple[str, float]]:
    """Give for each later rate the amount at which nothing changes on its day: that of the last rate that stays."""
    for schedule in schedules(edition.case):
        reference = schedule.rates[0]
        for rate in schedule.rates[1:]:
            if rate.path in shared:
                reference = rate
            elif rate.exchange_rate == reference.exchange_rate:
                yield rate.path, new.values[reference.path] if reference.path in shared else reference.amount


def _structure(old: Edition, new: Edition, own_paths: set[str]) -> Substitution | None:
    """Make the leg on which the old case gives way to the new one; None where they differ in nothing but values."""
    parts = [
        change
        for change in structure_changes(old.case, new.case)
        if not _has_own_substitution(change.part, own_paths)
    ]
    if not parts and not own_paths and old.values.keys() == new.values.keys():
        return None
    label = " ".join(change.sentence for change in parts)
    return Substitution(STRUCTURE, label, {})


def _has_own_substitution(part: str, own_paths: set[str]) -> bool:
    """Say whether a change of structure is a risk or a project, which has a leg of its own."""
    head, _, rest = part.partition(".")
    ending = {"risks": "probability", "opportunity": "confidence"}.get(head)
    return ending is not None and f"{head}.{rest.removesuffix('.effects')}.{ending}" in own_paths
