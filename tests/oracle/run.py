"""One run: every option's cost, totals, opportunity cost, exit cost and core."""

from collections.abc import Sequence
from typing import Any

from tests.oracle.assumptions import Case, Effect, slug
from tests.oracle.costs import Costs, costs
from tests.oracle.machines import worth
from tests.oracle.months import (
    Months,
    Run,
    discount,
    fte_month,
    go_live,
    live,
    months,
    overlap,
    stabilised,
    start,
    tokens,
)  # fmt: skip


def evaluate(case: Case, effects: Sequence[Effect] = ()) -> dict[str, dict[str, Any]]:
    """Evaluate one run: per option its results; amounts unrounded, None where not quantified."""
    run = start(case, effects)
    return {key: _option(run, key) for key in case["options"]}


def _option(run: Run, key: str) -> dict[str, Any]:
    lines = costs(run, key)
    monthly = [sum(amounts) for amounts in zip(*lines.categories.values(), strict=True)]
    pv = sum(monthly[m - 1] * discount(run, m) for m in months(run))
    displaced = _opportunity(run, key)
    exits = _exit_curve(run, key, lines)
    found = {
        "monthly": monthly,
        "categories": {name: sum(amounts) for name, amounts in lines.categories.items()},
        "monthly_categories": lines.categories,
        "years": [sum(monthly[i : i + 12]) for i in range(0, run.H, 12)],
        "tco": sum(monthly),
        "pv": pv,
        "run_rate": sum(monthly[i] - lines.residual[i] for i in range(run.H - 12, run.H)) / 12.0,
        "cost_per_m_tokens": sum(monthly) / sum(tokens(run, m) for m in months(run)),
        "opportunity": None if displaced is None else sum(displaced),
        "opportunity_pv": None
        if displaced is None
        else sum(displaced[m - 1] * discount(run, m) for m in months(run)),
        **_expected_exit(run, key, exits),
    }
    core = pv + (found["opportunity_pv"] or 0.0) + (found["expected_exit_pv"] or 0.0)
    return found | {"core": core}


def _opportunity(run: Run, key: str) -> Months | None:
    """Value what the option displaces; None for a team's own service whose displaced projects nobody has named."""
    mine = [project for project in run.case.get("opportunity", ()) if project["option"] == key]
    if not mine:
        return None if run.option(key)["kind"] in ("self_hosted", "on_prem") else [0.0 for _ in months(run)]
    away = {
        "deployment": overlap(run, run.of(key, "lead_time_months"), stabilised(run, key)),
        "operation": live(run, key),
    }
    value = [run.known[f"opportunity.{slug(project)}.monthly_value"]
             * run.known[f"opportunity.{slug(project)}.confidence"] for project in mine]  # fmt: skip
    return [sum(v * away[p["during"]][i] for v, p in zip(value, mine, strict=True)) for i in range(run.H)]


def _exit_curve(run: Run, key: str, lines: Costs) -> Months:
    """Cost an exit at the end of every month."""
    serves, g = live(run, key), go_live(run, key)
    curve = []
    for x in months(run):
        cost = run.of(key, "exit_fees") - worth(run, key, x, x) + worth(run, key, x, run.H)
        if serves[x - 1] == 1:
            cost += run.of(key, "exit_fte_months") * fte_month(run, key, x)
            cost += run.of(key, "parallel_run_months") * lines.running[x - 1]
            # termination_share is 0 for kinds without commitments
            left = max(0.0, run.of(key, "commitment_months") - (x - g))
            cost += left * lines.fleet[x - 1] * run.of(key, "termination_share")
        curve.append(cost)
    return curve


def _expected_exit(run: Run, key: str, curve: Months) -> dict[str, Any]:
    probability, month = (run.known.get(f"options.{key}.exit_{field}") for field in ("probability", "month"))
    if probability is None or month is None:
        return {"expected_exit": None, "expected_exit_pv": None, "exit_curve": None}
    expected = probability * curve[int(month) - 1]
    return {
        "expected_exit": expected,
        "expected_exit_pv": expected * discount(run, int(month)),
        "exit_curve": curve,
    }
