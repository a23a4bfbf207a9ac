"""The people section of a case: what engineers cost."""

from typing import Annotated

from reportgen import units
from reportgen.schema.assumption_fields import NONE, Measure, Stated, Written
from reportgen.schema.bounds import CHANGE, NOT_NEGATIVE, SHARE


class People(Written):
    """The cost of one engineer, and of the specialists among them."""

    loaded_cost_per_fte: Annotated[Stated, Measure(
        "Loaded cost of one engineer", units.MONEY_PER_YEAR, NOT_NEGATIVE,
        "what one engineer costs in a year, everything included",
    )]  # fmt: skip
    wage_growth: Annotated[Stated, Measure(
        "Wage growth", units.SHARE_PER_YEAR, CHANGE, "how much wages grow in a year",
    )] = NONE  # fmt: skip
    ml_premium: Annotated[Stated, Measure(
        "Premium for ML systems engineers", units.SHARE, SHARE, "what ML systems specialists cost on top",
    )] = NONE  # fmt: skip
    specialist_share: Annotated[Stated, Measure(
        "Specialist share", units.SHARE, SHARE, "the share of the team that are ML systems specialists",
    )] = NONE  # fmt: skip
