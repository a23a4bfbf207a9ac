"""The runs of the naive-to-full bridge: all assumptions of a first estimate, then restored step by step."""

from collections.abc import Iterator, Mapping

from reportgen.formula.runs import Effect, Run
from reportgen.model.outline import BridgeOutline, BridgeStep
from reportgen.schema.case import Case

NAIVE_UTILISATION = "bridge.naive_utilisation"
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("the first estimate", ()),
    ("real utilisation", ("utilisation",)),
    ("redundancy", ("min_replicas",)),
    ("untuned software", ("tuning_loss",)),
    ("supporting infrastructure", ("supporting_rate",)),
    ("time to production", ("lead_time_months", "deployment_months", "staging_replicas")),
    ("deployment engineering", ("deployment_fte", "one_off_cost")),
    ("ongoing engineering", ("ongoing_fte", "stabilisation_fte", "tuning_fte_months", "other_monthly_cost")),
    ("talent", ("people.ml_premium", "hires")),
)
"""The label of each step and what it restores, fields of the option or paths (MODEL, "The naive-to-full bridge")."""


def bridge_outline(case: Case, values: Mapping[str, float]) -> BridgeOutline | None:
    """Return the bridge's outline; None without a GPU option or without a naive utilisation."""
    option = case.bridge.option
    if option is None or NAIVE_UTILISATION not in values or f"options.{option}.utilisation" not in values:
        return None
    steps = tuple(
        BridgeStep(label, f"Bridge {place}: {label}", _paths(option, fields, values))
        for place, (label, fields) in enumerate(STEPS)
    )
    return BridgeOutline(option, steps)


def bridge_runs(outline: BridgeOutline | None, values: Mapping[str, float]) -> Iterator[Run]:
    """Yield one run per step, in which all assumptions that later steps restore have their values of the first estimate."""
    if outline is None:
        return
    for place, step in enumerate(outline.steps):
        later = [path for other in outline.steps[place + 1 :] for path in other.restored]
        yield Run(step.run, tuple(_naive_effect(path, values) for path in later), "bridge")


def naive_value(path: str, values: Mapping[str, float]) -> float:
    """Return an assumption's value in the first estimate: the naive utilisation, one replica, 0 for all others."""
    match path.rpartition(".")[2]:
        case "utilisation":
            return values[NAIVE_UTILISATION]
        case "min_replicas":
            return 1.0
        case _:
            return 0.0


def _naive_effect(path: str, values: Mapping[str, float]) -> Effect:
    link = NAIVE_UTILISATION if path.endswith(".utilisation") else None
    return Effect(path, "set", naive_value(path, values), link=link)


def _paths(option: str, fields: tuple[str, ...], values: Mapping[str, float]) -> tuple[str, ...]:
    """Return the paths of a step's assumptions, those that the option's kind has."""
    paths = (field if "." in field else f"options.{option}.{field}" for field in fields)
    return tuple(path for path in paths if path in values)
