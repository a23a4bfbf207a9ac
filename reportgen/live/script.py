"""The model of a case as a script: every line a statement, in the order of dependence; runs and inputs as tables."""

import json
import re
from collections.abc import Mapping, Sequence

from reportgen.formula import nodes
from reportgen.formula.dependencies import lines_in, paths_in
from reportgen.formula.javascript import number, statement
from reportgen.formula.nodes import Line
from reportgen.formula.runs import Run
from reportgen.live.layout import Layout, looked_up_in

PARAMETERS = ("v", "x", "w", "t", "n", "s")
"""What a step may use: numbers, inputs, results of runs, texts, the number of the run shown, inputs as stated."""
NAME = re.compile(r"[A-Za-z_$][\w$]*")
OPERATIONS = {"set": 0, "multiply": 1, "add": 2}


def model_script(layout: Layout, values: Mapping[str, float], runs: Sequence[Run]) -> str:
    """Write the model as the script that model.js reads, with the stated values of its inputs."""
    steps = ",\n".join(_step(statement(line, layout)) for line in layout.lines)
    places = {line: place for place, line in enumerate(layout.lines)}
    looked = {layout.inputs[path]: place for path, place in layout.looked_up.items() if path in layout.inputs}
    started = [
        *(values[path] for path in layout.inputs),
        *([1.0, 0.0, float("-inf")] * len(layout.looked_up)),
    ]
    what_if = [[places[line], layout.places[line][1]] for line in layout.columns]
    parts = {
        "numbers": str(layout.sizes[0]), "texts": str(layout.sizes[1]), "firstStage": str(layout.first_stage), "answer": str(layout.answer),
        "values": f"Float64Array.of({','.join(map(number, started))})",
        "looked": data(looked), "whatIf": data(what_if), "runs": data([_run(run, layout) for run in runs]),
        "needs": data([_needs(line, places, layout) for line in layout.lines]), "steps": f"[\n{steps}\n]",
    }  # fmt: skip
    model = ",\n".join(f"{name}:{value}" for name, value in parts.items())
    return (
        f"const AMOUNTS={data([run.effects[0].amount if run.effects else None for run in runs])};\n"
        "function effectAmount(run){return AMOUNTS[run-1]??NaN}\n"
        "function asIssued(stated){return+stated.every((value,place)=>value===MODEL.values[place])}\n"
        f"const MODEL={{\n{model}\n}};\n"
    )


def _step(written: str) -> str:
    """Write a statement as a function of no more parameters than it uses: the first ones of them all."""
    used = max((place for place, name in enumerate(PARAMETERS) if name in _names(written)), default=-1)
    parameters = ",".join(PARAMETERS[: used + 1])
    return f"{parameters if used == 0 else f'({parameters})'}=>{{{written}}}"


def _names(written: str) -> set[str]:
    """Return the words of a statement, those of its texts included."""
    return set(NAME.findall(written))


def data(value: object) -> str:
    """Write plain data as JavaScript that may stand in a script of a web page."""
    written = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _run(run: Run, layout: Layout) -> dict[str, object]:
    changes: dict[int, list[list[float]]] = {}
    for effect in run.effects:
        link = layout.inputs[effect.link] if effect.link else -1
        change = [OPERATIONS[effect.operation], effect.amount, link]
        changes.setdefault(layout.inputs[effect.path], []).append(change)
    return {"name": run.name, "purpose": run.purpose, "changes": list(changes.items())}


def _needs(line: Line, places: Mapping[Line, int], layout: Layout) -> list[list[int]]:
    """List the places of the inputs that a line's formula names, and how far before it the lines stand (shorter than places)."""
    inputs = {layout.inputs[path] for path in paths_in(line.formula) if path in layout.inputs}
    inputs |= {layout.looked_up[path] for path in looked_up_in(line.formula)}
    lines = {
        places[line] - places[other]
        for other in lines_in(line.formula)
        if not isinstance(line.formula, nodes.WhatIf)
    }
    return [sorted(inputs), sorted(lines)]
