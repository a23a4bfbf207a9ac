"""The schema of the usual figures: the reference values that findings compare a case with, and their sources."""

from typing import Literal

from pydantic import Field

from reportgen.schema.assumption_fields import Number, Written
from reportgen.schema.field_types import Boolean, Currency, Key, Link, Text


class UsualSource(Written):
    """The source of usual figures, and who has an interest in it."""

    title: Text
    url: Link | None = None
    licence: Text | None = None
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
    running_utilisation: UsualFigure
    """The utilisation of machines while they run, where they are billed by the second."""
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
    mix: UsualFigure
    cache_writes: UsualFigure
    """`usual`: the share written to a cache, of input that is not read from one."""
    commitment: UsualFigure
    discount: UsualFigure
    overflow: UsualFigure
    growth_rates: UsualFigure
    percentile: UsualFigure
    """`limit`: the percentile of its own simulation below which a plan is too low."""
    displaced: UsualFigure
    """`limit`: the engineers, at one time, from which somebody is missed elsewhere."""
    late_start: UsualFigure
    must_have: UsualFigure


class UsualField(Written):
    """What a field of a case usually is: any of `low`, `usual`, `high`, and what was measured or printed."""

    low: Number | None = None
    usual: Number | None = None
    high: Number | None = None
    says: Text
    source: Key


class Slip(Written):
    """A way in which a number is often wrong: by a factor, or by the GPUs of a server."""

    times: Number = Field(default=1.0, description="What the number is multiplied by to be right.")
    per_server: Boolean = Field(default=False, description="Divided by the GPUs of a server instead.")
    says: Text = Field(description="What was probably written.")


class Plausible(Written):
    """What a field can be (`least`, `most`) and usually is (`low`, `high`); money in US dollars, whatever the case's."""

    least: Number | None = Field(default=None, description="Below it no case is; 0 itself is not checked.")
    most: Number | None = Field(default=None, description="Above it no case is.")
    low: Number | None = None
    high: Number | None = None
    per: Key | None = Field(default=None, description="The field of the same option that it is divided by.")
    slips: tuple[Slip, ...] = ()
    says: Text | None = None
    source: Key = "method"

    def is_beyond(self, value: float) -> bool:
        """Return whether a value is beyond a hard limit; 0 is left to other checks."""
        if value == 0:
            return False
        return (self.least is not None and value < self.least) or (
            self.most is not None and value > self.most
        )

    def is_usual(self, value: float) -> bool:
        """Return whether a value lies within the usual band."""
        low = self.low if self.low is not None else self.least
        high = self.high if self.high is not None else self.most
        return (low is None or value >= low) and (high is None or value <= high)


class UsualFigures(Written):
    """The file of usual figures."""

    schema_: Literal["reportgen.usual/1"] = Field(alias="schema")
    sources: dict[Key, UsualSource]
    figures: Figures
    fields: dict[Key, UsualField] = Field(default_factory=dict)
    plausible: dict[Key, Plausible] = Field(default_factory=dict)
    currencies: dict[Currency, Number] = Field(
        default_factory=dict,
        description="What one US dollar is in each, by order of magnitude: it scales limits.",
    )

    def source(self, figure: UsualFigure | UsualField) -> str:
        """Return the title of the source of a figure or field, with the interest behind it in parentheses."""
        found = self.sources[figure.source]
        return f"{found.title} ({found.interest})" if found.interest else found.title
