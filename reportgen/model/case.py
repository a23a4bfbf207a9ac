"""The complete model of a case: every line from the workload to the recommendation, and the sheets that hold them."""

from collections.abc import Mapping
from dataclasses import replace

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Model, RateTable, Section, Sheet
from reportgen.formula.nodes import IssuedValues, Line, Total, as_node, maximum, where
from reportgen.model.analysis.breakeven import (
    BreakEvenMonths,
    BreakEvenVolumes,
    break_even_months,
    break_even_volumes,
)
from reportgen.model.analysis.bridge import Bridge, bridge
from reportgen.model.analysis.decision import Decision, amount_in_words, decision
from reportgen.model.analysis.joint import DRAWS, Joint, largest_standard_error
from reportgen.model.analysis.request import Compared, request
from reportgen.model.analysis.risks import Risks, risks
from reportgen.model.analysis.runs import Runs, runs
from reportgen.model.analysis.sensitivity import Sensitivity, price_scenarios, sensitivity
from reportgen.model.analysis.simulation_sheet import STATIC, not_eligible_or
from reportgen.model.analysis.verdict import (
    NOTHING_ISSUED,
    IssuedEvidence,
    message,
    shares_of_futures,
    verdict_lines,
)
from reportgen.model.budget import BudgetSheet, Funding, budget_sheet, funding
from reportgen.model.checks import checks
from reportgen.model.fit import fit_sheet
from reportgen.model.options.basis import Basis
from reportgen.model.options.options import Option, stage_one
from reportgen.model.outline import Outline
from reportgen.model.prices import rate_tables
from reportgen.model.tco import tco_sheet
from reportgen.model.workload import SharedLines
from reportgen.runtime.records import dataclass

PERCENTILES = (0.5, 0.8, 0.9)
"""The percentiles that are given of the joint distribution."""


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """All lines of a case: stage 1 per option, stage 2 over its runs."""

    outline: Outline
    shared: SharedLines
    bases: Mapping[str, Basis]
    """What each option but a mix has whatever workloads it carries, by key."""
    options: tuple[Option, ...]
    runs: Runs
    risks: Risks
    sensitivity: Sensitivity | None
    scenarios: tuple[dict[str, Line], Block] | None
    months: BreakEvenMonths
    volumes: BreakEvenVolumes
    decision: Decision
    bridge: Bridge | None
    budget: BudgetSheet
    funding: Mapping[str, Funding]
    rates: tuple[RateTable, ...]


def business_case(outline: Outline) -> BusinessCase:
    """Define all lines of a case."""
    tables = rate_tables(outline)
    first = stage_one(outline, tables)
    shared, option_lines = first.shared, first.options
    what_if = runs(outline, option_lines)
    register = risks(outline, option_lines, what_if)
    months = break_even_months(outline, shared, option_lines)
    volumes = break_even_volumes(outline, option_lines, what_if, months)
    summary = decision(outline, option_lines, what_if, register, months, volumes)
    saved = _funding(outline, shared, option_lines, months)
    budgets = [(o.ledger, o.budget) for o in option_lines]
    books = budget_sheet(shared, budgets, tuple(saved.values()), outline.accounts)
    return BusinessCase(
        outline, shared, first.bases, option_lines, what_if, register,
        sensitivity(outline, option_lines, what_if, summary), price_scenarios(outline, option_lines, what_if),
        months, volumes, summary,
        bridge(outline, option_lines, what_if, register), books, saved, tuple(tables.values()),
    )  # fmt: skip


def _funding(
    outline: Outline, shared: SharedLines, option_lines: tuple[Option, ...], months: BreakEvenMonths
) -> dict[str, Funding]:
    baseline = next(option for option in option_lines if option.key == outline.baseline)
    return {
        o.key: funding(
            shared, o.ledger, o.budget, baseline.ledger, months.excess.get(o.key), months.month.get(o.key)
        )
        for o in option_lines
    }


def model(
    case: BusinessCase,
    joint: dict[str, Joint],
    evidence: IssuedEvidence = NOTHING_ISSUED,
    issued: tuple[Sheet, ...] = (),
) -> Model:
    """Lay out the lines on sheets, in the order in which they depend on each other.

    `joint` and `evidence` (what the word rests on) are static results; `issued` holds sheets of static results.
    """
    by_table = {table.key: rates for table, rates in zip(case.outline.tables, case.rates, strict=True)}
    block = checks(case.shared, case.options, case.runs, case.risks, case.bridge, case.budget, by_table)
    sheets = (
        _summary(case, evidence),
        _workload_sheet(case),
        *(_option_sheet(option) for option in case.options),
        Sheet("Cumulative", "Cumulative cost", CUMULATIVE_NOTE, (case.months.block,)),
        tco_sheet(case.outline, case.options, case.months.shown, case.decision.names),
        case.budget.sheet,
        *_opportunity_and_exit_sheets(case),
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
    looked_up = {path: line for o in case.options for path, line in o.looked_up.items()}
    return Model(sheets, case.runs.names, tables, _names(case), case.rates, looked_up)


def _summary(case: BusinessCase, evidence: IssuedEvidence) -> Sheet:
    shares, ranking = shares_of_futures(case.decision, evidence), case.decision.ranking
    if shares:
        ranking = replace(ranking, sections=(*ranking.sections, Section("", (shares,))))
    saved = {key: one.net_present_saving for key, one in case.funding.items()}
    unpaid = {key: one.unpaid for key, one in case.funding.items() if one.unpaid}
    compared = Compared(
        case.options, case.outline.baseline, case.runs, case.risks, case.months, case.shared.horizon, saved, unpaid
    )  # fmt: skip
    asked = request(case.outline.currency, case.decision, compared, evidence.contingencies)
    verdict = verdict_lines(case.decision, evidence, shares)
    sentence = message(case.outline.currency, case.decision, verdict[0])
    answer = _answer_block(case, (*verdict, *sentence[:-1]))
    answer = (
        replace(answer, sections=(*answer.sections, Section("What is asked", asked.sentence)))
        if asked.sentence
        else answer
    )
    blocks = (case.decision.side_by_side, asked.block, ranking, answer)
    return Sheet("Summary", "Summary", SUMMARY_NOTE, blocks, role="output", headline=sentence[-1])


def _risks_sheet(case: BusinessCase, joint: dict[str, Joint]) -> Sheet:
    *largest, headline = _risk_sentence(case)
    found = Block("What the sentence above says", SINGLE, (Section("", tuple(largest)),))
    blocks = (*case.risks.blocks, _joint_block(case, joint), found)
    return Sheet("Risks", "Risk scenarios", RISK_NOTE, blocks, headline=headline)


def _answer_block(case: BusinessCase, verdict: tuple[Line, ...]) -> Block:
    block = case.decision.answer
    return Block(block.title, block.axis, (*block.sections, Section("How sure that is", verdict)))


SUMMARY_NOTE = "Options side by side; sums of money nominal unless said"
CUMULATIVE_NOTE = "What was spent by the end of each month, undiscounted, and from when an option costs no more than the baseline"
RISK_NOTE = "Impact = the run in which the risk happens, less the base case; expected = probability x impact"
BREAK_EVEN_NOTE = "TCO against the volume that the workload starts at; each volume is a run of its own"
CHECKS_NOTE = "1 = passes, 0 = fails; the two sides may differ by 1e-9 of the larger one"


def _workload_sheet(case: BusinessCase) -> Sheet:
    name = "Workload" if len(case.outline.workloads) == 1 else "Workloads"
    return Sheet(name, name, "What all options share, by month", case.shared.blocks)


def _option_sheet(option: Option) -> Sheet:
    name = option.outline.name
    parts = "its parts, then all together" if option.outline.routes else "lines grouped by cost category"
    note = f"By month, nominal; {parts}"
    return Sheet(option.outline.short_name, name, note, (option.months_block,), option.key)


def _option_axis(case: BusinessCase) -> Axis:
    return Axis("options", tuple(option.outline.short_name for option in case.options))


def _opportunity_and_exit_sheets(case: BusinessCase) -> tuple[Sheet, ...]:
    displaced = tuple(option.opportunity.block for option in case.options if option.opportunity)
    exits = tuple(option.exit.block for option in case.options if option.exit)
    sheets = []
    if displaced:
        note = "What displaced projects would have brought; not spent money, apart from TCO"
        sheets.append(Sheet("Opportunity", "Opportunity cost", note, displaced))
    if exits:
        note = "What leaving costs, by the month of exit; apart from TCO"
        sheets.append(Sheet("Exit", "Exit cost", note, exits))
    return tuple(sheets)


def _risk_sentence(case: BusinessCase) -> tuple[Line, Line, Line]:
    """Define the largest expected cost of the risks to any option, and the headline of the Risks sheet with it."""
    most = maximum(*(Total(case.risks.expected[option.key]) for option in case.options))
    largest = Line("risks.largest", "Most that they add up to", units.MONEY, most)
    amount = amount_in_words("risks.largest", case.outline.currency, largest)
    sentence = as_node("Risks are expected to add up to ") & amount & " to an option"
    none = "No risk that is named has a probability" if case.outline.real_risks else "No risks are named"
    text = where(Total(case.risks.probability) > 0, sentence, none)
    return largest, amount, Line("risks.headline", "Risks in a sentence", units.TEXT, text)


def _joint_block(case: BusinessCase, joint: dict[str, Joint]) -> Block:
    axis = _option_axis(case)
    shares = [
        Line(
            f"joint.p{round(100 * share)}", f"TCO with risks, {round(100 * share)} in 100 cost at most", units.MONEY,
            IssuedValues(tuple(joint[o.key].percentile(share) for o in case.options)), axis,
        )
        for share in PERCENTILES
    ]  # fmt: skip
    chance = Line(
        "joint.cheapest", "Chance of the lowest TCO of those eligible", units.SHARE,
        IssuedValues(tuple(not_eligible_or(joint[o.key].cheapest) for o in case.options)), axis,
    )  # fmt: skip
    standard_error = largest_standard_error(len(case.outline.real_risks))
    title = (
        "All combinations of risks, as issued"
        if standard_error is None
        else f"{DRAWS:,} random combinations of risks, as issued"
    )
    lines = [*shares, chance]
    if standard_error is not None:
        label = "Standard error of a chance, at most"
        lines.append(
            Line("joint.error", label, units.SHARE, IssuedValues((standard_error,) * axis.size), axis)
        )
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
    """Return the lines that get defined names in the workbook, by their names in the results file."""
    names = {}
    for option in case.options:
        names[f"options.{option.key}.tco"] = option.tco
        names[f"options.{option.key}.core"] = option.core
    names["recommended"] = case.decision.recommended
    return names
