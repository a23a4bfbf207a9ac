"""`reportgen prices diff`: the differences between two price books, and the effect of each on a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, new_table, print_status, signed_amount
from reportgen.cli.exit_status import RECOMMENDATION_CHANGED
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.units import counted

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.editions.repricing import PricedCase, Repricing
    from reportgen.prices.differences import Difference


def diff(
    old: Annotated[Path, typer.Argument(help="The older price book.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The newer one.", show_default=False)],
    case: Annotated[
        Path | None,
        typer.Option("--case", help="A case: what the change of prices does to it.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Tell two price books apart; with a case, what each difference does to it. Exit 3 where the recommendation changes.

    \b
    reportgen prices diff old/prices.yaml inputs/prices.yaml
    reportgen prices diff old/prices.yaml inputs/prices.yaml --case inputs/acme.yaml
    """
    from reportgen.prices.differences import differences
    from reportgen.schema.loading.load import load_book

    found = differences(load_book(old), load_book(new))
    repricing = None
    if case is not None:
        from reportgen.editions.repricing import reprice

        repricing = reprice(case, old, new)
    if as_json:
        _print_record(found, repricing)
    else:
        _print(found, repricing, case)
    if repricing and repricing.flipped:
        raise typer.Exit(RECOMMENDATION_CHANGED)


def _print_record(found: "tuple[Difference, ...]", repricing: "Repricing | None") -> None:
    from reportgen.cli.prices.records import difference_record, repricing_record

    case = repricing_record(repricing) if repricing else None
    print_json("prices diff", {"differences": [difference_record(one) for one in found], "case": case})


def _print(found: "tuple[Difference, ...]", repricing: "Repricing | None", case: Path | None) -> None:
    out = console()
    if not found:
        out.print("The two books have the same prices.")
    else:
        _print_differences(found, out)
    if repricing and case:
        for sentence in repricing.widened:
            print_status(f"  ! {sentence}")
        _print_effects(repricing, case, out)


def _print_differences(found: "tuple[Difference, ...]", out: "Console") -> None:
    shown = new_table(
        "Prices that differ", ("Item", "What", "From", "Rate", "Before", "After", "Change"), text_columns=4
    )
    for difference in found:
        since = (
            str(difference.day)
            if difference.day
            else "undated"
            if difference.kind in ("changed", "withdrawn")
            else ""
        )
        if not difference.amounts:
            shown.add_row(difference.item.id, difference.kind, since, difference.sentence)
        for place, (component, before, after) in enumerate(difference.amounts):
            head = (difference.item.id, difference.kind, since) if place == 0 else ("", "", "")
            change = (
                f"{100 * (after / before - 1):+.1f}%".replace("-", "−")
                if before and after is not None
                else ""
            )
            shown.add_row(*head, component.replace("_", " "), _rate(before), _rate(after), change)
    out.print(shown, "")


def _rate(amount: float | None) -> str:
    from reportgen.prices.quotes import amount_text

    return "–" if amount is None else amount_text(amount)


def _print_effects(repricing: "Repricing", case: Path, out: "Console") -> None:
    title = f"What they do to the TCO of {case.name}, one at a time"
    shown = new_table(title, ("", *repricing.names.values(), "Recommended"))
    shown.add_row(
        "Under the older book",
        *_money(repricing, repricing.before),
        _recommended(repricing, repricing.before),
    )
    for effect in repricing.effects:
        amounts = (signed_amount(effect.tco[key], repricing.currency) for key in repricing.names)
        mark = " ← changes the recommendation" if effect.changes_answer else ""
        shown.add_row(
            effect.difference.label, *amounts, _recommended(repricing, effect.after_difference) + mark
        )
    if any(round(amount, 2) for amount in repricing.interaction.values()):
        rest = (signed_amount(repricing.interaction[key], repricing.currency) for key in repricing.names)
        shown.add_row("Interaction: only together", *rest, "")
    shown.add_row(
        "Under the newer book", *_money(repricing, repricing.after), _recommended(repricing, repricing.after)
    )
    out.print(shown, "")
    _print_volumes(repricing, out)
    if repricing.unused:
        count = len(repricing.unused)
        print_status(
            f"{counted(count, 'difference')} {'is' if count == 1 else 'are'} in items that the case does not use."
        )
    _print_ranking(repricing, out)


def _print_volumes(repricing: "Repricing", out: "Console") -> None:
    """Print break-even volumes and rankings under each book and after each difference alone."""
    keys = tuple(repricing.before.break_even)
    heads = ("", *(repricing.names[key] for key in keys), "Ranking on full cost")
    shown = new_table("Break-even volume against the baseline, tokens a month", heads)
    rows = [("Under the older book", repricing.before)]
    rows += [(effect.difference.label, effect.after_difference) for effect in repricing.effects]
    for label, priced in (*rows, ("Under the newer book", repricing.after)):
        same = priced is not repricing.before and priced.outcome.ranking == repricing.before.outcome.ranking
        ranking = "as before" if same else " < ".join(repricing.names[key] for key in priced.outcome.ranking)
        shown.add_row(label, *(_volume(priced, key) for key in keys), ranking)
    out.print(shown, "")


def _volume(priced: "PricedCase", key: str) -> str:
    from reportgen.report.charts.drawing.money import ENGLISH, volume

    found = priced.break_even.get(key)
    if found is None:
        return "baseline"
    return f"about {volume(found.volume, ENGLISH)}" if found.volume else found.word


def _money(repricing: "Repricing", priced: "PricedCase") -> list[str]:
    from reportgen.report.charts.drawing.money import Notation, money

    return [money(priced.outcome.tco[key], Notation(repricing.currency)) for key in repricing.names]


def _recommended(repricing: "Repricing", priced: "PricedCase") -> str:
    best = priced.outcome.recommended
    return repricing.names[best] if best else "none eligible"


def _print_ranking(repricing: "Repricing", out: "Console") -> None:
    before, after = (
        " < ".join(repricing.names[key] for key in priced.outcome.ranking)
        for priced in (repricing.before, repricing.after)
    )
    if before == after:
        out.print(f"The ranking on full cost stays: {after}.", soft_wrap=True)
    else:
        out.print(f"The ranking on full cost was {before}; it is {after}.", soft_wrap=True)
    if repricing.flipped:
        did = [effect.difference.label for effect in repricing.effects if effect.changes_answer]
        cause = (
            f"alone enough for it: {', '.join(did)}"
            if did
            else "no difference alone does it, together they do"
        )
        now, was = (_recommended(repricing, priced) for priced in (repricing.after, repricing.before))
        out.print(f"THE RECOMMENDATION CHANGES: {now}, it was {was} ({cause}).", soft_wrap=True)
