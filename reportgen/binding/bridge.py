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
    ("talent", ("people.ml_premium", "hires", "refresh_fte_months")),
)
"""The label of each step and what it restores, fields of the option or paths (MODEL, "The naive-to-full bridge")."""

LAST_STEP, TAX = "tax, credits, obligations", "finance.irrecoverable_vat"
"""The label of the last step, and what it restores beside the option's credit and the obligations."""


def bridge_outline(case: Case, values: Mapping[str, float]) -> BridgeOutline | None:
    """Return the bridge's outline; None without a GPU option or without a naive utilisation."""
    option = case.bridge.option
    if option is None or NAIVE_UTILISATION not in values or f"options.{option}.utilisation" not in values:
        return None
    steps = tuple(
        BridgeStep(label, f"Bridge {place}: {label}", _paths(option, fields, values))
        for place, (label, fields) in enumerate((*STEPS, *_last_step(case, option)))
    )
    return BridgeOutline(option, steps)


def _last_step(case: Case, option: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the last step where the case states tax that is not recovered, an obligation, or the option's credit."""
    taxed = "irrecoverable_vat" in case.finance.model_fields_set
    if taxed or case.obligations or "credit" in case.options[option].model_fields_set:
        yield LAST_STEP, (TAX, "credit", *(f"obligations.{one.id}.amount" for one in case.obligations))


def bridge_runs(outline: BridgeOutline | None, values: Mapping[str, float]) -> Iterator[Run]:
    """Yield one run per step, in which all assumptions that later steps restore have their values of the first estimate."""
    if outline is None:
        return
    for place, step in enumerate(outline.steps):
        later = [path for other in outline.steps[place + 1 :] for path in other.restored]
        yield Run(step.run, tuple(_naive_effect(path, values) for path in later), "bridge")


def naive_value(path: str, values: Mapping[str, float]) -> float:
    """Return an assumption's value in the first estimate: naive utilisation, at most one replica, 0 for all others."""
    match path.rpartition(".")[2]:
        case "utilisation":
            return values[NAIVE_UTILISATION]
        case "min_replicas":
            return min(1.0, values[path])
        case _:
            return 0.0


def _naive_effect(path: str, values: Mapping[str, float]) -> Effect:
    link = NAIVE_UTILISATION if path.endswith(".utilisation") else None
    return Effect(path, "set", naive_value(path, values), link=link)


def _paths(option: str, fields: tuple[str, ...], values: Mapping[str, float]) -> tuple[str, ...]:
    """Return the paths of a step's assumptions, those that the option's kind has."""
    paths = (field if "." in field else f"options.{option}.{field}" for field in fields)
    return tuple(path for path in paths if path in values)
