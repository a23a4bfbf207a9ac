"""The schema of the usual figures: the reference values that findings compare a case with, and their sources."""

from typing import Literal

from pydantic import Field

from reportgen.schema.assumption_fields import Number, Written
from reportgen.schema.field_types import Key, Link, Text


class UsualSource(Written):
    """The source of usual figures, and who has an interest in it."""

    title: Text
    url: Link | None = None
    interest: Text | None = None


class UsualFigure(Written):
    """A usual figure: `limit` triggers a finding, `usual` is the value to price it with, `says` the reason."""

    limit: Number = 0.0
    usual: Number | None = Field(default=None, description="None: there is no figure to price it with.")
    says: Text
    source: Key

    @property
    def figure(self) -> float:
        """Return `usual` of a figure that must have it."""
        assert self.usual is not None
        return self.usual


class Figures(Written):
    """All usual figures, by subject."""

    utilisation: UsualFigure
    deployment_months: UsualFigure
    ongoing_fte: UsualFigure
    ml_premium: UsualFigure
    specialist_share: UsualFigure
    interactive_share: UsualFigure
    price_age_days: UsualFigure
    retirement: UsualFigure
    exit: UsualFigure
    peak: UsualFigure
    probability: UsualFigure
    range: UsualFigure
    not_estimated: UsualFigure


class UsualFigures(Written):
    """The file of usual figures."""

    schema_: Literal["reportgen.usual/1"] = Field(alias="schema")
    sources: dict[Key, UsualSource]
    figures: Figures

    def source(self, figure: UsualFigure) -> str:
        """Return the title of a figure's source, with the interest behind it in parentheses."""
        found = self.sources[figure.source]
        return f"{found.title} ({found.interest})" if found.interest else found.title
