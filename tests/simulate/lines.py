"""Small lines, events and ranges for the tests of this folder."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.nodes import Input, Line, Term, Total, as_node, count_up
from reportgen.formula.runs import Effect, Operation
from reportgen.simulate.distributions import Range
from reportgen.simulate.variables import Event

PRICE, VOLUME, RENT = Input("price"), Input("volume"), Input("rent")


def cost(key: str, formula: Term) -> Line:
    """Make a line with one value."""
    return Line(key, key, units.MONEY, as_node(formula))


def year(key: str, formula: Term) -> Line:
    """Make the total of a line over twelve months."""
    months = Axis("months", tuple(str(m) for m in range(1, 13)))
    return cost(key, Total(Line(f"{key}.monthly", key, units.MONEY, as_node(formula), months)))


API = cost("api", PRICE * VOLUME)
"""What the volume costs by the token."""
FLEET = cost("fleet", RENT * count_up(VOLUME / 100))
"""Machines of a hundred, rented whole."""
VALUES = {"price": 2.0, "volume": 250.0, "rent": 150.0}


def event(name: str, probability: float, path: str, operation: Operation, amount: float) -> Event:
    """Make an event with one effect."""
    return Event(name, probability, (Effect(path, operation, amount),))


def triangular(low: float, value: float, high: float) -> Range:
    """Make a range with its peak at the value."""
    return Range("triangular", low, value, high)
