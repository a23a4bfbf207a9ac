"""`reportgen prices diff`: two price books apart, and what each difference does to a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, say, signed, table
from reportgen.units import counted

if TYPE_CHECKING:
    from rich.console import Console

    from reportgen.editions.repricing import Priced, Repricing
    from reportgen.prices.differences import Difference

FLIPS = 3


def diff(
    old: Annotated[Path, typer.Argument(help="The older price book.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The newer one.", show_default=False)],
    case: Annotated[
        Path | None,
        typer.Option("--case", help="A case: what the change of prices does to it.", show_default=False),
    ] = None,
) -> None:
    r"""Tell two price books apart; with a case, what each difference does to it. Exit 3 where the recommendation flips.

    \b
    reportgen prices diff old/prices.yaml inputs/prices.yaml
    reportgen prices diff old/prices.yaml inputs/prices.yaml --case inputs/acme.yaml
    """
    from reportgen.prices.differences import differences
    from reportgen.schema.loading.load import load_book

    out = console()
    found = differences(load_book(old), load_book(new))
    if not found:
        out.print("The two books have the same prices.")
    else:
        _differences(found, out)
    if case is None:
        return
    from reportgen.editions.repricing import repriced

    done = repriced(case, old, new)
    _effects(done, case, out)
    if done.flipped:
        raise typer.Exit(FLIPS)


def _differences(found: "tuple[Difference, ...]", out: "Console") -> None:
    shown = table(
        "Prices that differ", ("Item", "What", "From", "Rate", "Before", "After", "Change"), words=4
    )
    for one in found:
        since = str(one.day) if one.day else "undated" if one.kind in ("changed", "withdrawn") else ""
        if not one.amounts:
            shown.add_row(one.item.id, one.kind, since, one.sentence)
        for place, (component, before, after) in enumerate(one.amounts):
            head = (one.item.id, one.kind, since) if place == 0 else ("", "", "")
            change = (
                f"{100 * (after / before - 1):+.1f}%".replace("-", "−")
                if before and after is not None
                else ""
            )
            shown.add_row(*head, component.replace("_", " "), _rate(before), _rate(after), change)
    out.print(shown, "")


def _rate(amount: float | None) -> str:
    from reportgen.prices.quotes import written

    return "–" if amount is None else written(amount)


def _effects(done: "Repricing", case: Path, out: "Console") -> None:
    title = f"What they do to the TCO of {case.name}, one at a time"
    shown = table(title, ("", *done.names.values(), "Recommended"))
    shown.add_row("Under the older book", *_money(done, done.before), _recommended(done, done.before))
    for effect in done.effects:
        amounts = (signed(effect.tco[key], done.currency) for key in done.names)
        mark = " ← flips" if effect.flips else ""
        shown.add_row(effect.difference.label, *amounts, _recommended(done, effect.then) + mark)
    if any(round(amount, 2) for amount in done.interaction.values()):
        rest = (signed(done.interaction[key], done.currency) for key in done.names)
        shown.add_row("Interaction: only together", *rest, "")
    shown.add_row("Under the newer book", *_money(done, done.after), _recommended(done, done.after))
    out.print(shown, "")
    _volumes(done, out)
    if done.unused:
        count = len(done.unused)
        say(
            f"{counted(count, 'difference')} {'is' if count == 1 else 'are'} in items that the case does not use."
        )
    _ranking(done, out)


def _volumes(done: "Repricing", out: "Console") -> None:
    """Print break-even volumes and the ranking under each book and after each difference alone."""
    keys = tuple(done.before.break_even)
    heads = ("", *(done.names[key] for key in keys), "Ranking on full cost")
    shown = table("Break-even volume against the baseline, tokens a month", heads)
    rows = [("Under the older book", done.before)]
    rows += [(effect.difference.label, effect.then) for effect in done.effects]
    for label, priced in (*rows, ("Under the newer book", done.after)):
        same = priced is not done.before and priced.outcome.ranking == done.before.outcome.ranking
        ranking = "as before" if same else " < ".join(done.names[key] for key in priced.outcome.ranking)
        shown.add_row(label, *(_volume(priced, key) for key in keys), ranking)
    out.print(shown, "")


def _volume(priced: "Priced", key: str) -> str:
    from reportgen.report.charts.drawing.money import ENGLISH, volume

    found = priced.break_even.get(key)
    if found is None:
        return "baseline"
    return f"about {volume(found.volume, ENGLISH)}" if found.volume else found.word


def _money(done: "Repricing", priced: "Priced") -> list[str]:
    from reportgen.report.charts.drawing.money import Notation, money

    return [money(priced.outcome.tco[key], Notation(done.currency)) for key in done.names]


def _recommended(done: "Repricing", priced: "Priced") -> str:
    best = priced.outcome.recommended
    return done.names[best] if best else "none eligible"


def _ranking(done: "Repricing", out: "Console") -> None:
    before, after = (
        " < ".join(done.names[key] for key in priced.outcome.ranking) for priced in (done.before, done.after)
    )
    if before == after:
        out.print(f"The ranking on full cost stays: {after}.", soft_wrap=True)
    else:
        out.print(f"The ranking on full cost was {before}; it is {after}.", soft_wrap=True)
    if done.flipped:
        did = [effect.difference.label for effect in done.effects if effect.flips]
        cause = (
            f"alone enough for it: {', '.join(did)}"
            if did
            else "no difference alone does it, together they do"
        )
        now, was = (_recommended(done, priced) for priced in (done.after, done.before))
        out.print(f"THE RECOMMENDATION FLIPS: {now}, it was {was} ({cause}).", soft_wrap=True)
