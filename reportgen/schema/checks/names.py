"""Checks of names and ids: present, and unique regardless of upper and lower case."""

import re
from collections.abc import Iterable, Iterator

from reportgen.schema.case import MAX_OPTIONS, MIN_OPTIONS, Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.validation import Violation
from reportgen.units import there_are

RESERVED_NAMES = re.compile(r"base case|spare risk \d+", re.IGNORECASE)
"""Names of runs that the program creates itself."""
LocatedName = tuple[Location, str]


def check_names(case: Case) -> Iterator[Violation]:
    """Yield violations: number of options, missing ids, reserved or duplicate names and ids."""
    yield from _check_count(case)
    yield from _check_duplicates(_option_names(case), "name")
    runs = [*_located_names(case.risks, "risks"), *_located_names(case.price_scenarios, "price_scenarios")]
    yield from _check_reserved(runs)
    yield from _check_duplicates(runs, "name")
    for part in ("risks", "price_scenarios", "obligations", "opportunity"):
        yield from _check_ids(part, getattr(case, part))
    yield from _check_duplicates(_workload_names(case), "name")
    yield from _check_duplicates(_located_names(case.obligations, "obligations"), "name")
    for key in case.options:
        own = [
            (("opportunity", number, "name"), project.name)
            for number, project in enumerate(case.opportunity)
            if key in project.option
        ]
        yield from _check_duplicates(own, "name")
    yield from _check_duplicates(_located_names(case.requirements, "requirements"), "name")
    yield from _check_duplicates(_located_names(case.strategic_fit, "strategic_fit"), "name")
    yield from _check_duplicates(_located_names(case.sources, "sources", "id"), "id")


def _located_names(parts: Iterable[object], where: str, field: str = "name") -> list[LocatedName]:
    return [((where, number, field), getattr(part, field)) for number, part in enumerate(parts)]


def _check_count(case: Case) -> Iterator[Violation]:
    count = len(case.options)
    if not MIN_OPTIONS <= count <= MAX_OPTIONS:
        allowed = f"{MIN_OPTIONS} to {MAX_OPTIONS}"
        yield Violation(
            ("options",), f"{there_are(count, 'option')}; a case compares {allowed}.", at_key=True
        )


def _option_names(case: Case) -> Iterator[LocatedName]:
    """Yield the names of the options, and their short names where they differ."""
    for key, option in case.options.items():
        yield ("options", key, "name"), option.name
        if option.short_name != option.name:
            yield ("options", key, "short_name"), option.short_name


def _workload_names(case: Case) -> Iterator[LocatedName]:
    for key, workload in case.workloads.items():
        yield ("workloads", key, "name"), workload.name


def _check_reserved(entries: Iterable[LocatedName]) -> Iterator[Violation]:
    for location, name in entries:
        if RESERVED_NAMES.fullmatch(name.strip()):
            yield Violation(
                location, f'"{name}" is the name of a run that the program makes; choose another.'
            )


def _check_ids(where: str, parts: Iterable[object]) -> Iterator[Violation]:
    found = _located_names(parts, where, "id")
    for (_, number, _field), name in found:
        if not name:
            hint = "write one beside it, such as id: late_delivery"
            yield Violation(
                (where, number, "name"),
                f"This name gives no id; {hint}.",
                depends_on=((where, number, "id"),),
            )
    yield from _check_duplicates((entry for entry in found if entry[1]), "id")


def _check_duplicates(entries: Iterable[LocatedName], noun: str) -> Iterator[Violation]:
    """Yield a violation for every entry after the first with the same text, ignoring case and spacing."""
    first: dict[str, LocatedName] = {}
    for location, name in entries:
        folded = " ".join(name.casefold().split())
        if not folded:
            continue
        if folded in first:
            before, earlier = first[folded]
            where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in before[:-1])
            sentence = f'The {noun} "{name}" is taken: {where} has "{earlier}". Choose another {noun}.'
            yield Violation(location, sentence, depends_on=(before,))
        else:
            first[folded] = (location, name)
