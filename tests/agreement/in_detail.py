"""A random case worked out without searches and futures, and where it differs from the second computation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reportgen.binding.bound import Bound, bind
from reportgen.formula.nodes import Line
from reportgen.model import answer
from reportgen.model.answer import EvaluatedCase
from reportgen.model.case import model
from reportgen.model.options.options import Option
from reportgen.results.options import OptionResult
from reportgen.results.split import BestSplit
from reportgen.uncertainty.best_split import best_split
from reportgen.uncertainty.simulation import mean_of_joint_runs
from reportgen.uncertainty.variables import variables_of
from tests.agreement.against_oracle import compare, option_differences
from tests.agreement.loaded import built, for_oracle
from tests.oracle import results

Found = dict[str, Any]
COSTS = {
    "bill": ("token_fees", "fleet", "staging"), "credited": ("credited",), "spill": ("spill",), "purchases": ("purchases",),
    "power": ("power",), "upkeep": ("upkeep",), "residual": ("residual",), "supporting": ("supporting_infrastructure",),
    "deployment_engineering": ("deployment_engineering",), "ongoing_engineering": ("ongoing_engineering",),
    "refresh": ("refresh",), "stabilisation": ("stabilisation",), "tuning": ("tuning",),
    "interim_usage": ("interim_usage",), "one_off_cost": ("one_off",), "recruitment": ("recruitment",),
    "other_monthly_cost": ("other_cost",), "migrations": ("migration",),
}  # fmt: skip
"""Lines of cost by the name that the second computation gives them; of the program, one of each for every part."""


def differences(seed: int) -> list[str]:
    """List where the case of a seed comes out otherwise in the second computation, and the checks that fail."""
    expected, bound = results(for_oracle(seed)), bind(built(seed))
    done = answer.evaluate(bound.lines, bound.values)
    joint = answer.joint_distribution(done, bound.case.simulation.seed)
    options = {
        o.key: answer.option_result(done, o, joint[o.key], bound.case.simulation.confidence)
        for o in bound.lines.options
    }
    wrong = option_differences({key: asdict(option) for key, option in options.items()}, expected)
    for option in bound.lines.options:
        wrong += _line_differences(
            done, option, options[option.key], expected["detail"]["options"][option.key]
        )
    wrong += _over_runs(done, options, expected)
    wrong += _ranking_differences(bound, tuple(options.values()), expected["detail"])
    checks = answer.check_results(done, model(bound.lines, joint))
    wrong += [f"check {check.name}" for check in checks if not check.passes]
    return wrong + _repeated(bound)


def _line_differences(done: EvaluatedCase, option: Option, result: OptionResult, detail: Found) -> list[str]:
    """Compare the lines of an option: costs, machines, exit, what is not quantified."""
    ledger, key = option.ledger, option.key
    wrong = []
    for name, own in COSTS.items():
        found = _added(
            done, [line for each in own for line in ledger.cost_lines(each)], detail["lines"][name]
        )
        wrong += compare(found, tuple(detail["lines"][name]), f"{key}.{name}")
    for name, lines in (("interim_staff", ledger.interim_staff), ("tax", (ledger.categories["tax"],))):
        found = _added(done, lines, detail["lines"][name])
        wrong += compare(found, tuple(detail["lines"][name]), f"{key}.{name}")
    unknown = {"opportunity": result.open_parts["opportunity"], "expected_exit": result.open_parts["exit"]}
    wrong += compare(unknown, detail["unquantified"], f"{key}.unquantified")
    wrong += compare(result.parts, detail["parts"], f"{key}.parts")
    for part in ledger.parts:
        if part.sizing:
            wrong += _machine_differences(
                done, part.sizing, detail["machines"][part.key], f"{key}.{part.key}"
            )
    return wrong


def _machine_differences(done: EvaluatedCase, sizing: Any, machines: Found, where: str) -> list[str]:
    names = ("load", "replicas", "gpus", *(("served",) if sizing.served else ()))
    return [
        text
        for name in names
        for text in compare(done.series(getattr(sizing, name)), tuple(machines[name]), f"{where}.{name}")
    ]


def _added(done: EvaluatedCase, lines: Sequence[Line], like: Sequence[float]) -> tuple[float, ...]:
    """Add lines up by month; zeros where there are none."""
    rows = [done.series(line) for line in lines] or [tuple(0.0 for _ in like)]
    return tuple(map(sum, zip(*rows, strict=True)))


def _over_runs(done: EvaluatedCase, options: Mapping[str, OptionResult], expected: Found) -> list[str]:
    """Compare what runs say: risks, break-even, scenarios, the ladder of volumes, the bridge."""
    risks = answer.risk_results(done, {})
    ladder = answer.ladder(done)
    rungs = [
        {"volume": volume, "tco": {key: costs[place] for key, costs in ladder.tco.items()}}
        for place, volume in enumerate(ladder.volumes)
    ]
    bridge = [
        {"label": step.label, "cost": step.cost, "multiple": step.multiple}
        for step in answer.bridge_steps(done)
    ]
    detail = expected["detail"]
    pairs: Iterable[tuple[str, Any, Any]] = (
        ("risks", [_costs_of_risk(asdict(risk), options) for risk in risks],
         [_costs_of_risk(risk, options) for risk in expected["risks"]]),
        ("break_even", {key: asdict(o.break_even) for key, o in options.items() if o.break_even}, expected["break_even"]),
        ("scenarios", [asdict(one) for one in answer.scenario_results(done)], expected["price_scenarios"]),
        ("ladder", rungs, detail["ladder"]),
        ("bridge", bridge, expected["bridge"]["steps"] if expected["bridge"] else []),
        ("workloads", {one.key: done.series(one.tokens) for one in done.case.shared.workloads}, detail["workloads"]),
    )  # fmt: skip
    return [text for name, found, whole in pairs for text in compare(found, whole, name)]


def _costs_of_risk(risk: Found, options: Mapping[str, OptionResult]) -> Found:
    """Give what the options cost where a risk happens: its impact, a small difference of large amounts, added to each."""
    return {
        "name": risk["name"], "probability": risk["probability"],
        "tco": {key: options[key].tco + impact for key, impact in risk["impact"].items()},
        "core": {key: options[key].core + impact for key, impact in risk["impact_core"].items()},
    }  # fmt: skip


def _ranking_differences(bound: Bound, options: tuple[OptionResult, ...], detail: Found) -> list[str]:
    """Compare the order of the options, the joint runs of the risks through the model, and the best split."""
    decided, lines, settings = detail["decision"], bound.lines, bound.case.simulation
    best, next_best, lead = answer.ranking(options)
    expected = (decided["recommended"], decided["runner_up"], decided["lead"])
    wrong = compare((best, next_best, lead), expected, "ranking")
    alone = {key: one["risks_alone"] for key, one in detail["contingency"].items()}
    wrong += compare({option.key: option.risks_alone for option in options}, alone, "risks_alone")
    variables = variables_of(bound.case, bound.assumptions, lines, bound.values)
    joint, through = (
        mean_of_joint_runs(lines.options, variables, settings.draws, settings.seed),
        detail["through_the_model"],
    )
    if joint and through:
        wrong += compare(joint.mean_core, through["core"], "joint_runs") + compare(
            joint.clipped, float(through["clipped"]), "joint_runs.clipped"
        )
    return wrong + split_differences(best_split(lines, bound.values, options), detail["best_split"])


def split_differences(found: BestSplit | None, expected: Found | None) -> list[str]:
    """Compare the best split: how many assignments there are, the best five, the lead, and the best without each must-have."""
    if found is None or expected is None:
        return [] if found is expected else [f"best split: {found} is not {expected}"]
    without = [
        {"requirement": one.requirement, "routes": one.best and one.best.routes, "full_cost": one.best and one.best.full_cost}
        for one in found.without
    ]  # fmt: skip
    five = [asdict(one) for one in found.five]
    pairs = {
        "assignments": found.assignments, "limit": not found.searched, "best": five[0] if five else None, "five": five,
        "best_stated": found.best_stated, "lead": found.lead, "without": without,
    }  # fmt: skip
    return compare(pairs, expected, "best_split")


def _repeated(bound: Bound) -> list[str]:
    """List the keys that more than one line of stage 1 has."""
    keys = [line.key for option in bound.lines.options for line in option.months_block.lines]
    return [f"{key} stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
