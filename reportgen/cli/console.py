"""How the commands speak: steps and remarks on stderr, tables on stdout."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDE = 120
"""Columns of a table that is not shown on a terminal."""


def say(text: str) -> None:
    """Say something beside the result."""
    typer.echo(text, err=True)


def step(what: str, detail: str) -> None:
    """Say that a step is done."""
    say(f"  ✓ {what:<25} {detail}")


def console() -> "Console":
    """Give the console that results go to; as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    out = Console(highlight=False, markup=False)
    return out if out.is_terminal else Console(highlight=False, markup=False, width=WIDE)


def table(title: str, heads: tuple[str, ...], words: int = 1) -> "Table":
    """Begin a table: its first `words` columns hold words, the others numbers."""
    from rich.table import Table

    made = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for place, head in enumerate(heads):
        made.add_column(head, justify="left" if place < words else "right", overflow="fold")
    return made


def signed(amount: float, currency: str) -> str:
    """Print a difference of money with its sign; a dash where there is none."""
    from reportgen.report.charts.drawing.money import Notation, signed_money

    return signed_money(amount, Notation(currency)) if round(amount, 2) else "–"
