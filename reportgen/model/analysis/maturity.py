"""The class of an estimate, from the share of sourced inputs and the width of their ranges."""

from collections.abc import Sequence
from statistics import median

from reportgen.results.uncertainty import EstimateClass

LARGEST_WIDTHS = (0.125, 0.175, 0.25, 0.40)
"""The largest median width (half a range over its value) of an estimate of class 1, 2, 3 and 4.

Each is the mean of the widest lower and upper accuracy that AACE 18R-97 expects of the class: -10 % and +15 %,
-15 % and +20 %, -20 % and +30 %, -30 % and +50 %.
"""
LEAST_SOURCED = (0.65, 0.30, 0.10, 0.01)
"""The smallest share of sourced assumptions of an estimate of class 1, 2, 3 and 4.

Why: these are the degrees of project definition that AACE 18R-97 asks of the classes; an assumption with a source
counts as a defined part.
"""
ROUGHEST = 5


def estimate_class(sourced: Sequence[bool], widths: Sequence[float]) -> EstimateClass:
    """Classify an estimate by the worse of two measures, 1 (definitive) to 5 (rough).

    `sourced` has an entry for each stated assumption, `widths` one for each ranged assumption whose value is not 0.
    """
    share = sum(sourced) / len(sourced) if sourced else 0.0
    width = median(widths) if widths else None
    by_source = _class_number([share >= least for least in LEAST_SOURCED])
    by_width = ROUGHEST if width is None else _class_number([width <= most for most in LARGEST_WIDTHS])
    number = max(by_source, by_width)
    return EstimateClass(number, share, width, _sentence(number, sum(sourced), len(sourced), width))


def _class_number(reached: Sequence[bool]) -> int:
    return reached.index(True) + 1 if any(reached) else ROUGHEST


def _sentence(number: int, sourced: int, stated: int, width: float | None) -> str:
    ranges = (
        f"and half of the ranges reach {width:.0%} or more to either side"
        if width is not None
        else "and no assumption has a range"
    )
    return (
        f"Class {number} of 5 in the manner of AACE 18R-97, where 1 is definitive and 5 rough: "
        f"{sourced} of {stated} stated assumptions name a source, {ranges}. "
        f"It says how well the inputs are known; it is no promise about how near the total will be."
    )
