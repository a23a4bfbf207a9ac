"""What is usual: the figures that findings hold a case against, with who says so."""

from typing import Literal

from pydantic import Field

from reportgen.schema.stated import Number, Written
from reportgen.schema.words import Key, Link, Text


class UsualSource(Written):
    """Where usual figures were found, and who has an interest in them."""

    title: Text
    url: Link | None = None
    interest: Text | None = None


class Usual(Written):
    """A usual figure: where a plan begins to look hopeful, what it is priced at instead, and why."""

    limit: Number = 0.0
    usual: Number | None = Field(default=None, description="None: there is no figure to price it with.")
    says: Text
    source: Key

    @property
    def figure(self) -> float:
        """Give the usual figure, where there must be one."""
        assert self.usual is not None
        return self.usual


class Figures(Written):
    """All usual figures, by what they are about."""

    utilisation: Usual
    deployment_months: Usual
    ongoing_fte: Usual
    ml_premium: Usual
    specialist_share: Usual
    interactive_share: Usual
    price_age_days: Usual
    retirement: Usual
    exit: Usual
    peak: Usual
    probability: Usual
    range: Usual
    not_estimated: Usual


class UsualFigures(Written):
    """The file of usual figures."""

    schema_: Literal["reportgen.usual/1"] = Field(alias="schema")
    sources: dict[Key, UsualSource]
    figures: Figures

    def source(self, figure: Usual) -> str:
        """Name the source of a figure, and who has an interest in it."""
        found = self.sources[figure.source]
        return f"{found.title} ({found.interest})" if found.interest else found.title
