"""What goes into the results file: every key filled from the results of a case."""

from typing import Any

from reportgen.analysis import PROGRAM, Analysis
from reportgen.model.results import OptionResult, Results
from reportgen.results_file.schema import (
    Bridge,
    Even,
    Joint,
    Option,
    ResultsFile,
    Risk,
    Scenario,
    Step,
    plain,
)
from reportgen.schema.schedules import used_book


def record(analysis: Analysis) -> dict[str, Any]:
    """Put the results of a case together; amounts unrounded, null for 'not reached' and 'not quantified'."""
    results, book = analysis.results, used_book(analysis.case)
    return plain(
        ResultsFile(
            fingerprint=analysis.fingerprint,
            program=PROGRAM,
            case=analysis.file.stem,
            inputs=analysis.case.model_dump(mode="json"),
            prices=book.model_dump(mode="json", by_alias=True) if book else None,
            recommended=results.recommended,
            too_close=results.too_close,
            options={option.key: _option(option) for option in results.options},
            risks=tuple(Risk(r.name, r.probability, r.impact, r.impact_core) for r in results.risks),
            joint={o.key: Joint(o.p50, o.p80, o.p90, o.cheapest) for o in results.options},
            joint_error=results.joint_error,
            break_even={
                o.key: Even(o.break_even.month, o.break_even.volume, o.break_even.word)
                for o in results.options
                if o.break_even
            },
            price_scenarios=tuple(Scenario(s.name, s.core) for s in results.scenarios),
            bridge=_bridge(results),
            verdict=results.verdict,
            simulation=results.simulation,
            switching_values=results.switching_values,
            two_way=results.two_way,
            growth=results.growth,
            estimate_class=results.estimate_class,
            findings=results.findings,
            assumptions={path: float(value) for path, value in analysis.values.items()},
            edition=analysis.edition,
            history=analysis.history,
            since=analysis.since,
        )
    )


def _option(option: OptionResult) -> Option:
    return Option(
        tco=option.tco,
        pv=option.pv,
        core=option.core,
        years=option.years,
        categories=option.categories,
        monthly=option.monthly,
        run_rate=option.run_rate,
        cost_per_m_tokens=option.cost_per_m_tokens,
        expected_risk=option.expected_risk,
        expected_risk_core=option.expected_risk_core,
        opportunity=option.opportunity,
        opportunity_pv=option.opportunity_pv,
        expected_exit=option.expected_exit,
        expected_exit_pv=option.expected_exit_pv,
        exit_curve=option.exit_curve,
        full_cost=option.full_cost,
    )


def _bridge(results: Results) -> Bridge | None:
    if not results.bridge or results.bridge_option is None:
        return None
    return Bridge(results.bridge_option, tuple(Step(s.label, s.cost, s.multiple) for s in results.bridge))
