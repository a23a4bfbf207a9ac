"""The portfolio of a batch: its workbook, its paper, and a record that tells next time what flipped."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reportgen.batch.build import Done
from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.files import replace_text, templates

NAME = "portfolio"
Recommended = dict[str, str]
"""Who is recommended by case; empty where nobody is eligible."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written; `paper_missing` is the sentence about a missing library, if any."""

    files: tuple[Path, ...]
    paper_missing: str | None


def write_portfolio(done: Sequence[Done], folder: Path) -> Written:
    """Write the portfolio of a batch into the folder of its packs."""
    from reportgen.workbook.sheets.portfolio import write_portfolio as write_workbook

    record, workbook, paper = (folder / f"{NAME}{ending}" for ending in (".json", ".xlsx", ".pdf"))
    answers = tuple(one.answer for one in done if one.answer)
    failed = tuple(one.case.stem for one in done if one.answer is None)
    if not answers:
        return Written((), None)
    last = _last_time(record, answers)
    portfolio = Portfolio(tuple(replace(a, before=last.get(a.case)) for a in answers), failed)
    write_workbook(portfolio, workbook)
    missing = _paper(portfolio, paper)
    now = {answer.case: answer.recommended or "" for answer in answers}
    marks = {answer.case: answer.fingerprint for answer in answers}
    replace_text(
        record, json.dumps({"fingerprints": marks, "recommended": now, "before": last}, indent=1) + "\n"
    )
    return Written((workbook,) if missing else (workbook, paper), missing)


def _last_time(record: Path, answers: Sequence[Answer]) -> Recommended:
    """Say who was recommended last time; of an unchanged portfolio what it said before, so that it is the same again."""
    try:
        found = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return {answer.case: answer.before for answer in answers if answer.before is not None}
    same = found["fingerprints"] == {answer.case: answer.fingerprint for answer in answers}
    said: Recommended = found["before"] if same else found["recommended"]
    return said


def _paper(portfolio: Portfolio, target: Path) -> str | None:
    from reportgen.report.folders import Folders
    from reportgen.report.pdf import MissingLibrary, write_page
    from reportgen.report.portfolio import portfolio_page

    folders, created = Folders(templates()), datetime.combine(portfolio.date, datetime.min.time(), UTC)
    try:
        write_page(portfolio_page(portfolio, folders), target, folders, created)
    except MissingLibrary as missing:
        return str(missing)
    return None
