"""`reportgen adopt`: changes that people made in a workbook, merged into its case file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import print_error, print_status, print_step
from reportgen.cli.exit_status import CONFLICTS, REFUSED
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import day_of
from reportgen.cli.unfinished import finish_adoption
from reportgen.units import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.adopt.adoption import Adoption
    from reportgen.adopt.three_way import Side
    from reportgen.pipeline.verification import ReturnedWorkbook

EditedWorkbook = Annotated[
    Path,
    typer.Argument(
        help="A workbook that came back, or the changes (YAML) that a web page saved.", show_default=False
    ),
]
CaseOfWorkbook = Annotated[
    Path | None,
    typer.Option("--case", help="Its case file; found by its name unless given.", show_default=False),
]
Apply = Annotated[bool, typer.Option("--apply", help="Write the changes into the case file.")]
Ours = Annotated[
    list[str] | None,
    typer.Option("--ours", help="Of a conflict keep the case's value: a key, or all.", show_default=False),
]
Theirs = Annotated[
    list[str] | None,
    typer.Option(
        "--theirs", help="Of a conflict take the workbook's value: a key, or all.", show_default=False
    ),
]
Values = Annotated[
    bool,
    typer.Option(
        "--values",
        help="Also take plain values: what a formula comes to, and text such as 3,50 or 35% or $3.50.",
    ),
]
By = Annotated[str, typer.Option("--by", help="Who changed it, for the note.")]
When = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="When, for the note; today unless given.", show_default=False
    ),
]


def adopt(
    workbook: EditedWorkbook, case: CaseOfWorkbook = None, apply: Apply = False, ours: Ours = None, theirs: Theirs = None,
    values: Values = False, by: By = "", on: When = None, as_json: AsJson = False, _quiet: Quiet = False,
) -> None:  # fmt: skip
    """Take what was typed into a workbook back into its case: shown as a difference first, written with --apply.

    Each changed cell is compared with its value as issued and with the case today. Changed on one side: taken. Changed on
    both, differently: a conflict, listed, and nothing is written until it is decided. Assumptions, risks and their effects go
    into the case file; rates go into its price book, where they are no list prices any more but assumed ones.

    \b
    reportgen adopt out/acme.xlsx                                     what would change
    reportgen adopt out/acme.xlsx --theirs finance.discount_rate      that conflict decided
    reportgen adopt out/acme.xlsx --apply --by "Finance"              written
    reportgen adopt acme-changes.yaml                                 what the web page saved
    """
    from reportgen.adopt.adoption import adopt as merge
    from reportgen.adopt.choices import Origin

    returned, target = _returned(workbook, case)
    choices = _choices(ours or (), theirs or ())
    origin = Origin(workbook.name, by, day_of(on).isoformat())
    adoption = merge(returned.contents, target, choices, origin, values=values, changes=returned.changes)
    if as_json:
        _answer_in_json(adoption, write=apply)
        return
    _require_decisions(adoption, choices)
    _require_valid_result(adoption)
    if adoption.files:
        _apply(adoption, workbook, write=apply, certain=not returned.unknown)
    elif not adoption.not_taken:
        print_status("There is nothing to take.")
    _end(adoption, returned.unknown)


def _end(adoption: "Adoption", unknown: str) -> None:
    """Say what is not known and what was not taken; exit where something was not."""
    if unknown:
        print_status(f"What was edited beside values, rates, risks and effects is {unknown}.")
    if adoption.not_taken:
        _print_not_taken(adoption)
        raise typer.Exit(REFUSED)


def _choices(ours: "Iterable[str]", theirs: "Iterable[str]") -> "dict[str, Side]":
    """Return the side that wins each conflict, by key."""
    choices: dict[str, Side] = {_choice_key(key): "ours" for key in ours}
    return choices | {_choice_key(key): "theirs" for key in theirs}


def _returned(file: Path, case: Path | None) -> "tuple[ReturnedWorkbook, Path]":
    """Read a workbook or the changes of a web page, and find its case file, with an interrupted adoption finished."""
    from reportgen.adopt.origin_case import find_case_file
    from reportgen.adopt.reading.page_changes import (
        as_edited_workbook,
        find_case_of,
        is_page_changes,
        read_page_changes,
    )
    from reportgen.pipeline.verification import ReturnedWorkbook, returned_workbook

    if is_page_changes(file):
        changes = read_page_changes(file)
        target = case or find_case_of(changes)
        finish_adoption(target)
        return ReturnedWorkbook(as_edited_workbook(changes, target)), target
    returned = returned_workbook(file)
    target = case or find_case_file(returned.contents)
    finish_adoption(target)
    return returned, target


def _answer_in_json(adoption: "Adoption", *, write: bool) -> None:
    """Print the merge as JSON and write it where that is asked for and nothing is in conflict; the statuses are the same."""
    keys = ("key", "cell", "issued", "theirs", "ours", "state", "description")
    cells = [{key: getattr(one, key) for key in keys} for one in adoption.merged]
    problems = [
        {
            "severity": "error",
            "code": "conflict",
            "path": one.key,
            "message": f"{one.cell}: changed in the workbook and in the case",
        }
        for one in adoption.conflicts
    ]
    problems += [
        {"severity": "error", "code": "refused", "path": cell, "message": reason}
        for cell, reason in adoption.refused.items()
    ]
    written = write and not adoption.conflicts and bool(adoption.files)
    if not adoption.conflicts:
        adoption.validate()
    if written:
        _write(adoption)
    files = [str(one.path) for one in adoption.files]
    manual = list(adoption.manual_steps)
    print_json(
        "adopt", {"cells": cells, "files": files, "written": written, "manual_steps": manual}, problems
    )
    if adoption.conflicts:
        raise typer.Exit(CONFLICTS)
    if adoption.not_taken:
        raise typer.Exit(REFUSED)


def _print_not_taken(adoption: "Adoption") -> None:
    from reportgen.adopt.reading.plain_values import HINT

    count = counted(adoption.not_taken, "edit was", "edits were")
    plain = any(HINT in reason for reason in adoption.refused.values())
    remedy = " Plain values are taken with --values." if plain else ""
    print_error(f"{count} not taken: the reasons stand above.{remedy}")


def _apply(adoption: "Adoption", workbook: Path, *, write: bool, certain: bool) -> None:
    """Write the changes that are taken, or say what would be written."""
    from reportgen.adopt.reading.page_changes import is_page_changes

    taken = counted(len(adoption.taken), "change")
    where = " and ".join(str(file.path) for file in adoption.files)
    if not write:
        print_status(f"Nothing was written; --apply writes {taken} into {where}.")
        return
    _write(adoption)
    print_step(f"{taken} written", where)
    since = "" if is_page_changes(workbook) else f" --since {workbook}"
    command = f"reportgen build {adoption.case.path}{since}"
    if adoption.not_taken or not certain:
        print_status(f"The new edition, once what was not taken is decided:  {command}")
    else:
        print_status(f"The new edition:  {command} --force")


def _require_decisions(adoption: "Adoption", choices: "dict[str, Side]") -> None:
    """Print the changes; exit if a choice has an unknown key or a conflict is undecided."""
    from reportgen.cli.adoption_table import print_adoption, unknown_choice

    if sentence := unknown_choice(adoption, choices):
        raise typer.BadParameter(sentence)
    print_adoption(adoption)
    if adoption.conflicts:
        count = counted(len(adoption.conflicts), "conflict")
        print_error(
            f"{count}. Nothing was written: decide with --ours KEY or --theirs KEY, or --ours all or --theirs all."
        )
        raise typer.Exit(CONFLICTS)


def _choice_key(key: str) -> str:
    """Return the key of a choice; "" for "all", every conflict."""
    return "" if key == "all" else key


def _require_valid_result(adoption: "Adoption") -> None:
    from reportgen.errors import InputError

    try:
        adoption.validate()
    except InputError:
        print_error(
            "With what was typed the case would not load. Mend the workbook or the case, and adopt again.\n"
        )
        raise


def _write(adoption: "Adoption") -> None:
    """Write every changed file, or none."""
    from reportgen.adopt.journal import write_whole
    from reportgen.schema.loading.load import load_case

    write_whole(adoption.case.path, adoption.files, lambda: load_case(adoption.case.path))
