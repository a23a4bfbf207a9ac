"""What the paper is made from: the case's heading, its results, its register, and the model in words."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.compare.comparison import Comparison
from reportgen.report.wording import in_words
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.schema.assumptions import Assumption


@dataclass(frozen=True, slots=True)
class Formula:
    """One line of the model in words, for the method appendix."""

    group: str
    words: str
    unit: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that options must or should meet, and who does."""

    name: str
    must: bool
    met_by: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A weighted score from 0 to 5 beside the money."""

    name: str
    weight: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a source: as printed, as recomputed, which was used, what it does to the answer, whose interest."""

    id: str
    title: str
    figure: str
    recomputed: str
    used: str
    effect: str
    interest: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the paper carries."""

    name: str
    content: bytes
    description: str
    relationship: Literal["Source", "Data"]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that stands in the band of the first page."""

    kind: Literal["image/png", "image/svg+xml"]
    content: bytes

    @property
    def url(self) -> str:
        """Give the picture as a link that needs no file."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the paper is made from."""

    title: str
    subtitle: str
    organisation: str
    prepared_for: str
    prepared_by: str
    sponsor: str
    meeting: str
    decide_by: date | None
    paper_number: str
    confidentiality: str
    date: date
    edition: int
    size: Literal["A4", "Letter"]
    language: str
    """The language of numbers and dates."""
    chosen_sections: tuple[str, ...] | None
    """The sections to print, None for all."""
    colours: Mapping[str, str]
    """The colours that the case gives to options."""
    logo: Logo | None
    results: Results
    assumptions: tuple[Assumption, ...]
    requirements: tuple[Requirement, ...]
    strategic_fit: tuple[Criterion, ...]
    claims: tuple[Claim, ...]
    formulas: tuple[Formula, ...]
    in_use: tuple[str, ...]
    """The options that carry the workload already (an api that is its own fallback)."""
    leans: Mapping[str, str]
    """For each option the api that carries the workload before its go-live."""
    fingerprint: str
    program: str
    case_file: str
    price_book: str
    """The price book's file; empty where no price comes from one."""
    workbook: str
    since: Comparison | None = None
    """What changed since the edition before."""

    @property
    def ordered(self) -> tuple[OptionResult, ...]:
        """List the options, the recommended one first, the others in the case's order."""
        best = self.results.recommended
        return tuple(sorted(self.results.options, key=lambda option: option.key != best))

    @property
    def best(self) -> OptionResult | None:
        """Give the recommended option; None where none is eligible."""
        return self.results.option(self.results.recommended) if self.results.recommended else None

    @property
    def span(self) -> str:
        """Name the horizon: "three years"."""
        return in_words(self.results.years, "year")

    @property
    def reference(self) -> str:
        """Give what stands at the foot of every page: organisation, number and confidentiality."""
        parts = [part for part in (self.organisation, self.paper_number, self.confidentiality) if part]
        return " · ".join(parts) or self.title
