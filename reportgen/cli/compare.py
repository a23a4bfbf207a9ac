"""`reportgen compare`: the changes between two editions, and the effect of each on the answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, new_table, print_status, signed_amount
from reportgen.cli.exit_status import RECOMMENDATION_CHANGED
from reportgen.cli.output import AsJson, Quiet
from reportgen.cli.unfinished import finish_adoption

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.compare.bridge import Amounts
    from reportgen.compare.comparison import Comparison


def compare(
    old: Annotated[Path, typer.Argument(help="A case file, workbook or results file.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Another, or a later one.", show_default=False)],
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Show what changed between two editions and what each change did to every option's full cost.

    Exit status 3 where another option is recommended now.

    \b
    reportgen compare out/acme.xlsx inputs/acme.yaml      the issued workbook against the case as it is now
    reportgen compare old/acme.json out/acme.json --json  two results files, for another program
    """
    from reportgen.editions.file_comparison import compare_files

    for file in (old, new):
        finish_adoption(file)
    comparison = compare_files(old, new)
    if as_json:
        from reportgen.editions.file_comparison import comparison_json

        typer.echo(comparison_json(comparison))
    else:
        print_comparison(comparison, console())
    if comparison.flipped:
        raise typer.Exit(RECOMMENDATION_CHANGED)


def print_comparison(comparison: "Comparison", out: "Console") -> None:
    """Print a comparison: changes, results before and after, the bridge, and the recommendation."""
    if comparison.versions_differ:
        print_status(
            f"Written by different versions: {comparison.old.name} by {comparison.old.program}, "
            f"{comparison.new.name} by {comparison.new.program}. What that changes is a step of its own."
        )
    for sentence in dict.fromkeys((*comparison.old.widened, *comparison.new.widened)):
        print_status(f"  ! {sentence}")
    out.print(
        f"From {_edition_text(comparison, 'old')} to {_edition_text(comparison, 'new')}\n", soft_wrap=True
    )
    if comparison.same:
        out.print("Nothing changed.")
        return
    _print_changes(comparison, out)
    _print_results(comparison, out)
    _print_bridge(comparison, out)
    out.print(verdict(comparison), soft_wrap=True)


def _edition_text(comparison: "Comparison", which: str) -> str:
    side = comparison.old if which == "old" else comparison.new
    edition = f", edition {side.edition}" if side.edition else ""
    return f"{side.name} ({side.form}{edition})"


def _print_changes(comparison: "Comparison", out: "Console") -> None:
    if comparison.changes:
        shown = new_table("What changed", ("Assumption", "Unit", "Before", "After", "Change"), text_columns=2)
        for change in comparison.changes:
            share = "" if change.share is None else signed_share(change.share)
            ends = ("–" if v is None else change.unit.printed(v) for v in (change.before, change.after))
            shown.add_row(f"{change.label}\n  {change.path}", change.unit.text(change.currency), *ends, share)
        out.print(shown, "")
    for part in comparison.structure:
        out.print(f"· {part.sentence}", soft_wrap=True)
    if comparison.structure:
        out.print("")


def signed_share(share: float) -> str:
    """Return a relative change as a percentage with its sign."""
    return f"{100 * share:+,.1f}%".replace("-", "−")


def _print_results(comparison: "Comparison", out: "Console") -> None:
    names = comparison.names
    shown = new_table("Results", ("", *names.values()))
    sides = (("before", comparison.old), ("after", comparison.new))
    for label, name in (("Full cost", "full_cost"), ("TCO", "tco")):
        for when, side in sides:
            amounts: dict[str, float] = getattr(side.outcome, name)
            cells = (_money(amounts[key], comparison) if key in amounts else "not an option" for key in names)
            shown.add_row(f"{label}, {when}", *cells)
    out.print(shown, "")


def _print_bridge(comparison: "Comparison", out: "Console") -> None:
    keys = tuple(comparison.bridge.before)
    names = tuple(comparison.names[key] for key in keys)
    shown = new_table(
        "What each change did to full cost, applied in this order", ("", *names, "Lowest after it")
    )
    shown.add_row(
        "Before",
        *_amount_cells(comparison.bridge.before, comparison),
        _option_name(comparison, comparison.old.outcome.recommended),
    )
    for bridge_step in comparison.bridge.steps:
        mark = " ← changes the recommendation" if bridge_step.changes_answer else ""
        cells = (signed_amount(bridge_step.amounts[key], comparison.currency) for key in keys)
        shown.add_row(bridge_step.label, *cells, f"{_option_name(comparison, bridge_step.recommended)}{mark}")
    shown.add_row(
        "After",
        *_amount_cells(comparison.bridge.after, comparison),
        _option_name(comparison, comparison.new.outcome.recommended),
    )
    out.print(shown, "")
    joint = {key: amount for key, amount in comparison.bridge.interaction.items() if abs(amount) >= 1}
    if joint:
        parts = ", ".join(
            f"{comparison.names[key]} {signed_amount(amount, comparison.currency)}"
            for key, amount in joint.items()
        )
        out.print(
            "Interaction: made one at a time, each alone, the changes would come to another total; "
            f"this much comes of their acting together: {parts}.\n",
            soft_wrap=True,
        )


def verdict(comparison: "Comparison") -> str:
    """Return the sentence about the recommendation: whether it stands, and which change altered it."""
    now = _option_name(comparison, comparison.new.outcome.recommended)
    if not comparison.flipped:
        return f"The recommendation stands: {now}."
    sentence = f"THE RECOMMENDATION CHANGES: {now}, it was {_option_name(comparison, comparison.old.outcome.recommended)}."
    if comparison.decisive_step is None:
        return sentence
    alone = "alone" if comparison.decisive_step.changes_answer_alone else "together with the changes above it"
    return f"{sentence} The change that did it, {alone}: {comparison.decisive_step.label}."


def _option_name(comparison: "Comparison", key: str | None) -> str:
    return comparison.names[key] if key else "none eligible"


def _amount_cells(amounts: "Amounts", comparison: "Comparison") -> tuple[str, ...]:
    return tuple(_money(amount, comparison) for amount in amounts.values())


def _money(amount: float, comparison: "Comparison") -> str:
    from reportgen.report.charts.drawing.money import Notation, money

    return money(amount, Notation(comparison.currency))
