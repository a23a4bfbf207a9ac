"""The order of substitutions that leads from one edition to the other, every intermediate case being valid."""

from collections.abc import Iterator, Mapping

from reportgen.compare.changes import qualified_label
from reportgen.compare.edition import Edition
from reportgen.compare.structure import (
    redefined_obligations,
    rescheduled_projects,
    risks_with_changed_effects,
    structure_changes,
)
from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules

STRUCTURE = "structure"
"""The key of the step that replaces the old case's structure by the new one's."""

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Substitution:
    """A set of values replaced at once; `key` is the path or part of the case that the effect is attributed to."""

    key: str
    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class SubstitutionPlan:
    """The substitutions in order: changed values, removed items, the structure, added items.

    While the structure changes, items of only one edition have a value without effect (`neutral`): a risk has
    probability 0, an obligation amount 0, a project confidence 0, a later rate the rate before it. So each item has its own substitution.
    """

    changed: tuple[Substitution, ...]
    removed: tuple[Substitution, ...]
    structure: Substitution | None
    added: tuple[Substitution, ...]
    neutral: Values

    @property
    def in_old_case(self) -> tuple[Substitution, ...]:
        """List the substitutions that are evaluated in the old case."""
        return (*self.changed, *self.removed)


def plan_substitutions(old: Edition, new: Edition) -> SubstitutionPlan:
    """Plan the substitutions: changed values in the register's order, removed items, the structure, added items."""
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
    """Return the paths that both cases have with different meanings."""
    risks = {f"risks.{id_}.probability" for id_ in risks_with_changed_effects(old, new)}
    owed = {f"obligations.{id_}.amount" for id_ in redefined_obligations(old, new)}
    return risks | owed | {f"opportunity.{id_}.confidence" for id_ in rescheduled_projects(old, new)}


def _substitution(edition: Edition, sentences: Mapping[str, str], path: str, value: float) -> Substitution:
    """Build the substitution of an item of one edition, labelled by its structural change where there is one."""
    part = path.rpartition(".")[0]
    words = sentences.get(part) or sentences.get(f"{part}.effects")
    return Substitution(path, words or qualified_label(edition, edition.rows[path]), {path: value})


def _neutral(edition: Edition, new: Edition, shared: set[str]) -> dict[str, float]:
    """Return the values at which items of only this edition have no effect, in the register's order."""
    found = dict(_switched_off(edition.case)) | dict(_later_rates(edition, new, shared))
    return {path: found[path] for path in edition.values if path in found and path not in shared}


def _switched_off(case: Case) -> Iterator[tuple[str, float]]:
    """Yield the paths of all amounts owed, confidences and probabilities, with the value 0."""
    for obligation in case.obligations:
        yield f"obligations.{obligation.id}.amount", 0.0
    for project in case.opportunity:
        yield f"opportunity.{project.id}.confidence", 0.0
    for risk in case.risks:
        yield f"risks.{risk.id}.probability", 0.0


def _later_rates(edition: Edition, new: Edition, shared: set[str]) -> Iterator[tuple[str, float]]:
    """Return the path of each later rate with the amount of the last shared rate before it, so that nothing changes then."""
    for schedule in schedules(edition.case):
        reference = schedule.rates[0]
        for rate in schedule.rates[1:]:
            if rate.path in shared:
                reference = rate
            elif rate.exchange_rate == reference.exchange_rate:
                yield rate.path, new.values[reference.path] if reference.path in shared else reference.amount


def _structure(old: Edition, new: Edition, own_paths: set[str]) -> Substitution | None:
    """Build the substitution of the structure; None where the cases differ only in values."""
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
    """Return whether a structural change is a risk, an obligation or a project with its own substitution."""
    head, _, rest = part.partition(".")
    ending = {"risks": "probability", "obligations": "amount", "opportunity": "confidence"}.get(head)
    return ending is not None and f"{head}.{rest.removesuffix('.effects')}.{ending}" in own_paths
