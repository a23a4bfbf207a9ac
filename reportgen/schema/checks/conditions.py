"""Checks of conditions that must hold in every stated run, not only in the base case."""

from collections.abc import Iterator
from itertools import islice

from reportgen.casing import first_upper
from reportgen.schema.case import Case
from reportgen.schema.checks.effects import AssumptionTable, StatedRun
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import Api, OnPrem, Platform, SelfHosted, ServiceOption
from reportgen.schema.schedules import price_item_id

TUNING = ("tuning_fte_months", "tuning_months", "tuning")
REFRESH = ("refresh_fte_months", "refresh_months", "model replacement")
"""Work that is spread over months: the fields of the work and of the months, and its name in messages."""


def check_conditions(case: Case, table: AssumptionTable, stated: list[StatedRun]) -> Iterator[Violation]:
    """Yield violations in any stated run: a missing cached price or until_live, work without time, no commitment."""
    for key, option in case.services.items():
        yield from _check_until_live(option, key, table, stated)
        yield from _check_work(key, table, stated, REFRESH)
        if isinstance(option, Api):
            yield from _check_cached_price(case, key, option, table, stated)
        if isinstance(option, SelfHosted | OnPrem):
            yield from _check_work(key, table, stated, TUNING)
        if isinstance(option, SelfHosted | Platform):
            yield from _check_commitment(key, option, table, stated)


def _check_until_live(
    option: ServiceOption, key: str, table: AssumptionTable, stated: list[StatedRun]
) -> Iterator[Violation]:
    """Check that an option that goes live later names the api option used until then (MODEL, "Options")."""
    if option.until_live:
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
    shares = [table.get(f"{prefix}.cached_share") for prefix in case.streams]
    reads = ((run, run.value(share)) for run in stated for share in shares if run.value(share) > 0)
    for found, share in islice(reads, 1):
        lacking = f"; the price item {item} has no cached_input" if item else ""
        sentence = (
            f"`cached_input_price` is missing{lacking}: {found.description} a share of the input is read "
            f"from cache (cached_share is {share:g}). Write what that costs per M tokens."
        )
        yield Violation(
            ("options", key, "cached_input_price"), sentence, depends_on=(("options", key, "prices"),)
        )


def _check_work(
    key: str, table: AssumptionTable, stated: list[StatedRun], fields: tuple[str, str, str]
) -> Iterator[Violation]:
    """Check that work that is spread over months has months; `fields` are the work, the months and its name."""
    work_field, months_field, name = fields
    work, time = (table.get(f"options.{key}.{field}") for field in (work_field, months_field))
    found = next((run for run in stated if run.value(work) > 0 and run.value(time) <= 0), None)
    if found:
        here, months = ("options", key, work_field), ("options", key, months_field)
        sentence = (
            f"{first_upper(found.description)} there are {found.value(work):g} FTE-months of {name} "
            f"and no months to do them in. Give {months_field} above 0 there too, or take the work out."
        )
        yield Violation(here, sentence, depends_on=(months,))


def _check_commitment(
    key: str, option: SelfHosted | Platform, table: AssumptionTable, stated: list[StatedRun]
) -> Iterator[Violation]:
    """Check that committed replicas are committed to for some months, and renewed after a month or more."""
    here, months_here = ("options", key, "committed_replicas"), ("options", key, "commitment_months")
    renews_here = ("options", key, "commitment_renews")
    replicas, months = (
        table.get(f"options.{key}.committed_replicas"),
        table.get(f"options.{key}.commitment_months"),
    )
    if option.commitment_renews and replicas is None:
        sentence = (
            "commitment_renews needs committed_replicas: how many copies of the model are committed to."
        )
        yield Violation(renews_here, sentence, at_key=True, depends_on=(here,))
    for run in stated:
        committed, term = run.value(replicas), run.value(months)
        if option.commitment_renews and term < 1:
            sentence = (
                f"{first_upper(run.description)} commitment_months is {term:g}; a commitment that renews lasts "
                "a month or more. Make it longer, or take commitment_renews out."
            )
            yield Violation(renews_here, sentence, depends_on=(months_here,))
            return
        if committed > 0 and term <= 0:
            sentence = (
                f"{first_upper(run.description)} {committed:g} replicas are committed to for no months. "
                "Give commitment_months above 0, or take committed_replicas out."
            )
            yield Violation(here, sentence, depends_on=(months_here,))
            return
