"""Risk scenarios: the register by option, the joint distribution of the risks, and the simulated futures."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words
from reportgen.report.views import distributions as outcomes
from reportgen.report.views.context import DUST, ViewContext
from reportgen.report.wording import number_word
from reportgen.results.options import OptionResult
from reportgen.results.runs import RiskResult

MOST_RISKS, MOST_ROWS = 12, 40
"""Risks shown per option, and in all; the others are summed up in one row."""


def section(context: ViewContext) -> Section:
    """Word the section on risk."""
    found = (_register(context) if context.results.risks else None, outcomes.exhibit(context))
    exhibits = tuple(exhibit for exhibit in found if exhibit)
    return Section("risk", "Risk scenarios", _title(context), _lede(context), exhibits)


def _title(context: ViewContext) -> str:
    if not context.results.risks:
        return "No risks are quantified: the costs in this paper are those of a plan that holds"
    most = max(context.options, key=lambda o: o.expected_risk or 0.0)
    expected = most.expected_risk or 0.0
    if expected <= DUST * max(abs(most.tco), 1.0):
        return "On balance the named risks add no cost to any option"
    share = f", {context.share(expected / most.tco)} of its total cost" if most.tco > 0 else ""
    return f"Risk weighs most on {most.name}: {context.figures.money(expected)} expected{share}"


def _lede(context: ViewContext) -> Words:
    count = len(context.results.risks)
    if not count:
        return (
            "The case names no risks. Expected risk is not quantified, nothing is added for it, and the ranking says so. Ranges of "
            "assumptions are tested further on."
        )
    noun = "The one named risk is" if count == 1 else f"The {number_word(count)} named risks are each"
    return (
        f"{noun} priced as a run of the whole model: the change of nominal total cost if it happens. Probability times that "
        f"change is its expected cost. A risk that saves money, such as a delay that postpones spending, is shown as it is."
    )


def _register(context: ViewContext) -> Exhibit:
    weights = [
        (risk.probability * risk.impact[option.key], risk, option)
        for risk in context.results.risks
        for option in context.options
    ]
    weight, worst, option = max(weights, key=lambda found: found[0])
    title = "No risk adds expected cost to an option"
    if weight > 0:
        title = f"The largest expected cost: {first_lower(worst.name)}, {context.figures.money(weight)} for {option.name}"
    told: set[str] = set()
    rows = [row for o in context.options for row in _of_option(context, o, told)] + _idle(context, told)
    heads = (
        Cell("Probability"),
        Cell("Cost if it happens"),
        Cell("Expected"),
        Cell("Response and owner", number=False),
    )
    table = Table("What could happen", heads, tuple(rows), flows=True, wide=True, widths=(33, 10, 10, 10, 37))
    subtitle = f"Change of nominal total cost, {context.thousand}; by option, the largest expected cost first"
    return context.exhibit(
        "risk-register",
        title,
        subtitle,
        "sheet Risks. Probabilities are estimates of the owners, not statistics.",
        table=table,
    )


def _of_option(context: ViewContext, option: OptionResult, told: set[str]) -> list[Row]:
    """List the risks that touch an option, the heaviest first, with their sum."""
    places = {risk.id: place for place, risk in enumerate(context.results.risks)}
    touching = [r for r in context.results.risks if _touches(r, option)]
    touching.sort(key=lambda risk: -abs(risk.probability * risk.impact[option.key]))
    group = Row(option.name, (), "group")
    if not touching:
        return [group, Row("No named risk touches it", (), "more")]
    most = min(MOST_RISKS, max(MOST_ROWS // len(context.options) - 2, 3))
    rows = [_row(context, option, risk, places[risk.id], told) for risk in touching[:most]]
    if touching[most:]:
        rest = sum(risk.probability * risk.impact[option.key] for risk in touching[most:])
        words = f"{len(touching) - most} more, on the sheet Risks"
        rows.append(
            Row(
                words,
                (Cell(""), Cell(""), Cell(context.figures.plain(rest, "thousands")), Cell("", number=False)),
                "detail",
            )
        )
    total = context.figures.of(option, "expected_risk", "thousands")
    return [
        group,
        *rows,
        Row("Expected, nominal", (Cell(""), Cell(""), Cell(total), Cell("", number=False)), "subtotal"),
    ]


def _touches(risk: RiskResult, option: OptionResult) -> bool:
    return abs(risk.impact[option.key]) > DUST * max(abs(option.tco), 1.0)


def _idle(context: ViewContext, told: set[str]) -> list[Row]:
    """List the risks not named above: those that change no total cost, and those summed up, at the option they touch most."""
    rest = [(place, risk) for place, risk in enumerate(context.results.risks) if risk.id not in told]
    rows = [Row("Further risks, each at the option that it touches most", (), "group")] if rest else []
    for place, risk in rest:
        option = max(context.options, key=lambda o: abs(risk.impact[o.key]))
        rows.append(_row(context, option, risk, place, told))
    return rows


def _row(context: ViewContext, option: OptionResult, risk: RiskResult, place: int, told: set[str]) -> Row:
    figures = context.figures
    chance = figures.figure(risk.probability, f"risks.{place}.probability", "share")
    impact = figures.figure(risk.impact[option.key], f"risks.{place}.impact.{option.key}", "thousands")
    expected = figures.plain(risk.probability * risk.impact[option.key], "thousands")
    answer = _response(risk) if risk.id not in told else "as above"
    told.add(risk.id)
    return Row(risk.name, (Cell(chance), Cell(impact), Cell(expected), Cell(answer, number=False)))


def _response(risk: RiskResult) -> Words:
    parts = [part.rstrip(".") for part in (risk.response, risk.owner) if part]
    return ". ".join(parts) or Markup('<span class="nq">none stated</span>')
