"""Checks of effects: each names an assumption that effects reach, once, and leaves it in its bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.messages import suggest
from reportgen.schema.loading.reading import Remark
from reportgen.schema.options import PRICE_FIELDS
from reportgen.schema.risks import Effect, Operation, Scenario
from reportgen.schema.schedules import item_name
from reportgen.schema.stated import measure

Table = Mapping[str, Assumption]
REACH = "effects reach workload, people, finance.discount_rate, finance.exchange_rates, options and prices"


@dataclass(frozen=True, slots=True)
class Run:
    """A stated run: what it is called in messages, and the values of the assumptions that it changes."""

    words: str
    values: Mapping[str, float]

    def value(self, row: Assumption | None) -> float:
        """Give an assumption's value in this run; 0 where it has none."""
        return self.values.get(row.path, row.value) if row else 0.0


def effects(case: Case, table: Table) -> Iterator[Remark]:
    """Tell of effects that name nothing they reach, repeat each other or leave the bounds; and of groups."""
    for where, scenarios in (("risks", case.risks), ("price_scenarios", case.price_scenarios)):
        for number, scenario in enumerate(scenarios):
            yield from _scenario(case, table, (where, number, "effects"), scenario)
    yield from _groups(case, table)


def runs(case: Case, table: Table) -> list[Run]:
    """List the stated runs: the base case, each assumption at its low and high, each risk and scenario."""
    out = [Run("in the base case", {})]
    for row in table.values():
        if row.reachable and row.low is not None and row.high is not None:
            out += [Run(f"when {row.path} is at its {name}", {row.path: end}) for name, end in _ends(row)]
    for scenario in case.scenarios:
        out.append(Run(f'in the run "{scenario.name}"', changes(table, scenario)))
    return out


def _ends(row: Assumption) -> Iterator[tuple[str, float]]:
    if row.low is not None and row.high is not None:
        yield f"low ({row.low:g})", row.low
        yield f"high ({row.high:g})", row.high


def changes(table: Table, scenario: Scenario) -> dict[str, float]:
    """Compute the assumptions that a scenario changes: set, then multiply, then add."""
    joined: dict[str, dict[Operation, float]] = {}
    for effect in scenario.effects:
        joined.setdefault(effect.assumption, {}).update(effect.amounts)
    return {
        path: amounts.get("set", table[path].value) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)
        for path, amounts in joined.items()
        if path in table
    }


def _scenario(case: Case, table: Table, location: Location, scenario: Scenario) -> Iterator[Remark]:
    seen: dict[tuple[str, str], int] = {}
    after, last = changes(table, scenario), {e.assumption: n for n, e in enumerate(scenario.effects)}
    for number, effect in enumerate(scenario.effects):
        here = (*location, number)
        yield from _target(case, table, (*here, "assumption"), effect.assumption)
        yield from _amounts(here, effect, seen, number)
        row = table.get(effect.assumption)
        if row and last[row.path] == number and not row.bounds.hold(after[row.path], whole=False):
            yield _out_of_bounds(here, effect, row, after[row.path])


def _amounts(
    here: Location, effect: Effect, seen: dict[tuple[str, str], int], number: int
) -> Iterator[Remark]:
    if not effect.amounts:
        about = tuple((*here, operation) for operation in ("set", "multiply", "add"))
        sentence = "This effect changes nothing; give it one or more of set, multiply and add."
        yield Remark(here, sentence, at_key=True, about=about)
    for operation in effect.amounts:
        first = seen.setdefault((effect.assumption, operation), number)
        if first != number:
            sentence = f"Effect {first + 1} of this run has `{operation}` on it too; keep one of the two."
            yield Remark((*here, operation), sentence)


def _out_of_bounds(here: Location, effect: Effect, row: Assumption, after: float) -> Remark:
    operation = list(effect.amounts)[-1] if effect.amounts else "assumption"
    sentence = (
        f"This run takes {row.path} from {row.value:g} to {after:g}; it must be {row.bounds.words}. "
        "Make the effect smaller."
    )
    return Remark((*here, operation), sentence, about=(tuple(row.path.split(".")),))


def _target(case: Case, table: Table, location: Location, path: str) -> Iterator[Remark]:
    """Check that a path names an assumption that effects reach."""
    row, parts = table.get(path), tuple(path.split("."))
    lost = parts[0] == "prices" and case.book is None and any(map(item_name, case.options.values()))
    if (row and row.reachable) or lost:
        return
    about = (parts[:2],) if parts[0] == "options" else (parts,)
    if row:
        yield Remark(location, f"Effects do not reach {path}: {REACH}.", about=about)
    elif (sentence := _without_value(case, parts)) is not None:
        if sentence:
            yield Remark(location, sentence, about=(parts,))
    elif parts[0] in ("finance", "case", "break_even", "simulation", "bridge", "opportunity", "risks"):
        close = suggest(path, (name for name, found in table.items() if found.reachable))
        yield Remark(location, f"{path} is nothing that an effect reaches: {REACH}.{close}", about=about)
    else:
        close = suggest(path, (name for name, found in table.items() if found.reachable))
        yield Remark(
            location, f'There is no assumption "{path}".{close or f" Write its path; {REACH}."}', about=about
        )


def _without_value(case: Case, parts: tuple[str, ...]) -> str | None:
    """Say that an assumption exists but has no value; empty for prices (pricing.py tells), None for no such thing."""
    match parts:
        case ("options", key, name) if key in case.options:
            section_fields = type(case.options[key]).model_fields
        case ("workload", name):
            section_fields = type(case.workload).model_fields
        case _:
            return None
    info = section_fields.get(name)
    if info is None or measure(info) is None:
        return None
    priced = any(name in fields for fields in PRICE_FIELDS.values())
    if priced and (name != "cached_input_price" or _unread(case, parts[1])):
        return ""
    return f"{'.'.join(parts)} has no value in this case; give it one before a run changes it."


def _groups(case: Case, table: Table) -> Iterator[Remark]:
    """Check the groups of assumptions that the simulation moves together."""
    taken: dict[str, str] = {}
    for group, paths in case.simulation.groups.items():
        location: Location = ("simulation", "groups", group)
        if len(paths) <= 1:
            yield Remark(location, "A group needs two assumptions or more to move together.", at_key=True)
        for number, path in enumerate(paths):
            here = (*location, number)
            yield from _target(case, table, here, path)
            row = table.get(path)
            if row and row.reachable and (row.low is None or row.high is None):
                yield Remark(here, f"{path} has no low and high; only assumptions with a range are drawn.")
            if taken.setdefault(path, group) != group or path in paths[:number]:
                yield Remark(
                    here, f"{path} is in the group {taken[path]} already; an assumption moves with one group."
                )


def _unread(case: Case, key: str) -> bool:
    """Say whether an option's prices come from a book that could not be read: its own problems are told instead."""
    return case.book is None and item_name(case.options[key]) is not None
