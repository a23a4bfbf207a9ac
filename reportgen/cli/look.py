"""The options by which commands are told what the paper is to look like."""

from pathlib import Path
from typing import Annotated, Literal

import typer

PaperKind = Annotated[
    Literal["pdf", "html"],
    typer.Option("--format", help="The paper as a PDF, or as one web page that needs nothing else."),
]
TemplatesFolder = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        help="A folder whose templates and styles go before ours, by name.",
        exists=True,
        file_okay=False,
    ),
]
