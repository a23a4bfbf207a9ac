"""A case as flat rows: every assumption with its path, label, unit, value, range and origin; and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from reportgen import units
from reportgen.casing import first_lower
from reportgen.schema.bounds import NOT_NEGATIVE, POSITIVE, Bounds
from reportgen.schema.case import Case
from reportgen.schema.finance import EXCHANGE_RATE
from reportgen.schema.prices import PriceBook
from reportgen.schema.schedules import DatedRate, Schedule, price, schedules
from reportgen.schema.stated import Distribution, Measure, Range, Stated, Written, measure
from reportgen.units import Unit

__all__ = ["Assumption", "Bounds", "assumptions", "with_values"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One row of the register; `path` is its name everywhere.

    `given` is False where the case does not mention it and the value is the default; `reachable` says that
    effects reach it (MODEL); `booked` that its value is the price book's rate at the start, no input.
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
    booked: bool = False
    distribution: Distribution = "triangular"
    """How the simulation draws it between low and high."""


def assumptions(case: Case) -> tuple[Assumption, ...]:
    """Lay a case out as rows: finance, workload, people, prices, each option, bridge, projects, risks."""
    dated = schedules(case)
    rows = [*_section(case.finance, "finance", "Finance"), *_exchange_rates(case)]
    rows += _section(case.workload, "workload", "Workload")
    rows += _section(case.people, "people", "People")
    rows += _prices(dated, case)
    for key, option in case.options.items():
        booked = {schedule.field: schedule for schedule in dated if schedule.option == key}
        rows += _option(case, key, option, booked)
    rows += _section(case.bridge, "bridge", "Bridge")
    for project in case.opportunity:
        rows += _section(project, f"opportunity.{project.id}", "Displaced projects", project.name)
    for risk in case.risks:
        found = _section(risk, f"risks.{risk.id}", "Risks", risk.name)
        rows += [replace(row, owner=row.owner or risk.owner or "") for row in found]
    return tuple(rows)


def _section(section: Written, path: str, group: str, name: str = "") -> Iterator[Assumption]:
    """Give a row for each assumption of a part of the case that has a value."""
    for field, info in type(section).model_fields.items():
        measured, found = measure(info), getattr(section, field)
        if measured and isinstance(found, Stated):
            label = f"{name}: {first_lower(measured.label)}" if name else measured.label
            given = field in section.model_fields_set
            yield _row(f"{path}.{field}", label, group, measured, found, found.value, given=given)


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


def _option(case: Case, key: str, option: Written, booked: Mapping[str, Schedule]) -> Iterator[Assumption]:
    """Give an option's rows in the order of its fields, prices out of the book among them."""
    name = case.options[key].name
    rows = {row.path: row for row in _section(option, f"options.{key}", name)}
    for field, info in type(option).model_fields.items():
        path, measured = f"options.{key}.{field}", measure(info)
        row = rows.get(path)
        if row is None and measured and field in booked:
            row = _booked(case, booked[field], measured, getattr(option, field) or Range(), name)
        if row and measured and measured.unit == units.MONTH_NUMBER:
            row = replace(row, bounds=replace(row.bounds, most=case.finance.months))
        if row:
            yield row


def _booked(case: Case, schedule: Schedule, measured: Measure, beside: Range, group: str) -> Assumption:
    """Give the row of a price out of the book, with the range that stands beside the item."""
    first = schedule.rates[0]
    row = _row(schedule.path, measured.label, group, measured, beside, price(schedule, case))
    source = row.source or f"Price book: {first.item.id}"
    return replace(row, source=source, as_of=row.as_of or first.rate.verified, booked=True)


def _prices(dated: tuple[Schedule, ...], case: Case) -> Iterator[Assumption]:
    """Give a row for every dated rate that the case uses, each once."""
    used = {rate.path: rate for schedule in dated for rate in schedule.rates}
    stepped = {schedule.rates[0].path for schedule in dated if len(schedule.rates) > 1}
    for path, rate in used.items():
        yield _dated(path, rate, case, POSITIVE if path in stepped else NOT_NEGATIVE)


def _dated(path: str, dated: DatedRate, case: Case, bounds: Bounds) -> Assumption:
    """Give the row of a rate; one that others follow cannot be 0: they are steps of it."""
    _, component, day = path.removeprefix(f"prices.{dated.item.id}").split(".")
    per = "GPU-hour" if component == "per_gpu_hour" else "M tokens"
    words = {"per_gpu_hour": "GPU-hour", "cached_input": "cached input"}.get(component, component)
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
    """Give the same case with other values at some paths; KeyError where a path is no input of the case.

    A default that is changed counts as given. Rates change in the price book that the case holds.
    """
    for path, value in values.items():
        if path.startswith("prices."):
            case = case.with_book(_rebooked(case.book, path, value))
            continue
        head, *rest = path.split(".")
        case = case.model_copy(update={head: _changed(getattr(case, head, None), rest, value, path)})
    return case


def _rebooked(book: PriceBook | None, path: str, value: float) -> PriceBook:
    """Copy a price book with one amount of one rate changed."""
    name, component, day = path.removeprefix("prices.").rsplit(".", 2)
    item = book.item(name) if book else None
    if book is None or item is None or day not in [rate.day for rate in item.rates]:
        raise KeyError(path)
    rates = tuple(
        rate.model_copy(update={component: value}) if rate.day == day else rate for rate in item.rates
    )
    changed = item.model_copy(update={"rates": rates})
    return book.model_copy(update={"items": tuple(changed if one is item else one for one in book.items)})


def _changed(part: object, rest: list[str], value: float, path: str) -> object:
    """Copy a part of the case with one value changed, `rest` leading down to it."""
    match part:
        case Stated() if not rest:
            return part.model_copy(update={"value": value})
        case Written() if rest and rest[0] in type(part).model_fields:
            return part.model_copy(update={rest[0]: _changed(getattr(part, rest[0]), rest[1:], value, path)})
        case dict() if rest and rest[0] in part:
            return {**part, rest[0]: _changed(part[rest[0]], rest[1:], value, path)}
        case tuple() if rest and any(item.id == rest[0] for item in part):
            return tuple(
                _changed(item, rest[1:], value, path) if item.id == rest[0] else item for item in part
            )
    raise KeyError(path)
