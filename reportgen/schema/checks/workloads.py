"""Checks of the workloads of a case, and of the mixes that route them to options."""

from collections.abc import Iterator

from reportgen.schema.assumption_fields import measure_of
from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import Mix
from reportgen.schema.workload import (
    MAX_WORKLOADS,
    MIN_WORKLOADS,
    REQUIRED_FIELDS,
    SHARED_FIELDS,
    Stream,
    Workload,
)
from reportgen.units import there_are

ROUNDING = 1e-9


def check_workloads(case: Case) -> Iterator[Violation]:
    """Yield violations: volumes missing, their number, shares that exceed the whole, unknown workloads, routes."""
    if "workloads" in case.model_fields_set:
        yield from _check_several(case)
    else:
        yield from _check_single(case)
    for prefix, stream in case.streams.items():
        yield from _check_shares(tuple(prefix.split(".")), stream)
    for number, requirement in enumerate(case.requirements):
        for place, name in enumerate(requirement.workloads or ()):
            yield from _check_workload(case, ("requirements", number, "workloads", place), name)
    for key, mix in case.mixes.items():
        yield from _check_mix(case, ("options", key, "routes"), mix)


def _check_single(case: Case) -> Iterator[Violation]:
    if "workload" not in case.model_fields_set:
        sentence = (
            "`workload` is missing: how many tokens are served, and of which sort. Write it, "
            "or two to six of them under `workloads`."
        )
        yield Violation(("workload",), sentence, at_key=True, depends_on=(("workloads",),))
        return
    for name in REQUIRED_FIELDS:
        measured = measure_of(Workload.model_fields[name])
        if getattr(case.workload, name) is None and measured:
            sentence = f"`{name}` is missing: {measured.meaning}. Write it here."
            yield Violation(("workload", name), sentence, at_key=True)


def _check_several(case: Case) -> Iterator[Violation]:
    count = len(case.workloads)
    if not MIN_WORKLOADS <= count <= MAX_WORKLOADS:
        sentence = (
            f"{there_are(count, 'workload')}; a case has {MIN_WORKLOADS} to {MAX_WORKLOADS}. "
            "A single one is written as `workload`."
        )
        yield Violation(("workloads",), sentence, at_key=True)
    for name in sorted(case.workload.model_fields_set - set(SHARED_FIELDS)):
        sentence = (
            f"`{name}` belongs to each of the `workloads`; what they share here is {listed(SHARED_FIELDS)}. "
            "Move it there."
        )
        yield Violation(("workload", name), sentence, at_key=True, depends_on=(("workloads",),))


def _check_shares(location: Location, stream: Stream) -> Iterator[Violation]:
    """Check that what is read from a cache and what is written to it are at most all input."""
    read, written = stream.cached_share.value, stream.cache_write_share.value
    if read + written > 1 + ROUNDING:
        sentence = (
            f"cached_share {read:g} and cache_write_share {written:g} make {read + written:g}; both are shares "
            "of the input and make at most 1 together."
        )
        yield Violation((*location, "cache_write_share"), sentence, depends_on=((*location, "cached_share"),))


def _check_workload(
    case: Case, location: Location, name: str, *, at_key: bool = False
) -> Iterator[Violation]:
    """Check that a named workload exists."""
    if not case.workloads:
        sentence = "This case has one `workload`; only those under `workloads` are named. Take it out."
        yield Violation(location, sentence, at_key=at_key, depends_on=(("workloads",),))
    elif name not in case.workloads:
        known = f"the workloads are {listed(case.workloads)}"
        sentence = f'There is no workload "{name}"; {known}.{suggestion(name, case.workloads)}'
        yield Violation(location, sentence, at_key=at_key, depends_on=(("workloads", name),))


def _check_mix(case: Case, location: Location, mix: Mix) -> Iterator[Violation]:
    """Check that a mix routes every workload, to two or more options that serve themselves."""
    if not case.workloads:
        sentence = (
            "A mix routes the `workloads` of a case, and this one has a single `workload`. "
            "Write two or more of them under `workloads`, or take the mix out."
        )
        yield Violation(location, sentence, at_key=True, depends_on=(("workloads",),))
        return
    for workload, key in mix.routes.items():
        here = (*location, workload)
        yield from _check_workload(case, here, workload, at_key=True)
        yield from _check_route(case, here, key)
    if absent := [key for key in case.workloads if key not in mix.routes]:
        sentence = f"Every workload needs a route here; {listed(absent)} has none."
        depends_on = tuple(("workloads", key) for key in absent)
        yield Violation(location, sentence, at_key=True, depends_on=depends_on)
    elif len(named := set(mix.routes.values())) == 1:
        sentence = f"All workloads go to {listed(named)}; a mix routes to two options or more. Take it out."
        yield Violation(location, sentence, at_key=True)


def _check_route(case: Case, location: Location, key: str) -> Iterator[Violation]:
    """Check that an option that a mix routes to exists and is no mix."""
    if key not in case.options:
        known = f"the options are {listed(case.services)}"
        sentence = f'There is no option "{key}"; {known}.{suggestion(key, case.services)}'
        yield Violation(location, sentence, depends_on=(("options", key),))
    elif key in case.mixes:
        sentence = f'"{key}" is a mix itself; route to an option that serves: {listed(case.services)}.'
        yield Violation(location, sentence, depends_on=(("options", key),))
