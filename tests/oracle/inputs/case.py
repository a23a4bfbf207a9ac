"""Reading a case as written: plain numbers, ids, months and days, names of workloads."""

from datetime import date
from re import sub
from typing import Any

Case = dict[str, Any]


def stated(written: object) -> float | None:
    """Read a bare number or {value: number}; None where nothing, or only a range, is written."""
    found = written.get("value") if isinstance(written, dict) else written
    return None if found is None else float(found)  # type: ignore[arg-type]


def slug(named: dict[str, Any]) -> str:
    """Give the id of a risk, project, scenario or obligation: its own, or the slug of its name."""
    return str(named.get("id") or sub(r"[^a-z0-9]+", "_", named["name"].lower()).strip("_"))


def horizon(case: Case) -> int:
    """Count the months."""
    return 12 * int(stated(case["finance"].get("years")) or 3)


def calendar(case: Case, m: int) -> tuple[int, int]:
    """Give the calendar year and month of month m."""
    year, month = (int(part) for part in str(case["finance"]["start"]).split("-")[:2])
    return year + (month + m - 2) // 12, (month + m - 2) % 12 + 1


def first_day(case: Case, m: int) -> date:
    """Give the first day of month m."""
    return date(*calendar(case, m), 1)


def workload_names(case: Case) -> list[str]:
    """Name the workloads: their keys, or `w` where the case has one `workload`."""
    return list(case["workloads"]) if "workloads" in case else ["w"]


def workload_path(case: Case, name: str) -> str:
    """Give the beginning of a workload's paths."""
    return f"workloads.{name}" if "workloads" in case else "workload"


def must_haves(case: Case) -> list[dict[str, Any]]:
    """List the requirements that an option must meet to be eligible."""
    return [rule for rule in case.get("requirements", ()) if rule.get("must", True)]


def ranged(case: Case) -> list[str]:
    """List the assumptions that effects reach and that have a low and a high."""
    blocks: dict[str, dict[str, Any]] = {
        "workload": case.get("workload") or {}, "people": case["people"],
        "finance": {name: case["finance"].get(name) for name in ("discount_rate", "irrecoverable_vat")},
        "finance.exchange_rates": case["finance"].get("exchange_rates", {}),
        **{f"workloads.{name}": block for name, block in case.get("workloads", {}).items()},
        **{f"options.{key}": {name: value for name, value in option.items() if name != "exit_month"}
           for key, option in case["options"].items()},
        **{f"opportunity.{slug(project)}": {name: project[name] for name in ("monthly_value", "confidence")}
           for project in case.get("opportunity", ())},
    }  # fmt: skip
    return [
        f"{start}.{name}"
        for start, block in blocks.items()
        for name, written in block.items()
        if isinstance(written, dict) and written.get("low") is not None and written.get("high") is not None
    ]
