"""One run: every option's lines, totals, opportunity cost, exit cost and core."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.excel import Months, total
from tests.oracle.inputs.assumptions import Effect
from tests.oracle.inputs.case import Case, slug
from tests.oracle.options import exits, machines, opportunity
from tests.oracle.options.lines import running_fleet
from tests.oracle.options.owned import owned, worth
from tests.oracle.options.rented import covered, locked
from tests.oracle.options.whole import categories, whole_lines
from tests.oracle.options.workloads import all_tokens
from tests.oracle.run import Part, Run, go_live, parts_of, start

Found = dict[str, Any]


def evaluate(case: Case, effects: Sequence[Effect] = ()) -> dict[str, Found]:
    """Evaluate one stated run: per option its results; amounts unrounded, None where not quantified."""
    return options_in(start(case, effects))


def draw(case: Case, drawn: Mapping[str, float], happened: Sequence[str] = ()) -> dict[str, Any]:
    """Evaluate one draw: values drawn by path, and the ids of the risks that happened.

    Gives `options` (as `evaluate`) and `clipped`, the paths that were clipped to a bound.
    """
    effects = [
        effect for risk in case.get("risks", ()) if slug(risk) in happened for effect in risk["effects"]
    ]
    run = start(case, effects, combined=True, drawn=drawn)
    return {"options": options_in(run), "clipped": list(run.clipped)}


def options_in(run: Run) -> dict[str, Found]:
    """Evaluate every option of a run."""
    return {key: option_result(parts_of(run, key)) for key in run.case["options"]}


def costs_in(run: Run) -> dict[str, dict[str, float]]:
    """Compute TCO and core alone of every option of a run."""
    return {key: costs(parts_of(run, key)) for key in run.case["options"]}


def costs(parts: list[Part]) -> dict[str, float]:
    """Compute an option's TCO and core alone."""
    monthly = total(*whole_lines(parts).values())
    return {"tco": sum(monthly), "core": _core(parts, monthly)}


def _core(parts: list[Part], monthly: Months) -> float:
    """Discount cash and displaced projects, and add the expected exit."""
    run = parts[0].run
    exit_pv = sum(exits.expected_exit(part)[1] for part in parts)
    return run.present(monthly) + run.present(opportunity.opportunity(parts)) + exit_pv


def option_result(parts: list[Part]) -> Found:
    """Evaluate an option from its parts."""
    run = parts[0].run
    lines = whole_lines(parts)
    by_category = categories(lines)
    monthly = total(*by_category.values())
    displaced = opportunity.opportunity(parts)
    known_exit = [exits.expected_exit(part) for part in parts]
    open_exits = [
        part.key for part in parts if not exits.quantified(part) and not (len(parts) > 1 and part.in_use)
    ]
    open_projects = opportunity.unnamed(parts)
    exit_pv = sum(present for _, present in known_exit)
    return {
        "monthly": monthly,
        "monthly_categories": by_category,
        "categories": {name: sum(amounts) for name, amounts in by_category.items()},
        "years": yearly(monthly),
        "tco": sum(monthly),
        "pv": run.present(monthly),
        "run_rate": sum(monthly[i] - lines["residual"][i] for i in range(run.H - 12, run.H)) / 12.0,
        "cost_per_m_tokens": sum(monthly) / sum(all_tokens(run)),
        "opportunity": None if open_projects else sum(displaced),
        "opportunity_pv": None if open_projects else run.present(displaced),
        "expected_exit": None if open_exits else sum(amount for amount, _ in known_exit),
        "expected_exit_pv": None if open_exits else exit_pv,
        "exit_curve": None if open_exits else _curve(parts),
        "core": _core(parts, monthly),
        "lines": lines,
        "go_live": max(go_live(part) for part in parts),
        "parts": {part.key: list(part.carried) for part in parts},
        "unquantified": {"opportunity": open_projects, "expected_exit": open_exits},
        "known_opportunity": displaced,
        "worth": total(*(worth(part) for part in parts)),
        "machines": {part.key: sized(part) for part in parts if part.kind != "api"},
        "exit_parts": {part.key: exit_of(part) for part in parts},
    }


def _curve(parts: list[Part]) -> Months:
    """Add up the exit curves of the parts; one in use already that nobody has estimated adds nothing."""
    none = [0.0 for _ in parts[0].each()]
    return total(*(exits.exit_curve(part) if exits.quantified(part) else none for part in parts))


def sized(part: Part) -> Found:
    """Say how the machines of a part are sized."""
    rents = part.kind != "on_prem"
    return {
        "speed": {name: machines.speed(part, name) for name in part.carried},
        "load": machines.load(part),
        "replicas": machines.replicas(part),
        "gpus": machines.gpus(part),
        "served": machines.served(part) if part.has("max_replicas") else [1.0 for _ in part.each()],
        "fleet": running_fleet(part),
        "covered": covered(part) if rents and part.has("committed_replicas") else None,
        "locked": locked(part) if rents and part.has("committed_replicas") else None,
        "owned": None if rents else owned(part),
    }


def exit_of(part: Part) -> Found:
    """Say what leaving a part costs, by component, quantified or not."""
    return {
        "running": exits.running(part),
        "commitment": exits.commitment(part),
        "forced_sale": exits.forced_sale(part),
        "curve": exits.exit_curve(part),
    }


def yearly(monthly: Months) -> Months:
    """Add up model years."""
    return [sum(monthly[i : i + 12]) for i in range(0, len(monthly), 12)]
