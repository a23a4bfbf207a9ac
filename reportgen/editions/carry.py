"""Carrying editions on: which edition a build makes, what came before it, and what changed since."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportgen.analysis import PROGRAM, Analysis
from reportgen.compare.comparison import Comparison, compare
from reportgen.compare.edition import Edition
from reportgen.compare.history import Issued
from reportgen.editions.costs import outcomes
from reportgen.editions.read import edition
from reportgen.workbook.read import editions_of


def carried(analysis: Analysis, workbook: Path, results_file: Path, since: Path | None) -> Analysis:
    """Give an analysis with its editions: those of `since` and this one, or those of the pack that stands in place.

    The same inputs stay the same edition, with what was said to have changed in it; so a pack rebuilt is the same to
    the byte. Without `since`, other inputs make the edition in place anew and say nothing of changes.
    """
    if since is None:
        return _again(analysis, editions_of(workbook), results_file)
    old = edition(since, issued=True)
    if old.editions and old.editions[-1].fingerprint == analysis.fingerprint:
        return _again(analysis, old.editions, since if since.suffix == ".json" else results_file)
    found = compare(replace(old, name=since.name), _edition(analysis), outcomes)
    if found.same and not old.editions:
        return analysis
    history = old.editions or (_first(old, found),)
    return replace(analysis, history=history, since=found)


def _again(analysis: Analysis, editions: tuple[Issued, ...], results_file: Path) -> Analysis:
    """Keep the number of the last edition, and what changed in it where its inputs are these."""
    if not editions:
        return analysis
    same = editions[-1].fingerprint == analysis.fingerprint
    since = _since(results_file, analysis.fingerprint) if same else None
    return replace(analysis, history=editions[:-1], since=since)


def _since(results_file: Path, fingerprint: str) -> Comparison | None:
    """Read what a results file says to have changed; nothing where it is of other inputs."""
    try:
        record: dict[str, Any] = json.loads(results_file.read_bytes())
        if record["fingerprint"] != fingerprint or not record["since"]:
            return None
        return TypeAdapter(Comparison).validate_python(record["since"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None


def _edition(analysis: Analysis) -> Edition:
    """Give the new edition: its outcome is known already."""
    return Edition(analysis.file.name, "case file", analysis.case, PROGRAM, analysis.outcome)


def _first(old: Edition, found: Comparison) -> Issued:
    """Make the first edition of something that knows of none: a case file."""
    return Issued.of(1, old.case.case.date, "", old.program or "", found.old.outcome, old.names)
