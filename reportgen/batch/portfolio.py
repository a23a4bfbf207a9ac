"""The portfolio of a batch: its workbook, its paper, and a record for noticing changed recommendations next time."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reportgen.batch.build import CaseBuild
from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.files import replace_text, templates
from reportgen.runtime.records import dataclass

NAME = "portfolio"
Recommended = dict[str, str]
"""The key of the recommended option by case; "" if no option is eligible."""


@dataclass(frozen=True, slots=True)
class PortfolioFiles:
    """The files of a portfolio; `paper_missing` is the message about a missing library, if any."""

    files: tuple[Path, ...]
    paper_missing: str | None


def write_portfolio(done: Sequence[CaseBuild], folder: Path) -> PortfolioFiles:
    """Write the portfolio of a batch into the output folder; nothing if no case has an answer."""
    from reportgen.workbook.sheets.portfolio import write_portfolio as write_workbook

    record, workbook, paper = (folder / f"{NAME}{ending}" for ending in (".json", ".xlsx", ".pdf"))
    answers = tuple(one.answer for one in done if one.answer)
    failed = tuple(one.case.stem for one in done if one.answer is None)
    if not answers:
        return PortfolioFiles((), None)
    last = _recommended_before(record, answers)
    portfolio = Portfolio(tuple(replace(a, before=last.get(a.case)) for a in answers), failed)
    write_workbook(portfolio, workbook)
    missing = _write_paper(portfolio, paper)
    page = _write_page(portfolio, folder)
    now = {answer.case: answer.recommended or "" for answer in answers}
    fingerprints = {answer.case: answer.fingerprint for answer in answers}
    replace_text(
        record,
        json.dumps({"fingerprints": fingerprints, "recommended": now, "before": last}, indent=1) + "\n",
    )
    return PortfolioFiles((workbook, page) if missing else (workbook, paper, page), missing)


def _recommended_before(record: Path, answers: Sequence[Answer]) -> Recommended:
    """Return the recommendations of the previous portfolio.

    Why: an unchanged portfolio repeats the `before` of its record, so that its files are identical again.
    """
    try:
        found = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return {answer.case: answer.before for answer in answers if answer.before is not None}
    same = found["fingerprints"] == {answer.case: answer.fingerprint for answer in answers}
    recommended: Recommended = found["before"] if same else found["recommended"]
    return recommended


def _write_page(portfolio: Portfolio, folder: Path) -> Path:
    """Write the portfolio as a web page that links each case to its paper beside it: the web page, else the PDF."""
    from reportgen.report.folders import Folders
    from reportgen.report.portfolio import portfolio_web_page

    links = {
        answer.case: f"{answer.case}{ending}"
        for answer in portfolio.answers
        for ending in (".pdf", ".html")
        if (folder / f"{answer.case}{ending}").is_file()
    }
    target = folder / f"{NAME}.html"
    replace_text(target, portfolio_web_page(portfolio, Folders(templates()), links))
    return target


def _write_paper(portfolio: Portfolio, target: Path) -> str | None:
    from reportgen.report.folders import Folders
    from reportgen.report.pdf import MissingLibrary, write_page
    from reportgen.report.portfolio import portfolio_page

    folders, created = Folders(templates()), datetime.combine(portfolio.date, datetime.min.time(), UTC)
    try:
        write_page(portfolio_page(portfolio, folders), target, folders, created)
    except MissingLibrary as missing:
        return str(missing)
    return None
