"""What the paper is made from, out of the analysis of a case."""

from pathlib import Path

from reportgen.analysis import PROGRAM, Analysis
from reportgen.casing import first_lower
from reportgen.formula.explain import formula_in_words
from reportgen.report.brand import LocatedBrand, read_logo
from reportgen.report.paper import (  # fmt: skip
    Approval,
    Claim,
    Criterion,
    Formula,
    Logo,
    NextStep,
    Paper,
    Proposal,
    Requirement,
)
from reportgen.report.wording import in_words
from reportgen.schema.case import Case
from reportgen.schema.case import Claim as CaseClaim
from reportgen.schema.loading.load import book_path

MOST_NAMED = 5
"""Up to so many options stand in the subtitle by name."""

SHARED_SHEETS = ("Workload", "Workloads", "Opportunity", "Exit")
"""Sheets besides those of the options whose lines the method appendix puts into words."""


def paper_of(analysis: Analysis, brand: LocatedBrand | None = None) -> Paper:
    """Gather the content of the paper of an analysed case; a `brand` goes before the case's own."""
    case, heading = analysis.case, analysis.case.case
    brand = brand or LocatedBrand(case.report.brand, analysis.file.parent)
    book = book_path(analysis.file, case)
    fallbacks = {key: option.until_live for key, option in case.services.items() if option.until_live}
    return Paper(
        title=heading.title,
        subtitle=heading.subtitle or _subtitle(analysis),
        organisation=heading.organisation or "", prepared_for=heading.prepared_for or "", prepared_by=heading.prepared_by or "",
        sponsor=heading.sponsor or "", meeting=heading.meeting or "", decide_by=heading.decide_by,
        paper_number=heading.paper_number or "", confidentiality=heading.confidentiality or "",
        date=heading.date, edition=analysis.edition,
        size=case.report.paper,
        locale=case.report.locale,
        chosen_sections=case.report.sections,
        colours=brand.colours(case.options) | case.report.colours,
        logo=_logo(case, analysis.file) or brand.logo,
        look=brand.look,
        footer=brand.brand.footer or "",
        results=analysis.results,
        assumptions=analysis.assumptions,
        requirements=tuple(
            Requirement(r.name, r.must, {key: case.meets(r, key) for key in case.options})
            for r in case.requirements
        ),
        strategic_fit=tuple(Criterion(c.name, c.weight, c.scores) for c in case.strategic_fit),
        claims=tuple(_claim(claim) for claim in case.sources),
        formulas=_formulas(analysis),
        workloads={key: one.name for key, one in case.workloads.items()},
        in_use=tuple(key for key, fallback in fallbacks.items() if fallback == key),
        leans=fallbacks,
        shortened=case.shortened,
        fingerprint=analysis.fingerprint,
        program=PROGRAM,
        case_file=analysis.file.name,
        price_book=book.name if book else "",
        workbook=f"{analysis.file.stem}.xlsx",
        proposal=_proposal(case),
        since=analysis.since,
    )  # fmt: skip


def _proposal(case: Case) -> Proposal:
    """Gather what the case says of the decision itself."""
    return Proposal(
        case.case.purpose or "",
        case.case.if_not or "",
        case.case.not_priced or "",
        tuple(key for key, option in case.options.items() if option.today),
        tuple(NextStep(one.step, one.by, one.owner or "") for one in case.next_steps),
        tuple(Approval(one.role, one.name or "") for one in case.approvals),
    )


def _subtitle(analysis: Analysis) -> str:
    """Name what is compared: the options themselves while they fit a line or two."""
    options, span = analysis.results.options, in_words(analysis.case.finance.years, "year")
    if len(options) > MOST_NAMED:
        return f"Business case: {in_words(len(options), 'option')} compared over {span}"
    return f"Business case: {', '.join(o.name for o in options[:-1])} or {options[-1].name}, over {span}"


def _formulas(analysis: Analysis) -> tuple[Formula, ...]:
    """Put the lines of the options and of what they share into words, each wording once."""
    labels = {row.path: first_lower(row.label) for row in analysis.assumptions}
    found: dict[str, Formula] = {}
    for sheet in analysis.model.sheets:
        if not (sheet.option or sheet.name in SHARED_SHEETS):
            continue
        for block in sheet.blocks:
            group = sheet.title if sheet.title == block.title else f"{sheet.title}: {block.title}"
            for line in block.lines:
                text = formula_in_words(line, labels)
                found.setdefault(text, Formula(group, text, line.unit.text(analysis.case.case.currency)))
    return tuple(found.values())


def _logo(case: Case, file: Path) -> Logo | None:
    """Read the logo, which was checked with the case."""
    name = case.report.logo
    return read_logo(file.parent / name) if name else None


def _claim(claim: CaseClaim) -> Claim:
    """Print a claim of the case."""
    return Claim(
        claim.id, claim.title, claim.shown("figure"), claim.shown("recomputed"), claim.shown("used"),
        claim.effect or "", claim.interest or "",
    )  # fmt: skip
