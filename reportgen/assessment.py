"""From a case to its analysis: bound to the model, evaluated over all runs, and assessed."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
from math import inf, isfinite
from pathlib import Path

from reportgen.analysis import Analysis, fingerprint
from reportgen.binding.bound import Bound, bind
from reportgen.binding.prices import prices
from reportgen.errors import InputError, Problem
from reportgen.findings.advice import findings
from reportgen.findings.completeness import not_estimated
from reportgen.findings.service import exemptions
from reportgen.findings.sheet import findings_sheet
from reportgen.formula.lines import Model, Sheet
from reportgen.model import answer
from reportgen.model.analysis.actuals_sheet import actuals_sheet
from reportgen.model.analysis.joint import Joint, largest_standard_error
from reportgen.model.analysis.simulation_sheet import SearchResults, simulation_sheet
from reportgen.model.analysis.split_sheet import split_sheet
from reportgen.model.answer import EvaluatedCase
from reportgen.model.case import model
from reportgen.results.actuals import Actual
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.schema.assumption_fields import MAX_MAGNITUDE
from reportgen.schema.case import Case
from reportgen.schema.loading.load import usual_figures
from reportgen.uncertainty.assessment import Assessment, assess
from reportgen.uncertainty.best_split import split_search
from reportgen.workers import SERIAL


def analyse(case: Case, file: Path, executor: Executor = SERIAL, actual: Actual | None = None) -> Analysis:
    """Analyse a case that was read from a file; an `executor` may take over a part of the searches.

    `actual` is plan against actual, where months have passed.
    """
    bound = bind(case)
    done = answer.evaluate(bound.lines, bound.values)
    joint = answer.joint_distribution(done, case.simulation.seed)
    options = _options(bound, done, joint)
    _require_amounts(file, options)
    by_key = {option.key: option for option in options}
    certainty = assess(case, bound.assumptions, done, options, executor)
    usual = usual_figures(file, case)
    advice = findings(case, bound.assumptions, done, by_key, usual, certainty.simulation)
    options = tuple(_with_contingency(option, certainty) for option in options)
    labelled = {row.path: (row.label, row.unit) for row in bound.assumptions}
    sheets = (*_issued(bound, options, certainty, advice), *actuals_sheet(actual, options, labelled))
    whole = model(bound.lines, joint, certainty.evidence, sheets)
    results = replace(_results(bound, done, whole, options, certainty, advice), actual=actual)
    runs = bound.lines.outline.runs
    return Analysis(
        case, file, bound.assumptions, bound.inputs, whole, runs, done.shown, results, fingerprint(case),
        split_search(bound.lines, certainty.best_split),
    )  # fmt: skip


def _require_amounts(file: Path, options: tuple[OptionResult, ...]) -> None:
    """Raise InputError where an option comes to more than can be written or told to the cent."""
    problems = []
    for option in options:
        amounts = (option.tco, option.pv, option.core, option.full_cost, option.run_rate)
        worst = max(amounts, key=lambda amount: abs(amount) if isfinite(amount) else inf)
        if not isfinite(worst) or abs(worst) > MAX_MAGNITUDE:
            said = f"{worst:.1e}" if isfinite(worst) else "no finite amount"
            sentence = f"{option.name} comes to {said}; amounts beyond 1e15 cannot be told to the cent. Look for a number of another unit."
            problems.append(Problem(str(file), 1, 1, f"options.{option.key}", "", sentence, "limit"))
    if problems:
        raise InputError(problems)


def ranked(case: Case) -> tuple[tuple[OptionResult, ...], str | None]:
    """Return each option's results in the base case, and the key of the recommended one, without simulation."""
    bound = bind(case)
    done = answer.evaluate(bound.lines, bound.values)
    options = _options(bound, done, answer.joint_distribution(done, case.simulation.seed))
    return options, answer.ranking(options)[0]


def _options(bound: Bound, done: EvaluatedCase, joint: Mapping[str, Joint]) -> tuple[OptionResult, ...]:
    """Gather the options' results in the base case."""
    confidence = bound.case.simulation.confidence
    return tuple(
        replace(
            answer.option_result(done, option, joint[option.key], confidence),
            not_estimated=not_estimated(option, bound.assumptions),
            exemptions=exemptions(done, option),
        )
        for option in bound.lines.options
    )


def _with_contingency(option: OptionResult, certainty: Assessment) -> OptionResult:
    """Give an option the contingency of the simulation, where ranges are drawn."""
    if option.key not in certainty.contingencies:
        return option
    amount, enough = certainty.contingencies[option.key]
    return replace(option, contingency=amount, enough=enough)


def _issued(
    bound: Bound, options: tuple[OptionResult, ...], certainty: Assessment, advice: tuple[Finding, ...]
) -> tuple[Sheet, ...]:
    """Lay out the sheets whose figures are static: simulation and searches, findings."""
    units = {row.path: row.unit for row in bound.assumptions}
    searches = SearchResults(certainty.switching_values, certainty.two_way, units)
    names = {option.key: option.short_name for option in options}
    workloads = {one.key: one.name for one in bound.lines.outline.workloads}
    return (
        *split_sheet(certainty.best_split, workloads, names),
        *simulation_sheet(options, certainty.simulation, certainty.joint_runs, searches),
        *findings_sheet(advice, names),
    )


def _results(
    bound: Bound,
    done: EvaluatedCase,
    whole: Model,
    options: tuple[OptionResult, ...],
    certainty: Assessment,
    advice: tuple[Finding, ...],
) -> Results:
    """Put the results of a case together."""
    case, rows, outline = bound.case, bound.assumptions, bound.lines.outline
    recommended, runner_up, lead = answer.ranking(options)
    close = certainty.word.verdict == "too close to call"
    ranges = {row.path: (row.low, row.high) for row in rows if row.low is not None and row.high is not None}
    details = {risk.id: (risk.response or "", risk.owner or "") for risk in case.risks}
    return Results(
        currency=case.case.currency, years=case.finance.years, start=f"{case.finance.start:%Y-%m}",
        baseline=case.baseline, confidence=case.simulation.confidence,
        tokens=done.series(done.case.shared.tokens),
        workloads={one.key: done.series(one.tokens) for one in done.case.shared.workloads}, discount_rate=done.values["finance.discount_rate"],
        options=options, recommended=recommended, runner_up=runner_up, lead=lead,
        too_close=close, too_close_reasons=certainty.word.reasons if close else (),
        verdict=certainty.word.verdict, reasons=certainty.word.reasons, joint_runs=certainty.joint_runs, best_split=certainty.best_split,
        risks=answer.risk_results(done, details), joint_error=largest_standard_error(len(case.risks)),
        scenarios=answer.scenario_results(done), swings=answer.swings(done, ranges),
        ladder=answer.ladder(done), projects=answer.projects(done),
        bridge_option=outline.bridge.option if outline.bridge else None,
        bridge=answer.bridge_steps(done),
        checks=answer.check_results(done, whole),
        runs=len(outline.runs), lines=sum(1 for _ in whole.lines()),
        simulation=certainty.simulation, switching_values=certainty.switching_values, two_way=certainty.two_way,
        estimate_class=certainty.estimate_class, growth=certainty.growth,
        prices=prices(case, {row.path: row.label for row in rows}), findings=advice,
    )  # fmt: skip
