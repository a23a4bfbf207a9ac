"""A case worked out: its model evaluated, its results gathered, and what the workbook and the paper are made from."""

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from reportgen import __version__, units
from reportgen.binding.fit import fit_rows, fit_values
from reportgen.binding.outline import outline_of, spare_values
from reportgen.binding.prices import price_rows, price_values, prices
from reportgen.casing import first_lower
from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.compare.outcome import Outcome
from reportgen.files import data_folder
from reportgen.findings.advice import findings
from reportgen.findings.completeness import not_estimated
from reportgen.findings.sheet import findings_sheet
from reportgen.formula.explain import formula_in_words
from reportgen.formula.lines import Model
from reportgen.model import answer
from reportgen.model.analysis.joint import largest_standard_error
from reportgen.model.analysis.simulation_sheet import SearchResults, simulation_sheet
from reportgen.model.case import business_case, model
from reportgen.model.outline import spare_risks
from reportgen.model.results import Finding, OptionResult, Results
from reportgen.report.paper import Claim, Criterion, Formula, Logo, Paper, Requirement
from reportgen.report.wording import in_words
from reportgen.schema.assumptions import Assumption, Bounds, assumptions
from reportgen.schema.case import Case
from reportgen.schema.case import Claim as Written
from reportgen.schema.loading.excerpt import excerpt
from reportgen.schema.loading.load import book_path, load_usual
from reportgen.schema.schedules import used_book
from reportgen.uncertainty.assessment import Assessment, assess
from reportgen.workbook.state import CheckedClaim, Cover, Issue
from reportgen.workers import SERIAL

MOST_NAMED = 5
"""Up to so many options stand in the subtitle by name."""

PROGRAM = f"reportgen {__version__}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything about one case: as written, as a model, and what the model says."""

    case: Case
    file: Path
    assumptions: tuple[Assumption, ...]
    evaluated: answer.EvaluatedCase
    model: Model
    results: Results
    fingerprint: str
    history: tuple[Issued, ...] = ()
    """The editions before this one."""
    since: Comparison | None = None
    """What changed since the edition before; None where this is the first, or nobody asked."""

    @property
    def editions(self) -> tuple[Issued, ...]:
        """List every edition, this one last."""
        number = self.history[-1].number + 1 if self.history else 1
        names = {option.key: option.short_name for option in self.results.options}
        day = self.case.case.date
        return (*self.history, Issued.of(number, day, self.fingerprint, PROGRAM, self.outcome, names))

    @property
    def outcome(self) -> Outcome:
        """Give the figures by which editions are compared."""
        options = self.results.options
        full, tco = {o.key: o.full_cost for o in options}, {o.key: o.tco for o in options}
        return Outcome(full, tco, self.results.recommended)

    @property
    def edition(self) -> int:
        """Give the number of this edition."""
        return self.editions[-1].number

    @property
    def title(self) -> str:
        """Give the case's title."""
        return self.case.case.title

    @property
    def values(self) -> Mapping[str, float]:
        """Give every assumption's value by its path."""
        return {row.path: row.value for row in self.assumptions}

    @property
    def issue(self) -> Issue:
        """Put together what the workbook is written from."""
        heading, options = self.case.case, self.case.options
        cover = Cover(
            heading.title, heading.organisation or "", heading.prepared_for or "", heading.prepared_by or "",
            heading.date, heading.currency, self.fingerprint, self.edition, self.file.name, self.file.read_text(encoding="utf-8"),
            LIMITATIONS, excerpt(self.case),
        )  # fmt: skip
        return Issue(
            self.model, (*self.assumptions, *_spare_rows(), *price_rows(self.case), *fit_rows(self.case)), self.evaluated.case.outline.runs, self.case.finance.years,
            self.case.finance.start, cover, tuple((key, option.kind) for key, option in options.items()),
            self.editions, self.since, tuple(_claimed(claim) for claim in self.case.sources),
        )  # fmt: skip

    @property
    def paper(self) -> Paper:
        """Put together what the paper is made from."""
        heading, case, book = self.case.case, self.case, book_path(self.file, self.case)
        return Paper(
            heading.title,
            heading.subtitle or self._subtitle(),
            heading.organisation or "", heading.prepared_for or "", heading.prepared_by or "", heading.sponsor or "",
            heading.meeting or "", heading.decide_by, heading.paper_number or "", heading.confidentiality or "",
            heading.date, self.edition, case.report.paper, case.report.language, case.report.sections, case.report.colours, _logo(case, self.file),
            self.results, self.assumptions,
            tuple(Requirement(r.name, r.must, r.met_by) for r in case.requirements),
            tuple(Criterion(c.name, c.weight, c.scores) for c in case.strategic_fit),
            tuple(_claim(claim) for claim in case.sources),
            self._formulas(),
            tuple(key for key, option in case.options.items() if option.until_live == key),
            {key: option.until_live for key, option in case.options.items() if option.until_live},
            self.fingerprint, PROGRAM, self.file.name, book.name if book else "", f"{self.file.stem}.xlsx", self.since,
        )  # fmt: skip

    def _subtitle(self) -> str:
        """Name what is compared: the options themselves while they fit a line or two."""
        options, span = self.results.options, in_words(self.case.finance.years, "year")
        if len(options) > MOST_NAMED:
            return f"Business case: {in_words(len(options), 'option')} compared over {span}"
        return f"Business case: {', '.join(o.name for o in options[:-1])} or {options[-1].name}, over {span}"

    def _formulas(self) -> tuple[Formula, ...]:
        """Put the lines of the options and of what they share into words, each wording once."""
        labels = {row.path: first_lower(row.label) for row in self.assumptions}
        chosen = [s for s in self.model.sheets if s.option or s.name in ("Workload", "Opportunity", "Exit")]
        found: dict[str, Formula] = {}
        for sheet in chosen:
            for block in sheet.blocks:
                group = sheet.title if sheet.title == block.title else f"{sheet.title}: {block.title}"
                for line in block.lines:
                    said = formula_in_words(line, labels)
                    found.setdefault(said, Formula(group, said, line.unit.text(self.case.case.currency)))
        return tuple(found.values())


def _logo(case: Case, file: Path) -> Logo | None:
    """Read the logo, which was checked with the case."""
    name = case.report.logo
    if name is None:
        return None
    kind: Literal["image/png", "image/svg+xml"] = (
        "image/png" if name.lower().endswith(".png") else "image/svg+xml"
    )
    return Logo(kind, (file.parent / name).read_bytes())


def _claimed(claim: Written) -> CheckedClaim:
    """Print a claim of the case for the workbook."""
    return CheckedClaim(
        claim.id, claim.title, str(claim.url or ""), _printed(claim.figure), _printed(claim.recomputed), _printed(claim.used),
        claim.effect or "", claim.interest or "",
    )  # fmt: skip


def _claim(claim: Written) -> Claim:
    """Print a claim of the case."""
    return Claim(
        claim.id, claim.title, _printed(claim.figure), _printed(claim.recomputed), _printed(claim.used),
        claim.effect or "", claim.interest or "",
    )  # fmt: skip


def _printed(figure: float | str | None) -> str:
    return figure if isinstance(figure, str) else "" if figure is None else f"{figure:,.6g}"


LIMITATIONS = (
    "Capacity is planned on average load over the planned utilisation, not on queues.",
    "Differences in quality between models are not priced.",
    "Risks are independent events; their probabilities are estimates.",
    "Displaced projects are valued by their sponsors. Before tax, no financing.",
    "Results marked 'as issued' do not move when an input changes; a flag says so.",
)


def analyse(case: Case, file: Path, executor: Executor = SERIAL) -> Analysis:
    """Work a case out; other `hands` may take over a part of the work."""
    rows = assumptions(case)
    outline = outline_of(case, rows)
    lines = business_case(outline)
    values = {row.path: row.value for row in rows} | spare_values() | price_values(case) | fit_values(case)
    evaluated = answer.evaluate(lines, values)
    joint = answer.joint_distribution(evaluated, case.simulation.seed)
    confidence = case.simulation.confidence
    options = tuple(
        replace(
            answer.option_result(evaluated, option, joint[option.key], confidence),
            not_estimated=not_estimated(option, rows),
        )
        for option in lines.options
    )
    usual = load_usual(data_folder("inputs") / "usual.yaml")
    advice = findings(case, rows, evaluated, {option.key: option for option in options}, usual)
    sure = assess(case, rows, evaluated, options, executor)
    drawn = sure.simulation
    static = (
        *simulation_sheet(
            options,
            drawn,
            SearchResults(sure.switching_values, sure.two_way, {row.path: row.unit for row in rows}),
        ),
        *findings_sheet(advice, {option.key: option.short_name for option in options}),
    )
    laid_out = model(lines, joint, drawn.holds if drawn else None, static)
    results = _results(case, rows, evaluated, laid_out, options, sure, advice)
    return Analysis(case, file, rows, evaluated, laid_out, results, fingerprint(case))


def fingerprint(case: Case) -> str:
    """Hash the resolved inputs and the program's version: the same for the same results."""
    book = used_book(case)
    prices = book.model_dump(mode="json") if book else None
    whole = {"program": PROGRAM, "case": case.model_dump(mode="json"), "prices": prices}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _results(
    case: Case,
    rows: tuple[Assumption, ...],
    done: answer.EvaluatedCase,
    laid_out: Model,
    options: tuple[OptionResult, ...],
    sure: Assessment,
    advice: tuple[Finding, ...],
) -> Results:
    recommended, runner_up, lead = answer.ranking(done, options)
    ranges = {row.path: (row.low, row.high) for row in rows if row.low is not None and row.high is not None}
    details = {risk.id: (risk.response or "", risk.owner or "") for risk in case.risks}
    return Results(
        currency=case.case.currency, years=case.finance.years, start=f"{case.finance.start:%Y-%m}",
        baseline=case.baseline, confidence=case.simulation.confidence,
        tokens=done.series(done.case.shared.tokens), discount_rate=done.values["finance.discount_rate"],
        options=options, recommended=recommended, runner_up=runner_up, lead=lead,
        too_close=bool(sure.reasons), too_close_reasons=sure.reasons, verdict=sure.verdict,
        risks=answer.risk_results(done, details), joint_error=largest_standard_error(len(case.risks)),
        scenarios=answer.scenario_results(done), swings=answer.swings(done, ranges),
        ladder=answer.ladder(done), projects=answer.projects(done),
        bridge_option=done.case.outline.bridge.option if done.case.outline.bridge else None,
        bridge=answer.bridge_steps(done),
        checks=answer.check_results(done, laid_out),
        runs=len(done.case.outline.runs), lines=sum(1 for _ in laid_out.lines()),
        simulation=sure.simulation, switching_values=sure.switching_values, two_way=sure.two_way,
        estimate_class=sure.estimate_class, growth=sure.growth,
        prices=prices(case, {row.path: row.label for row in rows}), findings=advice,
    )  # fmt: skip


def _spare_rows() -> tuple[Assumption, ...]:
    """Give a row for the probability of each spare risk."""
    bounds = Bounds(least=0, above=None, most=1, below=None, whole=False)
    return tuple(
        Assumption(
            risk.probability,
            risk.name,
            "Risks",
            units.SHARE,
            0.0,
            None,
            None,
            "",
            "",
            None,
            "",
            False,
            False,
            bounds,
        )
        for risk in spare_risks()
    )
