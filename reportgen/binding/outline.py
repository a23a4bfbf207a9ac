"""The outline of a case: its options, risks and runs."""

from collections.abc import Iterable, Sequence

import numpy as np

from reportgen.binding.bridge import bridge_outline, bridge_runs
from reportgen.binding.fit import criteria
from reportgen.binding.prices import book_prices, retirements
from reportgen.binding.swings import swing_runs, swings
from reportgen.formula.runs import BASE, Effect, Run
from reportgen.model.outline import (
    OptionOutline,
    Outline,
    ProjectOutline,
    RiskOutline,
    spare_risks,
)  # fmt: skip
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.options import AnyOption
from reportgen.schema.risks import Risk, Scenario


def outline_of(case: Case, rows: Sequence[Assumption]) -> Outline:
    """Return a case's outline: its structure, and the run for each of its questions."""
    risks = (*(RiskOutline(risk.id, risk.name) for risk in case.risks), *spare_risks())
    found = tuple(swings(case, rows, labels(case, rows)))
    by_path = {row.path: row for row in rows}
    values = {row.path: row.value for row in rows}
    bridge = bridge_outline(case, values)
    runs = (
        Run(BASE),
        *(_run(risk, "risk") for risk in case.risks),
        *(Run(risk.name, (), "risk") for risk in risks if risk.spare),
        *(_run(scenario, "scenario") for scenario in case.price_scenarios),
        *(run for swing in found for run in swing_runs(swing, by_path)),
        *_ladder(case),
        *bridge_runs(bridge, values),
    )
    return Outline(
        case.finance.years,
        case.finance.start,
        tuple(_option(case, key, option, by_path) for key, option in case.options.items()),
        case.baseline,
        risks,
        runs,
        found,
        bridge,
        case.case.currency,
        criteria(case),
    )


def spare_values() -> dict[str, float]:
    """Return the probabilities of the spare risks, 0 until they are filled in the workbook."""
    return {risk.probability: 0.0 for risk in spare_risks()}


def labels(case: Case, rows: Sequence[Assumption]) -> dict[str, str]:
    """Return the label of every assumption by path, those of an option with its short name."""
    short = {f"options.{key}": option.short_name for key, option in case.options.items()}
    owners = {row.path: short.get(".".join(row.path.split(".")[:2])) for row in rows}
    return {row.path: ", ".join(filter(None, (row.label, owners[row.path]))) for row in rows}


def _run(stated: Risk | Scenario, purpose: str) -> Run:
    effects = tuple(
        Effect(effect.assumption, operation, amount)
        for effect in stated.effects
        for operation, amount in effect.amounts.items()
    )
    return Run(stated.name, effects, "risk" if purpose == "risk" else "scenario")


def _option(case: Case, key: str, option: AnyOption, rows: dict[str, Assumption]) -> OptionOutline:
    prices = book_prices(case, key, rows)
    capped = getattr(option, "max_replicas", None) is not None
    return OptionOutline(
        key,
        option.name,
        option.short_name,
        option.kind,
        option.until_live,
        getattr(option, "spill_to", None) if capped else None,
        cached_price=f"options.{key}.cached_input_price" in rows,
        exit=option.exit_probability is not None and option.exit_month is not None,
        projects=tuple(ProjectOutline(p.id, p.name, p.during) for p in case.opportunity if p.option == key),
        failed=tuple(r.name for r in case.requirements if r.must and not r.met_by[key]),
        book_prices=prices,
        retirements=retirements(prices) if option.kind == "api" else (),
    )


def _ladder(case: Case) -> Iterable[Run]:
    """Yield one run per volume, log-spaced (MODEL, "Totals": break-even volume)."""
    ladder = case.break_even
    volumes = np.geomspace(ladder.low, ladder.high, ladder.points)
    for place, volume in enumerate(volumes, start=1):
        effect = Effect("workload.tokens_per_month", "set", float(volume))
        yield Run(f"Volume {place}: {volume:,.0f} M tokens a month", (effect,), "ladder")
