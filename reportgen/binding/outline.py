"""The outline of a case: its options, risks and runs."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reportgen.binding.bridge import bridge_outline, bridge_runs
from reportgen.binding.fit import criteria
from reportgen.binding.prices import book_prices, retirements
from reportgen.binding.swings import swing_runs, swings
from reportgen.formula.runs import BASE, Effect, Run
from reportgen.model.outline import (
    SINGLE_WORKLOAD,
    BookPrice,
    ObligationOutline,
    OptionOutline,
    Outline,
    ProjectOutline,
    RequirementOutline,
    RiskOutline,
    WorkloadOutline,
    spare_risks,
)  # fmt: skip
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.options import AnyOption, GpuOption, Mix, Platform, SelfHosted
from reportgen.schema.risks import Risk, Scenario

VOLUME_FACTOR = "workload.volume_factor"
"""The path of the factor on all tokens, by which the ladder reaches its volumes."""


def outline_of(case: Case, rows: Sequence[Assumption]) -> Outline:
    """Return a case's outline: its structure, and the run for each of its questions."""
    risks = (*(RiskOutline(risk.id, risk.name) for risk in case.risks), *spare_risks())
    uncertain = tuple(swings(case, rows, labels(case, rows)))
    values = {row.path: row.value for row in rows}
    bridge = bridge_outline(case, values)
    by_path, prices = {row.path: row for row in rows}, book_prices(case)
    runs = (
        Run(BASE),
        *(_run(risk, "risk") for risk in case.risks),
        *(_run(scenario, "scenario") for scenario in case.price_scenarios),
        *(run for swing in uncertain for run in swing_runs(swing, by_path)),
        *_ladder(case),
        *bridge_runs(bridge, values),
        *(Run(risk.name, (), "risk") for risk in risks if risk.spare),  # at the end: nobody scrolls past them
    )
    return Outline(
        case.finance.years,
        case.finance.start,
        tuple(
            _option(case, key, option, by_path, prices.get(key, ())) for key, option in case.options.items()
        ),
        case.baseline,
        risks,
        runs,
        uncertain,
        bridge,
        case.case.currency,
        criteria(case),
        workloads_of(case),
        tuple(ObligationOutline(o.id, o.name, o.option, o.until_month) for o in case.obligations),
        _requirements(case),
        case.finance.fiscal_month,
        case.finance.depreciation_years,
        dict(case.finance.accounts.items()),
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


def _option(
    case: Case, key: str, option: AnyOption, rows: Mapping[str, Assumption], prices: tuple[BookPrice, ...]
) -> OptionOutline:
    if isinstance(option, Mix):
        return OptionOutline(
            key, option.name, option.short_name, option.kind,
            failed=_failed(case, key), routes=dict(option.routes),
        )  # fmt: skip
    capped = getattr(option, "max_replicas", None) is not None
    write_row = rows.get(f"options.{key}.cache_write_price")
    return OptionOutline(
        key,
        option.name,
        option.short_name,
        option.kind,
        option.until_live,
        getattr(option, "spill_to", None) if capped else None,
        cached_price=f"options.{key}.cached_input_price" in rows,
        exit=option.exit_probability is not None and option.exit_month is not None,
        projects=tuple(ProjectOutline(p.id, p.name, p.during) for p in case.opportunity if key in p.option),
        failed=_failed(case, key),
        book_prices=prices,
        retirements=retirements(prices) if option.kind == "api" else (),
        speeds="pair" if isinstance(option, GpuOption) and option.has_speed_pair else "replica",
        billed=option.billed if isinstance(option, SelfHosted | Platform) else "month",
        servers=isinstance(option, GpuOption) and option.gpus_per_server is not None,
        committed=isinstance(option, SelfHosted | Platform) and option.committed_replicas is not None,
        renews=isinstance(option, SelfHosted | Platform) and option.commitment_renews,
        write_price=write_row is not None and write_row.follows is None,
        capped=capped,
    )


def _failed(case: Case, key: str) -> tuple[str, ...]:
    """Return the must-haves that an option does not meet; a mix, where an option that it routes to does not."""
    return tuple(r.name for r in case.requirements if r.must and not case.meets(r, key))


def workloads_of(case: Case) -> tuple[WorkloadOutline, ...]:
    """Return the outlines of the workloads, in the order of the case."""
    if not case.workloads:
        return (SINGLE_WORKLOAD,)
    return tuple(
        WorkloadOutline(key, workload.name, f"workloads.{key}") for key, workload in case.workloads.items()
    )


def _requirements(case: Case) -> tuple[RequirementOutline, ...]:
    every = tuple(workload.key for workload in workloads_of(case))
    return tuple(
        RequirementOutline(r.name, r.must, dict(r.met_by), r.workloads or every) for r in case.requirements
    )


def _ladder(case: Case) -> Iterable[Run]:
    """Yield one run per volume, log-spaced, all workloads scaled together (MODEL, "Totals": break-even volume)."""
    ladder = case.break_even
    stated = sum(stream.tokens_per_month.value for stream in case.streams.values() if stream.tokens_per_month)
    volumes = np.geomspace(ladder.low, ladder.high, ladder.points)
    for place, volume in enumerate(volumes, start=1):
        effect = Effect(VOLUME_FACTOR, "set", float(volume) / stated)
        yield Run(f"Volume {place}: {volume:,.0f} M tokens a month", (effect,), "ladder")
