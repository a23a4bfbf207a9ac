"""`reportgen actual`: the months that have passed beside the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.console import console, new_table, print_status, signed_amount
from reportgen.cli.exit_status import RECOMMENDATION_CHANGED
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import CaseFile

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.actuals.report import Actual

UsageFiles = Annotated[
    list[Path], typer.Argument(help="Usage exports of the months that have passed.", show_default=False)
]
BillFiles = Annotated[
    list[Path] | None,
    typer.Option("--bills", help="A bill in FOCUS (CSV): what was paid.", show_default=False),
]
Served = Annotated[
    str,
    typer.Option("--option", help="The api that has served; the baseline unless given.", show_default=False),
]


def actual(
    case: CaseFile,
    usage: UsageFiles,
    bills: BillFiles = None,
    option: Served = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show plan against actual: volume, mix, price and spend by month, the forecast, and whether the answer still stands.

    The deviation is attributed exactly: by volume, by mix, by price, and the rest. Exit 3 where another option would be
    recommended with what was measured.

    \b
    reportgen actual acme.yaml usage-2027-*.json
    reportgen actual acme.yaml usage.csv.gz --bills focus-2027-q1.csv
    """
    from reportgen.actuals.bills import read_bills
    from reportgen.actuals.report import compare
    from reportgen.ingest.usage.summary import summary_of
    from reportgen.schema.loading.load import load_case

    loaded = load_case(case, widen=True, limits=True)
    found = compare(loaded, case, summary_of(usage), read_bills(bills) if bills else None, option)
    if as_json:
        print_json("actual", _record(found))
    else:
        _print(found)
    if not quiet:
        for remark in found.remarks:
            print_status(f"  ! {remark}")
    if not found.stands:
        raise typer.Exit(RECOMMENDATION_CHANGED)


def _print(found: "Actual") -> None:
    out, currency = console(), found.plan.currency
    heads = (
        "Month",
        "M tokens, plan",
        "actual",
        "Spend, plan",
        "actual",
        "More",
        "by volume",
        "by mix",
        "by price",
        "rest",
    )
    name = next(one.name for one in found.plan.options if one.key == found.option)
    shown = new_table(f"{name}, {currency}", heads)
    for one in found.months:
        parts = (one.deviation, one.by_volume, one.by_mix, one.by_price, one.rest)
        shown.add_row(
            one.measured.name,
            f"{one.planned_volume:,.6g}",
            f"{one.measured.volume:,.6g}",
            f"{one.planned_spend:,.2f}",
            f"{one.spend:,.2f}",
            *(_signed(part) for part in parts),
        )
    totals = [
        sum(getattr(one, name) for one in found.months)
        for name in ("planned_spend", "spend", "deviation", "by_volume", "by_mix", "by_price", "rest")
    ]
    shown.add_row("Total", "", "", f"{totals[0]:,.2f}", f"{totals[1]:,.2f}", *map(_signed, totals[2:]))
    out.print(shown, "")
    _print_forecast(found, out)
    out.print(_sentence(found), soft_wrap=True)


def _print_forecast(found: "Actual", out: "Console") -> None:
    heads = ("Option", "Full cost, plan", "forecast", "Change")
    shown = new_table("To the horizon, with what was measured", heads)
    for before, after in zip(found.plan.options, found.forecast.options, strict=True):
        change = signed_amount(after.full_cost - before.full_cost, found.plan.currency)
        shown.add_row(before.name, f"{before.full_cost:,.0f}", f"{after.full_cost:,.0f}", change)
    out.print(shown, "")


def _signed(amount: float) -> str:
    return f"{amount:+,.2f}".replace("-", "−") if round(amount, 2) else "–"


def _sentence(found: "Actual") -> str:
    names = {one.key: one.name for one in found.plan.options}
    before, after = (
        names[key] if key else "none eligible" for key in (found.plan.recommended, found.forecast.recommended)
    )
    if found.stands:
        return f"The recommendation would still be made: {after}."
    return f"THE RECOMMENDATION WOULD NOT BE MADE AGAIN: {after}, it was {before}."


def _record(found: "Actual") -> dict[str, Any]:
    months = [
        {
            "month": one.measured.name, "planned_volume": one.planned_volume, "volume": one.measured.volume, "planned_spend": one.planned_spend,
            "spend": one.spend, "deviation": one.deviation, "by_volume": one.by_volume, "by_mix": one.by_mix, "by_price": one.by_price, "rest": one.rest,
            "output_share": one.measured.output_share, "cached_share": one.measured.cached_share,
        }
        for one in found.months
    ]  # fmt: skip
    options = {
        before.key: {
            "full_cost_plan": before.full_cost,
            "full_cost_forecast": after.full_cost,
            "tco_plan": before.tco,
            "tco_forecast": after.tco,
        }
        for before, after in zip(found.plan.options, found.forecast.options, strict=True)
    }
    return {
        "option": found.option, "currency": found.plan.currency, "months": months, "measured": found.changes, "options": options,
        "recommended_plan": found.plan.recommended, "recommended_forecast": found.forecast.recommended, "stands": found.stands,
        "remarks": found.remarks,
    }  # fmt: skip
