"""Checks of machines, of bounds that depend on other fields, and of how machines are billed."""

from collections.abc import Iterator

from reportgen.schema.assumption_fields import measure_of
from reportgen.schema.bounds import Bounds
from reportgen.schema.case import Case
from reportgen.schema.checks.effects import AssumptionTable
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import GpuOption, Platform, SelfHosted
from reportgen.units import MONTH_NUMBER

PAIR = ("prompt_tps", "output_tps")


def check_machines(case: Case, table: AssumptionTable) -> Iterator[Violation]:
    """Yield violations: the speed of a replica, servers billed by the second, months and replicas out of bounds."""
    for key, option in case.gpu_options.items():
        yield from _check_speed(("options", key), option)
        if isinstance(option, SelfHosted | Platform):
            yield from _check_servers(("options", key), option)
    yield from _check_dependent_bounds(table)


def _check_speed(location: Location, option: GpuOption) -> Iterator[Violation]:
    """Check that the speed of a replica is given in exactly one form."""
    given = [name for name in PAIR if getattr(option, name) is not None]
    total = (*location, "replica_tps")
    pair = tuple((*location, name) for name in PAIR)
    if option.replica_tps and given:
        sentence = f"replica_tps and {given[0]} both say how fast a replica is; keep replica_tps, or {' and '.join(PAIR)}."
        yield Violation(total, sentence, at_key=True, depends_on=pair)
    elif len(given) == 1:
        (other,) = set(PAIR) - set(given)
        sentence = f"{given[0]} needs {other} beside it: a replica reads and writes at speeds of their own."
        yield Violation((*location, given[0]), sentence, at_key=True, depends_on=pair)
    elif not option.replica_tps and not given:
        measured = measure_of(type(option).model_fields["replica_tps"])
        meaning = measured.meaning if measured else ""
        sentence = f"`replica_tps` is missing: {meaning}. Write it, or {' and '.join(PAIR)} instead."
        yield Violation(total, sentence, at_key=True, depends_on=(*pair, (*location, "kind")))
    if "prefix_cache_reach" in option.model_fields_set and not given:
        sentence = f"prefix_cache_reach needs {' and '.join(PAIR)}: replica_tps says nothing of how fast prompts are read."
        yield Violation((*location, "prefix_cache_reach"), sentence, at_key=True, depends_on=(total, *pair))


def _check_servers(location: Location, option: SelfHosted | Platform) -> Iterator[Violation]:
    if option.billed == "second" and option.gpus_per_server:
        sentence = "Machines billed by the second do not come by the server; take gpus_per_server out, or `billed: second`."
        here = (*location, "gpus_per_server")
        yield Violation(here, sentence, at_key=True, depends_on=((*location, "billed"),))


def _check_dependent_bounds(table: AssumptionTable) -> Iterator[Violation]:
    """Check values and ranges whose bounds depend on the horizon, or on how machines are billed."""
    for row in table.values():
        month, replicas = row.unit == MONTH_NUMBER, row.path.endswith(".min_replicas")
        if not month and not replicas:
            continue
        where: Location = tuple(row.path.split("."))
        depends_on = (("finance", "years"),) if month else ((*where[:-1], "billed"),)
        for name, value in (("value", row.value), ("low", row.low), ("high", row.high)):
            if value is not None and not row.bounds.contains(value):
                sentence = _month_sentence(value, row.bounds) if month else _replicas_sentence(value)
                yield Violation((*where, name), sentence, depends_on=depends_on)


def _month_sentence(value: float, bounds: Bounds) -> str:
    return f"You wrote {value:g}; it must be between {bounds.least:g} and {bounds.most:g}, the last month of the horizon."


def _replicas_sentence(value: float) -> str:
    return (
        f"You wrote {value:g}; it must be a whole number, 1 or more: how many copies of the model run at least. "
        "Only machines that are billed by the second (`billed: second`) may all be switched off."
    )
