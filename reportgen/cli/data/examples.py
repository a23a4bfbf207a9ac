"""`reportgen examples` and `reportgen schema`: what comes with the program, outside of it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.cli.console import print_status
from reportgen.cli.output import Quiet


def examples(
    folder: Annotated[Path, typer.Argument(help="The folder to write to.")] = Path("examples"),
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that are there and differ.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Copy the shipped cases, price book, usual figures and schemas into a folder; print their paths.

    \b
    reportgen examples                  into examples/
    reportgen build examples/small.yaml
    """
    from reportgen.scaffold.examples import copy_examples

    for path in copy_examples(folder, force=force):
        typer.echo(str(path))
    if not quiet:
        print_status(f"Next:  reportgen build {folder / 'small.yaml'}")


def schema(
    name: Annotated[Literal["case", "prices", "results"], typer.Argument(help="Which schema.")] = "case",
    _quiet: Quiet = False,
) -> None:
    """Print a JSON schema for editors and other programs.

    \b
    reportgen schema > case.schema.json
    reportgen schema prices
    """
    from reportgen.scaffold.schemas import SCHEMAS

    typer.echo(SCHEMAS[name](), nl=False)
