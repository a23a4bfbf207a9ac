"""The two largest risks of what the board is asked for, and what is done about each."""

from collections.abc import Iterable

from reportgen.report.parts import Text
from reportgen.report.views.context import MOST_NAMED, RELATIVE_TOLERANCE, ViewContext
from reportgen.report.views.decision.headline import lead_is_close
from reportgen.report.views.decision.rivals import level_options
from reportgen.report.wording import cut_at_word, join_at_most
from reportgen.results.options import OptionResult
from reportgen.results.runs import RiskResult
from reportgen.runtime.records import dataclass

MOST, LONGEST_RESPONSE = 2, 150
"""Risks on the page, and the characters of a response that are printed there; the register has the whole."""


@dataclass(frozen=True, slots=True)
class LargestRisk:
    """A risk with the option of those concerned that it costs most, by its expected cost."""

    risk: RiskResult
    option: OptionResult

    @property
    def expected(self) -> float:
        """Return probability times impact on nominal total cost, in currency units."""
        return self.risk.probability * self.risk.impact[self.option.key]


def largest_risks(context: ViewContext) -> tuple[LargestRisk, ...]:
    """List the risks of largest expected cost for the recommended option, or for those that are level with it."""
    every = [
        max((LargestRisk(risk, option) for option in _concerned(context)), key=lambda one: one.expected)
        for risk in context.results.risks
    ]
    adding = [one for one in every if one.expected > RELATIVE_TOLERANCE * max(abs(one.option.tco), 1.0)]
    return tuple(sorted(adding, key=lambda one: -one.expected)[:MOST])


def _concerned(context: ViewContext) -> list[OptionResult]:
    """List the options that a decision is about: the recommended one, or those that are level with it."""
    return (level_options(context) if lead_is_close(context) else []) or [context.subject]


def _names(options: Iterable[OptionResult]) -> str:
    return join_at_most([option.name for option in options], MOST_NAMED, "options")


def risk_sentences(context: ViewContext) -> tuple[Text, ...]:
    """State for each of the two largest risks its chance, its cost, and what is done about it."""
    if not context.results.risks:
        return ("No risks are quantified, so nothing is provided for any.",)
    found = largest_risks(context)
    if not found:
        names = _names(_concerned(context))
        return (f"No named risk adds cost to {names}.",)
    lines = [_sentence(context, one) for one in found]
    if len(found) < MOST and len(context.results.risks) >= MOST:
        names = _names(_concerned(context))
        lines.append(f"No other named risk adds cost to {names}.")
    return tuple(lines)


def _sentence(context: ViewContext, one: LargestRisk) -> str:
    chance, amount = (
        context.chance(one.risk.probability),
        context.figures.money(one.risk.impact[one.option.key]),
    )
    impacts = {option.key: one.risk.impact[option.key] for option in _concerned(context)}
    level = context.level_with(one.risk.impact[one.option.key], impacts)
    names = _names(level)
    return f"{one.risk.name} ({chance} likely): adds {amount} to {names}. {_response(one.risk)}"


def _response(risk: RiskResult) -> str:
    if not risk.response:
        return "What is done about it is not stated."
    who = f" ({risk.owner})" if risk.owner else ""
    said = f"Response: {cut_at_word(risk.response.strip().rstrip('.'), LONGEST_RESPONSE)}{who}"
    return said if said.endswith("…") else f"{said}."
