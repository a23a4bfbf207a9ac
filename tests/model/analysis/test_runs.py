"""What the what-if tables read can be calculated by programs that work out only the branch taken of a condition."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.formula import nodes
from reportgen.formula.dependencies import dependencies, lines_in, paths_in
from reportgen.formula.lines import Model
from reportgen.formula.nodes import Line, Node
from tests.agreement.cases import SWEPT, analysis_of


@pytest.mark.parametrize("path", SWEPT)
def test_no_run_changes_which_lines_a_condition_reads(path: Path) -> None:
    """Where a run can change a condition, its branches hold no line: LibreOffice keeps another run's value in such a cell."""
    analysis = analysis_of(path)
    reached = {effect.path for run in analysis.runs for effect in run.effects}
    read = read_by_tables(analysis.model)
    found = {
        line.key
        for line in read
        for condition, *branches in conditions(line.formula)
        if changed(condition, read) & reached and any(changed(branch, read) for branch in branches)
    }
    assert found == set()


def read_by_tables(model: Model) -> dict[Line, frozenset[str]]:
    """Give every line that a what-if table reads, with the assumptions that it depends on."""
    return dependencies(*(head for table in model.tables for head in table.heads))


def conditions(node: Node) -> Iterator[tuple[Node, ...]]:
    """Yield condition and branches of every IF in a formula."""
    match node:
        case nodes.Call("IF", terms):
            yield terms
            inner = terms
        case nodes.Call(_, terms) | nodes.PerPosition(terms):
            inner = terms
        case nodes.Binary(_, left, right):
            inner = (left, right)
        case _:
            inner = ()
    for each in inner:
        yield from conditions(each)


def changed(node: Node, read: dict[Line, frozenset[str]]) -> set[str]:
    """Give the assumptions that a part of a formula depends on."""
    return paths_in(node) | {path for line in lines_in(node) for path in read.get(line, ())}
