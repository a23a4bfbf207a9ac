"""The way from one edition to the other: one change after the other, through cases that all can be worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.compare.changes import qualified
from reportgen.compare.edition import Edition
from reportgen.compare.structure import moved, rewired, structural
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules

STRUCTURE = "structure"
"""The key of the one step that puts the new case's structure in place of the old one's."""

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Leg:
    """One change along the way: `key` is the path or part it is booked on, `values` what it sets; in the new case or the old."""

    key: str
    label: str
    values: Values


@dataclass(frozen=True, slots=True)
class Route:
    """The legs: values that both editions have, what went, the structure, what came.

    What only one edition has stands at a value at which it does nothing (`neutral`) while the structure changes: a risk
    at probability 0, a project at confidence 0, a later rate at the rate before it. So each has a leg of its own.
    """

    common: tuple[Leg, ...]
    went: tuple[Leg, ...]
    structure: Leg | None
    came: tuple[Leg, ...]
    neutral: Values

    @property
    def before(self) -> tuple[Leg, ...]:
        """List the legs within the old case."""
        return (*self.common, *self.went)


def route(old: Edition, new: Edition) -> Route:
    """Plan the way: changed values in the order of the register, what went, the structure, what came."""
    apart = _apart(old.case, new.case)
    shared = {path for path in new.values if path in old.values and path not in apart}
    common = [
        Leg(path, qualified(new, new.rows[path]), {path: value})
        for path, value in new.values.items()
        if path in shared and old.values[path] != value
    ]
    said = {change.part: change.sentence.removesuffix(".") for change in structural(old.case, new.case)}
    went, came = _neutral(old, new, shared), _neutral(new, new, shared)
    return Route(
        tuple(common),
        tuple(_leg(old, said, path, value) for path, value in reversed(went.items())),
        _structure(old, new, {*went, *came}),
        tuple(_leg(new, said, path, new.values[path]) for path in came),
        came,
    )


def _apart(old: Case, new: Case) -> set[str]:
    """List the paths that stand in both cases and mean something else in each."""
    risks = {f"risks.{id_}.probability" for id_ in rewired(old, new)}
    return risks | {f"opportunity.{id_}.confidence" for id_ in moved(old, new)}


def _leg(edition: Edition, said: Mapping[str, str], path: str, value: float) -> Leg:
    """Make the leg of something that only one edition has, in the words of the change of structure where it is one."""
    part = path.rpartition(".")[0]
    words = said.get(part) or said.get(f"{part}.effects")
    return Leg(path, words or qualified(edition, edition.rows[path]), {path: value})


def _neutral(edition: Edition, new: Edition, shared: set[str]) -> dict[str, float]:
    """Give the values at which what only this edition has does nothing, in the register's order."""
    found = dict(_silent(edition.case)) | dict(_later_rates(edition, new, shared))
    return {path: found[path] for path in edition.values if path in found and path not in shared}


def _silent(case: Case) -> Iterator[tuple[str, float]]:
    for project in case.opportunity:
        yield f"opportunity.{project.id}.confidence", 0.0
    for risk in case.risks:
        yield f"risks.{risk.id}.probability", 0.0


def _later_rates(edition: Edition, new: Edition, shared: set[str]) -> Iterator[tuple[str, float]]:
    """Give for each later rate the amount at which nothing changes on its day: that of the last rate that stays."""
    for schedule in schedules(edition.case):
        stays = schedule.rates[0]
        for rate in schedule.rates[1:]:
            if rate.path in shared:
                stays = rate
            elif rate.exchange_rate == stays.exchange_rate:
                yield rate.path, new.values[stays.path] if stays.path in shared else stays.amount


def _structure(old: Edition, new: Edition, told: set[str]) -> Leg | None:
    """Make the leg on which the old case gives way to the new one; None where they differ in nothing but values."""
    parts = [change for change in structural(old.case, new.case) if not _has_a_leg(change.part, told)]
    if not parts and not told and old.values.keys() == new.values.keys():
        return None
    label = " ".join(change.sentence for change in parts)
    return Leg(STRUCTURE, label, {})


def _has_a_leg(part: str, told: set[str]) -> bool:
    """Say whether a change of structure is a risk or a project, which has a leg of its own."""
    head, _, rest = part.partition(".")
    ending = {"risks": "probability", "opportunity": "confidence"}.get(head)
    return ending is not None and f"{head}.{rest.removesuffix('.effects')}.{ending}" in told
