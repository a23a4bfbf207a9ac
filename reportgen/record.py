"""The results file: what a case comes to, in the form that its JSON schema documents."""

from collections.abc import Mapping
from typing import Any

from reportgen.analysis import PROGRAM, Analysis
from reportgen.model.results import OptionResult, Results
from reportgen.schema.schedules import used_book

Record = dict[str, Any]


def record(analysis: Analysis) -> Record:
    """Put the results of a case together; amounts unrounded, null for 'not reached' and 'not quantified'."""
    results, book = analysis.results, used_book(analysis.case)
    return {
        "fingerprint": analysis.fingerprint,
        "program": PROGRAM,
        "case": analysis.file.stem,
        "inputs": analysis.case.model_dump(mode="json"),
        "prices": book.model_dump(mode="json", by_alias=True) if book else None,
        "recommended": results.recommended,
        "too_close": results.too_close,
        "options": {option.key: _option(option) for option in results.options},
        "risks": [
            {"name": r.name, "probability": r.probability, "impact": r.impact, "impact_core": r.impact_core}
            for r in results.risks
        ],
        "joint": {
            o.key: {"p50": o.p50, "p80": o.p80, "p90": o.p90, "cheapest": o.cheapest} for o in results.options
        },
        "break_even": {
            o.key: {"month": o.break_even.month, "volume": o.break_even.volume, "word": o.break_even.word}
            for o in results.options
            if o.break_even
        },
        "price_scenarios": [{"name": s.name, "core": s.core} for s in results.scenarios],
        "bridge": _bridge(results),
        "assumptions": _plain(analysis.values),
    }


def _option(option: OptionResult) -> Record:
    return {
        "tco": option.tco,
        "pv": option.pv,
        "core": option.core,
        "years": list(option.years),
        "categories": option.categories,
        "monthly": list(option.monthly),
        "run_rate": option.run_rate,
        "cost_per_m_tokens": option.cost_per_m_tokens,
        "expected_risk": option.expected_risk,
        "expected_risk_core": option.expected_risk_core,
        "opportunity": option.opportunity,
        "opportunity_pv": option.opportunity_pv,
        "expected_exit": option.expected_exit,
        "expected_exit_pv": option.expected_exit_pv,
        "exit_curve": list(option.exit_curve) if option.exit_curve else None,
        "full_cost": option.full_cost,
    }


def _bridge(results: Results) -> Record | None:
    if not results.bridge:
        return None
    steps = [{"label": s.label, "cost": s.cost, "multiple": s.multiple} for s in results.bridge]
    return {"option": results.bridge_option, "steps": steps}


def _plain(values: Mapping[str, float]) -> dict[str, float]:
    return {path: float(value) for path, value in values.items()}
