"""A whole option: the lines of its parts added up, with interim staff, shortfalls and tax not recovered."""

from typing import Any

from tests.oracle.excel import Months, total
from tests.oracle.inputs.case import Case, stated
from tests.oracle.options.lines import CATEGORIES, Lines, part_lines
from tests.oracle.run import Part, fte_month, live


def whole_lines(parts: list[Part]) -> Lines:
    """List an option's lines by name: sums over its parts, and what is known of them together only."""
    each = [part_lines(part) for part in parts]
    lines = {name: total(*(one[name] for one in each)) for name in each[0]}
    lines["interim_staff"] = interim_staff(parts)
    lines["shortfall"] = shortfall(parts)
    lines["tax"] = tax(parts[0], lines)
    return lines


def categories(lines: Lines) -> Lines:
    """Add up the lines of each category."""
    return {category: total(*(lines[name] for name in names)) for category, names in CATEGORIES.items()}


def interim_staff(parts: list[Part]) -> Months:
    """Cost the engineers that run each api leaned on until go-live, once per api however many parts lean on it.

    Where that api is a part itself, no more of them than its own service does not pay already.
    """
    run = parts[0].run
    found = [0.0 for _ in run.months()]
    carriers = {part.option["until_live"] for part in parts if part.option.get("until_live")}
    for api in sorted(carriers):
        leaning = [part for part in parts if part.option.get("until_live") == api]
        itself = next((part for part in parts if part.key == api), None)
        runs_it = leaning[0].beside(api)
        for i in range(run.H):
            share = max(1.0 - live(part)[i] for part in leaning)
            if itself is not None:
                share = min(share, 1.0 - live(itself)[i])
            found[i] += runs_it.of("ongoing_fte") * fte_month(runs_it)[i] * share
    return found


def obligations(case: Case) -> list[dict[str, Any]]:
    """List the obligations already entered into."""
    return list(case.get("obligations") or ())


def paid_to(parts: list[Part], api: str) -> Months:
    """Compute what an option pays one api: its own compute after credit, interim usage and spill."""
    paid = [0.0 for _ in parts[0].each()]
    for part in parts:
        lines = part_lines(part)
        if part.key == api:
            paid = total(paid, lines["bill"], lines["credited"])
        if part.option.get("until_live") == api:
            paid = total(paid, lines["interim_usage"])
        if part.option.get("spill_to") == api:
            paid = total(paid, lines["spill"])
    return paid


def shortfall(parts: list[Part]) -> Months:
    """Compute what is owed to a provider beyond what was spent there, in the month in which each obligation ends."""
    found = [0.0 for _ in parts[0].each()]
    for obligation in obligations(parts[0].run.case):
        until = int(obligation["until_month"])
        spent = sum(paid_to(parts, obligation["option"])[:until])
        found[until - 1] += max(0.0, (stated(obligation["amount"]) or 0.0) - spent)
    return found


def tax(part: Part, lines: Lines) -> Months:
    """Compute the tax that is paid on what is bought and not recovered; own staff bear none."""
    rate = part.run.known["finance.irrecoverable_vat"]
    compute = total(*(lines[name] for name in CATEGORIES["compute"]))
    bought = ("supporting", "interim_usage", "one_off_cost", "other_monthly_cost", "shortfall")
    base = total(compute, [-amount for amount in lines["residual"]], *(lines[name] for name in bought))
    return [rate * amount for amount in base]
