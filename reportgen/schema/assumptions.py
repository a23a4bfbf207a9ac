"""The register of assumptions: a case as flat rows with path, label, unit, value, range and origin, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from reportgen import units
from reportgen.casing import first_lower
from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import Distribution, Measure, Range, Stated, Written, measure_of
from reportgen.schema.bounds import NOT_NEGATIVE, POSITIVE, WHOLE_FROM_ONE, Bounds
from reportgen.schema.case import Case
from reportgen.schema.finance import EXCHANGE_RATE
from reportgen.schema.opportunity import Project
from reportgen.schema.options import AnyOption, GpuOption, Platform, SelfHosted
from reportgen.schema.prices import PriceBook, component_words
from reportgen.schema.schedules import DatedRate, Schedule, schedules, starting_price
from reportgen.schema.workload import SHARED_FIELDS
from reportgen.units import Unit

__all__ = ["Assumption", "Bounds", "assumptions", "with_values"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One row of the register, identified by `path`.

    `given` is False if the value is the default; `reachable` is True if effects may change it (MODEL);
    `from_price_book` is True if the value is the price book's rate at the start and no input of the case.
    """

    path: str
    label: str
    group: str
    unit: Unit
    value: float
    low: float | None
    high: float | None
    source: str
    owner: str
    as_of: date | None
    note: str
    given: bool
    reachable: bool
    bounds: Bounds
    from_price_book: bool = False
    distribution: Distribution = "triangular"
    """The distribution from which the simulation draws it between low and high."""
    follows: str | None = None
    """The path of the assumption whose value in the run it takes, because the case gives it none of its own."""

    @property
    def is_input(self) -> bool:
        """Return whether the value is the case's own: neither looked up in the price book nor another's."""
        return not self.from_price_book and self.follows is None


def assumptions(case: Case) -> tuple[Assumption, ...]:
    """Return all assumptions of a case: finance, workloads, people, prices, options, bridge, obligations, projects, risks."""
    dated = schedules(case)
    rows = [*_section(case.finance, "finance", "Finance"), *_exchange_rates(case)]
    rows += _workloads(case)
    rows += _section(case.people, "people", "People")
    rows += _prices(dated, case)
    for key, option in case.options.items():
        from_price_book = {schedule.field: schedule for schedule in dated if schedule.option == key}
        rows += _option(case, key, option, from_price_book)
    rows += _section(case.bridge, "bridge", "Bridge")
    for obligation in case.obligations:
        found = _section(obligation, f"obligations.{obligation.id}", "Obligations", obligation.name)
        until = f", by the end of month {obligation.until_month}"
        rows += [replace(row, label=f"{row.label}{until}") for row in found]
    for project in case.opportunity:
        rows += _section(
            project, f"opportunity.{project.id}", "Displaced projects", _project_name(case, project)
        )
    for risk in case.risks:
        found = _section(risk, f"risks.{risk.id}", "Risks", risk.name)
        rows += [replace(row, owner=row.owner or risk.owner or "") for row in found]
    return tuple(rows)


def _section(section: Written, path: str, group: str, name: str = "") -> Iterator[Assumption]:
    """Yield a row for each assumption of a section that has a value."""
    for field, info in type(section).model_fields.items():
        measured, found = measure_of(info), getattr(section, field)
        if measured and isinstance(found, Stated):
            label = f"{name}: {first_lower(measured.label)}" if name else measured.label
            given = field in section.model_fields_set
            yield _row(f"{path}.{field}", label, group, measured, found, found.value, given=given)


def _workloads(case: Case) -> Iterator[Assumption]:
    """Yield the rows of the single workload, or what several share and then those of each."""
    if not case.workloads:
        yield from _within_horizon(case, _section(case.workload, "workload", "Workload"))
        return
    shared = _section(case.workload, "workload", "Workloads")
    yield from (row for row in shared if row.path.removeprefix("workload.") in SHARED_FIELDS)
    for key, workload in case.workloads.items():
        own = _section(workload, f"workloads.{key}", "Workloads", workload.name)
        yield from _within_horizon(case, own)


def _within_horizon(case: Case, rows: Iterable[Assumption]) -> Iterator[Assumption]:
    """Yield rows, those that are a month number bounded by the horizon."""
    for row in rows:
        month = row.unit == units.MONTH_NUMBER
        yield replace(row, bounds=replace(row.bounds, most=case.finance.months)) if month else row


def _project_name(case: Case, project: Project) -> str:
    """Return a displaced project's name, with those who displace it where another project has the same name."""
    if [other.name for other in case.opportunity].count(project.name) == 1:
        return project.name
    names = (case.options[key].short_name for key in project.option if key in case.options)
    return f"{project.name} ({', '.join(names)})"


def _row(
    path: str, label: str, group: str, measured: Measure, found: Range, value: float, *, given: bool = True
) -> Assumption:
    return Assumption(
        path, label, group, measured.unit, value, found.low, found.high, found.source or "",
        found.owner or "", found.as_of, found.note or "", given, measured.reachable, measured.bounds,
        distribution=found.distribution,
    )  # fmt: skip


def _exchange_rates(case: Case) -> Iterator[Assumption]:
    for currency, found in case.finance.exchange_rates.items():
        path, label = f"finance.exchange_rates.{currency}", f"{case.case.currency} for one {currency}"
        yield _row(path, label, "Finance", EXCHANGE_RATE, found, found.value)


def _option(
    case: Case, key: str, option: AnyOption, from_price_book: Mapping[str, Schedule]
) -> Iterator[Assumption]:
    """Yield an option's rows in the order of its fields, prices from the price book included."""
    rows = {row.path: row for row in _section(option, f"options.{key}", option.name)}
    for field, info in type(option).model_fields.items():
        path, measured = f"options.{key}.{field}", measure_of(info)
        row = rows.get(path)
        if row is None and measured and field in from_price_book:
            stated_range = getattr(option, field) or Range()
            row = rows[path] = _price_row(case, from_price_book[field], measured, stated_range, option.name)
        if row is None and measured and field == "cache_write_price":
            row = _following_row(path, measured, option.name, rows.get(f"options.{key}.input_price"))
        if row and not _is_without_use(option, field):
            yield from _within_horizon(case, [_with_least_replicas(option, row)])


def _following_row(
    path: str, measured: Measure, group: str, followed: Assumption | None
) -> Assumption | None:
    """Return the row of an assumption that takes another's value; None where that one has none."""
    if followed is None:
        return None
    row = _row(path, measured.label, group, measured, Range(), followed.value, given=False)
    return replace(row, follows=followed.path)


def _is_without_use(option: AnyOption, field: str) -> bool:
    """Return whether a default has nothing to act on: a prefix cache where speeds are not given as a pair."""
    return field == "prefix_cache_reach" and isinstance(option, GpuOption) and not option.has_speed_pair


def _with_least_replicas(option: AnyOption, row: Assumption) -> Assumption:
    """Return a row with the bounds of `min_replicas` where machines are not billed by the second: 1 or more."""
    by_second = isinstance(option, SelfHosted | Platform) and option.billed == "second"
    if by_second or not row.path.endswith(".min_replicas"):
        return row
    return replace(row, bounds=WHOLE_FROM_ONE)


def _price_row(
    case: Case, schedule: Schedule, measured: Measure, stated_range: Range, group: str
) -> Assumption:
    """Return the row of a price from the price book, with the range that the case states for it."""
    first = schedule.rates[0]
    row = _row(schedule.path, measured.label, group, measured, stated_range, starting_price(schedule, case))
    source = row.source or f"Price book: {first.item.id}"
    return replace(row, source=source, as_of=row.as_of or first.rate.verified, from_price_book=True)


def _prices(dated: tuple[Schedule, ...], case: Case) -> Iterator[Assumption]:
    """Yield one row for every dated rate that the case uses."""
    used = {rate.path: rate for schedule in dated for rate in schedule.rates}
    stepped = {schedule.rates[0].path for schedule in dated if len(schedule.rates) > 1}
    for path, rate in used.items():
        yield _rate_row(path, rate, case, POSITIVE if path in stepped else NOT_NEGATIVE)


def _rate_row(path: str, dated: DatedRate, case: Case, bounds: Bounds) -> Assumption:
    """Return the row of a dated rate.

    Why: later rates are steps relative to the first, so a rate with successors has bounds above 0.
    """
    component, day = dated.component, dated.rate.day
    per = "GPU-hour" if component == "per_gpu_hour" else "M tokens"
    words = component_words(component)
    found = case.book.sources.get(dated.rate.source) if case.book else None
    note = "; ".join(
        part for part in (dated.rate.basis, "assumed" if dated.assumed else "", dated.rate.note) if part
    )
    label = f"{dated.item.title}, {words}" + (f" from {day}" if dated.rate.effective else "")
    return Assumption(
        path, label, "Prices", Unit(f"{dated.currency} / {per}", "price"), dated.amount, None, None,
        found.title if found else dated.rate.source, "", dated.rate.verified, note, True, True, bounds,
    )  # fmt: skip


def with_values(case: Case, values: Mapping[str, float]) -> Case:
    """Return a copy of the case with other values at some paths; KeyError if a path is no input of the case.

    A changed default counts as given; a range that a value leaves is widened to it. Rates are changed in the copy's price book.
    """
    for path, value in values.items():
        if path.startswith("prices."):
            case = case.with_book(_with_amount(case.book, path, value))
            continue
        head, *rest = path.split(".")
        case = case.model_copy(update={head: _with_value(getattr(case, head, None), rest, value, path)})
    return case


def _with_amount(book: PriceBook | None, path: str, value: float) -> PriceBook:
    """Return a copy of a price book with one amount of one rate changed."""
    name, component, day = path.removeprefix("prices.").rsplit(".", 2)
    item = book.item(name) if book else None
    if book is None or item is None or day not in [rate.day for rate in item.rates]:
        raise KeyError(path)
    rates = tuple(
        rate.model_copy(update={component: value}) if rate.day == day else rate for rate in item.rates
    )
    changed = item.model_copy(update={"rates": rates})
    return book.model_copy(update={"items": tuple(changed if one is item else one for one in book.items)})


def _with_value(part: object, rest: list[str], value: float, path: str) -> object:
    """Return a copy of a part of the case with one value changed; `rest` is the remaining path to it."""
    match part:
        case Stated() if not rest:
            ends = {"low": min, "high": max}
            widened = {
                end: reach(stated, value)
                for end, reach in ends.items()
                if (stated := getattr(part, end)) is not None
            }
            return part.model_copy(update={"value": value, **widened})
        case Written() if rest and rest[0] in type(part).model_fields:
            return part.model_copy(
                update={rest[0]: _with_value(getattr(part, rest[0]), rest[1:], value, path)}
            )
        case dict() if rest and rest[0] in part:
            return {**part, rest[0]: _with_value(part[rest[0]], rest[1:], value, path)}
        case tuple() if rest and any(item.id == rest[0] for item in part):
            return tuple(
                _with_value(item, rest[1:], value, path) if item.id == rest[0] else item for item in part
            )
    raise KeyError(path)
