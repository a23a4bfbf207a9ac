"""Where the lines and inputs of a model stand in the arrays of its script, and the order in which lines are computed."""

from collections.abc import Iterator, Mapping, Sequence

from reportgen.formula import nodes
from reportgen.formula.dependencies import lines_in
from reportgen.formula.javascript import holds_text
from reportgen.formula.nodes import Line, Node
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each line and input stands in the arrays of the script; lines of the first stage come first, of a search last.

    A cell of 0 stands before each line, which is its value before the first position.
    """

    lines: tuple[Line, ...]
    """All lines, each after those that it depends on."""
    first_stage: int
    """The number of lines that are computed in every run."""
    answer: int
    """The number of lines of both stages; those beyond it serve a search alone."""
    places: Mapping[Line, tuple[str, int]]
    """By line: `v` or `t`, the array of numbers or of texts, and its first index in it."""
    inputs: Mapping[str, int]
    looked_up: Mapping[str, int]
    """By path of an assumption that is looked up: the index of its factor, its amount and its bound."""
    columns: Mapping[Line, int]
    """The lines whose values in every run are used, by their column."""
    sizes: tuple[int, int]
    """The number of cells of the two arrays."""

    def input(self, path: str) -> str:
        """Return the active value of an assumption."""
        return f"x[{self.inputs[path]}]"

    def changed(self, path: str) -> tuple[str, str, str]:
        """Return the factor, the amount and the bound of an assumption that is looked up."""
        first = self.looked_up[path]
        return f"x[{first}]", f"x[{first + 1}]", f"x[{first + 2}]"

    def stated(self, path: str) -> str:
        """Return the stated value of an assumption."""
        return f"s[{self.inputs[path]}]"

    def cell(self, line: Line, place: str) -> str:
        """Return the value of a line at a position."""
        array, first = self.places[line]
        match place:
            case "m":
                return f"{array}[{first}+m]"
            case "m-1":
                return f"{array}[{first - 1}+m]"
            case _:
                return f"{array}[{first + int(place)}]"

    def span(self, line: Line, first: int = 0, count: int | None = None) -> str:
        """Return the array of a line, its first index and the number of its values."""
        array, start = self.places[line]
        return f"{array},{start + first},{line.axis.size if count is None else count}"

    def in_run(self, line: Line, place: str) -> str:
        """Return the value of a line in the run at a position."""
        return f"w[{self.columns[line]}+{len(self.columns)}*{place}]"

    def selected_run(self) -> str:
        """Return the number of the selected run."""
        return "n"

    def as_issued(self) -> str:
        """Return 1 while nothing was changed."""
        return "asIssued(s)"

    def effect_amount(self, run: str) -> str:
        """Return the amount of the first effect of a run."""
        return f"effectAmount({run})"


def layout_of(lines: Sequence[Line], paths: Sequence[str], searched: Sequence[Line] = ()) -> Layout:
    """Lay out lines with all that they depend on, and the inputs at some paths; `searched` are lines of a search."""
    every = _in_order(lines)
    what_if = tuple(dict.fromkeys(found for line in every for found in _what_if_lines(line.formula)))
    early = set(_in_order(what_if))
    staged = (*(line for line in every if line in early), *(line for line in every if line not in early))
    ordered = _in_order((*staged, *searched))
    cells = {"v": 0, "t": 0}
    places: dict[Line, tuple[str, int]] = {}
    for line in ordered:
        array = "t" if holds_text(line) else "v"
        places[line] = array, cells[array] + 1
        cells[array] += line.axis.size + 1
    inputs = {path: place for place, path in enumerate(paths)}
    looked = sorted({path for line in ordered for path in looked_up_in(line.formula)})
    return Layout(
        ordered, len(early), len(staged), places, inputs, {path: len(paths) + 3 * place for place, path in enumerate(looked)},
        {line: place for place, line in enumerate(what_if)}, (cells["v"], cells["t"]),
    )  # fmt: skip


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


def looked_up_in(node: Node) -> Iterator[str]:
    """Yield the paths of the assumptions that a formula looks up."""
    if isinstance(node, nodes.Input) and node.stated is not None:
        yield node.path
    for part in _parts(node):
        yield from looked_up_in(part)
