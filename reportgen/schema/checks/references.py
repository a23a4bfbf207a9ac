"""Checks of references: every named option exists and is of the right kind; dependent fields are given together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from reportgen.schema.case import Case
from reportgen.schema.finance import Obligation
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import Api, Mix, ServiceOption


def check_references(case: Case) -> Iterator[Violation]:
    """Yield violations: unknown options, options of the wrong kind, incomplete tables, fields without their pair."""
    if case.baseline:
        yield from _check_option(case, ("baseline",), case.baseline)
        if case.baseline in case.mixes:
            sentence = f'"{case.baseline}" is a mix, and options are compared with a single one: {_names(case.services)}.'
            yield Violation(("baseline",), sentence, depends_on=(("options", case.baseline),))
    yield from _check_bridge(case)
    for key, option in case.services.items():
        yield from _check_api_references(case, key, option)
        yield from _check_exit(key, option)
    for number, project in enumerate(case.opportunity):
        yield from _check_displacing(case, ("opportunity", number, "option"), project.option)
    for number, obligation in enumerate(case.obligations):
        yield from _check_obligation(case, ("obligations", number), obligation)
    for number, requirement in enumerate(case.requirements):
        here = ("requirements", number, "met_by")
        yield from _check_complete(case, here, requirement.met_by, case.services)
        yield from _check_no_mix(case, here, requirement.met_by)
    for number, criterion in enumerate(case.strategic_fit):
        yield from _check_complete(case, ("strategic_fit", number, "scores"), criterion.scores, case.options)
    for key in case.report.colours:
        yield from _check_option(case, ("report", "colours", key), key, at_key=True)
    yield from _check_volumes(case)
    yield from _check_actuals(case)


def _check_actuals(case: Case) -> Iterator[Violation]:
    """Check the months that have passed: within the horizon, each once, all of one option."""
    seen: set[date] = set()
    for number, one in enumerate(case.actuals):
        here = ("actuals", number)
        yield from _check_option(case, (*here, "option"), one.option)
        if one.option != case.actuals[0].option:
            sentence = f"The months that have passed are of one option, here {case.actuals[0].option}."
            yield Violation((*here, "option"), sentence)
        if one.month in seen:
            yield Violation((*here, "month"), f"{one.month:%Y-%m} stands here twice; take one out.")
        seen.add(one.month)
        first, end = case.finance.start, case.finance.first_day(case.finance.months + 1)
        if not first <= one.month < end:
            sentence = (
                f"{one.month:%Y-%m} is not in the horizon, which is from {first:%Y-%m} to before {end:%Y-%m}."
            )
            yield Violation((*here, "month"), sentence, depends_on=(("finance", "start"),))


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
    if isinstance(found := case.options.get(key), Api | Mix):
        kind = "an api" if isinstance(found, Api) else "a mix"
        sentence = (
            f'"{key}" is {kind}; the bridge is about an option that runs on GPUs: {_names(case.gpu_options)}.'
        )
        yield Violation(location, sentence, depends_on=(("options", key),))


def _names(options: Mapping[str, object]) -> str:
    return listed(options) or "this case has none"


def _check_api(case: Case, location: Location, named: str) -> Iterator[Violation]:
    """Check that a named option exists and is an api."""
    yield from _check_option(case, location, named)
    if named in case.options and not isinstance(case.options[named], Api):
        apis = {key: option for key, option in case.options.items() if isinstance(option, Api)}
        kind, field = case.options[named].kind, location[-1]
        sentence = f'"{named}" is of kind {kind}; {field} names an api option: {_names(apis)}.'
        yield Violation(location, sentence, depends_on=(("options", named),))


def _check_displacing(case: Case, location: Location, keys: Sequence[str]) -> Iterator[Violation]:
    """Check the options that displace a project: each exists, stands once and is no mix."""
    for number, key in enumerate(keys):
        here = (*location, number) if len(keys) > 1 else location
        yield from _check_option(case, here, key)
        if isinstance(case.options.get(key), Mix):
            sentence = (
                f'"{key}" is a mix, which displaces what the options that it routes to displace; '
                "name those, or take it out."
            )
            yield Violation(here, sentence, depends_on=(("options", key),))
        if key in keys[:number]:
            yield Violation(here, f'"{key}" stands in this list already; keep one of the two.')


def _check_obligation(case: Case, location: Location, obligation: Obligation) -> Iterator[Violation]:
    """Check that an obligation is to an api option, within the horizon."""
    yield from _check_api(case, (*location, "option"), obligation.option)
    month, last = obligation.until_month, case.finance.months
    if not 1 <= month <= last:
        sentence = f"You wrote {month}; it must be between 1 and {last}, the last month of the horizon."
        yield Violation((*location, "until_month"), sentence, depends_on=(("finance",),))


def _check_no_mix(case: Case, location: Location, table: Mapping[str, object]) -> Iterator[Violation]:
    """Check that a requirement leaves the mixes out."""
    for key in (key for key in table if key in case.mixes):
        sentence = (
            f'"{key}" is a mix; it meets a requirement where the options that it routes to do. Take it out.'
        )
        yield Violation((*location, key), sentence, at_key=True, depends_on=(("options", key),))


def _check_api_references(case: Case, key: str, option: ServiceOption) -> Iterator[Violation]:
    """Check the api options that an option names: until_live, and spill_to with max_replicas."""
    for field in ("until_live", "spill_to"):
        if (named := getattr(option, field, None)) is not None:
            yield from _check_api(case, ("options", key, field), named)
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


def _check_exit(key: str, option: ServiceOption) -> Iterator[Violation]:
    """Check that the exit has both a probability and a month."""
    chance, month = ("options", key, "exit_probability"), ("options", key, "exit_month")
    if (option.exit_probability is None) != (option.exit_month is None):
        given, other = (chance, "exit_month") if option.exit_probability else (month, "exit_probability")
        sentence = (
            f"{given[-1]} needs {other} beside it: the exit is quantified by both. Give both or neither."
        )
        yield Violation(given, sentence, at_key=True, depends_on=(chance, month))


def _check_complete(
    case: Case, location: Location, table: Mapping[str, object], needed: Iterable[str]
) -> Iterator[Violation]:
    for key in table:
        yield from _check_option(case, (*location, key), key, at_key=True)
    if absent := [key for key in needed if key not in table]:
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
