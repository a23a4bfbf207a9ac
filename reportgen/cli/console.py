"""Output of the commands: status lines on stderr, tables on stdout."""

from contextvars import ContextVar
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH_WITHOUT_TERMINAL = 120
"""Width in characters of a table that is not printed on a terminal."""


SILENT: ContextVar[bool] = ContextVar("silent", default=False)
"""Whether the command that runs says nothing but its results."""


def silence(context: typer.Context) -> None:
    """Leave out the status lines of a command until it ends; errors are printed after that."""
    token = SILENT.set(True)
    context.call_on_close(lambda: SILENT.reset(token))


def print_status(text: str) -> None:
    """Print a line on stderr, unless the command that runs is silent."""
    if not SILENT.get():
        typer.echo(text, err=True)


def print_error(text: str) -> None:
    """Print on stderr what is wrong, or what was not done; a silent command prints it too."""
    typer.echo(text, err=True)


def print_step(what: str, detail: str) -> None:
    """Print on stderr that a step is done."""
    print_status(f"  ✓ {what:<25} {detail}")


def console() -> "Console":
    """Create the console for results: as wide as the terminal, or of a fixed width elsewhere."""
    from rich.console import Console

    out = Console(highlight=False, markup=False)
    return out if out.is_terminal else Console(highlight=False, markup=False, width=WIDTH_WITHOUT_TERMINAL)


def new_table(title: str, heads: tuple[str, ...], text_columns: int = 1) -> "Table":
    """Create an empty table; its first `text_columns` columns are left-aligned text, the others numbers."""
    from rich.table import Table

    made = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for place, head in enumerate(heads):
        made.add_column(head, justify="left" if place < text_columns else "right", overflow="fold")
    return made


def signed_amount(amount: float, currency: str) -> str:
    """Return a difference of money as text with its sign; a dash for zero."""
    from reportgen.report.charts.drawing.money import Notation, signed_money

    return signed_money(amount, Notation(currency)) if round(amount, 2) else "–"
