"""The model of a case as a script: every line a statement, in the order of dependence; runs and inputs as tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.formula import nodes
from reportgen.formula.axis import SINGLE
from reportgen.formula.dependencies import lines_in, paths_in
from reportgen.formula.javascript import holds_text, number, statement, text
from reportgen.formula.nodes import Line, Node
from reportgen.formula.runs import Run

OPERATIONS = {"set": 0, "multiply": 1, "add": 2}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each line and input stands in the arrays of the script; lines of the first stage come first.

    A cell of 0 stands before each line, which is its value before the first position.
    """

    lines: tuple[Line, ...]
    """All lines, each after those that it depends on."""
    first_stage: int
    """The number of lines that are computed in every run."""
    places: Mapping[Line, tuple[str, int]]
    """By line: `v` or `t`, the array of numbers or of texts, and its first index in it."""
    inputs: Mapping[str, int]
    looked_up: Mapping[str, int]
    """By path of an assumption that is looked up: the index of its factor, its amount and its bound."""
    columns: Mapping[Line, int]
    """The lines whose values in every run are used, by their column."""
    sizes: tuple[int, int]
    """The number of cells of the two arrays."""
    amounts: Mapping[str, float]
    """The amount of the first effect of each run, by its name."""

    def input(self, path: str) -> str:
        return f"x[{self.inputs[path]}]"

    def changed(self, path: str) -> tuple[str, str, str]:
        first = self.looked_up[path]
        return f"x[{first}]", f"x[{first + 1}]", f"x[{first + 2}]"

    def stated(self, path: str) -> str:
        return f"s[{self.inputs[path]}]"

    def cell(self, line: Line, place: str) -> str:
        array, first = self.places[line]
        match place:
            case "m":
                return f"{array}[{first}+m]"
            case "m-1":
                return f"{array}[{first - 1}+m]"
            case _:
                return f"{array}[{first + int(place)}]"

    def span(self, line: Line, first: int = 0, count: int | None = None) -> str:
        array, start = self.places[line]
        return f"{array},{start + first},{line.axis.size if count is None else count}"

    def in_run(self, line: Line, place: str) -> str:
        return f"w[{self.columns[line]}+{len(self.columns)}*{place}]"

    def selected_run(self) -> str:
        return "n"

    def effect_amount(self, run: str) -> str:
        return f"effectAmount({run})"


def layout_of(lines: Sequence[Line], paths: Sequence[str], runs: Sequence[Run]) -> Layout:
    """Lay out lines with all that they depend on, and the inputs at some paths."""
    every = _in_order(lines)
    what_if = tuple(dict.fromkeys(found for line in every for found in _what_if_lines(line.formula)))
    early = set(_in_order(what_if))
    ordered = (*(line for line in every if line in early), *(line for line in every if line not in early))
    cells = {"v": 0, "t": 0}
    places: dict[Line, tuple[str, int]] = {}
    for line in ordered:
        array = "t" if holds_text(line) else "v"
        places[line] = array, cells[array] + 1
        cells[array] += line.axis.size + 1
    inputs = {path: place for place, path in enumerate(paths)}
    looked = sorted({path for line in ordered for path in _looked_up(line.formula)})
    return Layout(
        ordered, len(early), places, inputs, {path: len(paths) + 3 * place for place, path in enumerate(looked)},
        {line: place for place, line in enumerate(what_if)}, (cells["v"], cells["t"]),
        {run.name: run.effects[0].amount for run in runs if run.effects},
    )  # fmt: skip


def model_script(layout: Layout, values: Mapping[str, float], runs: Sequence[Run]) -> str:
    """Write the model as the script that model.js reads, with the stated values of its inputs."""
    steps = ",\n".join(f"(x,v,t,w,s,n)=>{{{statement(line, layout)}}}" for line in layout.lines)
    places = {line: place for place, line in enumerate(layout.lines)}
    looked = {layout.inputs[path]: place for path, place in layout.looked_up.items() if path in layout.inputs}
    started = [*(values[path] for path in layout.inputs), *([1.0, 0.0, float("-inf")] * len(layout.looked_up))]
    what_if = [[places[line], layout.places[line][1]] for line in layout.columns]
    parts = {
        "numbers": str(layout.sizes[0]), "texts": str(layout.sizes[1]), "firstStage": str(layout.first_stage),
        "inputs": _data(list(layout.inputs)), "values": f"Float64Array.of({','.join(map(number, started))})",
        "looked": _data(looked), "whatIf": _data(what_if), "runs": _data([_run(run, layout) for run in runs]),
        "needs": _data([_needs(line, places, layout) for line in layout.lines]), "steps": f"[\n{steps}\n]",
    }  # fmt: skip
    amounts = {name.casefold(): amount for name, amount in layout.amounts.items()}
    model = ",\n".join(f"{name}:{value}" for name, value in parts.items())
    return (
        f"const AMOUNTS={_data(amounts)};\n"
        "function effectAmount(run){return AMOUNTS[`${run}`.toLowerCase()]??NaN}\n"
        f"const MODEL={{\n{model}\n}};\n"
    )


def _data(value: object) -> str:
    """Write plain data as JavaScript that may stand in a script of a web page."""
    written = json.dumps(value, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _run(run: Run, layout: Layout) -> dict[str, object]:
    changes: dict[int, list[list[float]]] = {}
    for effect in run.effects:
        link = layout.inputs[effect.link] if effect.link else -1
        change = [OPERATIONS[effect.operation], effect.amount, link]
        changes.setdefault(layout.inputs[effect.path], []).append(change)
    return {"name": run.name, "purpose": run.purpose, "changes": list(changes.items())}


def _needs(line: Line, places: Mapping[Line, int], layout: Layout) -> list[list[int]]:
    """List the places of the inputs and of the lines that a line's formula names."""
    inputs = {layout.inputs[path] for path in paths_in(line.formula) if path in layout.inputs}
    inputs |= {layout.looked_up[path] for path in _looked_up(line.formula)}
    lines = {places[other] for other in lines_in(line.formula) if not _in_runs(line.formula)}
    return [sorted(inputs), sorted(lines)]


def _in_runs(node: Node) -> bool:
    return isinstance(node, nodes.WhatIf)


def _in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with all that they depend on, each after those that it depends on."""
    found: dict[Line, None] = {}
    for line in lines:
        stack: list[tuple[Line, Iterator[Line]]] = [(line, iter(lines_in(line.formula)))]
        entered = {line}
        while stack:
            top, below = stack[-1]
            following = next((one for one in below if one not in found and one not in entered), None)
            if following is None:
                found.setdefault(top)
                stack.pop()
            else:
                entered.add(following)
                stack.append((following, iter(lines_in(following.formula))))
    return tuple(found)


def _parts(node: Node) -> tuple[Node, ...]:
    """Return the terms that a node is made of."""
    match node:
        case nodes.Binary(_, left, right):
            return left, right
        case nodes.Call(_, terms) | nodes.PerPosition(terms):
            return terms
        case nodes.At(_, term) | nodes.Match(term, _) | nodes.Largest(_, term) | nodes.LatestDate(_, term):
            return (term,)
        case nodes.SumWhere(_, _, term) | nodes.EffectAmount(term):
            return (term,)
        case nodes.Input(_, stated) if stated is not None:
            return (stated,)
        case _:
            return ()


def _what_if_lines(node: Node) -> Iterator[Line]:
    if isinstance(node, nodes.WhatIf):
        yield node.line
    for part in _parts(node):
        yield from _what_if_lines(part)


def _looked_up(node: Node) -> Iterator[str]:
    if isinstance(node, nodes.Input) and node.stated is not None:
        yield node.path
    for part in _parts(node):
        yield from _looked_up(part)
