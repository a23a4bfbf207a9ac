"""What an adoption looks like on the terminal: the changed cells, conflicts, what is left to do, and each file's difference."""

from collections.abc import Iterable
from difflib import unified_diff
from typing import TYPE_CHECKING

from reportgen.cli.console import console, table

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.adopt.adoption import Adoption, FileRevision
    from reportgen.adopt.three_way import MergedCell


def show(found: "Adoption") -> None:
    """Print what the workbook brings."""
    out = console()
    if found.merged:
        _cells(out, found.merged)
    _sentences(
        out,
        "In conflict: the workbook was changed, and so was what it goes into; decide which of the two holds",
        map(_conflict, found.conflicts),
    )
    _sentences(
        out,
        "Not taken; where the case should follow, mend the workbook or the case by hand",
        found.manual_steps,
    )
    _sentences(out, "What follows from the rates for the case", found.consequences)
    if found.case.changed:
        _difference(out, f"The case file {found.case.path}", found.case)
    if found.book and found.book.changed:
        _difference(out, f"The price book {found.book.path}", found.book)
        out.print(_shared(found), "", sep="\n", soft_wrap=True)


def unknown(found: "Adoption", choices: Iterable[str]) -> str:
    """Say that a key was decided on which nothing was changed at; nothing where all are known."""
    from reportgen.schema.loading.messages import suggest

    keys = [one.key for one in found.merged]
    lost = [key for key in choices if key and key not in keys]
    return f'No changed cell has the key "{lost[0]}".{suggest(lost[0], keys)}' if lost else ""


def _cells(out: "Console", merged: Iterable["MergedCell"]) -> None:
    heads = ("What", "Cell", "As issued", "Workbook", "Today", "What becomes of it")
    shown = table("Changed in the workbook", heads, words=2)
    for one in merged:
        numbers = (plain(one.issued), plain(one.theirs), plain(one.ours))
        shown.add_row(one.description or one.key, one.cell, *numbers, _becomes(one))
    out.print(shown, "")


def _becomes(one: "MergedCell") -> str:
    from reportgen.adopt.three_way import is_number

    match one.state:
        case "taken":
            return "taken out" if one.theirs is None else "added" if one.issued is None else "taken"
        case "agreed":
            return "there already"
        case "conflict":
            return "CONFLICT"
        case "kept":
            return "today's is kept"
        case "refused":
            days = one.key.endswith((".effective", ".retires")) or is_number(one.theirs)
            return "refused: no day" if days else "refused: no number"


def _conflict(one: "MergedCell") -> str:
    return (
        f"{one.description or one.key}: {plain(one.issued)} as issued\n"
        f"    --theirs {one.key}   takes {plain(one.theirs)} from the workbook\n"
        f"    --ours {one.key}   keeps {plain(one.ours)}"
    )


def _sentences(out: "Console", title: str, sentences: Iterable[str]) -> None:
    listed = list(sentences)
    if listed:
        out.print(title, style="bold", soft_wrap=True)
        out.print(*(f"  {sentence}" for sentence in listed), "", sep="\n", soft_wrap=True)


def _difference(out: "Console", title: str, file: "FileRevision") -> None:
    out.print(title, style="bold", soft_wrap=True)
    lines = unified_diff(file.before.splitlines(), file.after.splitlines(), lineterm="", n=0)
    for line in list(lines)[2:]:
        out.print(line, soft_wrap=True)
    out.print("")


def _shared(found: "Adoption") -> str:
    """Say whose costs change with the price book."""
    if not found.affected_cases:
        return (
            "A price book is shared: no other case beside this one takes these prices, cases elsewhere may."
        )
    lines = ["A price book is shared: these cases take the same prices, and change with them."]
    for one in found.affected_cases:
        fault = f"; it would not load any more: {one.fault}" if one.fault else ""
        lines.append(f"  {one.case}: {', '.join(one.items)}{fault}")
    return "\n".join(lines)


def plain(value: object) -> str:
    """Show what a cell holds; a dash where there is nothing."""
    if value is None:
        return "–"
    return f"{value:.10g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
