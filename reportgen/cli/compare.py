"""`reportgen compare`: what changed between two editions, and what each change did to the answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, say, signed, table

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.compare.bridge import Amounts
    from reportgen.compare.comparison import Comparison

FLIPS = 3
"""The exit status of a comparison whose recommendation flips."""


def compare(
    old: Annotated[Path, typer.Argument(help="A case file, workbook or results file.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Another, or a later one.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print everything, unrounded, as JSON.")] = False,
) -> None:
    """Show what changed between two editions and what each change did to every option's full cost.

    Exit status 3 where another option is recommended now.

    \b
    reportgen compare out/acme.xlsx inputs/acme.yaml      the issued workbook against the case as it is now
    reportgen compare old/acme.json out/acme.json --json  two results files, for another program
    """
    from reportgen.editions.comparing import compare_files

    found = compare_files(old, new)
    if as_json:
        from reportgen.editions.comparing import as_json as text

        typer.echo(text(found))
    else:
        show(found, console())
    if found.flipped:
        raise typer.Exit(FLIPS)


def show(found: "Comparison", out: "Console") -> None:
    """Print a comparison: what changed, results before and after, the bridge, and what became of the answer."""
    if found.versions_differ:
        say(
            f"Written by different versions: {found.old.name} by {found.old.program}, "
            f"{found.new.name} by {found.new.program}. What that changes is a step of its own."
        )
    out.print(f"From {_named(found, 'old')} to {_named(found, 'new')}\n", soft_wrap=True)
    if found.same:
        out.print("Nothing changed.")
        return
    _changes(found, out)
    _results(found, out)
    _bridge(found, out)
    out.print(verdict(found), soft_wrap=True)


def _named(found: "Comparison", which: str) -> str:
    side = found.old if which == "old" else found.new
    edition = f", edition {side.edition}" if side.edition else ""
    return f"{side.name} ({side.form}{edition})"


def _changes(found: "Comparison", out: "Console") -> None:
    if found.changes:
        shown = table("What changed", ("Assumption", "Unit", "Before", "After", "Change"), words=2)
        for change in found.changes:
            share = "" if change.share is None else signed_share(change.share)
            ends = ("–" if v is None else change.unit.printed(v) for v in (change.before, change.after))
            shown.add_row(f"{change.label}\n  {change.path}", change.unit.text(change.currency), *ends, share)
        out.print(shown, "")
    for part in found.structure:
        out.print(f"· {part.sentence}", soft_wrap=True)
    if found.structure:
        out.print("")


def signed_share(share: float) -> str:
    """Print a change as a share with its sign."""
    return f"{100 * share:+,.1f}%".replace("-", "−")


def _results(found: "Comparison", out: "Console") -> None:
    names = found.names
    shown = table("Results", ("", *names.values()))
    sides = (("before", found.old), ("after", found.new))
    for label, name in (("Full cost", "full_cost"), ("TCO", "tco")):
        for when, side in sides:
            amounts: dict[str, float] = getattr(side.outcome, name)
            cells = (_money(amounts[key], found) if key in amounts else "not an option" for key in names)
            shown.add_row(f"{label}, {when}", *cells)
    out.print(shown, "")


def _bridge(found: "Comparison", out: "Console") -> None:
    keys = tuple(found.bridge.before)
    names = tuple(found.names[key] for key in keys)
    shown = table("What each change did to full cost, applied in this order", ("", *names, "Lowest after it"))
    shown.add_row("Before", *_row(found.bridge.before, found), _option(found, found.old.outcome.recommended))
    for step in found.bridge.steps:
        mark = " ← flips" if step.flips else ""
        cells = (signed(step.amounts[key], found.currency) for key in keys)
        shown.add_row(step.label, *cells, f"{_option(found, step.recommended)}{mark}")
    shown.add_row("After", *_row(found.bridge.after, found), _option(found, found.new.outcome.recommended))
    out.print(shown, "")
    joint = {key: amount for key, amount in found.bridge.interaction.items() if abs(amount) >= 1}
    if joint:
        parts = ", ".join(
            f"{found.names[key]} {signed(amount, found.currency)}" for key, amount in joint.items()
        )
        out.print(
            "Interaction: made one at a time, each alone, the changes would come to another total; "
            f"this much comes of their acting together: {parts}.\n",
            soft_wrap=True,
        )


def verdict(found: "Comparison") -> str:
    """Say what became of the recommendation and which change did it."""
    now = _option(found, found.new.outcome.recommended)
    if not found.flipped:
        return f"The recommendation stands: {now}."
    said = f"THE RECOMMENDATION FLIPS: {now}, it was {_option(found, found.old.outcome.recommended)}."
    if found.flip is None:
        return said
    alone = "alone" if found.flip.flips_alone else "together with the changes above it"
    return f"{said} The change that did it, {alone}: {found.flip.label}."


def _option(found: "Comparison", key: str | None) -> str:
    return found.names[key] if key else "none eligible"


def _row(amounts: "Amounts", found: "Comparison") -> tuple[str, ...]:
    return tuple(_money(amount, found) for amount in amounts.values())


def _money(amount: float, found: "Comparison") -> str:
    from reportgen.report.charts.drawing.money import Notation, money

    return money(amount, Notation(found.currency))
