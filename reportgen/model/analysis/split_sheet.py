"""The Best split sheet: which option would carry which workload, static, as issued."""

from collections.abc import Mapping, Sequence

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import IssuedValues, Labels, Line
from reportgen.model.analysis.simulation_sheet import EMPTY, STATIC
from reportgen.results.split import BestSplit, Split
from reportgen.units import Unit

ASSIGNMENTS = Unit("assignments", "count")
NOTE = "Every way to route workloads to options that meets the must-haves, each at the full cost of its mix; as issued: grey, static"
NOT_SEARCHED = "not searched"
NOTHING_MEETS = "nothing meets them"


def split_sheet(
    found: BestSplit | None, workloads: Mapping[str, str], options: Mapping[str, str]
) -> tuple[Sheet, ...]:
    """Lay out the best split; no sheet in a case of one workload. `workloads` and `options` give names by key."""
    if found is None:
        return ()
    blocks = [_search(found, options)]
    if found.five:
        ranks = tuple(f"No. {place}" for place in range(1, len(found.five) + 1))
        blocks.append(_splits("five", "The best five", "Rank", ranks, found.five, workloads, options))
    if found.searched and found.without:
        rules = tuple(one.requirement for one in found.without)
        best = tuple(one.best for one in found.without)
        blocks.append(
            _splits("without", "Without one must-have", "Left out", rules, best, workloads, options)
        )
    if found.as_yaml:
        blocks.append(_as_yaml(found.as_yaml))
    return (Sheet("Best split", "Best split", NOTE, tuple(blocks), role="output"),)


def _search(found: BestSplit, options: Mapping[str, str]) -> Block:
    nothing = NOTHING_MEETS if found.searched else NOT_SEARCHED
    best = found.best.full_cost if found.best else nothing
    lead = EMPTY if found.lead is None else found.lead
    stated = options.get(found.best_stated or "", EMPTY)
    lines = (
        _single("assignments", "Assignments that meet the must-haves", ASSIGNMENTS, found.assignments),
        _single("limit", "Searched up to", ASSIGNMENTS, found.limit),
        _single("full_cost", "Full cost of the best", units.MONEY_PV, best),
        Line("split.stated", "Best option stated", units.TEXT, Labels((stated,))),
        _single("lead", "Lead over it", units.SHARE, lead),
    )
    return Block("What was searched", SINGLE, (Section("", lines),), STATIC)


def _single(key: str, label: str, unit: Unit, value: float | str) -> Line:
    return Line(
        f"split.{key}", label, unit, IssuedValues((value if isinstance(value, str) else float(value),))
    )


def _splits(
    key: str, title: str, head: str, names: tuple[str, ...], splits: Sequence[Split | None],
    workloads: Mapping[str, str], options: Mapping[str, str],
) -> Block:  # fmt: skip
    """List splits, one below the other: the full cost, and the option of each workload."""
    axis = Axis(f"split {key}", names, across=False)
    costs = tuple(split.full_cost if split else EMPTY for split in splits)
    columns = [
        Line(
            f"split.{key}.{workload}", name, units.TEXT,
            Labels(tuple(options[split.routes[workload]] if split else EMPTY for split in splits)), axis,
        )
        for workload, name in workloads.items()
    ]  # fmt: skip
    lines = (
        Line(f"split.{key}.name", head, units.TEXT, Labels(names), axis),
        Line(f"split.{key}.full_cost", "Full cost", units.MONEY_PV, IssuedValues(costs), axis),
    )
    return Block(title, axis, (Section("", lines), Section("Carried by", tuple(columns))), STATIC)


def _as_yaml(text: str) -> Block:
    """List the mix to add to the options of the case, line by line."""
    written = tuple(text.rstrip("\n").split("\n"))
    axis = Axis("split yaml", tuple(str(number) for number in range(1, len(written) + 1)), across=False)
    line = Line("split.yaml", "To add under options", units.TEXT, Labels(written), axis)
    return Block("The mix to add to the case", axis, (Section("", (line,)),), STATIC)
