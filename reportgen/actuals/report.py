"""Plan against actual of a case: months, attribution, the forecast to the horizon, and whether the answer stands."""

from collections.abc import Mapping, Sequence

from reportgen.actuals.bills import Bills
from reportgen.actuals.forecast import forecast_changes
from reportgen.actuals.measured import measured_months, recorded_months
from reportgen.actuals.plan import compare_months
from reportgen.assessment import ranked
from reportgen.binding.bound import bind
from reportgen.errors import SurroundingsError
from reportgen.ingest.usage.summary import Summary
from reportgen.results.actuals import Actual, Measured, Outlook
from reportgen.results.options import OptionResult
from reportgen.schema.assumptions import with_values
from reportgen.schema.case import Case


def actual_of(case: Case) -> Actual | None:
    """Compare a case with the months that it records; None where it records none."""
    if not case.actuals:
        return None
    return compare_measured(case, case.actuals[0].option, recorded_months(case))


def compare(
    case: Case, usage: Summary, bills: Bills | None, key: str = "", services: Sequence[str] = ()
) -> Actual:
    """Compare a case with usage and bills; `key` is the option that has served, the baseline unless given.

    Raises:
        SurroundingsError: where no whole month of the horizon is covered, or there is no such option or service.
    """
    served = key or case.baseline
    if served not in case.options:
        raise SurroundingsError(f"The case has no option {served}; it has {', '.join(case.options)}.")
    if bills and bills.currencies and bills.currencies != {case.case.currency}:
        raise SurroundingsError(
            f"The bills are in {', '.join(sorted(bills.currencies))}, the case in {case.case.currency}; convert them first."
        )
    kind = case.options[served].kind
    spend = bills.spend(kind, services) if bills else None
    measured = measured_months(case, usage, spend, kind)
    if not measured:
        raise SurroundingsError(
            f"The usage covers no whole month from {case.finance.start:%Y-%m} on, where the case begins."
        )
    return compare_measured(case, served, measured)


def compare_measured(case: Case, key: str, measured: Sequence[Measured]) -> Actual:
    """Compare the months that have passed with the plan of the option that served, and forecast every option."""
    bound = bind(case)
    option = next(one for one in bound.lines.options if one.key == key)
    months = tuple(compare_months(bound, option, measured))
    remarks: list[str] = []
    if all(one.own_spend is None for one in measured):
        remarks.append("no spend is known: the price counts as planned (give --bills)")
    if case.workloads:
        remarks.append(
            "the case has several workloads: the mix counts as planned, and what it does is in the price"
        )
    changes = forecast_changes(case, bound, option, months, remarks)
    (plan, before), (forecast, after) = ranked(case), ranked(with_values(case, changes))
    return Actual(key, months, changes, _outlooks(plan, forecast), before, after, tuple(remarks))


def _outlooks(plan: Sequence[OptionResult], forecast: Sequence[OptionResult]) -> Mapping[str, Outlook]:
    return {
        before.key: Outlook(before.full_cost, after.full_cost, before.tco, after.tco)
        for before, after in zip(plan, forecast, strict=True)
    }
