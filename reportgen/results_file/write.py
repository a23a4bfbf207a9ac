"""What goes into the results file: every key filled from the results of a case."""

from typing import Any

from reportgen.analysis import PROGRAM, Analysis
from reportgen.results.options import BridgeFigures, OptionFigures
from reportgen.results.results import Results
from reportgen.results.runs import RiskFigures
from reportgen.results_file.schema import Bridge, ResultsFile, as_json, only
from reportgen.schema.schedules import used_book


def record(analysis: Analysis) -> dict[str, Any]:
    """Put the results of a case together as JSON; amounts unrounded, null for 'not reached' and 'not quantified'."""
    return as_json(results_file(analysis))


def results_file(analysis: Analysis) -> ResultsFile:
    """Put the results of a case together; the digests of the other files are left to be filled in."""
    results, book = analysis.results, used_book(analysis.case)
    return ResultsFile(
        fingerprint=analysis.fingerprint,
        program=PROGRAM,
        case=analysis.file.stem,
        inputs=analysis.case.model_dump(mode="json"),
        prices=book.model_dump(mode="json", by_alias=True) if book else None,
        recommended=results.recommended,
        too_close=results.too_close,
        workloads=results.workloads,
        options={option.key: only(OptionFigures, option) for option in results.options},
        risks=tuple(only(RiskFigures, risk) for risk in results.risks),
        joint={option.key: option.joint for option in results.options},
        joint_error=results.joint_error,
        break_even={o.key: o.break_even for o in results.options if o.break_even},
        price_scenarios=results.scenarios,
        bridge=_bridge(results),
        verdict=results.verdict,
        reasons=results.reasons,
        lead=results.lead,
        runner_up=results.runner_up,
        joint_runs=results.joint_runs,
        best_split=results.best_split,
        simulation=results.simulation,
        switching_values=results.switching_values,
        two_way=results.two_way,
        growth=results.growth,
        estimate_class=results.estimate_class,
        findings=results.findings,
        actual=results.actual,
        assumptions={path: float(value) for path, value in analysis.values.items()},
        edition=analysis.edition,
        history=analysis.history,
        since=analysis.since,
        files={},
    )


def _bridge(results: Results) -> Bridge | None:
    if not results.bridge or results.bridge_option is None:
        return None
    return Bridge(results.bridge_option, tuple(only(BridgeFigures, step) for step in results.bridge))
