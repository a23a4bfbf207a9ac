"""`reportgen adopt`: what people typed into a workbook, taken back into its case."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import say, step
from reportgen.cli.parameters import day_of
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.adopt.adoption import Adoption
    from reportgen.adopt.three_way import Side

STOPPED = 1
"""The exit status where conflicts have to be decided first."""

Returned = Annotated[Path, typer.Argument(help="A workbook that came back.", show_default=False)]
ItsCase = Annotated[
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
By = Annotated[str, typer.Option("--by", help="Who changed it, for the note.")]
When = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="When, for the note; today unless given.", show_default=False
    ),
]


def adopt(
    workbook: Returned,
    case: ItsCase = None,
    apply: Apply = False,
    ours: Ours = None,
    theirs: Theirs = None,
    by: By = "",
    on: When = None,
) -> None:
    """Take what was typed into a workbook back into its case: shown as a difference first, written with --apply.

    Each changed cell is compared with its value as issued and with the case today. Changed on one side: taken. Changed on
    both, differently: a conflict, listed, and nothing is written until it is decided. Assumptions, risks and their effects go
    into the case file; rates go into its price book, where they are no list prices any more but assumed ones.

    \b
    reportgen adopt out/acme.xlsx                                     what would change
    reportgen adopt out/acme.xlsx --theirs finance.discount_rate      that conflict decided
    reportgen adopt out/acme.xlsx --apply --by "Finance"              written
    """
    from reportgen.adopt.adoption import adopt as merge
    from reportgen.adopt.adoption import find_case_file

    target = case or find_case_file(workbook)
    choices: dict[str, Side] = {_key(key): "ours" for key in ours or ()}
    choices |= {_key(key): "theirs" for key in theirs or ()}
    found = merge(workbook, target, choices, by, day_of(on).isoformat())
    _decided(found, choices)
    _prove(found)
    if not found.files:
        say("There is nothing to take.")
        return
    taken, where = counted(len(found.taken), "change"), " and ".join(str(one.path) for one in found.files)
    if not apply:
        say(f"Nothing was written; --apply writes {taken} into {where}.")
        return
    _write(found)
    step(f"{taken} written", where)
    say(f"The new edition:  reportgen build {target} --since {workbook} --force")


def _decided(found: "Adoption", choices: "dict[str, Side]") -> None:
    """Show what was typed, and stop where a conflict is left, or where a choice is about nothing."""
    from reportgen.cli.adoption_table import show, unknown

    if sentence := unknown(found, choices):
        raise typer.BadParameter(sentence)
    show(found)
    if found.conflicts:
        count = counted(len(found.conflicts), "conflict")
        say(
            f"{count}. Nothing was written: decide with --ours KEY or --theirs KEY, or --ours all or --theirs all."
        )
        raise typer.Exit(STOPPED)


def _key(key: str) -> str:
    """Read a key; "all" stands for every conflict."""
    return "" if key == "all" else key


def _prove(found: "Adoption") -> None:
    from reportgen.errors import InputError

    try:
        found.validate()
    except InputError:
        say("With what was typed the case would not load. Mend the workbook or the case, and adopt again.\n")
        raise


def _write(found: "Adoption") -> None:
    """Write every file that changes, or none."""
    from reportgen.files import replace_text
    from reportgen.schema.loading.load import load_case

    done = []
    try:
        for one in found.files:
            replace_text(one.path, one.after)
            done.append(one)
        load_case(found.case.path)
    except Exception:
        for one in done:
            replace_text(one.path, one.before)
        raise
