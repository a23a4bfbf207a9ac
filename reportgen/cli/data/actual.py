"""`reportgen actual`: the months that have passed beside the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.console import console, new_table, print_status, print_step, signed_amount
from reportgen.cli.data.usage import Columns, Zone, column_pairs, time_zone
from reportgen.cli.exit_status import RECOMMENDATION_CHANGED
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import AllowOutside, CaseFile
from reportgen.cli.unfinished import finish_adoption

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.ingest.usage.text import Origin
    from reportgen.results.actuals import Actual
    from reportgen.schema.case import Case

UsageFiles = Annotated[
    list[Path], typer.Argument(help="Usage exports of the months that have passed.", show_default=False)
]
BillFiles = Annotated[
    list[Path] | None,
    typer.Option("--bills", help="A bill in FOCUS (CSV): what was paid.", show_default=False),
]
Served = Annotated[
    str,
    typer.Option(
        "--option", help="The option that has served; the baseline unless given.", show_default=False
    ),
]
Services = Annotated[
    list[str] | None,
    typer.Option(
        "--service",
        help="A service of the bills that counts, by its name; may be given again. Unless given: of an api those that charge tokens, else all.",
        show_default=False,
    ),
]
Write = Annotated[
    bool, typer.Option("--write", help="Record the months in the case: its next edition shows them.")
]


def actual(
    case: CaseFile, usage: UsageFiles, bills: BillFiles = None, option: Served = "", services: Services = None,
    write: Write = False, zone: Zone = "UTC", columns: Columns = "", as_json: AsJson = False, quiet: Quiet = False,
    _outside: AllowOutside = False,
) -> None:  # fmt: skip
    """Show plan against actual: volume, mix, price and spend by month, the forecast, and whether the answer still stands.

    The deviation is attributed exactly: by volume, by mix, by price, and the rest. Exit 3 where another option would be
    recommended with what was measured.

    \b
    reportgen actual acme.yaml usage-2027-*.json
    reportgen actual acme.yaml usage.csv.gz --bills focus-2027-q1.csv
    reportgen actual acme.yaml gateway.csv --option gpus --bills focus.csv --service "Amazon EC2"
    reportgen actual acme.yaml usage.json --bills focus.csv --write     recorded: the next edition shows it
    """
    from reportgen.actuals.bills import read_bills
    from reportgen.actuals.report import compare
    from reportgen.ingest.usage.summary import summary_of
    from reportgen.schema.loading.load import load_case

    finish_adoption(case)
    loaded = load_case(case, widen=True, limits=True)
    summary = summary_of(usage, None, time_zone(zone), column_pairs(columns))
    found = compare(loaded, summary, read_bills(bills) if bills else None, option, services or ())
    if as_json:
        print_json("actual", _record(loaded, found))
    else:
        _print(loaded, found)
    if not quiet:
        for remark in found.remarks:
            print_status(f"  ! {remark}")
    if write:
        _record_in(case, loaded, found, _origin(summary.origin, bills or []), quiet=quiet)
    if not found.stands:
        raise typer.Exit(RECOMMENDATION_CHANGED)


def _origin(usage: "Origin", bills: "list[Path]") -> "Origin":
    """Return what the source of the recorded months says: the usage export, and the bills."""
    from dataclasses import replace

    from reportgen.actuals.measured import named

    return (
        replace(usage, files=f"{usage.files}; FOCUS: {named([one.name for one in bills])}")
        if bills
        else usage
    )


def _record_in(path: Path, case: "Case", found: "Actual", origin: "Origin", *, quiet: bool) -> None:
    """Write the months into the case, where it loads all the same."""
    from reportgen.actuals.measured import with_record
    from reportgen.files import read_text, rewrite_text
    from reportgen.schema.loading.load import case_with_text

    text = with_record(read_text(path), case, found.option, [one.measured for one in found.months], origin)
    case_with_text(path, text)
    rewrite_text(path, text)
    if not quiet:
        print_step(f"{len(found.months)} months recorded", str(path))


def _print(case: "Case", found: "Actual") -> None:
    out, currency = console(), case.case.currency
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
    shown = new_table(f"{case.options[found.option].name}, {currency}", heads)
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
        found.total(name)
        for name in ("planned_spend", "spend", "deviation", "by_volume", "by_mix", "by_price", "rest")
    ]
    shown.add_row("Total", "", "", f"{totals[0]:,.2f}", f"{totals[1]:,.2f}", *map(_signed, totals[2:]))
    out.print(shown, "")
    _print_forecast(case, found, out)
    out.print(_sentence(case, found), soft_wrap=True)


def _print_forecast(case: "Case", found: "Actual", out: "Console") -> None:
    heads = ("Option", "Full cost, plan", "forecast", "Change")
    shown = new_table("To the horizon, with what was measured", heads)
    for key, one in found.options.items():
        change = signed_amount(one.full_cost_forecast - one.full_cost_plan, case.case.currency)
        shown.add_row(
            case.options[key].name, f"{one.full_cost_plan:,.0f}", f"{one.full_cost_forecast:,.0f}", change
        )
    out.print(shown, "")


def _signed(amount: float) -> str:
    return f"{amount:+,.2f}".replace("-", "−") if round(amount, 2) else "–"


def _sentence(case: "Case", found: "Actual") -> str:
    before, after = (
        case.options[key].name if key else "none eligible"
        for key in (found.recommended_plan, found.recommended_forecast)
    )
    if found.stands:
        return f"The recommendation would still be made: {after}."
    return f"THE RECOMMENDATION WOULD NOT BE MADE AGAIN: {after}, it was {before}."


def _record(case: "Case", found: "Actual") -> dict[str, Any]:
    months = [
        {
            "month": one.measured.name, "planned_volume": one.planned_volume, "volume": one.measured.volume, "planned_spend": one.planned_spend,
            "spend": one.spend, "deviation": one.deviation, "by_volume": one.by_volume, "by_mix": one.by_mix, "by_price": one.by_price, "rest": one.rest,
            "output_share": one.measured.output_share, "cached_share": one.measured.cached_share,
        }
        for one in found.months
    ]  # fmt: skip
    from dataclasses import asdict

    options = {key: asdict(one) for key, one in found.options.items()}
    return {
        "option": found.option, "currency": case.case.currency, "months": months, "measured": dict(found.changes), "options": options,
        "recommended_plan": found.recommended_plan, "recommended_forecast": found.recommended_forecast, "stands": found.stands,
        "remarks": list(found.remarks),
    }  # fmt: skip
