"""Everything in a case that looks like a slip: implausible numbers, numbers that contradict each other, wrong currencies."""

import re
from collections.abc import Iterator

from reportgen.schema.assumption_fields import Range, Written, measure_of
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.checks.between_fields import doubts_between
from reportgen.schema.checks.plausibility import Doubt, doubts
from reportgen.schema.loading.document import Location
from reportgen.schema.quantities.conversions import WrongUnitError, conversion
from reportgen.schema.usual_figures import UsualFigures


def all_doubts(case: Case, usual: UsualFigures) -> tuple[Doubt, ...]:
    """Return the doubts about a case; of several about one assumption, the gravest."""
    rows = {row.path: row for row in assumptions(case)}
    found: dict[str, Doubt] = {}
    for doubt in (*_currencies(case), *doubts(case, rows, usual), *doubts_between(case, rows)):
        if doubt.path not in found or (doubt.refused and not found[doubt.path].refused):
            found[doubt.path] = doubt
    return tuple(found.values())


def _currencies(case: Case) -> Iterator[Doubt]:
    """Yield a refusal for every unit that names another currency than the case counts in."""
    for section in ("finance", "workload", "people", "bridge"):
        yield from _section(case, getattr(case, section), (section,))
    for key, option in case.options.items():
        yield from _section(case, option, ("options", key))
    for name in ("obligations", "opportunity"):
        for place, entry in enumerate(getattr(case, name)):
            yield from _section(case, entry, (name, place))
    for code, rate in case.finance.exchange_rates.items():
        yield from _direction(case, code, rate)


def _section(case: Case, section: Written, at: Location) -> Iterator[Doubt]:
    for field, info in type(section).model_fields.items():
        stated, measured = getattr(section, field), measure_of(info)
        if not (measured and isinstance(stated, Range) and stated.unit):
            continue
        number = getattr(stated, "value", None)
        try:
            named = conversion(stated.unit, measured.unit, measured.tokens, number and number * 100).currency
        except WrongUnitError:
            continue
        if named and named != case.case.currency and "{currency}" in measured.unit.name:
            title = f"You wrote {stated.unit}; this case counts in {case.case.currency}"
            detail = f"Write the amount in {case.case.currency}, or take it from an item of the price book in {named}."
            yield Doubt(".".join(map(str, (*at, field))), (*at, field, "unit"), title, detail, refused=True)


def _direction(case: Case, code: str, rate: Range) -> Iterator[Doubt]:
    """Yield a refusal for an exchange rate whose unit says that it is the other way round."""
    found = re.search(r"([A-Z]{3})\s*(?:/|per)\s*([A-Z]{3})", rate.unit or "")
    if found and found.groups() == (code, case.case.currency):
        title = f"You wrote {rate.unit}; the rate here is {case.case.currency} per {code}"
        number = getattr(rate, "value", 0.0)
        detail = f"The other way round: {1 / number:.6g}?" if number else ""
        place: Location = ("finance", "exchange_rates", code, "unit")
        yield Doubt(f"finance.exchange_rates.{code}", place, title, detail, refused=True)
