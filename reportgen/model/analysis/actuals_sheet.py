"""The Actuals sheet: the months that have passed beside the plan, and the forecast; measured figures static, sums live."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import IssuedValues, Labels, Line, Node, Ref, Total
from reportgen.model.analysis.simulation_sheet import AS_STATED, STATIC
from reportgen.results.actuals import Actual
from reportgen.results.options import OptionResult
from reportgen.units import Unit

NOTE = "What was used and paid in the months that have passed, beside the plan as issued, and what it says about the rest"
PARTS = (
    ("deviation", "Beyond the plan"), ("by_volume", "By volume"), ("by_mix", "By mix"), ("by_price", "By price"), ("rest", "Rest"),
)  # fmt: skip


def actuals_sheet(
    found: Actual | None, options: Sequence[OptionResult], measured: Mapping[str, tuple[str, Unit]]
) -> tuple[Sheet, ...]:
    """Lay out plan against actual; no sheet where no month has passed. `measured` gives label and unit by path."""
    if found is None:
        return ()
    months = _months(found)
    blocks = [_block(months), _totals(months), _outlook(found, options)]
    if found.changes:
        blocks.append(_changes(found.changes, measured))
    return (Sheet("Actuals", "Plan against actual", NOTE, tuple(blocks), role="output"),)


def _months(found: Actual) -> dict[str, Line]:
    """Return the lines over the months by name; deviation and rest are formulas of the others."""
    axis = Axis("months passed", tuple(one.measured.name for one in found.months), across=False)

    def line(name: str, label: str, unit: Unit, node: Node) -> Line:
        return Line(f"actuals.{name}", label, unit, node, axis)

    def issued(name: str, label: str, unit: Unit, values: Sequence[float]) -> Line:
        return line(name, label, unit, IssuedValues(tuple(values)))

    out = {
        "name": line("name", "Month", units.TEXT, Labels(axis.labels)),
        "planned_volume": issued(
            "planned_volume", "Tokens, plan", units.M_TOKENS, [m.planned_volume for m in found.months]
        ),
        "volume": issued(
            "volume", "Tokens, actual", units.M_TOKENS, [m.measured.volume for m in found.months]
        ),
        "planned_spend": issued(
            "planned_spend", "Spend, plan", units.MONEY, [m.planned_spend for m in found.months]
        ),
        "spend": issued("spend", "Spend, actual", units.MONEY, [m.spend for m in found.months]),
    }
    out["deviation"] = line("deviation", "Beyond the plan", units.MONEY, out["spend"] - out["planned_spend"])
    for name, label in PARTS[1:-1]:
        out[name] = issued(name, label, units.MONEY, [getattr(m, name) for m in found.months])
    rest = out["deviation"] - out["by_volume"] - out["by_mix"] - out["by_price"]
    out["rest"] = line("rest", "Rest", units.MONEY, rest)
    return out


def _block(months: Mapping[str, Line]) -> Block:
    return Block(
        "The months that have passed", months["name"].axis, (Section("", tuple(months.values())),), STATIC
    )


def _totals(months: Mapping[str, Line]) -> Block:
    names = {"planned_spend": "Spend, plan", "spend": "Spend, actual", **dict(PARTS)}
    lines = tuple(
        Line(f"actuals.total.{name}", label, units.MONEY, Total(months[name]))
        for name, label in names.items()
    )
    return Block("All months", SINGLE, (Section("", lines),))


def _outlook(found: Actual, options: Sequence[OptionResult]) -> Block:
    names = tuple(option.short_name for option in options)
    axis = Axis("actual options", names, across=False)
    rows = [found.options[option.key] for option in options]

    def line(name: str, label: str, unit: Unit, node: Node) -> Line:
        return Line(f"actuals.outlook.{name}", label, unit, node, axis)

    plan = line(
        "plan", "Full cost, plan", units.MONEY_PV, IssuedValues(tuple(one.full_cost_plan for one in rows))
    )
    forecast = line(
        "forecast", "Full cost, forecast", units.MONEY_PV,
        IssuedValues(tuple(one.full_cost_forecast for one in rows)),
    )  # fmt: skip
    change = line("change", "Change", units.MONEY_PV, Ref(forecast) - plan)
    first = line("option", "Option", units.TEXT, Labels(names))
    return Block(
        "To the horizon, with what was measured",
        axis,
        (Section("", (first, plan, forecast, change)),),
        STATIC,
    )


def _changes(changes: Mapping[str, float], measured: Mapping[str, tuple[str, Unit]]) -> Block:
    labels = tuple(measured[path][0] for path in changes)
    axis = Axis("measured", labels, across=False)
    lines = (
        Line("actuals.measured.label", "Assumption", units.TEXT, Labels(labels), axis),
        Line("actuals.measured.value", "As measured", AS_STATED, IssuedValues(tuple(changes.values())), axis),
    )
    kinds = tuple(measured[path][1] for path in changes)
    return Block("What was measured, as the forecast takes it", axis, (Section("", lines),), STATIC, kinds)
