"""The edition history of a build: its edition number, the editions before it, and the changes since the last one."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportgen.analysis import PROGRAM, Analysis
from reportgen.compare.comparison import Comparison, compare
from reportgen.compare.edition import Edition
from reportgen.compare.history import Issued
from reportgen.editions.kept import kept_edition
from reportgen.editions.recorded import record_of, recorded_editions
from reportgen.files import digest

NOT_RECORDED = (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError)
"""What reading a results file raises where it holds no such thing."""


def carried(analysis: Analysis, workbook: Path, results_file: Path, since: Path | None) -> Analysis:
    """Return an analysis with its edition history: that of `since` and this edition, or that of the existing pack.

    Unchanged inputs keep the edition and its recorded changes, so that a rebuilt pack is identical to the byte. Without
    `since`, changed inputs replace the existing edition, without a list of changes.
    """
    if since is None and not workbook.exists():
        return analysis
    if since is None:
        record = record_of(results_file)
        return _continued(analysis, _editions(workbook, record), record)
    # what reads workbooks is loaded where one is read: it takes a quarter of a second
    from reportgen.editions.costs import outcomes
    from reportgen.editions.reader import read_edition

    old = read_edition(since, issued=True)
    if old.editions and old.editions[-1].fingerprint == analysis.fingerprint:
        same = _continued(
            analysis, old.editions, record_of(since if since.suffix == ".json" else results_file)
        )
        kept = kept_edition(workbook, old.editions[-1].number - 1)
        if same.since is not None or not kept.is_file():
            return same
        old = read_edition(kept, issued=True)  # the build that kept it was ended before it was done
    found = compare(replace(old, name=since.name), _new_edition(analysis), outcomes)
    if found.same and not old.editions:
        return analysis
    history = old.editions or (_first_issued(old, found),)
    return replace(analysis, history=history, since=found)


def _editions(workbook: Path, record: Mapping[str, Any]) -> tuple[Issued, ...]:
    """Return the editions of the existing pack, its own last: as its results file records them, if that is of this very workbook.

    Why: a workbook may be anybody's, and is opened in a process of its own, which takes as long as a tenth of a build.
    """
    with suppress(*NOT_RECORDED):
        found = recorded_editions(record) if record["files"][workbook.name] == digest(workbook) else ()
        if found and [one.number for one in found] == list(range(1, len(found) + 1)):
            return found
    from reportgen.workbook.read import editions_of

    return editions_of(workbook)


def _continued(analysis: Analysis, editions: tuple[Issued, ...], record: Mapping[str, Any]) -> Analysis:
    """Keep the number of the last edition, and its recorded changes if the inputs are the same."""
    if not editions:
        return analysis
    same = editions[-1].fingerprint == analysis.fingerprint
    since = _recorded_changes(record, analysis.fingerprint) if same else None
    return replace(analysis, history=editions[:-1], since=since)


def _recorded_changes(record: Mapping[str, Any], fingerprint: str) -> Comparison | None:
    """Read the comparison recorded in a results file; None if there is none or the inputs differ."""
    try:
        if record["fingerprint"] != fingerprint or not record["since"]:
            return None
        return TypeAdapter(Comparison).validate_python(record["since"])
    except NOT_RECORDED:
        return None


def _new_edition(analysis: Analysis) -> Edition:
    """Return the edition of the analysis, with its outcome."""
    return Edition(analysis.file.name, "case file", analysis.case, PROGRAM, analysis.outcome)


def _first_issued(old: Edition, found: Comparison) -> Issued:
    """Create the first edition for a predecessor without edition history, such as a case file."""
    return Issued.of(1, old.case.case.date, "", old.program or "", found.old.outcome, old.names)
