"""One business case, whole: every line from the workload to the recommendation, and the sheets they stand on."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Model, RateTable, Section, Sheet
from reportgen.formula.nodes import Axis, IssuedValues, Line, Total, as_node, maximum
from reportgen.model.analysis.breakeven import (
    BreakEvenMonths,
    BreakEvenVolumes,
    break_even_months,
    break_even_volumes,
)
from reportgen.model.analysis.bridge import Bridge, bridge
from reportgen.model.analysis.decision import Decision, decision, thousands
from reportgen.model.analysis.joint import DRAWS, Joint, error
from reportgen.model.analysis.risks import Risks, risks
from reportgen.model.analysis.runs import Runs, runs
from reportgen.model.analysis.sensitivity import Sensitivity, price_scenarios, sensitivity
from reportgen.model.analysis.simulation_sheet import STATIC
from reportgen.model.analysis.verdict import message, verdict_lines
from reportgen.model.checks import checks
from reportgen.model.fit import fit_sheet
from reportgen.model.options.options import Option, options
from reportgen.model.outline import Outline
from reportgen.model.prices import rate_tables
from reportgen.model.tco import tco_sheet
from reportgen.model.workload import Shared

PERCENTILES = (0.5, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """All lines of a case: stage 1 per option, stage 2 over its runs."""

    outline: Outline
    shared: Shared
    options: tuple[Option, ...]
    runs: Runs
    risks: Risks
    sensitivity: Sensitivity | None
    scenarios: tuple[dict[str, Line], Block] | None
    months: BreakEvenMonths
    volumes: BreakEvenVolumes
    decision: Decision
    bridge: Bridge | None
    rates: tuple[RateTable, ...]


def business_case(outline: Outline) -> BusinessCase:
    """Define the whole model of a case."""
    tables = rate_tables(outline)
    shared, defined = options(outline, tables)
    what_if = runs(outline, defined)
    register = risks(outline, defined, what_if)
    months, volumes = (
        break_even_months(outline, shared, defined),
        break_even_volumes(outline, defined, what_if),
    )
    decided = decision(outline, defined, what_if, register, months, volumes)
    return BusinessCase(
        outline, shared, defined, what_if, register,
        sensitivity(outline, defined, what_if, decided), price_scenarios(outline, defined, what_if),
        months, volumes, decided,
        bridge(outline, defined, what_if, register), tuple(tables.values()),
    )  # fmt: skip


def model(
    case: BusinessCase, joint: dict[str, Joint], holds: float | None = None, issued: tuple[Sheet, ...] = ()
) -> Model:
    """Lay the lines out on sheets, left to right as the data flows.

    As issued: `holds`, the share of futures in which the recommended option is cheapest, and whole sheets.
    """
    block = checks(case.shared, case.options, case.runs, case.risks, case.bridge)
    sheets = (
        _summary(case, holds),
        Sheet("Workload", "Workload", "What all options share, by month", (case.shared.block,)),
        *(_option_sheet(option) for option in case.options),
        Sheet("Cumulative", "Cumulative cost", CUMULATIVE_NOTE, (case.months.block,)),
        tco_sheet(case.outline, case.options, case.months.shown, case.decision.names),
        *_apart(case),
        _risks_sheet(case, joint),
        *_sensitivity_sheet(case),
        Sheet("Break-even", "Break-even", BREAK_EVEN_NOTE, (*case.volumes.answer, case.volumes.block)),
        *_bridge_sheet(case),
        *_scenario_sheet(case),
        *issued,
        *fit_sheet(case.outline),
        Sheet("Checks", "Checks", CHECKS_NOTE, (block,)),
    )
    tables = (*case.runs.tables, *((case.bridge.table,) if case.bridge else ()))
    looked_up = {path: line for o in case.options for path, line in o.ledger.parts.looked_up.items()}
    return Model(sheets, case.runs.names, tables, _names(case), case.rates, looked_up)


def _summary(case: BusinessCase, holds: float | None) -> Sheet:
    sure = verdict_lines(case.decision, holds)
    said = message(case.outline.currency, case.decision, sure[0])
    answer = _answer_block(case, (*sure, *said[:-1]))
    blocks = (case.decision.side_by_side, case.decision.ranking, answer)
    return Sheet("Summary", "Summary", SUMMARY_NOTE, blocks, role="output", headline=said[-1])


def _risks_sheet(case: BusinessCase, joint: dict[str, Joint]) -> Sheet:
    blocks = (*case.risks.blocks, _joint_block(case, joint))
    return Sheet("Risks", "Risk scenarios", RISK_NOTE, blocks, headline=_risk_headline(case))


def _answer_block(case: BusinessCase, sure: tuple[Line, ...]) -> Block:
    block = case.decision.answer
    return Block(block.title, block.axis, (*block.sections, Section("How sure that is", sure)))


SUMMARY_NOTE = "Options side by side; sums of money nominal unless said"
CUMULATIVE_NOTE = "What was spent by the end of each month, undiscounted, and from when an option costs no more than the baseline"
RISK_NOTE = "Impact = the run in which the risk happens, less the base case; expected = probability x impact"
BREAK_EVEN_NOTE = "TCO against the volume that the workload starts at; each volume is a run of its own"
CHECKS_NOTE = "1 = passes, 0 = fails; the two sides may differ by 1e-9 of the larger one"


def _option_sheet(option: Option) -> Sheet:
    name = option.outline.name
    note = "By month, nominal; lines grouped by cost category"
    return Sheet(option.outline.short_name, name, note, (option.ledger.months_block,), option.key)


def _side(case: BusinessCase) -> Axis:
    return Axis("options", tuple(option.outline.short_name for option in case.options))


def _apart(case: BusinessCase) -> tuple[Sheet, ...]:
    displaced = tuple(option.opportunity.block for option in case.options if option.opportunity)
    leaving = tuple(option.exit.block for option in case.options if option.exit)
    out = []
    if displaced:
        note = "What displaced projects would have brought; not spent money, apart from TCO"
        out.append(Sheet("Opportunity", "Opportunity cost", note, displaced))
    if leaving:
        note = "What leaving costs, by the month of exit; apart from TCO"
        out.append(Sheet("Exit", "Exit cost", note, leaving))
    return tuple(out)


def _risk_headline(case: BusinessCase) -> Line:
    """Say how much the risks are expected to add to the option that they hit most."""
    worst = maximum(*(Total(case.risks.expected[option.key]) for option in case.options))
    text = (
        as_node("Risks are expected to add up to ")
        & f"{case.outline.currency} "
        & thousands(worst)
        & " to an option"
    )
    return Line("risks.headline", "Risks in a sentence", units.TEXT, text)


def _joint_block(case: BusinessCase, joint: dict[str, Joint]) -> Block:
    axis = _side(case)
    shares = [
        Line(
            f"joint.p{round(100 * share)}", f"TCO with risks, {round(100 * share)} in 100 cost at most", units.MONEY,
            IssuedValues(tuple(joint[o.key].percentile(share) for o in case.options)), axis,
        )
        for share in PERCENTILES
    ]  # fmt: skip
    chance = Line(
        "joint.cheapest", "Chance of the lowest TCO", units.SHARE,
        IssuedValues(tuple(joint[o.key].cheapest for o in case.options)), axis,
    )  # fmt: skip
    inexact = error(len(case.outline.real_risks))
    title = (
        "All combinations of risks, as issued"
        if inexact is None
        else f"{DRAWS:,} random combinations of risks, as issued"
    )
    lines = [*shares, chance]
    if inexact is not None:
        label = "Standard error of a chance, at most"
        lines.append(Line("joint.error", label, units.SHARE, IssuedValues((inexact,) * axis.size), axis))
    return Block(title, axis, (Section("", tuple(lines)),), STATIC)


def _sensitivity_sheet(case: BusinessCase) -> tuple[Sheet, ...]:
    if case.sensitivity is None:
        return ()
    note = "Each assumption alone at its low and its high, all else as in the base case; on core"
    return (
        Sheet(
            "Sensitivity", "Sensitivity", note, case.sensitivity.blocks, headline=case.sensitivity.headline
        ),
    )


def _bridge_sheet(case: BusinessCase) -> tuple[Sheet, ...]:
    if case.bridge is None:
        return ()
    name = next(option.outline.name for option in case.options if option.key == case.bridge.option)
    note = f"{name}: from the first estimate to the full cost, nominal; each step is a run of its own"
    return (Sheet("Bridge", "Why the first estimate is wrong", note, case.bridge.blocks),)


def _scenario_sheet(case: BusinessCase) -> tuple[Sheet, ...]:
    if case.scenarios is None:
        return ()
    note = "Core in each named scenario; live from the what-if tables on Runs"
    return (Sheet("Price scenarios", "Price scenarios", note, (case.scenarios[1],)),)


def _names(case: BusinessCase) -> dict[str, Line]:
    """Name the headline results, as in the results file."""
    out = {}
    for option in case.options:
        out[f"options.{option.key}.tco"] = option.tco
        out[f"options.{option.key}.core"] = option.core
    out["recommended"] = case.decision.recommended
    return out
