"""What was measured as values of assumptions, from which the rest of the horizon is forecast."""

from collections.abc import Sequence

from reportgen.actuals.plan import FACTOR, MIXES, planned_tokens
from reportgen.binding.bound import Bound, bind
from reportgen.ingest.usage.figures import fitted_growth
from reportgen.model.options.options import Option
from reportgen.results.actuals import MonthResult
from reportgen.schema.assumptions import with_values
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules

LATEST = 3
"""The last months that level, mix and price are taken from, at most."""
PRICES = {
    "api": ("input_price", "output_price", "cached_input_price", "cache_write_price"),
    "self_hosted": ("gpu_hourly_price",),
    "platform": ("gpu_hourly_price",),
}
"""The prices by which the bill of a kind of option moves; the others have no one price."""
SAME = 1e-9


def forecast_changes(
    case: Case, bound: Bound, option: Option, months: Sequence[MonthResult], remarks: list[str]
) -> dict[str, float]:
    """Return growth, mix, price and level as measured, by path; what was left as planned is remarked."""
    latest = months[-LATEST:]
    changes = {**_growth(case, months, remarks), **({} if case.workloads else _mix(latest))}
    changes |= _prices(case, bound, option, latest, remarks)
    grown = bind(with_values(case, changes)) if changes else bound
    planned = sum(planned_tokens(grown, [one.measured.month for one in latest]))
    if planned:
        tokens = sum(one.measured.volume for one in latest)
        changes[FACTOR] = bound.values.get(FACTOR, 1.0) * tokens / planned
    return changes


def _growth(case: Case, months: Sequence[MonthResult], remarks: list[str]) -> dict[str, float]:
    consecutive = months[-1].measured.month - months[0].measured.month == len(months) - 1
    lengths = [_days(case, one.measured.month) for one in months]
    rates = [one.measured.volume / days for one, days in zip(months, lengths, strict=True)]
    found = fitted_growth(rates) if consecutive and not case.workloads else None
    if found is None:
        remarks.append("growth counts as planned: it needs three whole months in a row, of one workload")
        return {}
    remarks.append(
        f"growth: {found.value:.0%} a year, fitted to {found.months} months (from {found.low:.0%} to {found.high:.0%} in 8 cases of 10)"
    )
    return {"workload.annual_growth": found.value}


def _days(case: Case, month: int) -> int:
    return (case.finance.first_day(month + 1) - case.finance.first_day(month)).days


def _mix(latest: Sequence[MonthResult]) -> dict[str, float]:
    """Return the shares of the mix, weighed by the tokens of the months that know them."""
    out = {}
    for field, attribute in MIXES.items():
        known = [
            (share, one.measured.volume)
            for one in latest
            if (share := getattr(one.measured, attribute)) is not None
        ]
        if weight := sum(volume for _, volume in known):
            out[f"workload.{field}"] = sum(share * volume for share, volume in known) / weight
    return out


def _prices(
    case: Case, bound: Bound, option: Option, latest: Sequence[MonthResult], remarks: list[str]
) -> dict[str, float]:
    """Return the prices of the option that served, all by the factor that was paid over what the plan asks for the same work."""
    known = [one for one in latest if one.measured.own_spend is not None]
    paid = sum(one.measured.own_spend or 0.0 for one in known)
    asked = paid - sum(one.by_price for one in known)
    if not known or asked <= 0 or abs(paid / asked - 1) < SAME:
        return {}
    kind = option.outline.kind
    if kind not in PRICES:
        remarks.append(
            "prices count as planned: the option that served has no one price that its bill follows"
        )
        return {}
    own = {
        row.path: row.value
        for row in bound.assumptions
        if row.is_input and row.path in {f"options.{option.key}.{name}" for name in PRICES[kind]}
    }
    rates = [
        (one.option, rate.path, rate.amount)
        for one in schedules(case)
        for rate in one.rates
        if one.field in PRICES[kind]
    ]
    own |= {path: amount for key, path, amount in rates if key == option.key}
    remarks.append(f"price: {paid / asked:.3g} times the plan for the same work, over {len(known)} months")
    if others := sorted({key for key, path, _ in rates if path in own and key != option.key}):
        remarks.append(f"the same rates of the price book serve {', '.join(others)}, whose prices move too")
    return {path: value * paid / asked for path, value in own.items()}
