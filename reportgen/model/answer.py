"""The evaluation of a case over all its runs, and the results gathered from it."""

from collections.abc import Mapping

import numpy as np

from reportgen.formula.comparison import ranked
from reportgen.formula.lines import Model
from reportgen.formula.nodes import Line, Total
from reportgen.formula.runs import Array
from reportgen.model.analysis.breakeven import ABOUT, NEVER
from reportgen.model.analysis.bridge import ADDED
from reportgen.model.analysis.joint import Joint, joint
from reportgen.model.answer_budget import budget_result, payback, peak_funding
from reportgen.model.case import PERCENTILES
from reportgen.model.evaluated import TOLERANCE
from reportgen.model.evaluated import EvaluatedCase as EvaluatedCase  # noqa: PLC0414  given on
from reportgen.model.evaluated import evaluate as evaluate  # noqa: PLC0414  given on
from reportgen.model.options.options import Option
from reportgen.model.outline import BridgeStep as BridgeStepOutline
from reportgen.results.checks import Check
from reportgen.results.options import CATEGORIES, BreakEven, BridgeStep, JointFigures, OptionResult, Project
from reportgen.results.runs import Ladder, RiskResult, Scenario, Swing

SIZING = frozenset(("utilisation", "min_replicas", "tuning_loss"))
"""What sizes the machines: restored, it may need no further whole one."""


def joint_distribution(evaluated: EvaluatedCase, seed: int) -> dict[str, Joint]:
    """Return the joint distribution of TCO and risks per option, in the base case (MODEL, "Risk scenarios")."""
    real = len(evaluated.case.outline.real_risks)
    chances = np.array(evaluated.series(evaluated.case.risks.probability)[:real])
    impacts: dict[str, Array] = {
        key: np.array(evaluated.series(line)[:real]) for key, line in evaluated.case.risks.impact.items()
    }
    tco = {
        option.key: evaluated.number(evaluated.case.runs.in_base(evaluated.case.runs.tco[option.key]))
        for option in evaluated.case.options
    }
    eligible = [option.key for option in evaluated.case.options if not option.outline.failed]
    return joint(tco, impacts, chances, seed, eligible)


def option_result(evaluated: EvaluatedCase, option: Option, spread: Joint, confidence: float) -> OptionResult:
    """Gather one option's results in the base case; `spread` is its joint distribution."""
    key, outline, ledger, risks = option.key, option.outline, option.ledger, evaluated.case.risks
    years = range(1, evaluated.case.outline.years + 1)
    tco, core = evaluated.number(option.tco), evaluated.number(option.core)
    expected_core = evaluated.number(Total(risks.expected_core[key]))
    displaced, exit_cost, has_risks = option.opportunity, option.exit, bool(evaluated.case.outline.real_risks)
    unknown, last = option.unquantified, _last_part(evaluated, option)
    no_projects = None if "opportunity" in unknown else 0.0
    no_exit = None if "exit" in unknown else 0.0
    alone = max(0.0, spread.percentile(confidence) - tco) if has_risks else None
    p50, p80, p90 = (spread.percentile(share) for share in PERCENTILES)
    return OptionResult(
        key=key, name=outline.name, short_name=outline.short_name, kind=outline.kind,
        eligible=not outline.failed, failed_requirements=outline.failed,
        tco=tco, pv=evaluated.number(Total(ledger.discounted)), core=core, full_cost=core + expected_core,
        years=tuple(evaluated.number(Total(ledger.cost, year)) for year in years), monthly=evaluated.series(ledger.cost),
        categories={name: _total(evaluated, ledger.categories.get(name)) for name in CATEGORIES},
        category_years={name: tuple(_total(evaluated, ledger.categories.get(name), year) for year in years) for name in CATEGORIES},
        run_rate=evaluated.number(option.run_rate), cost_per_m_tokens=evaluated.number(option.cost_per_m_tokens),
        expected_risk=evaluated.number(Total(risks.expected[key])) if has_risks else None,
        expected_risk_core=expected_core if has_risks else None,
        opportunity=evaluated.number(displaced.nominal) if displaced and no_projects is not None else no_projects,
        opportunity_pv=evaluated.number(displaced.present) if displaced and no_projects is not None else no_projects,
        expected_exit=evaluated.number(exit_cost.expected) if exit_cost and no_exit is not None else no_exit,
        expected_exit_pv=evaluated.number(exit_cost.expected_pv) if exit_cost and no_exit is not None else no_exit,
        exit_curve=_exit_curve(evaluated, option), exit_parts=_exit_parts(evaluated, option),
        parts={part.key: part.workloads for part in ledger.parts}, open_parts=dict(option.open_parts),
        budget=budget_result(evaluated, option), net_present_saving=evaluated.number(evaluated.case.funding[key].net_present_saving),
        peak_funding=peak_funding(evaluated, key), payback=payback(evaluated, key),
        joint=JointFigures(p50, p80, p90, spread.cheapest), joint_curve=spread.curve(),
        contingency=alone, risks_alone=alone, enough=None if alone is None else spread.share_at_most(tco + alone),
        go_live=evaluated.number(option.go_live),
        lead_time_months=evaluated.values[f"options.{last}.lead_time_months"],
        deployment_months=evaluated.values[f"options.{last}.deployment_months"],
        stabilisation_months=evaluated.values.get(f"options.{last}.stabilisation_months", 0.0),
        break_even=break_even(evaluated, key),
        not_quantified=(() if has_risks else ("risk",)) + unknown, not_estimated=(),
    )  # fmt: skip


def _last_part(evaluated: EvaluatedCase, option: Option) -> str:
    """Return the key of the part that goes live last: the option itself, but for a mix."""
    return max(
        option.ledger.parts, key=lambda part: evaluated.number(part.basis.timing.go_live)
    ).key  # fmt: skip


def _exit_curve(evaluated: EvaluatedCase, option: Option) -> tuple[float, ...] | None:
    """Return the exit cost by month; None where it is not quantified."""
    if "exit" in option.unquantified:
        return None
    return evaluated.series(option.exit.curve) if option.exit else (0.0,) * option.ledger.cost.axis.size


def _exit_parts(evaluated: EvaluatedCase, option: Option) -> dict[str, tuple[float, ...]]:
    """Return the components of the exit cost by month; none where it is not quantified."""
    if option.exit is None or "exit" in option.unquantified:
        return {}
    return {
        name: tuple(map(sum, zip(*(evaluated.series(line) for line in lines), strict=True)))
        for name, lines in option.exit.components.items()
    }


def _total(evaluated: EvaluatedCase, line: Line | None, year: int | None = None) -> float:
    """Return the sum of a line over a year or over all months; 0 where the option has no such line."""
    return evaluated.number(Total(line, year)) if line else 0.0


def break_even(evaluated: EvaluatedCase, key: str) -> BreakEven | None:
    """Return the month and the volume from which an option costs no more than the baseline; None for the baseline."""
    if key not in evaluated.case.months.month:
        return None
    month = int(evaluated.number(evaluated.case.months.month[key]))
    word = str(evaluated.shown[evaluated.case.volumes.word[key]][0, 0])
    volume = evaluated.number(evaluated.case.volumes.crossing[key]) if word == ABOUT else None
    if word == NEVER:
        word = f"not up to {evaluated.series(evaluated.case.volumes.volume)[-1]:,.0f}"
    return BreakEven(month if month <= evaluated.case.outline.months.size else None, volume, word)


def ranking(
    options: tuple[OptionResult, ...],
) -> tuple[str | None, str | None, float | None]:
    """Return the recommended option, the runner-up and the lead over it; ties go to the first in the case's order.

    The lead is 0 where both cost 0, None where only the runner-up does (MODEL, "Full economic cost").
    """
    eligible = [option for option in options if option.eligible]
    order = [eligible[place] for place in ranked([option.full_cost for option in eligible])]
    if len(order) < 2:
        return order[0].key if order else None, None, None
    best, runner_up = order[0].full_cost, order[1].full_cost
    lead = 1 - best / runner_up if runner_up else None if best else 0.0
    return order[0].key, order[1].key, lead


def risk_results(evaluated: EvaluatedCase, details: Mapping[str, tuple[str, str]]) -> tuple[RiskResult, ...]:
    """Gather the risk register; `details` maps a risk's id to its response and owner."""
    register, keys = evaluated.case.risks, [option.key for option in evaluated.case.options]
    chances = evaluated.series(register.probability)
    impact = {key: evaluated.series(register.impact[key]) for key in keys}
    core = {key: evaluated.series(register.impact_core[key]) for key in keys}
    return tuple(
        RiskResult(
            risk.name, chances[place],
            {key: impact[key][place] for key in keys}, {key: core[key][place] for key in keys},
            risk.id, *details.get(risk.id, ("", "")),
        )
        for place, risk in enumerate(evaluated.case.outline.real_risks)
    )  # fmt: skip


def _by_run(evaluated: EvaluatedCase, tables: Mapping[str, Line], run: str) -> dict[str, float]:
    """Return the value of each option's what-if column in a run."""
    place = [r.name for r in evaluated.case.outline.runs].index(run)
    return {
        key: float(np.broadcast_to(evaluated.shown[line], (1, line.axis.size))[0, place])
        for key, line in tables.items()
    }


def scenario_results(evaluated: EvaluatedCase) -> tuple[Scenario, ...]:
    """Gather the core per option in each price scenario."""
    core = evaluated.case.runs.core
    return tuple(
        Scenario(run.name, _by_run(evaluated, core, run.name))
        for run in evaluated.case.outline.purposes("scenario")
    )


def swings(evaluated: EvaluatedCase, ranges: Mapping[str, tuple[float, float]]) -> tuple[Swing, ...]:
    """Gather the tornado: core per option with each ranged assumption at its low and at its high."""
    core = evaluated.case.runs.core
    return tuple(
        Swing(
            swing.path, swing.label, swing.unit, ranges[swing.path][0], evaluated.values[swing.path], ranges[swing.path][1],
            _by_run(evaluated, core, swing.low_run), _by_run(evaluated, core, swing.high_run), swing.paths,
        )
        for swing in evaluated.case.outline.swings
    )  # fmt: skip


def ladder(evaluated: EvaluatedCase) -> Ladder:
    """Gather the TCO per option at each volume of the ladder."""
    volumes = evaluated.case.volumes
    return Ladder(
        evaluated.series(volumes.volume), {key: evaluated.series(line) for key, line in volumes.tco.items()}
    )


def projects(evaluated: EvaluatedCase) -> tuple[Project, ...]:
    """Gather the displaced projects with their nominal cost over the horizon."""
    return tuple(
        Project(
            project.name, option.key, project.during, evaluated.values[f"opportunity.{project.id}.monthly_value"],
            evaluated.values[f"opportunity.{project.id}.confidence"], evaluated.number(Total(line)),
        )
        for option in evaluated.case.options
        if option.opportunity
        for project, line in zip(option.opportunity.projects, option.opportunity.lines, strict=True)
    )  # fmt: skip


def bridge_steps(evaluated: EvaluatedCase) -> tuple[BridgeStep, ...]:
    """Gather the naive-to-full bridge: TCO per step restored, then the amounts added to it; empty where there is none."""
    bridge, outline = evaluated.case.bridge, evaluated.case.outline.bridge
    if bridge is None or outline is None:
        return ()
    costs, first = evaluated.series(bridge.cost), evaluated.series(bridge.cost)[0]

    def multiple(cost: float) -> float | None:
        return cost / first if first else None

    steps = [
        BridgeStep(
            step.label,
            costs[place],
            multiple(costs[place]),
            _unchanged(evaluated, outline.steps, costs, place),
        )
        for place, step in enumerate(outline.steps)
    ]
    for name, amount in bridge.amounts.items():
        cost = evaluated.number(amount) if amount else None
        reason = "not quantified" if cost is None else "" if cost else "nothing is expected"
        whole = None if cost is None else multiple(evaluated.number(bridge.cumulative[name]))
        steps.append(BridgeStep(ADDED[name], cost, whole, reason))
    return tuple(steps)


def _unchanged(
    evaluated: EvaluatedCase, steps: tuple[BridgeStepOutline, ...], costs: tuple[float, ...], place: int
) -> str:
    """Return why a step changes nothing; an empty text where it changes the cost."""
    if place == 0 or abs(costs[place] - costs[place - 1]) > TOLERANCE * max(abs(costs[place]), 1.0):
        return ""
    runs = {run.name: run for run in evaluated.case.outline.runs}
    first = {effect.path: effect.amount_in(evaluated.values) for effect in runs[steps[0].run].effects}
    if all(evaluated.values[path] == first[path] for path in steps[place].restored):
        return "the case says the same as the first estimate"
    if {path.rpartition(".")[2] for path in steps[place].restored} <= SIZING:
        return "the same number of whole machines serves the load"
    return "none of it falls on this option"


def check_results(evaluated: EvaluatedCase, model: Model) -> tuple[Check, ...]:
    """Gather the checks of the arithmetic in the selected run."""
    block = model.sheets[-1].blocks[0]
    lines = {line.key: line for line in block.lines}
    left, right, passes = (evaluated.series(lines[f"checks.{key}"]) for key in ("left", "right", "passes"))
    sheets = evaluated.shown[lines["checks.sheet"]][0]
    return tuple(
        Check(name, str(sheets[place]), passes[place] == 1, left[place], right[place])
        for place, name in enumerate(block.axis.labels)
    )
