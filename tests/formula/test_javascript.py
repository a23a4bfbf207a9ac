"""Formulas as JavaScript: the text of every kind of node, written out by hand."""

from dataclasses import dataclass

import pytest

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.javascript import holds_text, number, statement, text
from reportgen.formula.nodes import (
    At,
    Constant,
    Input,
    IssuedValues,
    Labels,
    Largest,
    LatestDate,
    Line,
    Match,
    Node,
    PerPosition,
    Previous,
    Reduce,
    SelectedRun,
    Stated,
    SumProduct,
    SumWhere,
    Total,
    WhatIf,
    all_of,
    as_node,
    count_up,
    equals,
    if_error,
    maximum,
    where,
)

MONTHS = Axis("months", ("1", "2", "3"))
OPTIONS = Axis("options", ("a", "b"))


@dataclass(frozen=True)
class Named:
    """Places by the names of lines and inputs."""

    def input(self, path: str) -> str:
        """Return a name."""
        return f"x.{path}"

    def changed(self, path: str) -> tuple[str, str, str]:
        """Return three names."""
        return f"scale.{path}", f"shift.{path}", f"least.{path}"

    def stated(self, path: str) -> str:
        """Return a name."""
        return f"s.{path}"

    def cell(self, line: Line, place: str) -> str:
        """Return a name with a place."""
        return f"{line.key}[{place}]"

    def span(self, line: Line, first: int = 0, count: int | None = None) -> str:
        """Return a name, a first place and a count."""
        return f"{line.key},{first},{line.axis.size if count is None else count}"

    def in_run(self, line: Line, place: str) -> str:
        """Return a name with a place."""
        return f"runs.{line.key}[{place}]"

    def selected_run(self) -> str:
        """Return a name."""
        return "n"

    def as_issued(self) -> str:
        """Return a call."""
        return "asIssued(s)"

    def effect_amount(self, run: str) -> str:
        """Return a call."""
        return f"effectAmount({run})"


def line(key: str, formula: Node, axis: Axis | None = None) -> Line:
    """Define a line; with one value unless an axis is given."""
    return Line(key, key, units.MONEY, formula, *([axis] if axis else []))


PRICE = line("price", Constant(2.0))
COST = line("cost", Constant(1.0), MONTHS)
NAMES = line("names", Labels(("A", "B")), OPTIONS)
LOOP = "for(let m=0;m<3;m++)own[m]="


@pytest.mark.parametrize(
    ("formula", "axis", "expected"),
    [
        (PRICE * (COST - 1) - (COST - 2), MONTHS, f"{LOOP}price[0]*(cost[m]-1)-(cost[m]-2)"),
        (as_node(1) - (as_node(2) - 3), None, "own[0]=1-(2-3)"),
        (as_node(1) + (as_node(2) + 3), None, "own[0]=1+(2+3)"),
        (as_node(2) ** Input("a") / 3, None, "own[0]=power(2,x.a)/3"),
        (Previous() + COST, MONTHS, f"{LOOP}own[m-1]+cost[m]"),
        (count_up(Input("a")), None, "own[0]=roundUp(round(x.a,6),0)"),
        (where(COST > 1, 1, 0), MONTHS, f"{LOOP}(cost[m]>1?1:0)"),
        (where(Input("a"), 1, 0), None, "own[0]=(x.a!=0?1:0)"),
        (where(all_of(COST > 1, COST <= 2), COST, 0), MONTHS, f"{LOOP}((cost[m]>1&&cost[m]<=2)?cost[m]:0)"),
        (maximum(1, Input("a")), None, "own[0]=Math.max(1,x.a)"),
        (if_error(as_node(1) / Input("a"), "none"), None, 'own[0]=ifError(1/x.a,"none")'),
        (as_node("a ") & Input("a"), None, 'own[0]=join("a ",x.a)'),
        (equals(At(NAMES, Constant(1.0)), "B"), None, 'own[0]=same(names[0],"B")'),
        (Total(COST), None, "own[0]=sum(cost,0,3)"),
        (COST / Total(COST), MONTHS, f"const c0=sum(cost,0,3);{LOOP}cost[m]/c0"),
        (Total(COST, 2), None, "own[0]=sum(cost,12,12)"),
        (Reduce("SMALL", COST, 2), None, "own[0]=nthLeast(cost,0,3,2)"),
        (SumProduct(COST, COST), None, "own[0]=sumProduct(cost,0,3,cost,0,3)"),
        (SumWhere(COST, NAMES, as_node("A")), None, 'own[0]=sumWhere(cost,0,3,names,0,2,"A")'),
        (At(COST, Input("a")), None, "own[0]=at(cost,0,3,x.a)"),
        (Match(as_node("a"), NAMES), None, 'own[0]=placeOf(names,0,2,"a")'),
        (Match(as_node(2), COST, sorted_up=True), None, "own[0]=lastNotAbove(cost,0,3,2)"),
        (Largest(COST, as_node(2)), None, "own[0]=ranked(falling(cost,0,3),2)"),
        (LatestDate(COST, as_node(2)), None, "own[0]=latest(cost,0,3,2)"),
        (Input("a", as_node(PRICE)), None, "own[0]=Math.max(price[0]*scale.a+shift.a,least.a)"),
        (Stated("a"), None, "own[0]=s.a"),
        (WhatIf(PRICE), OPTIONS, "for(let m=0;m<2;m++)own[m]=runs.price[m]"),
        (WhatIf(PRICE, base_only=True), None, "own[0]=runs.price[0]"),
        (IssuedValues((1.5, "none")), OPTIONS, 'const c0=[1.5,"none"];for(let m=0;m<2;m++)own[m]=c0[m]'),
        (PerPosition((as_node(PRICE), as_node("x"))), OPTIONS, 'own[0]=price[0];own[1]="x"'),
        (SelectedRun(), None, "own[0]=n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_statement(formula: Node, axis: Axis | None, expected: str) -> None:
    """A line is one statement; what is the same at every position is computed before the loop."""
    assert statement(line("own", formula, axis), Named()) == expected


def test_a_text_is_no_number() -> None:
    """What may be a text is converted where a number is needed: in JavaScript "12" - 1 would be 11."""
    mixed = line("mixed", where(PRICE > 1, 1, "none"))
    assert holds_text(mixed)
    assert statement(line("own", mixed - 1), Named()) == "own[0]=num(mixed[0])-1"


def test_numbers_and_texts_are_read_back() -> None:
    """Whole numbers have no point; a text cannot end the script that it stands in."""
    assert [number(value) for value in (2.0, 0.1, 1e-9, 1e16, float("nan"), float("-inf"))] == [
        "2", "0.1", "1e-09", "1e+16", "NaN", "-Infinity",
    ]  # fmt: skip
    assert text("</script>") == '"\\u003c/script\\u003e"'


def test_a_formula_for_each_position_stands_alone() -> None:
    """It cannot be a part of another formula."""
    with pytest.raises(TypeError):
        statement(line("own", PerPosition((as_node(1),)) + 1, OPTIONS), Named())
