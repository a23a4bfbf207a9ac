"""Section on risk: the register by option, the joint distribution of the risks, and the simulated futures."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.figures import TableUnit
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text
from reportgen.report.views import distributions
from reportgen.report.views.context import RELATIVE_TOLERANCE, ViewContext
from reportgen.report.wording import join_at_most, number_word
from reportgen.results.options import OptionResult
from reportgen.results.runs import RiskResult

MOST_RISKS, MOST_ROWS = 12, 40
"""Most risks listed per option, and in all; the others are added up in one row."""


def section(context: ViewContext) -> Section:
    """Return the section on risk."""
    register = (_register(context),) if context.results.risks else ()
    found = (*register, *distributions.exhibits(context))
    return Section("risk", "Risk scenarios", _title(context), _lede(context), found)


def _title(context: ViewContext) -> str:
    if not context.results.risks:
        return "No risks are quantified: the costs in this paper are those of a plan that holds"
    most = max(context.options, key=lambda o: o.expected_risk or 0.0)
    expected = most.expected_risk or 0.0
    if expected <= RELATIVE_TOLERANCE * max(abs(most.tco), 1.0):
        return "On balance the named risks add no cost to any option"
    level = context.level_with(expected, {o.key: o.expected_risk for o in context.options})
    amount = context.figures.money(expected)
    if len(level) > 1:
        return f"Risk weighs most on {context.named_together(level)}: {amount} expected for each"
    share = f", {context.chance(expected / most.tco)} of its total cost" if most.tco > 0 else ""
    return f"Risk weighs most on {context.named(most)}: {amount} expected{share}"


def _lede(context: ViewContext) -> Text:
    count = len(context.results.risks)
    if not count:
        return (
            "The case names no risks. Expected risk is not quantified, nothing is added for it, and the ranking says so."
            f"{' Ranges of assumptions are tested further on.' if context.results.swings else ''}"
        )
    noun = "The one named risk is" if count == 1 else f"The {number_word(count)} named risks are each"
    return (
        f"{noun} priced with the whole model: the change of nominal total cost if it happens. Probability times that "
        f"change is its expected cost. A risk that saves money, such as a delay that postpones spending, is shown as it is."
    )


def _register_title(context: ViewContext) -> str:
    """Name the risk of largest expected cost and the options for which it is that large, or all that are level."""
    expected = [
        (risk, {o.key: risk.probability * risk.impact[o.key] for o in context.options})
        for risk in context.results.risks
    ]
    most = max(max(weights.values()) for _, weights in expected)
    if most <= 0:
        return "No risk adds expected cost to an option"
    amount, found = context.figures.money(most), []
    for risk, weights in expected:
        if level := context.level_with(most, weights):
            found.append((first_lower(risk.name), context.named_together(level)))
    if len(found) > 1:
        return f"The largest expected costs, {amount} each: {join_at_most([name for name, _ in found], 2, 'risks')}"
    return f"The largest expected cost: {found[0][0]}, {amount} for {found[0][1]}"


def _register(context: ViewContext) -> Exhibit:
    title = _register_title(context)
    described: set[str] = set()
    rows = [row for o in context.options for row in _of_option(context, o, described)] + _remaining_risks(
        context, described
    )
    heads = (
        Cell("Probability"),
        Cell("Cost if it happens"),
        Cell("Expected"),
        Cell("Response and owner", number=False),
    )
    table = Table(
        "What could happen",
        heads,
        tuple(rows),
        breaks_across_pages=True,
        wide=True,
        widths=(33, 10, 10, 10, 37),
    )
    subtitle = (
        f"Change of nominal total cost, {_unit(context).words}; by option, the largest expected cost first"
    )
    return context.exhibit(
        "risk-register",
        title,
        subtitle,
        f"sheet Risks. Probabilities are estimates of the owners, not statistics.{_rounding_note(context)}",
        table=table,
    )


def _rounding_note(context: ViewContext) -> str:
    columns = [
        ([risk.probability * risk.impact[o.key] for risk in context.results.risks], o.expected_risk)
        for o in context.options
    ]
    return context.rounding_note(columns, _unit(context))


def _unit(context: ViewContext) -> TableUnit:
    return context.unit_of(amount for risk in context.results.risks for amount in risk.impact.values())


def _of_option(context: ViewContext, option: OptionResult, described: set[str]) -> list[Row]:
    """Return rows of the risks that affect an option, the largest expected cost first, and their sum."""
    places = {risk.id: place for place, risk in enumerate(context.results.risks)}
    affecting = [r for r in context.results.risks if _affects(r, option)]
    affecting.sort(key=lambda risk: -abs(risk.probability * risk.impact[option.key]))
    group = Row(option.name, (), "group")
    if not affecting:
        return [group, Row("No named risk touches it", (), "more")]
    most = min(MOST_RISKS, max(MOST_ROWS // len(context.options) - 2, 3))
    rows = [_row(context, option, risk, places[risk.id], described) for risk in affecting[:most]]
    if affecting[most:]:
        rest = sum(risk.probability * risk.impact[option.key] for risk in affecting[most:])
        words = f"{len(affecting) - most} more, on the sheet Risks"
        rows.append(
            Row(
                words,
                (
                    Cell(""),
                    Cell(""),
                    Cell(context.figures.plain_text(rest, _unit(context).number_format)),
                    Cell("", number=False),
                ),
                "detail",
            )
        )
    total = context.figures.option_result(option, "expected_risk", _unit(context).number_format)
    return [
        group,
        *rows,
        Row(
            f"Expected, {option.short_name}",
            (Cell(""), Cell(""), Cell(total), Cell("", number=False)),
            "subtotal",
        ),
    ]


def _affects(risk: RiskResult, option: OptionResult) -> bool:
    return abs(risk.impact[option.key]) > RELATIVE_TOLERANCE * max(abs(option.tco), 1.0)


def _remaining_risks(context: ViewContext, described: set[str]) -> list[Row]:
    """Return rows of the risks not listed yet: those without effect on total cost, and those only added up above.

    Each is listed at the option that it affects most.
    """
    rest = [(place, risk) for place, risk in enumerate(context.results.risks) if risk.id not in described]
    rows = [Row("Further risks, each at the option that it touches most", (), "group")] if rest else []
    for place, risk in rest:
        option = max(context.options, key=lambda o: abs(risk.impact[o.key]))
        rows.append(_row(context, option, risk, place, described))
    return rows


def _row(
    context: ViewContext, option: OptionResult, risk: RiskResult, place: int, described: set[str]
) -> Row:
    figures = context.figures
    chance = figures.figure(risk.probability, f"risks.{place}.probability", "share")
    impact = figures.figure(
        risk.impact[option.key], f"risks.{place}.impact.{option.key}", _unit(context).number_format
    )
    expected = figures.plain_text(risk.probability * risk.impact[option.key], _unit(context).number_format)
    response = _response(risk) if risk.id not in described else "as above"
    described.add(risk.id)
    return Row(risk.name, (Cell(chance), Cell(impact), Cell(expected), Cell(response, number=False)))


def _response(risk: RiskResult) -> Text:
    parts = [part.rstrip(".") for part in (risk.response, risk.owner) if part]
    return ". ".join(parts) or Markup('<span class="nq">none stated</span>')
