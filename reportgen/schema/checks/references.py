"""Checks of references: every option named exists and is of the right kind; what belongs together is."""

from collections.abc import Iterator, Mapping

from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.messages import listed, suggest
from reportgen.schema.loading.reading import Remark
from reportgen.schema.options import Api


def references(case: Case) -> Iterator[Remark]:
    """Tell of options that do not exist or cannot play their part, and of tables that leave options out."""
    if case.baseline:
        yield from _option(case, ("baseline",), case.baseline)
    yield from _bridge(case)
    for key in case.options:
        yield from _leans(case, key)
        yield from _leaves(case, key)
    for number, project in enumerate(case.opportunity):
        yield from _option(case, ("opportunity", number, "option"), project.option)
    for number, requirement in enumerate(case.requirements):
        yield from _complete(case, ("requirements", number, "met_by"), requirement.met_by)
    for number, criterion in enumerate(case.strategic_fit):
        yield from _complete(case, ("strategic_fit", number, "scores"), criterion.scores)
    for key in case.report.colours:
        yield from _option(case, ("report", "colours", key), key, at_key=True)
    yield from _ladder(case)


def _option(case: Case, location: Location, key: str, *, at_key: bool = False) -> Iterator[Remark]:
    if key not in case.options:
        known = f"the options are {listed(case.options)}"
        sentence = f'There is no option "{key}"; {known}.{suggest(key, case.options)}'
        yield Remark(location, sentence, at_key=at_key, about=(("options", key),))


def _bridge(case: Case) -> Iterator[Remark]:
    location, key = ("bridge", "option"), case.bridge.option
    if key is None:
        if case.bridge.naive_utilisation:
            yield Remark(location, "The bridge needs an option that runs on GPUs; name it with `option:`.")
        return
    yield from _option(case, location, key)
    if isinstance(case.options.get(key), Api):
        sentence = (
            f'"{key}" is an api; the bridge is about an option that runs on GPUs: {_names(case.gpu_options)}.'
        )
        yield Remark(location, sentence, about=(("options", key),))


def _names(options: Mapping[str, object]) -> str:
    return listed(options) or "this case has none"


def _leans(case: Case, key: str) -> Iterator[Remark]:
    """Check the api options that an option leans on."""
    option = case.options[key]
    apis = {name: found for name, found in case.options.items() if isinstance(found, Api)}
    for field in ("until_live", "spill_to"):
        named, location = getattr(option, field, None), ("options", key, field)
        if named is None:
            continue
        yield from _option(case, location, named)
        if named in case.options and named not in apis:
            kind = case.options[named].kind
            sentence = f'"{named}" is of kind {kind}; {field} names an api option: {_names(apis)}.'
            yield Remark(location, sentence, about=(("options", named),))
    if isinstance(option, Api):
        return
    cap, spill = ("options", key, "max_replicas"), ("options", key, "spill_to")
    if option.max_replicas and not option.spill_to:
        sentence = "max_replicas needs spill_to: the api option that takes what these replicas do not serve."
        yield Remark(cap, sentence, at_key=True, about=(spill,))
    if option.spill_to and not option.max_replicas:
        yield Remark(
            spill,
            "spill_to needs max_replicas: from how many on work spills over.",
            at_key=True,
            about=(cap,),
        )


def _leaves(case: Case, key: str) -> Iterator[Remark]:
    """Check that the exit has both a probability and a month, and the month lies in the horizon."""
    option = case.options[key]
    chance, month = ("options", key, "exit_probability"), ("options", key, "exit_month")
    if (option.exit_probability is None) != (option.exit_month is None):
        given, other = (chance, "exit_month") if option.exit_probability else (month, "exit_probability")
        sentence = (
            f"{given[-1]} needs {other} beside it: the exit is quantified by both. Give both or neither."
        )
        yield Remark(given, sentence, at_key=True, about=(chance, month))
    if option.exit_month is None:
        return
    numbers = {"value": option.exit_month.value, "low": option.exit_month.low, "high": option.exit_month.high}
    last = case.finance.months
    for name, value in numbers.items():
        if value is not None and value > last:
            sentence = f"You wrote {value:g}; it must be between 1 and {last}, the last month of the horizon."
            yield Remark((*month, name), sentence, about=(("finance",),))


def _complete(case: Case, location: Location, table: Mapping[str, object]) -> Iterator[Remark]:
    for key in table:
        yield from _option(case, (*location, key), key, at_key=True)
    if absent := [key for key in case.options if key not in table]:
        about = tuple(("options", key) for key in absent)
        yield Remark(
            location,
            f"Every option needs an entry here; {listed(absent)} has none.",
            at_key=True,
            about=about,
        )


def _ladder(case: Case) -> Iterator[Remark]:
    low, high = case.break_even.low, case.break_even.high
    if low >= high:
        sentence = f"low is {low:g} and high {high:g}; the ladder of volumes needs low below high."
        yield Remark(
            ("break_even",), sentence, at_key=True, about=(("break_even", "low"), ("break_even", "high"))
        )
