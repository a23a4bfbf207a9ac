"""Plan against actual of a case: months, attribution, the forecast to the horizon, and whether the answer stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.actuals.bills import Bills
from reportgen.actuals.plan import FACTOR, Measured, MonthResult, compare_months, planned_tokens
from reportgen.assessment import analyse
from reportgen.binding.bound import Bound, bind
from reportgen.errors import SurroundingsError
from reportgen.ingest.usage.figures import Figures
from reportgen.ingest.usage.records import CACHED, INPUT, OUTPUT, SPEND, WRITTEN
from reportgen.ingest.usage.summary import Summary
from reportgen.results.results import Results
from reportgen.schema.assumptions import with_values
from reportgen.schema.case import Case

LATEST = 3
"""The last months that the forecast starts from, at most."""


@dataclass(frozen=True, slots=True)
class Actual:
    """Plan against actual of one option of a case."""

    option: str
    months: tuple[MonthResult, ...]
    changes: dict[str, float]
    """What was measured, as values of assumptions from which the forecast is made."""
    plan: Results
    forecast: Results
    remarks: list[str] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Return whether the same option would be recommended with what was measured."""
        return self.plan.recommended == self.forecast.recommended


def compare(case: Case, file: Path, usage: Summary, bills: Bills | None, key: str = "") -> Actual:
    """Compare a case with usage and bills; `key` is the option that has served, the baseline unless given.

    Raises:
        SurroundingsError: where no whole month of the horizon is covered, or the option is no api.
    """
    bound = bind(case)
    option = next((one for one in bound.lines.options if one.key == (key or case.baseline)), None)
    if option is None or option.outline.kind != "api":
        kinds = ", ".join(name for name, one in case.options.items() if one.kind == "api")
        raise SurroundingsError(
            f"Name with --option the api that has served ({kinds}): its spend follows from tokens."
        )
    remarks: list[str] = []
    if bills and bills.currencies and bills.currencies != {case.case.currency}:
        raise SurroundingsError(
            f"The bills are in {', '.join(sorted(bills.currencies))}, the case in {case.case.currency}; convert them first."
        )
    measured = _measured(case, usage, bills, remarks)
    if not measured:
        raise SurroundingsError(
            f"The usage covers no whole month from {case.finance.start:%Y-%m} on, where the case begins."
        )
    months = compare_months(bound, option, measured)
    changes = _changes(case, bound, months, usage, remarks)
    plan = analyse(case, file).results
    forecast = analyse(with_values(case, changes), file).results
    return Actual(option.key, tuple(months), changes, plan, forecast, remarks)


def _measured(case: Case, usage: Summary, bills: Bills | None, remarks: list[str]) -> list[Measured]:
    """Return the whole months of the usage that lie within the horizon."""
    whole: Figures = usage.whole
    sums = usage.by_month()
    out = []
    for month in whole.months:
        year, number = map(int, month.name.split("-"))
        place = (year - case.finance.start.year) * 12 + number - case.finance.start.month + 1
        if not month.is_whole or not 1 <= place <= case.finance.months or month.name not in sums:
            continue
        amounts = sums[month.name]
        read, tokens = float(amounts[INPUT]), float(amounts[INPUT] + amounts[OUTPUT])
        spend = float(amounts[SPEND]) or None
        other = 0.0
        if bills is not None:
            spend, other = bills.tokens.get(month.name), bills.other.get(month.name, 0.0)
        out.append(
            Measured(
                place, month.name, tokens / 1e6, float(amounts[OUTPUT]) / tokens if tokens else None,
                None if whole.cached_share is None or not read else float(amounts[CACHED]) / read,
                None if whole.written_share is None or not read else float(amounts[WRITTEN]) / read, spend, other,
            )
        )  # fmt: skip
    if out and all(one.token_spend is None for one in out):
        remarks.append("no spend is known: the price counts as planned (give --bills)")
    if case.workloads:
        remarks.append(
            "the case has several workloads: the mix counts as planned, and what it does is in the price"
        )
    return out


def _changes(
    case: Case, bound: Bound, months: Sequence[MonthResult], usage: Summary, remarks: list[str]
) -> dict[str, float]:
    """Return what was measured as values of assumptions: growth, level, mix, and prices where spend is known."""
    latest = months[-LATEST:]
    tokens = sum(one.measured.volume for one in latest)
    changes: dict[str, float] = {}
    growth = usage.whole.growth
    if growth and not case.workloads:
        changes["workload.annual_growth"] = growth.value
        remarks.append(
            f"growth: {growth.value:.0%} a year, fitted to {growth.months} months (from {growth.low:.0%} to {growth.high:.0%} in 8 cases of 10)"
        )
    else:
        remarks.append("growth counts as planned: it needs three whole months of one workload")
    if not case.workloads:
        for field, attribute in (
            ("output_share", "output_share"),
            ("cached_share", "cached_share"),
            ("cache_write_share", "written_share"),
        ):
            known = [
                (found, one.measured.volume)
                for one in latest
                if (found := getattr(one.measured, attribute)) is not None
            ]
            if known and tokens:
                changes[f"workload.{field}"] = sum(share * weight for share, weight in known) / sum(
                    weight for _, weight in known
                )
    grown = bind(with_values(case, changes)) if changes else bound
    planned = sum(planned_tokens(grown, [one.measured.month for one in latest]))
    if planned:
        changes[FACTOR] = bound.values.get(FACTOR, 1.0) * tokens / planned
    return changes
