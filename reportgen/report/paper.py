"""Input of the paper: the case's heading, its results, its assumptions, and the model's formulas in words."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from typing import Literal

from reportgen.compare.comparison import Comparison
from reportgen.report.wording import in_words
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption


@dataclass(frozen=True, slots=True)
class Formula:
    """A line of the model in words, for the method appendix."""

    group: str
    words: str
    unit: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement that options must or should meet, and whether each option meets it."""

    name: str
    must: bool
    met_by: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the strategic fit: a weight and each option's score from 0 to 5."""

    name: str
    weight: float
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of a source: as printed, recomputed and used, its effect on the answer, and who has an interest in it."""

    id: str
    title: str
    figure: str
    recomputed: str
    used: str
    effect: str
    interest: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next: a step, the day by which it is done, and who does it; None and empty where not stated."""

    step: str
    by: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One who signs the decision: an office, and who holds it; empty where not stated."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the case says of the decision itself: its purpose, the consequence of a no, what has no price, what follows."""

    purpose: str = ""
    if_not: str = ""
    not_priced: str = ""
    today: tuple[str, ...] = ()
    """Keys of the options that serve the work today."""
    next_steps: tuple[NextStep, ...] = ()
    approvals: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in the PDF."""

    name: str
    content: bytes
    description: str
    relationship: Literal["Source", "Data"]


@dataclass(frozen=True, slots=True)
class Logo:
    """The organisation's logo in the band of the first page."""

    kind: Literal["image/png", "image/svg+xml"]
    content: bytes

    @property
    def url(self) -> str:
        """Return the picture as a data URL."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font of the brand, embedded in the style sheet."""

    family: str
    weight: int
    italic: bool
    kind: Literal["font/ttf", "font/otf"]
    content: bytes

    @property
    def url(self) -> str:
        """Return the font as a data URL."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Look:
    """The brand's colours and fonts; empty where the paper looks as it does without a brand."""

    band: str = ""
    titles: str = ""
    accent: str = ""
    text_font: str = ""
    title_font: str = ""
    fonts: tuple[FontFace, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """All input of the paper. Templates read `paper.*`, so a renamed field breaks a user's own templates."""

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
    locale: str
    """Locale tag, such as en-GB, that sets the signs and grouping of numbers, the currency symbol and the form of dates."""
    chosen_sections: tuple[str, ...] | None
    """Names of the selected sections; None selects all."""
    colours: Mapping[str, str]
    """Colours that the case assigns to options, by option key."""
    logo: Logo | None
    look: Look
    footer: str
    """What stands at the foot of every page in place of the organisation; empty for the organisation."""
    results: Results
    assumptions: tuple[Assumption, ...]
    requirements: tuple[Requirement, ...]
    strategic_fit: tuple[Criterion, ...]
    claims: tuple[Claim, ...]
    formulas: tuple[Formula, ...]
    workloads: Mapping[str, str]
    """The name of each workload by its key; empty where there is a single one."""
    in_use: tuple[str, ...]
    """Keys of the options that serve the workload already (an API that is its own fallback)."""
    leans: Mapping[str, str]
    """Key of the API that serves the workload until go-live, by option key."""
    shortened: tuple[str, ...]
    """Keys of the options whose short name was made by rule."""
    fingerprint: str
    program: str
    case_file: str
    price_book: str
    """File name of the price book; empty if no price comes from one."""
    workbook: str
    proposal: Proposal = Proposal()
    since: Comparison | None = None
    """Comparison with the previous edition; None for a first edition."""

    @property
    def ordered_options(self) -> tuple[OptionResult, ...]:
        """Return the options, the recommended one first, the others in the case's order."""
        best = self.results.recommended
        return tuple(sorted(self.results.options, key=lambda option: option.key != best))

    @property
    def best(self) -> OptionResult | None:
        """Return the recommended option; None if no option is eligible."""
        return self.results.option(self.results.recommended) if self.results.recommended else None

    @property
    def horizon(self) -> str:
        """Return the horizon in words: "three years"."""
        return in_words(self.results.years, "year")

    @property
    def reference(self) -> str:
        """Return the footer of every page: organisation, paper number and confidentiality, or else the title."""
        parts = [
            part
            for part in (self.footer or self.organisation, self.paper_number, self.confidentiality)
            if part
        ]
        return " · ".join(parts) or self.title
