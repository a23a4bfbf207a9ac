"""A workbook that stands where a build writes: it is written over only where nothing that people typed is lost."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.files import copy_whole

MOST_TOLD = 3
UNSAFE = "it is not safe to open: see reportgen verify"
OTHER_ORIGIN = "it is not a workbook of this program"


def keep_edited(workbook: Path, *, force: bool) -> Path | None:
    """Keep an edited workbook beside the one that will be written over it; gives its place, None where nothing was edited.

    Raises SurroundingsError where the workbook is anything but as issued, or merely saved again, unless forced.
    """
    from reportgen.errors import SurroundingsError

    found = edits_of(workbook)
    if found and not force:
        shown = "; ".join(found[:MOST_TOLD])
        more = f"; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        raise SurroundingsError(
            f"{workbook} was edited since it was issued ({shown}{more}). It was left as it is: take its edits with "
            f"reportgen adopt {workbook}, move it, or write over it with --force, which keeps it beside the new one."
        )
    return kept_copy(workbook) if found else None


def require_own_results(results_file: Path, *, force: bool) -> None:
    """Raise SurroundingsError where a file that no build wrote stands in the place of the results file, unless forced."""
    from reportgen.errors import SurroundingsError

    if results_file.exists() and _results(results_file) is None and not force:
        raise SurroundingsError(
            f"{results_file} is no results file of this program. It was left as it is: move it, or write over it with --force."
        )


def told_mixed(results_file: Path) -> str:
    """Say which files of a pack are not of one edition with the others; "" where all are, or that is not known."""
    from reportgen.pipeline.drafts import mixed_files

    workbook = results_file.with_suffix(".xlsx")
    found = mixed_files(results_file.parent, (_results(results_file) or {}).get("files"))
    if workbook.name in found:
        from reportgen.workbook.package.digest import is_unmodified

        if not is_unmodified(workbook):
            found.remove(workbook.name)  # saved again, which is no other edition
    return (
        f"not of the edition of its results file: {', '.join(found)}; all are written again" if found else ""
    )


def _results(results_file: Path) -> Mapping[str, object] | None:
    from reportgen.editions.recorded import record_of

    found = record_of(results_file)
    return found if {"fingerprint", "program"} <= found.keys() else None


def kept_copy(workbook: Path) -> Path:
    """Copy a workbook beside itself with its edition in the name; gives the copy, an earlier one where it is the same."""
    from reportgen.errors import SurroundingsError
    from reportgen.workbook.read import editions_of

    editions = editions_of(workbook)
    mark = f"edition-{editions[-1].number}" if editions else "kept"
    content = workbook.read_bytes()
    names = (
        f"{workbook.stem}.{mark}{end}{workbook.suffix}" for end in ("", *(f"-{n}" for n in range(2, 10_000)))
    )
    target = next(
        path
        for name in names
        if not (path := workbook.with_name(name)).exists() or path.read_bytes() == content
    )
    try:
        copy_whole(workbook, target)
    except SurroundingsError as error:
        raise SurroundingsError(f"{workbook} was left as it is, since it cannot be kept: {error}") from error
    return target


def edits_of(workbook: Path) -> Sequence[str]:
    """Return what was edited in a workbook since it was issued, in sentences; empty where there is none, or no edit.

    It is built again from the case that it carries, and compared: a value, formula, row, sheet or comment that finance put
    there is an edit. Where it cannot be built again, its inputs are compared with those as issued, and it is told that the
    rest is not known.
    """
    if not workbook.exists():
        return ()
    from reportgen.workbook.package.digest import is_unmodified

    if is_unmodified(workbook):
        return ()
    from reportgen.adopt.edited_since_issue import edits_since_issue
    from reportgen.pipeline.verification import changes_since_issue
    from reportgen.workbook.package.confined import TooMuch, Unreadable
    from reportgen.workbook.verify.opened import UnsafeWorkbook

    try:
        changes = changes_since_issue(workbook)
    except UnsafeWorkbook:
        return (UNSAFE,)
    except (TooMuch, Unreadable) as error:
        return (f"it cannot be compared with its issue. {error}",)
    if changes is None:
        return (OTHER_ORIGIN,)
    if isinstance(changes, str):
        return edits_since_issue(workbook) or (f"whether it was edited is {changes}",)
    return tuple(f"{change.where} {change.sentence}" for change in changes)
