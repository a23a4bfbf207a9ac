"""The limits of a case over many variants: what loading each variant as a case of its own would refuse, as masks.

The checks of `reportgen/schema/checks` are made for one case; those that depend on numbers are stated here for arrays. Of
several limits that a variant breaks the first is its reason.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import ENDS
from reportgen.schema.case import Case
from reportgen.schema.checks.plausibility import RATE_IS_FAR
from reportgen.schema.checks.workloads import ROUNDING
from reportgen.schema.options import Api, Mix
from reportgen.schema.risks import Operation, Scenario
from reportgen.schema.usual_figures import Plausible, UsualFigures
from reportgen.variants.axes import contains
from reportgen.variants.grid import Array, Columns
from reportgen.variants.rows import Register, Rows

Mask = NDArray[np.bool_]
AMOUNTS = "An option comes to no finite amount, or to one beyond 1e15."
EXCHANGE_RATES = "finance.exchange_rates."


@dataclass(frozen=True, slots=True)
class Limit:
    """What is refused, as a sentence, the paths that decide it, and where it is broken: a mask of the shape () or (variants,)."""

    reason: str
    paths: frozenset[str]
    broken: Callable[[Rows], Mask]


def first_broken(
    limits: Sequence[Limit], register: Register, columns: Columns, count: int
) -> NDArray[np.intp]:
    """Return the place of the first limit that each variant breaks; -1 for none."""
    out = np.full(count, -1, dtype=np.intp)
    if limits:
        rows = register.varied(columns)
        for place, limit in reversed(list(enumerate(limits))):
            out = np.where(limit.broken(rows), place, out)
    return out


def all_limits(
    case: Case, register: Register, usual: UsualFigures, varied: frozenset[str]
) -> Iterator[Limit]:
    """Yield the limits of a case that do not depend on a run; `varied` are the paths that are varied."""
    yield from _usual_limits(case, register, usual, varied)
    yield from _exchange_rates(case, register, usual)
    yield from _effects(case, register)
    yield from _shares(case)
    for key, option in case.options.items():
        if isinstance(option, Api):
            yield from _cached_price(register, key)
        if not isinstance(option, Mix):
            yield from _deployment(case, key)


def _usual_limits(
    case: Case, register: Register, usual: UsualFigures, varied: frozenset[str]
) -> Iterator[Limit]:
    """Yield the hard limits of the usual figures, for what the case or a variant states (`plausibility.doubts`)."""
    size = usual.currencies.get(case.case.currency)
    for row in register.rows.values():
        stated = row.given or row.from_price_book or row.path in varied
        found = usual.plausible.get(row.path.rpartition(".")[2])
        if not stated or found is None or row.path.startswith(("prices.", EXCHANGE_RATES)):
            continue
        if "{currency}" in row.unit.name and size is None:
            continue
        per = f"{row.path.rpartition('.')[0]}.{found.per}"
        per = per if found.per and per in register.rows else ""
        scale = (size or 1.0) if "{currency}" in row.unit.name else 1.0
        yield Limit(
            f"{row.path} is beyond what any case has.",
            frozenset(filter(None, (row.path, per))),
            _beyond(row.path, found, per, scale),
        )


def _beyond(path: str, found: Plausible, per: str, size: float) -> Callable[[Rows], Mask]:
    """Return where any end of an assumption is beyond a hard limit; 0 is left to other checks."""

    def broken(rows: Rows) -> Mask:
        out, scale = np.array(False), size * (rows[per].value if per else 1.0)
        for end in ENDS:
            number: Array | None = getattr(rows[path], end)
            if number is None:
                continue
            measured = number / scale
            if found.least is not None:
                out = out | ((number != 0) & (measured < found.least))
            if found.most is not None:
                out = out | ((number != 0) & (measured > found.most))
        return out

    return broken


def _exchange_rates(case: Case, register: Register, usual: UsualFigures) -> Iterator[Limit]:
    """Yield the limits of exchange rates: far from their order of magnitude."""
    here = usual.currencies.get(case.case.currency)
    for path in register.rows:
        there = usual.currencies.get(path.removeprefix(EXCHANGE_RATES))
        if path.startswith(EXCHANGE_RATES) and here and there:
            reason = f"{path} is far from what this rate is."
            yield Limit(reason, frozenset((path,)), partial(_far, path, here / there))


def _far(path: str, expected: float, rows: Rows) -> Mask:
    value = rows[path].value
    return np.asarray(np.maximum(value / expected, expected / value) > RATE_IS_FAR)


def _effects(case: Case, register: Register) -> Iterator[Limit]:
    """Yield the bounds of every assumption in every risk and price scenario (`effects.check_effects`)."""
    for scenario in case.scenarios:
        for path in dict.fromkeys(effect.assumption for effect in scenario.effects):
            if path in register.rows:
                reason = f'The run "{scenario.name}" takes {path} out of its bounds.'
                yield Limit(reason, frozenset((path,)), _out_of_bounds(path, scenario))


def _out_of_bounds(path: str, scenario: Scenario) -> Callable[[Rows], Mask]:
    return lambda rows: ~contains(rows[path].bounds, changed(rows, scenario)[path], whole=False)


def changed(rows: Rows, scenario: Scenario) -> dict[str, Array]:
    """Return the values of the assumptions that a scenario changes: set, then multiplied, then added to."""
    joined: dict[str, dict[Operation, float]] = {}
    for effect in scenario.effects:
        joined.setdefault(effect.assumption, {}).update(effect.amounts)
    return {
        path: np.asarray(
            amounts.get("set", rows[path].value) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)
        )
        for path, amounts in joined.items()
        if path in rows
    }


def _shares(case: Case) -> Iterator[Limit]:
    """Yield for each workload that what is read from a cache and written to it is at most all input."""
    for prefix in case.streams:
        read, written = f"{prefix}.cached_share", f"{prefix}.cache_write_share"
        reason = f"{read} and {written} make more than 1."
        yield Limit(reason, frozenset((read, written)), partial(_exceed_whole, read, written))


def _exceed_whole(read: str, written: str, rows: Rows) -> Mask:
    return np.asarray(rows[read].value + rows[written].value > 1 + ROUNDING)


def _cached_price(register: Register, key: str) -> Iterator[Limit]:
    """Yield that cached input costs no more than input, where neither price is the book's (`between_fields`)."""
    full, cached = f"options.{key}.input_price", f"options.{key}.cached_input_price"
    found = [register.rows.get(path) for path in (full, cached)]
    if all(row is not None and not row.from_price_book for row in found):
        yield Limit(
            f"{cached} is above {full}.",
            frozenset((full, cached)),
            lambda rows: rows[cached].value > rows[full].value,
        )


def _deployment(case: Case, key: str) -> Iterator[Limit]:
    """Yield that neither lead time nor deployment is longer than the months that are counted."""
    for field in ("lead_time_months", "deployment_months"):
        path = f"options.{key}.{field}"
        reason = f"{path} is longer than the {case.finance.months} months that the case counts."
        yield Limit(reason, frozenset((path,)), partial(_above, path, case.finance.months))


def _above(path: str, most: float, rows: Rows) -> Mask:
    return np.asarray(rows[path].value > most)
