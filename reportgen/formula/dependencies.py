"""The lines and assumptions that a formula depends on, directly or through other lines."""

from typing import assert_never

from reportgen.formula import nodes
from reportgen.formula.nodes import Line, Node


def dependencies_of(line: Line) -> frozenset[str]:
    """Return the paths of all assumptions that a line depends on, directly or through other lines."""
    return dependencies(line)[line]


def dependencies(*lines: Line) -> dict[Line, frozenset[str]]:
    """Return the paths that each of the lines, and each line below them, depends on."""
    found: dict[Line, frozenset[str]] = {}

    def paths_of(line: Line) -> frozenset[str]:
        if line not in found:
            below = (paths_of(other) for other in lines_in(line.formula))
            found[line] = frozenset(paths_in(line.formula)).union(*below)
        return found[line]

    for line in lines:
        paths_of(line)
    return found


def lines_in(node: Node) -> tuple[Line, ...]:
    """Return the lines that a formula refers to, without those that they refer to in turn."""
    match node:
        case nodes.Ref(line) | nodes.Total(line) | nodes.Reduce(_, line) | nodes.WhatIf(line, _):
            return (line,)
        case nodes.Previous(line):
            return (line,) if line is not None else ()
        case nodes.Binary(_, left, right):
            return (*lines_in(left), *lines_in(right))
        case nodes.Call(_, terms) | nodes.PerPosition(terms):
            return tuple(line for term in terms for line in lines_in(term))
        case nodes.SumProduct(left_line, right_line):
            return (left_line, right_line)
        case nodes.At(line, term) | nodes.Match(term, line) | nodes.Largest(line, term):
            return (line, *lines_in(term))
        case nodes.LatestDate(line, term):
            return (line, *lines_in(term))
        case nodes.SumWhere(line, keys, term):
            return (line, keys, *lines_in(term))
        case nodes.EffectAmount(term):
            return lines_in(term)
        case nodes.Input(_, stated):
            return lines_in(stated) if stated else ()
        case nodes.Leaf():
            return ()
    assert_never(node)


def paths_in(node: Node) -> set[str]:
    """Return the paths of the assumptions that a formula itself names, without those of the lines it refers to."""
    match node:
        case nodes.Stated(path):
            return {path}
        case nodes.SumWhere(_, _, term):
            return paths_in(term)
        case nodes.Input(path, stated):
            return {path} | (paths_in(stated) if stated else set())
        case nodes.EnteredValues(paths) | nodes.ActiveValues(paths):
            return set(paths)
        case nodes.Binary(_, left, right):
            return paths_in(left) | paths_in(right)
        case nodes.Call(_, terms) | nodes.PerPosition(terms):
            return {path for term in terms for path in paths_in(term)}
        case nodes.At(_, term) | nodes.Match(term, _) | nodes.Largest(_, term) | nodes.LatestDate(_, term):
            return paths_in(term)
        case nodes.EffectAmount(term):
            return paths_in(term)
        case nodes.Ref() | nodes.Previous() | nodes.LineFunction() | nodes.Leaf():
            return set()
    assert_never(node)
