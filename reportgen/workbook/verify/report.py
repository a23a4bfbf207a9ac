"""The result of a verification as lines for the terminal and as a record for JSON."""

from collections.abc import Iterator
from typing import Any

from reportgen.units import counted
from reportgen.workbook.verify.rules.rule import Finding
from reportgen.workbook.verify.verify import Verification

MOST_SHOWN = 5
"""The greatest number of places per subject in the table unless another is asked for; the record has all."""
Row = tuple[str, str, str]
"""A mark (✓ ✗ –), the subject, and the result."""


def table(verified: Verification, most: int = MOST_SHOWN) -> Iterator[str]:
    """Yield the lines of the table for the terminal: a line for each subject, then at most `most` places of each."""
    rows = list(_rows(verified))
    for (mark, asked, found), _ in rows:
        yield f"  {mark} {asked:<25} {found}"
    for (_, asked, _), places in rows if most else ():
        if places:
            yield f"{asked}:"
        for one in places[:most]:
            yield f"      {one.where:<28} {one.what}"
        if len(places) > most:
            yield f"      and {len(places) - most:,} more"
    yield _summary(verified)


def _rows(verified: Verification) -> Iterator[tuple[Row, tuple[Finding, ...]]]:
    if verified.unsafe:
        places = tuple(Finding("", text) for text in verified.unsafe)
        yield ("✗", "not safe to open", "it was not opened"), places
        return
    if verified.links:
        count = len(verified.links)
        where = "another file" if count == 1 else f"{count} other files"
        yield ("✗", "links", f"it links to {where}; none was followed"), ()
    else:
        yield ("✓", "safe to open", "no macros, no links to other files, nothing oversized"), ()
    kept = sum(not found for _, found in verified.rules)
    yield (_mark(kept == len(verified.rules)), "rules", f"{kept} of {len(verified.rules)} kept"), ()
    for rule, found in verified.rules:
        if found and rule.id != "checks":
            yield ("✗", rule.id, f"{rule.title} ({rule.source}): {counted(len(found), 'place')}"), found
    yield _values(verified), verified.values.wrong
    if verified.made_by_reportgen:
        failing = next(found for rule, found in verified.rules if rule.id == "checks")
        if verified.unjudged:
            yield ("–", "checks", "not known: no values were saved, and none were computed"), ()
        else:
            yield (_mark(not failing), "checks", f"{len(failing)} fail" if failing else "all pass"), failing
    yield from _since(verified)


def _values(verified: Verification) -> Row:
    values = verified.values
    if values.skipped:
        return "–", "saved values", values.skipped
    if values.wrong:
        return (
            "✗",
            "saved values",
            f"{len(values.wrong):,} of {values.cells:,} are not what LibreOffice computes",
        )
    return "✓", "saved values", f"all {values.cells:,} are what LibreOffice computes"


def _since(verified: Verification) -> Iterator[tuple[Row, tuple[Finding, ...]]]:
    """Yield what was written over, what contradicts the issue, and what was changed where finance edits."""
    if verified.forged:
        yield ("✗", "not as issued", "it says what this program did not issue"), verified.forged
    if found := verified.overwritten:
        yield ("✗", "written over", f"{counted(len(found), 'cell')} not to be edited"), found
    if found := verified.changed:
        yield ("–", "changed since issue", counted(len(found), "place")), found
    elif not verified.overwritten:
        known = verified.unchanged_reason.startswith(("as it was", "saved again"))
        subject = "unchanged since issue" if known else "since issue"
        yield ("✓" if known else "–", subject, verified.unchanged_reason), ()


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def _summary(verified: Verification) -> str:
    name = verified.path.name
    if verified.unsafe:
        return f"{name} is not safe to open."
    if verified.findings:
        noun = "finding" if verified.findings == 1 else "findings"
        return f"{name}: {verified.findings:,} {noun} in {verified.formulas:,} formulas."
    return f"{name}: nothing found in {verified.formulas:,} formulas."


def record(verified: Verification) -> dict[str, Any]:
    """Return the verification as plain values for JSON, with all places."""
    return {
        "file": str(verified.path),
        "made_by_reportgen": verified.made_by_reportgen,
        "findings": verified.findings,
        "unsafe": list(verified.unsafe),
        "formulas": verified.formulas,
        "rules": [
            {"id": rule.id, "title": rule.title, "source": rule.source, "findings": _plain(found)}
            for rule, found in verified.rules
        ],
        "saved_values": {
            "compared": verified.values.cells,
            "wrong": _plain(verified.values.wrong),
            "skipped": verified.values.skipped or None,
        },
        "since_issue": {
            "changed": _plain(verified.changed),
            "overwritten": _plain(verified.overwritten),
            "not_as_issued": _plain(verified.forged),
            "known": verified.unchanged_reason or None,
        },
    }


def _plain(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [{"where": one.where, "what": one.what} for one in found]
