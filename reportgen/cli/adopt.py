"""`reportgen adopt`: what people typed into a workbook, taken back into its case."""

from datetime import datetime
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.voice import console, say, table

if TYPE_CHECKING:
    from reportgen.compare.merge import Side
    from reportgen.editions.adopting import Adoption

STOPPED = 1
"""The exit status where conflicts have to be decided first."""
Keys = Annotated[list[str] | None, typer.Option(show_default=False)]


def adopt(
    workbook: Annotated[Path, typer.Argument(help="A workbook that came back.", show_default=False)],
    case: Annotated[
        Path | None,
        typer.Option("--case", help="Its case file; found by its name unless given.", show_default=False),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the changes into the case file.")] = False,
    ours: Annotated[
        list[str] | None,
        typer.Option(
            "--ours", help="Of a conflict keep the case's value: a key, or all.", show_default=False
        ),
    ] = None,
    theirs: Annotated[
        list[str] | None,
        typer.Option(
            "--theirs", help="Of a conflict take the workbook's value: a key, or all.", show_default=False
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who changed it, for the note.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help="When, for the note; today unless given.", show_default=False
        ),
    ] = None,
) -> None:
    """Take what was typed into a workbook back into its case: shown as a difference first, written with --apply.

    Each changed cell is compared with its value as issued and with the case today. Changed on one side: taken. Changed on
    both, differently: a conflict, listed, and nothing is written until it is decided.

    \b
    reportgen adopt out/acme.xlsx                                     what would change
    reportgen adopt out/acme.xlsx --theirs finance.discount_rate      that conflict decided
    reportgen adopt out/acme.xlsx --apply --by "Finance"              written
    """
    from reportgen.editions.adopting import adopt as merge
    from reportgen.editions.adopting import case_of_workbook
    from reportgen.files import replace_text
    from reportgen.report.wording import counted
    from reportgen.schema.load import load_case

    target = case or case_of_workbook(workbook)
    choices: dict[str, Side] = {_key(key): "ours" for key in ours or ()}
    choices |= {_key(key): "theirs" for key in theirs or ()}
    day = (on or datetime.now().astimezone()).date().isoformat()
    found = merge(workbook, target, choices, by, day)
    _show(found, target)
    if found.conflicts:
        say(
            f"{counted(len(found.conflicts), 'conflict')}. Nothing was written: decide them with --ours KEY or --theirs KEY, or for all."
        )
        raise typer.Exit(STOPPED)
    if not apply:
        say("Nothing was written; --apply writes it." if found.taken else "There is nothing to take.")
        return
    replace_text(target, found.after)
    try:
        load_case(target)
    except Exception:
        replace_text(target, found.before)
        raise
    say(f"  ✓ {counted(len(found.taken), 'change')} written         {target}")
    say(f"The new edition:  reportgen build {target} --since {workbook} --force")


def _key(key: str) -> str:
    """Read a key; "all" stands for every conflict."""
    return "" if key == "all" else key


def _show(found: "Adoption", target: Path) -> None:
    out = console()
    if found.merged:
        shown = table(
            "Changed in the workbook",
            ("Assumption", "Cell", "As issued", "Workbook", "Case today", "What becomes of it"),
            words=2,
        )
        for one in found.merged:
            ours = "–" if one.ours is None else f"{one.ours:g}"
            shown.add_row(one.key, one.cell, str(one.issued), str(one.theirs), ours, one.state)
        out.print(shown, "")
    for sentence in found.by_hand:
        out.print(f"by hand  {sentence}", soft_wrap=True)
    lines = unified_diff(
        found.before.splitlines(), found.after.splitlines(), str(target), str(target), lineterm="", n=0
    )
    for line in lines:
        out.print(line, soft_wrap=True)
