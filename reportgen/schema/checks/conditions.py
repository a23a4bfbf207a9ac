"""Checks of what must hold in every stated run, not only in the base case."""

from collections.abc import Iterator

from reportgen.casing import first_upper
from reportgen.schema.case import Case
from reportgen.schema.checks.effects import Run, Table
from reportgen.schema.loading.reading import Remark
from reportgen.schema.options import Api, OnPrem, SelfHosted
from reportgen.schema.schedules import item_name


def conditions(case: Case, table: Table, stated: list[Run]) -> Iterator[Remark]:
    """Tell of a missing cached price or until_live and of tuning work without time, naming the run."""
    for key, option in case.options.items():
        yield from _until_live(case, key, table, stated)
        if isinstance(option, Api):
            yield from _cached(case, key, option, table, stated)
        if isinstance(option, SelfHosted | OnPrem):
            yield from _tuning(key, table, stated)


def _until_live(case: Case, key: str, table: Table, stated: list[Run]) -> Iterator[Remark]:
    """Before go-live somebody else carries the workload (MODEL, "Options")."""
    if case.options[key].until_live:
        return
    here = ("options", key)
    lead, deployment = (
        table.get(f"options.{key}.{field}") for field in ("lead_time_months", "deployment_months")
    )
    found = next((run for run in stated if round(run.value(lead) + run.value(deployment), 6) > 0), None)
    if found:
        months = found.value(lead) + found.value(deployment)
        sentence = (
            f"`until_live` is missing: {found.words} this option goes live after {months:g} {'month' if months == 1 else 'months'}, "
            "and until then an api option carries the workload. Name it (an api may name itself)."
        )
        yield Remark((*here, "until_live"), sentence, about=(here,))


def _cached(case: Case, key: str, option: Api, table: Table, stated: list[Run]) -> Iterator[Remark]:
    item = item_name(option)
    known = case.book.item(item) if case.book else None
    if option.cached_input_price or f"options.{key}.cached_input_price" in table:
        return
    if item and (known is None or known.kind != "token"):  # pricing.py tells
        return
    share = table.get("workload.cached_share")
    found = next((run for run in stated if run.value(share) > 0), None)
    if found:
        lacking = f"; the price item {item} has no cached_input" if item else ""
        sentence = (
            f"`cached_input_price` is missing{lacking}: {found.words} a share of the input is read "
            f"from cache (cached_share is {found.value(share):g}). Write what that costs per M tokens."
        )
        yield Remark(("options", key, "cached_input_price"), sentence, about=(("options", key, "prices"),))


def _tuning(key: str, table: Table, stated: list[Run]) -> Iterator[Remark]:
    work, time = (table.get(f"options.{key}.{field}") for field in ("tuning_fte_months", "tuning_months"))
    found = next((run for run in stated if run.value(work) > 0 and run.value(time) <= 0), None)
    if found:
        here, months = ("options", key, "tuning_fte_months"), ("options", key, "tuning_months")
        sentence = (
            f"{first_upper(found.words)} there are {found.value(work):g} FTE-months of tuning "
            "and no months to do them in. Give tuning_months above 0 there too, or take the work out."
        )
        yield Remark(here, sentence, about=(months,))
