"""The output of `reportgen adopt`: changed cells, conflicts, remaining work, and the diff of each file."""

from collections.abc import Iterable
from difflib import unified_diff
from typing import TYPE_CHECKING

from reportgen.cli.console import console, new_table

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.adopt.adoption import Adoption, FileRevision
    from reportgen.adopt.three_way import MergedCell


def print_adoption(adoption: "Adoption") -> None:
    """Print the changes of the workbook and the files they result in."""
    out = console()
    if adoption.merged:
        _print_cells(out, adoption.merged)
    _print_sentences(out, "Refused", (f"{cell}: {reason}." for cell, reason in adoption.refused.items()))
    _print_sentences(
        out,
        "In conflict: the workbook was changed, and so was what it goes into; decide which of the two holds",
        map(_conflict, adoption.conflicts),
    )
    _print_sentences(
        out,
        "Not taken; where the case should follow, mend the workbook or the case by hand",
        adoption.manual_steps,
    )
    _print_sentences(out, "What follows from the rates for the case", adoption.consequences)
    if adoption.case.changed:
        _print_difference(out, f"The case file {adoption.case.path}", adoption.case)
    if adoption.book and adoption.book.changed:
        _print_difference(out, f"The price book {adoption.book.path}", adoption.book)
        out.print(_sharing_cases(adoption), "", sep="\n", soft_wrap=True)


def unknown_choice(adoption: "Adoption", choices: Iterable[str]) -> str:
    """Return the message about a choice whose key is no changed cell; "" if all are known."""
    from reportgen.schema.loading.suggestions import suggestion

    keys = [one.key for one in adoption.merged]
    unmatched = [key for key in choices if key and key not in keys]
    return (
        f'No changed cell has the key "{unmatched[0]}".{suggestion(unmatched[0], keys)}' if unmatched else ""
    )


def _print_cells(out: "Console", merged: Iterable["MergedCell"]) -> None:
    heads = ("What", "Cell", "As issued", "Workbook", "Today", "What becomes of it")
    shown = new_table("Changed in the workbook", heads, text_columns=2)
    for one in merged:
        numbers = (cell_text(one.issued), cell_text(one.theirs), cell_text(one.ours))
        shown.add_row(one.description or one.key, one.cell, *numbers, _outcome(one))
    out.print(shown, "")


def _outcome(one: "MergedCell") -> str:
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
        case "refused" if one.is_text:
            return "refused"
        case "refused":
            days = one.key.endswith((".effective", ".retires", ".as_of")) or is_number(one.theirs)
            return "refused: no day" if days else "refused: no number"


def _conflict(one: "MergedCell") -> str:
    return (
        f"{one.description or one.key}: {cell_text(one.issued)} as issued\n"
        f"    --theirs {one.key}   takes {cell_text(one.theirs)} from the workbook\n"
        f"    --ours {one.key}   keeps {cell_text(one.ours)}"
    )


def _print_sentences(out: "Console", title: str, sentences: Iterable[str]) -> None:
    listed = list(sentences)
    if listed:
        out.print(title, style="bold", soft_wrap=True)
        out.print(*(f"  {sentence}" for sentence in listed), "", sep="\n", soft_wrap=True)


def _print_difference(out: "Console", title: str, file: "FileRevision") -> None:
    out.print(title, style="bold", soft_wrap=True)
    lines = unified_diff(file.before.splitlines(), file.after.splitlines(), lineterm="", n=0)
    for line in list(lines)[2:]:
        out.print(line, soft_wrap=True)
    out.print("")


def _sharing_cases(adoption: "Adoption") -> str:
    """Return the text about other cases whose prices change with the shared price book."""
    if not adoption.affected_cases:
        return (
            "A price book is shared: no other case beside this one takes these prices, cases elsewhere may."
        )
    lines = ["A price book is shared: these cases take the same prices, and change with them."]
    for one in adoption.affected_cases:
        fault = f"; it would not load any more: {one.fault}" if one.fault else ""
        lines.append(f"  {one.case}: {', '.join(one.items)}{fault}")
    return "\n".join(lines)


def cell_text(value: object) -> str:
    """Return the value of a cell as text; a dash for an empty one."""
    if value is None:
        return "–"
    return f"{value:.10g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
