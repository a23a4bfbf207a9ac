"""Checks of effects: each names a reachable assumption, each operation once, and the result stays within bounds."""

from collections.abc import Iterator, Mapping

from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import Written, measure_of
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import OPTIONAL_PRICES, PRICE_FIELDS
from reportgen.schema.risks import Effect, Operation, Scenario
from reportgen.schema.schedules import price_item_id
from reportgen.schema.workload import Stream

AssumptionTable = Mapping[str, Assumption]
REACH = (
    "effects reach workloads, people, options, prices, displaced projects, finance.discount_rate, "
    "finance.irrecoverable_vat and finance.exchange_rates"
)


@dataclass(frozen=True, slots=True)
class StatedRun:
    """A run stated in the case: its description in messages, and the values of the assumptions it changes."""

    description: str
    values: Mapping[str, float]

    def value(self, row: Assumption | None) -> float:
        """Return an assumption's value in this run; 0 for None."""
        return self.values.get(row.path, row.value) if row else 0.0


def check_effects(case: Case, table: AssumptionTable) -> Iterator[Violation]:
    """Yield violations of effects (unreachable path, repeated operation, out of bounds) and of correlation groups."""
    for where, scenarios in (("risks", case.risks), ("price_scenarios", case.price_scenarios)):
        for number, scenario in enumerate(scenarios):
            yield from _check_scenario(case, table, (where, number, "effects"), scenario)
    yield from _check_groups(case, table)


def stated_runs(case: Case, table: AssumptionTable) -> list[StatedRun]:
    """Return the stated runs: the base case, each assumption at its low and high, each risk and scenario."""
    out = [StatedRun("in the base case", {})]
    for row in table.values():
        if row.reachable and row.low is not None and row.high is not None:
            out += [
                StatedRun(f"when {row.path} is at its {name}", {row.path: end}) for name, end in _ends(row)
            ]
    for scenario in case.scenarios:
        out.append(StatedRun(f'in the run "{scenario.name}"', changed_values(table, scenario)))
    return out


def _ends(row: Assumption) -> Iterator[tuple[str, float]]:
    if row.low is not None and row.high is not None:
        yield f"low ({row.low:g})", row.low
        yield f"high ({row.high:g})", row.high


def changed_values(table: AssumptionTable, scenario: Scenario) -> dict[str, float]:
    """Return the values of the assumptions that a scenario changes: set, then multiplied, then added to."""
    joined: dict[str, dict[Operation, float]] = {}
    for effect in scenario.effects:
        joined.setdefault(effect.assumption, {}).update(effect.amounts)
    return {
        path: amounts.get("set", table[path].value) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)
        for path, amounts in joined.items()
        if path in table
    }


def _check_scenario(
    case: Case, table: AssumptionTable, location: Location, scenario: Scenario
) -> Iterator[Violation]:
    seen: dict[tuple[str, str], int] = {}
    after, last = changed_values(table, scenario), {e.assumption: n for n, e in enumerate(scenario.effects)}
    for number, effect in enumerate(scenario.effects):
        here = (*location, number)
        yield from _check_path(case, table, (*here, "assumption"), effect.assumption)
        yield from _check_amounts(here, effect, seen, number)
        row = table.get(effect.assumption)
        if row and last[row.path] == number and not row.bounds.contains(after[row.path], whole=False):
            yield _out_of_bounds(here, effect, row, after[row.path])


def _check_amounts(
    here: Location, effect: Effect, seen: dict[tuple[str, str], int], number: int
) -> Iterator[Violation]:
    if not effect.amounts:
        depends_on = tuple((*here, operation) for operation in ("set", "multiply", "add"))
        sentence = "This effect changes nothing; give it one or more of set, multiply and add."
        yield Violation(here, sentence, at_key=True, depends_on=depends_on)
    for operation in effect.amounts:
        first = seen.setdefault((effect.assumption, operation), number)
        if first != number:
            sentence = f"Effect {first + 1} of this run has `{operation}` on it too; keep one of the two."
            yield Violation((*here, operation), sentence)


def _out_of_bounds(here: Location, effect: Effect, row: Assumption, after: float) -> Violation:
    operation = list(effect.amounts)[-1] if effect.amounts else "assumption"
    sentence = (
        f"This run takes {row.path} from {row.value:g} to {after:g}; it must be {row.bounds.requirement}. "
        "Make the effect smaller."
    )
    return Violation((*here, operation), sentence, depends_on=(tuple(row.path.split(".")),))


def _check_path(case: Case, table: AssumptionTable, location: Location, path: str) -> Iterator[Violation]:
    """Check that a path names an assumption that effects may change."""
    row, parts = table.get(path), tuple(path.split("."))
    book_missing = (
        parts[0] == "prices" and case.book is None and any(map(price_item_id, case.options.values()))
    )
    if (row and row.reachable) or book_missing:
        return
    depends_on = (parts[:2],) if parts[0] == "options" else (parts,)
    if row:
        yield Violation(location, f"Effects do not reach {path}: {REACH}.", depends_on=depends_on)
    elif (sentence := _without_value(case, parts)) is not None:
        if sentence:
            yield Violation(location, sentence, depends_on=(parts,))
    elif parts[0] in (
        "finance",
        "case",
        "break_even",
        "simulation",
        "bridge",
        "obligations",
        "opportunity",
        "risks",
    ):
        close = suggestion(path, (name for name, found in table.items() if found.reachable))
        yield Violation(
            location, f"{path} is nothing that an effect reaches: {REACH}.{close}", depends_on=depends_on
        )
    else:
        close = suggestion(path, (name for name, found in table.items() if found.reachable))
        yield Violation(
            location,
            f'There is no assumption "{path}".{close or f" Write its path; {REACH}."}',
            depends_on=depends_on,
        )


def _without_value(case: Case, parts: tuple[str, ...]) -> str | None:
    """Return the message for an assumption without a value; "" if another check reports it, None if it does not exist."""
    section: Written | None
    match parts:
        case ("options", key, name):
            section = case.options.get(key)
        case ("workload", name):
            section = case.workload
        case _:
            return None
    info = type(section).model_fields.get(name) if section else None
    if info is None or measure_of(info) is None:
        return None
    path = ".".join(parts)
    if case.workloads and isinstance(section, Stream):
        listed_paths = listed(f"workloads.{key}.{name}" for key in case.workloads)
        return f"This case has several workloads, each with its own {name}; name one of {listed_paths}."
    if name == "prefix_cache_reach":
        return f"{path} acts on prompt_tps and output_tps only; state those first."
    priced = any(name in fields for fields in PRICE_FIELDS.values())
    if priced and (name not in OPTIONAL_PRICES or _book_unreadable(case, parts[1])):
        return ""
    return f"{path} has no value in this case; state it first, then a run may change it."


def _check_groups(case: Case, table: AssumptionTable) -> Iterator[Violation]:
    """Check the groups of assumptions that the simulation draws together."""
    taken: dict[str, str] = {}
    for group, paths in case.simulation.groups.items():
        location: Location = ("simulation", "groups", group)
        if len(paths) <= 1:
            yield Violation(location, "A group needs two assumptions or more to move together.", at_key=True)
        for number, path in enumerate(paths):
            here = (*location, number)
            yield from _check_path(case, table, here, path)
            row = table.get(path)
            if row and row.reachable and (row.low is None or row.high is None):
                yield Violation(here, f"{path} has no low and high; only assumptions with a range are drawn.")
            if taken.setdefault(path, group) != group or path in paths[:number]:
                yield Violation(
                    here, f"{path} is in the group {taken[path]} already; an assumption moves with one group."
                )


def _book_unreadable(case: Case, key: str) -> bool:
    """Return whether an option takes prices from a book that could not be read; the book's own problems are reported."""
    return case.book is None and price_item_id(case.options[key]) is not None
