"""The opportunity section of a case: projects that the team would have delivered instead."""

from typing import Annotated, Literal

from pydantic import Field

from reportgen import units
from reportgen.schema.assumption_fields import Measure, Stated
from reportgen.schema.bounds import NOT_NEGATIVE, SHARE
from reportgen.schema.field_types import Keys
from reportgen.schema.risks import Named


class Project(Named):
    """A project that options displace, while they are deployed or as long as they run."""

    option: Keys = Field(description="The option that displaces it, or a list of the options that do.")
    during: Literal["deployment", "operation"] = Field(description="When it is displaced.")
    monthly_value: Annotated[Stated, Measure(
        "Value a month", units.MONEY_PER_MONTH, NOT_NEGATIVE,
        "what it brings in a month once delivered, net of what delivering it would cost",
    )]  # fmt: skip
    confidence: Annotated[Stated, Measure(
        "Confidence", units.SHARE, SHARE, "how sure it is that it would bring that",
    )]  # fmt: skip
