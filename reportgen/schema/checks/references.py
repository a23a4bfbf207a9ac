"""Checks of references: every named option exists and is of the right kind; dependent fields are given together."""

from collections.abc import Iterator, Mapping

from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import Api


def check_references(case: Case) -> Iterator[Violation]:
    """Yield violations: unknown options, options of the wrong kind, incomplete tables, fields without their pair."""
    if case.baseline:
        yield from _check_option(case, ("baseline",), case.baseline)
    yield from _check_bridge(case)
    for key in case.options:
        yield from _check_api_references(case, key)
        yield from _check_exit(case, key)
    for number, project in enumerate(case.opportunity):
        yield from _check_option(case, ("opportunity", number, "option"), project.option)
    for number, requirement in enumerate(case.requirements):
        yield from _check_complete(case, ("requirements", number, "met_by"), requirement.met_by)
    for number, criterion in enumerate(case.strategic_fit):
        yield from _check_complete(case, ("strategic_fit", number, "scores"), criterion.scores)
    for key in case.report.colours:
        yield from _check_option(case, ("report", "colours", key), key, at_key=True)
    yield from _check_volumes(case)


def _check_option(case: Case, location: Location, key: str, *, at_key: bool = False) -> Iterator[Violation]:
    if key not in case.options:
        known = f"the options are {listed(case.options)}"
        sentence = f'There is no option "{key}"; {known}.{suggestion(key, case.options)}'
        yield Violation(location, sentence, at_key=at_key, depends_on=(("options", key),))


def _check_bridge(case: Case) -> Iterator[Violation]:
    location, key = ("bridge", "option"), case.bridge.option
    if key is None:
        if case.bridge.naive_utilisation:
            yield Violation(location, "The bridge needs an option that runs on GPUs; name it with `option:`.")
        return
    yield from _check_option(case, location, key)
    if isinstance(case.options.get(key), Api):
        sentence = (
            f'"{key}" is an api; the bridge is about an option that runs on GPUs: {_names(case.gpu_options)}.'
        )
        yield Violation(location, sentence, depends_on=(("options", key),))


def _names(options: Mapping[str, object]) -> str:
    return listed(options) or "this case has none"


def _check_api_references(case: Case, key: str) -> Iterator[Violation]:
    """Check the api options that an option names: until_live, and spill_to with max_replicas."""
    option = case.options[key]
    apis = {name: found for name, found in case.options.items() if isinstance(found, Api)}
    for field in ("until_live", "spill_to"):
        named, location = getattr(option, field, None), ("options", key, field)
        if named is None:
            continue
        yield from _check_option(case, location, named)
        if named in case.options and named not in apis:
            kind = case.options[named].kind
            sentence = f'"{named}" is of kind {kind}; {field} names an api option: {_names(apis)}.'
            yield Violation(location, sentence, depends_on=(("options", named),))
    if isinstance(option, Api):
        return
    cap, spill = ("options", key, "max_replicas"), ("options", key, "spill_to")
    if option.max_replicas and not option.spill_to:
        sentence = "max_replicas needs spill_to: the api option that takes what these replicas do not serve."
        yield Violation(cap, sentence, at_key=True, depends_on=(spill,))
    if option.spill_to and not option.max_replicas:
        yield Violation(
            spill,
            "spill_to needs max_replicas: from how many on work spills over.",
            at_key=True,
            depends_on=(cap,),
        )


def _check_exit(case: Case, key: str) -> Iterator[Violation]:
    """Check that the exit has both a probability and a month, and that the month lies within the horizon."""
    option = case.options[key]
    chance, month = ("options", key, "exit_probability"), ("options", key, "exit_month")
    if (option.exit_probability is None) != (option.exit_month is None):
        given, other = (chance, "exit_month") if option.exit_probability else (month, "exit_probability")
        sentence = (
            f"{given[-1]} needs {other} beside it: the exit is quantified by both. Give both or neither."
        )
        yield Violation(given, sentence, at_key=True, depends_on=(chance, month))
    if option.exit_month is None:
        return
    numbers = {"value": option.exit_month.value, "low": option.exit_month.low, "high": option.exit_month.high}
    last = case.finance.months
    for name, value in numbers.items():
        if value is not None and value > last:
            sentence = f"You wrote {value:g}; it must be between 1 and {last}, the last month of the horizon."
            yield Violation((*month, name), sentence, depends_on=(("finance", "years"),))


def _check_complete(case: Case, location: Location, table: Mapping[str, object]) -> Iterator[Violation]:
    for key in table:
        yield from _check_option(case, (*location, key), key, at_key=True)
    if absent := [key for key in case.options if key not in table]:
        depends_on = tuple(("options", key) for key in absent)
        yield Violation(
            location,
            f"Every option needs an entry here; {listed(absent)} has none.",
            at_key=True,
            depends_on=depends_on,
        )


def _check_volumes(case: Case) -> Iterator[Violation]:
    low, high = case.break_even.low, case.break_even.high
    if low >= high:
        sentence = f"low is {low:g} and high {high:g}; the ladder of volumes needs low below high."
        yield Violation(
            ("break_even",), sentence, at_key=True, depends_on=(("break_even", "low"), ("break_even", "high"))
        )
