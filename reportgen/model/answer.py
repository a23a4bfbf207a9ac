"""The answer of a case: its lines evaluated over all runs, gathered into plain results."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import Model
from reportgen.formula.nodes import Line, Node, Total
from reportgen.formula.runs import BASE, Array, active_values
from reportgen.model.analysis.breakeven import ABOUT, NEVER
from reportgen.model.analysis.bridge import ADDED
from reportgen.model.analysis.joint import Joint, joint
from reportgen.model.case import PERCENTILES, BusinessCase
from reportgen.model.options.options import Option
from reportgen.model.outline import BridgeStep as Restored
from reportgen.results.checks import Check
from reportgen.results.options import CATEGORIES, BreakEven, BridgeStep, JointFigures, OptionResult, Project
from reportgen.results.runs import Ladder, RiskResult, Scenario, Swing

SAME = 1e-9
"""Amounts that differ by less than this share are the same."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A case with its numbers: `every` over all runs, `shown` for one run with what stage 2 says."""

    case: BusinessCase
    values: Mapping[str, float]
    every: Evaluation
    shown: Evaluation

    def number(self, node: Line | Node) -> float:
        """Give a single value of the shown run."""
        found = self.shown[node] if isinstance(node, Line) else self.shown.node(node)
        return float(found[0, 0])

    def series(self, line: Line) -> tuple[float, ...]:
        """Give a line's values along its axis, in the shown run."""
        wide = np.broadcast_to(self.shown[line], (1, line.axis.size))
        return tuple(float(value) for value in wide[0])


def evaluate(case: BusinessCase, values: Mapping[str, float], shown: str = BASE) -> Evaluated:
    """Evaluate all runs at once, then stage 2, with one run shown."""
    runs = case.outline.runs
    every = Evaluation(active_values(values, runs))
    chosen = [run for run in runs if run.name == shown]
    return Evaluated(case, values, every, Evaluation(active_values(values, chosen), runs, every, shown))


def joint_distribution(done: Evaluated, seed: int) -> dict[str, Joint]:
    """Combine the base case's TCO with the impacts of all risks."""
    real = len(done.case.outline.real_risks)
    chances = np.array(done.series(done.case.risks.probability)[:real])
    impacts: dict[str, Array] = {
        key: np.array(done.series(line)[:real]) for key, line in done.case.risks.impact.items()
    }
    tco = {
        option.key: done.number(done.case.runs.base(done.case.runs.tco[option.key]))
        for option in done.case.options
    }
    return joint(tco, impacts, chances, seed)


def option_result(done: Evaluated, option: Option, spread: Joint, confidence: float) -> OptionResult:
    """Gather one option's results in the base case."""
    key, outline, book, risks = option.key, option.outline, option.ledger, done.case.risks
    years = range(1, done.case.outline.years + 1)
    tco, core = done.number(option.tco), done.number(option.core)
    expected_core = done.number(Total(risks.expected_core[key]))
    displaced, leaving, named = option.opportunity, option.exit, bool(done.case.outline.real_risks)
    none = None if "opportunity" in outline.unquantified else 0.0
    p50, p80, p90 = (spread.percentile(share) for share in PERCENTILES)
    return OptionResult(
        key=key, name=outline.name, short_name=outline.short_name, kind=outline.kind,
        eligible=not outline.failed, failed_requirements=outline.failed,
        tco=tco, pv=done.number(Total(book.discounted)), core=core, full_cost=core + expected_core,
        years=tuple(done.number(Total(book.cost, year)) for year in years), monthly=done.series(book.cost),
        categories={name: _total(done, book.categories.get(name)) for name in CATEGORIES},
        category_years={name: tuple(_total(done, book.categories.get(name), year) for year in years) for name in CATEGORIES},
        run_rate=done.number(option.run_rate), cost_per_m_tokens=done.number(option.cost_per_m_tokens),
        expected_risk=done.number(Total(risks.expected[key])) if named else None,
        expected_risk_core=expected_core if named else None,
        opportunity=done.number(displaced.nominal) if displaced else none,
        opportunity_pv=done.number(displaced.present) if displaced else none,
        expected_exit=done.number(leaving.expected) if leaving else None,
        expected_exit_pv=done.number(leaving.expected_pv) if leaving else None,
        exit_curve=done.series(leaving.curve) if leaving else None,
        exit_parts={name: done.series(line) for name, line in leaving.components.items()} if leaving else {},
        joint=JointFigures(p50, p80, p90, spread.cheapest), joint_curve=spread.curve(),
        contingency=spread.percentile(confidence) - tco,
        go_live=done.number(book.parts.timing.go_live),
        lead_time_months=done.values[f"options.{key}.lead_time_months"],
        deployment_months=done.values[f"options.{key}.deployment_months"],
        stabilisation_months=done.values.get(f"options.{key}.stabilisation_months", 0.0),
        break_even=break_even(done, key),
        not_quantified=(() if named else ("risk",)) + outline.unquantified, not_estimated=(),
    )  # fmt: skip


def _total(done: Evaluated, line: Line | None, year: int | None = None) -> float:
    """Sum a line over a year or all months; an option that has no such cost has none of it."""
    return done.number(Total(line, year)) if line else 0.0


def break_even(done: Evaluated, key: str) -> BreakEven | None:
    """Say when and at which volume an option stops costing more than the baseline; None for the baseline."""
    if key not in done.case.months.month:
        return None
    month = int(done.number(done.case.months.month[key]))
    word = str(done.shown[done.case.volumes.word[key]][0, 0])
    volume = done.number(done.case.volumes.found[key]) if word == ABOUT else None
    if word == NEVER:
        word = f"not up to {done.series(done.case.volumes.volume)[-1]:,.0f}"
    return BreakEven(month if month <= done.case.outline.months.size else None, volume, word)


def ranking(done: Evaluated, found: tuple[OptionResult, ...]) -> tuple[str | None, str | None, float | None]:
    """Name the recommended option and the runner-up, and the lead over it; ties go to the first in order."""
    eligible = sorted((option for option in found if option.eligible), key=lambda option: option.full_cost)
    if not eligible:
        return None, None, None
    if len(eligible) == 1:
        return eligible[0].key, None, None
    return eligible[0].key, eligible[1].key, done.number(done.case.decision.lead)


def risk_results(done: Evaluated, details: Mapping[str, tuple[str, str]]) -> tuple[RiskResult, ...]:
    """Gather the register; `details` gives response and owner by the risk's id."""
    register, keys = done.case.risks, [option.key for option in done.case.options]
    chances = done.series(register.probability)
    impact = {key: done.series(register.impact[key]) for key in keys}
    core = {key: done.series(register.impact_core[key]) for key in keys}
    return tuple(
        RiskResult(
            risk.name, chances[place],
            {key: impact[key][place] for key in keys}, {key: core[key][place] for key in keys},
            risk.id, *details.get(risk.id, ("", "")),
        )
        for place, risk in enumerate(done.case.outline.real_risks)
    )  # fmt: skip


def _by_run(done: Evaluated, tables: Mapping[str, Line], run: str) -> dict[str, float]:
    place = [r.name for r in done.case.outline.runs].index(run)
    return {
        key: float(np.broadcast_to(done.shown[line], (1, line.axis.size))[0, place])
        for key, line in tables.items()
    }


def scenario_results(done: Evaluated) -> tuple[Scenario, ...]:
    """Gather core per option in each price scenario."""
    core = done.case.runs.core
    return tuple(
        Scenario(run.name, _by_run(done, core, run.name)) for run in done.case.outline.purposes("scenario")
    )


def swings(done: Evaluated, ranges: Mapping[str, tuple[float, float]]) -> tuple[Swing, ...]:
    """Gather the tornado: core per option with each ranged assumption at its low and its high."""
    core = done.case.runs.core
    return tuple(
        Swing(
            swing.path, swing.label, swing.unit, ranges[swing.path][0], done.values[swing.path], ranges[swing.path][1],
            _by_run(done, core, swing.low_run), _by_run(done, core, swing.high_run),
        )
        for swing in done.case.outline.swings
    )  # fmt: skip


def ladder(done: Evaluated) -> Ladder:
    """Gather TCO per option against volume."""
    volumes = done.case.volumes
    return Ladder(done.series(volumes.volume), {key: done.series(line) for key, line in volumes.tco.items()})


def projects(done: Evaluated) -> tuple[Project, ...]:
    """Gather the displaced projects with their cost over the horizon, nominal."""
    return tuple(
        Project(
            project.name, option.key, project.during, done.values[f"opportunity.{project.id}.monthly_value"],
            done.values[f"opportunity.{project.id}.confidence"], done.number(Total(line)),
        )
        for option in done.case.options
        if option.opportunity
        for project, line in zip(option.outline.projects, option.opportunity.projects, strict=True)
    )  # fmt: skip


def bridge_steps(done: Evaluated) -> tuple[BridgeStep, ...]:
    """Gather the naive-to-full bridge: TCO by step restored, then the amounts added to it; empty without one."""
    found, outline = done.case.bridge, done.case.outline.bridge
    if found is None or outline is None:
        return ()
    costs, first = done.series(found.cost), done.series(found.cost)[0]

    def multiple(cost: float) -> float | None:
        return cost / first if first else None

    steps = [
        BridgeStep(
            step.label, costs[place], multiple(costs[place]), _unchanged(done, outline.steps, costs, place)
        )
        for place, step in enumerate(outline.steps)
    ]
    for name, amount in found.amounts.items():
        cost = done.number(amount) if amount else None
        reason = "not quantified" if cost is None else "" if cost else "nothing is expected"
        steps.append(BridgeStep(ADDED[name], cost, multiple(done.number(found.cumulative[name])), reason))
    return tuple(steps)


def _unchanged(done: Evaluated, steps: tuple[Restored, ...], costs: tuple[float, ...], place: int) -> str:
    """Say why a step changes nothing; empty where it does."""
    if place == 0 or abs(costs[place] - costs[place - 1]) > SAME * max(abs(costs[place]), 1.0):
        return ""
    runs = {run.name: run for run in done.case.outline.runs}
    first = {effect.path: effect.amount_in(done.values) for effect in runs[steps[0].run].effects}
    if all(done.values[path] == first[path] for path in steps[place].restored):
        return "the case says the same as the first estimate"
    return "the same number of whole machines serves the load"


def check_results(done: Evaluated, model: Model) -> tuple[Check, ...]:
    """Gather the checks of the arithmetic in the shown run."""
    block = model.sheets[-1].blocks[0]
    lines = {line.key: line for line in block.lines}
    left, right, passes = (done.series(lines[f"checks.{key}"]) for key in ("left", "right", "passes"))
    sheets = done.shown[lines["checks.sheet"]][0]
    return tuple(
        Check(name, str(sheets[place]), passes[place] == 1, left[place], right[place])
        for place, name in enumerate(block.axis.labels)
    )
