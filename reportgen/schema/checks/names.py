"""Checks of names and ids: present, and each used once, whatever its capitals."""

import re
from collections.abc import Iterable, Iterator

from reportgen.schema.case import FEWEST_OPTIONS, MOST_OPTIONS, Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.reading import Remark
from reportgen.schema.words import SHORT_LENGTH
from reportgen.units import there_are

RESERVED = re.compile(r"base case|spare risk \d+", re.IGNORECASE)
"""Names of runs that the program makes itself."""
Entry = tuple[Location, str]


def names(case: Case) -> Iterator[Remark]:
    """Tell of too few or many options, missing short names and ids, and of names and ids used twice."""
    yield from _count(case)
    yield from _short_names(case)
    yield from _twice(_option_names(case), "name")
    runs = [*_entries(case.risks, "risks"), *_entries(case.price_scenarios, "price_scenarios")]
    yield from _reserved(runs)
    yield from _twice(runs, "name")
    for part in ("risks", "price_scenarios", "opportunity"):
        yield from _ids(part, getattr(case, part))
    yield from _twice(_entries(case.opportunity, "opportunity"), "name")
    yield from _twice(_entries(case.requirements, "requirements"), "name")
    yield from _twice(_entries(case.strategic_fit, "strategic_fit"), "name")
    yield from _twice(_entries(case.sources, "sources", "id"), "id")


def _entries(parts: Iterable[object], where: str, field: str = "name") -> list[Entry]:
    return [((where, number, field), getattr(part, field)) for number, part in enumerate(parts)]


def _count(case: Case) -> Iterator[Remark]:
    count = len(case.options)
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        allowed = f"{FEWEST_OPTIONS} to {MOST_OPTIONS}"
        yield Remark(("options",), f"{there_are(count, 'option')}; a case compares {allowed}.", at_key=True)


def _short_names(case: Case) -> Iterator[Remark]:
    for key, option in case.options.items():
        if not option.short_name:
            sentence = (
                f'The name "{option.name}" has {len(option.name)} characters; write a short_name of at most '
                f"{SHORT_LENGTH} beside it, for tables and charts."
            )
            yield Remark(("options", key, "name"), sentence, about=(("options", key, "short_name"),))


def _option_names(case: Case) -> Iterator[Entry]:
    """List the names of the options, and the short ones where they differ."""
    for key, option in case.options.items():
        yield ("options", key, "name"), option.name
        if option.short_name != option.name:
            yield ("options", key, "short_name"), option.short_name


def _reserved(entries: Iterable[Entry]) -> Iterator[Remark]:
    for location, name in entries:
        if RESERVED.fullmatch(name.strip()):
            yield Remark(location, f'"{name}" is the name of a run that the program makes; choose another.')


def _ids(where: str, parts: Iterable[object]) -> Iterator[Remark]:
    found = _entries(parts, where, "id")
    for (_, number, _field), name in found:
        if not name:
            hint = "write one beside it, such as id: late_delivery"
            yield Remark(
                (where, number, "name"), f"This name gives no id; {hint}.", about=((where, number, "id"),)
            )
    yield from _twice((entry for entry in found if entry[1]), "id")


def _twice(entries: Iterable[Entry], what: str) -> Iterator[Remark]:
    """Tell of every entry after the first with the same text."""
    first: dict[str, Entry] = {}
    for location, name in entries:
        folded = " ".join(name.casefold().split())
        if not folded:
            continue
        if folded in first:
            before, earlier = first[folded]
            where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in before[:-1])
            sentence = f'The {what} "{name}" is taken: {where} has "{earlier}". Choose another {what}.'
            yield Remark(location, sentence, about=(before,))
        else:
            first[folded] = (location, name)
