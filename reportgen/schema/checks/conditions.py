"""Checks of conditions that must hold in every stated run, not only in the base case."""

from collections.abc import Iterator

from reportgen.casing import first_upper
from reportgen.schema.case import Case
from reportgen.schema.checks.effects import AssumptionTable, StatedRun
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import Api, OnPrem, SelfHosted
from reportgen.schema.schedules import price_item_id


def check_conditions(case: Case, table: AssumptionTable, stated: list[StatedRun]) -> Iterator[Violation]:
    """Yield violations in any stated run: missing cached price or until_live, tuning work without time."""
    for key, option in case.options.items():
        yield from _check_until_live(case, key, table, stated)
        if isinstance(option, Api):
            yield from _check_cached_price(case, key, option, table, stated)
        if isinstance(option, SelfHosted | OnPrem):
            yield from _check_tuning(key, table, stated)


def _check_until_live(
    case: Case, key: str, table: AssumptionTable, stated: list[StatedRun]
) -> Iterator[Violation]:
    """Check that an option that goes live later names the api option used until then (MODEL, "Options")."""
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
            f"`until_live` is missing: {found.description} this option goes live after {months:g} {'month' if months == 1 else 'months'}, "
            "and until then an api option carries the workload. Name it (an api may name itself)."
        )
        yield Violation((*here, "until_live"), sentence, depends_on=(here,))


def _check_cached_price(
    case: Case, key: str, option: Api, table: AssumptionTable, stated: list[StatedRun]
) -> Iterator[Violation]:
    item = price_item_id(option)
    known = case.book.item(item) if case.book else None
    if option.cached_input_price or f"options.{key}.cached_input_price" in table:
        return
    if item and (known is None or known.kind != "token"):  # checks/prices.py reports it
        return
    share = table.get("workload.cached_share")
    found = next((run for run in stated if run.value(share) > 0), None)
    if found:
        lacking = f"; the price item {item} has no cached_input" if item else ""
        sentence = (
            f"`cached_input_price` is missing{lacking}: {found.description} a share of the input is read "
            f"from cache (cached_share is {found.value(share):g}). Write what that costs per M tokens."
        )
        yield Violation(
            ("options", key, "cached_input_price"), sentence, depends_on=(("options", key, "prices"),)
        )


def _check_tuning(key: str, table: AssumptionTable, stated: list[StatedRun]) -> Iterator[Violation]:
    work, time = (table.get(f"options.{key}.{field}") for field in ("tuning_fte_months", "tuning_months"))
    found = next((run for run in stated if run.value(work) > 0 and run.value(time) <= 0), None)
    if found:
        here, months = ("options", key, "tuning_fte_months"), ("options", key, "tuning_months")
        sentence = (
            f"{first_upper(found.description)} there are {found.value(work):g} FTE-months of tuning "
            "and no months to do them in. Give tuning_months above 0 there too, or take the work out."
        )
        yield Violation(here, sentence, depends_on=(months,))
