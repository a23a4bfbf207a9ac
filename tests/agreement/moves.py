"""Inputs moved at random within their bounds."""

import random

from reportgen.schema.assumptions import Assumption


def moved(row: Assumption, chance: random.Random) -> float:
    """Move a value at random within its bounds; whole numbers stay whole."""
    if chance.random() < 0.3:
        return row.value
    least = row.bounds.least if row.bounds.least is not None else row.bounds.above
    most = row.bounds.most if row.bounds.most is not None else row.bounds.below
    if row.path.endswith("exit_month"):
        return float(chance.randint(1, int(row.bounds.most or 12)))
    value = row.value * chance.uniform(0.6, 1.5) if row.value else chance.choice((0.0, 0.25, 1.0, 2.0))
    value = min(value, most) if most is not None else value
    value = max(value, least) if least is not None else value
    if row.bounds.below is not None and value >= row.bounds.below:
        return row.value
    return float(round(value)) if row.bounds.whole else value


def moved_day(row: Assumption, chance: random.Random, start: float) -> float:
    """Move a day inside the horizon; a spare rate's becomes one, and what is in force at the start stays so."""
    if row.value <= start or chance.random() < 0.3:
        return row.value
    return start + chance.randint(1, 1000)
