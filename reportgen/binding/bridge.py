"""The runs of the naive-to-full bridge: everything left out at first, then restored step by step."""

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
"""What each step restores, as fields of the option or as paths (MODEL, "The naive-to-full bridge")."""


def bridge_outline(case: Case, values: Mapping[str, float]) -> BridgeOutline | None:
    """Frame the bridge; None without a GPU option or without a naive utilisation."""
    option = case.bridge.option
    if option is None or NAIVE_UTILISATION not in values or f"options.{option}.utilisation" not in values:
        return None
    steps = tuple(
        BridgeStep(label, f"Bridge {place}: {label}", _paths(option, fields, values))
        for place, (label, fields) in enumerate(STEPS)
    )
    return BridgeOutline(option, steps)


def bridge_runs(outline: BridgeOutline | None, values: Mapping[str, float]) -> Iterator[Run]:
    """Make one run per step, in which everything that later steps restore is still as in a first estimate."""
    if outline is None:
        return
    for place, step in enumerate(outline.steps):
        later = [path for other in outline.steps[place + 1 :] for path in other.restored]
        yield Run(step.run, tuple(_naive(path, values) for path in later), "bridge")


def naive_value(path: str, values: Mapping[str, float]) -> float:
    """Give what a first estimate takes for an assumption: its own utilisation, one replica, nothing of the rest."""
    match path.rpartition(".")[2]:
        case "utilisation":
            return values[NAIVE_UTILISATION]
        case "min_replicas":
            return 1.0
        case _:
            return 0.0


def _naive(path: str, values: Mapping[str, float]) -> Effect:
    link = NAIVE_UTILISATION if path.endswith(".utilisation") else None
    return Effect(path, "set", naive_value(path, values), link=link)


def _paths(option: str, fields: tuple[str, ...], values: Mapping[str, float]) -> tuple[str, ...]:
    """Name the assumptions of a step that the option's kind has."""
    paths = (field if "." in field else f"options.{option}.{field}" for field in fields)
    return tuple(path for path in paths if path in values)
