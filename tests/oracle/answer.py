"""What the runs say together: the results as the program's results file names them, and `detail` beside them."""

from typing import Any

from tests.oracle.break_even import baseline_of, break_even, ladder, payback
from tests.oracle.bridge import bridge
from tests.oracle.budget import budget, peak_funding
from tests.oracle.decision import decision, eligible_options
from tests.oracle.evaluate import Found, costs_in, options_in, yearly
from tests.oracle.inputs.case import Case, ranged, stated, workload_names
from tests.oracle.options.workloads import all_tokens, tokens
from tests.oracle.risks import joint, risks_of, through_the_model
from tests.oracle.run import start
from tests.oracle.split import best_split

SHOWN = (
    "tco", "pv", "core", "years", "categories", "monthly", "run_rate", "cost_per_m_tokens", "opportunity",
    "opportunity_pv", "expected_exit", "expected_exit_pv", "exit_curve",
)  # fmt: skip
DETAIL = ("lines", "parts", "go_live", "unquantified", "known_opportunity", "worth", "machines", "exit_parts")


def results(case: Case, *, search: bool = True) -> dict[str, Any]:
    """Compute everything that is compared with the program: amounts unrounded, None for not reached or quantified.

    The package's docstring lists what is returned. Without `search` the best split, which takes as long as all else,
    is left out (None).
    """
    run = start(case)
    base = options_in(run)
    risks = risks_of(case, base)
    options = {
        key: {name: base[key][name] for name in SHOWN} | _risked(base[key], key, risks) for key in base
    }
    eligible = eligible_options(case)
    confidence = stated((case.get("simulation") or {}).get("confidence"))
    distribution = joint(base, risks, eligible, 0.8 if confidence is None else confidence)
    through = through_the_model(case, risks, eligible)
    decided = decision(case, options, eligible, through)
    rungs = ladder(case)
    return {
        "recommended": decided["recommended"],
        "too_close": decided["word"] == "too close to call",
        "options": options,
        "risks": risks,
        "joint": {
            key: {name: amount for name, amount in one.items() if name != "at_confidence"}
            for key, one in distribution.items()
        },
        "break_even": break_even(case, base, rungs),
        "price_scenarios": [
            {"name": scenario["name"], "core": {key: cost["core"] for key, cost in changed.items()}}
            for scenario in case.get("price_scenarios", ())
            for changed in [costs_in(start(case, scenario["effects"]))]
        ],
        "bridge": bridge(case, options),
        "detail": {
            "workloads": {name: tokens(run, name) for name in workload_names(case)},
            "tokens": all_tokens(run),
            "baseline": baseline_of(case),
            "eligible": eligible,
            "decision": decided,
            "through_the_model": through,
            "contingency": contingency(case, base, distribution),
            "ladder": rungs,
            "best_split": best_split(case, risks, {key: options[key]["full_cost"] for key in eligible})
            if search
            else None,
            "options": {
                key: _detail(case, base, key, run.known["finance.irrecoverable_vat"]) for key in base
            },
        },
    }


def contingency(case: Case, base: dict[str, Found], distribution: dict[str, Any]) -> dict[str, Found]:
    """Give the contingency that needs no simulation: of the risks alone, which is all of it where nothing is ranged."""
    found = {}
    for key in base:
        alone = None
        if case.get("risks") and distribution:
            alone = max(0.0, distribution[key]["at_confidence"] - base[key]["tco"])
        found[key] = {"risks_alone": alone, "amount": None if ranged(case) else alone}
    return found


def _detail(case: Case, base: dict[str, Found], key: str, vat: float) -> Found:
    """Give what stands behind an option's results, and the views that compare it with the baseline."""
    found, against = base[key], base[baseline_of(case)]
    return {name: found[name] for name in DETAIL} | {
        "yearly_categories": {name: yearly(line) for name, line in found["monthly_categories"].items()},
        "monthly_categories": found["monthly_categories"],
        "budget": budget(case, found, vat),
        "net_present_saving": against["pv"] - found["pv"],
        "peak_funding": peak_funding(found["monthly"], against["monthly"]),
        "payback": None if found is against else payback(found, against),
    }


def _risked(found: Found, key: str, risks: list[Found]) -> Found:
    """Add up an option's expected risk and full cost; without risks the first is not quantified."""
    tco = sum(risk["probability"] * risk["impact"][key] for risk in risks)
    core = sum(risk["probability"] * risk["impact_core"][key] for risk in risks)
    return {
        "expected_risk": tco if risks else None,
        "expected_risk_core": core if risks else None,
        "full_cost": found["core"] + core,
    }
