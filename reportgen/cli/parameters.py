"""Parameters that several commands share: cases, output folder, price book, form of the paper."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.files import ALLOW_OUTSIDE

CaseFile = Annotated[Path, typer.Argument(help="A case file (YAML).", show_default=False)]
Cases = Annotated[
    list[Path], typer.Argument(help="A case file (YAML); or several, or a folder.", show_default=False)
]
Folder = Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a workbook that was edited.")]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        help="The edition before (workbook, results or case file): makes a new one that says what changed.",
        show_default=False,
    ),
]
PaperKind = Annotated[
    Literal["pdf", "html"],
    typer.Option("--format", help="The paper as a PDF, or as one web page that needs nothing else."),
]
WhatIf = Annotated[
    Literal["live", "issued"],
    typer.Option(
        "--what-if",
        help="Results of all runs in the workbook: live in what-if tables, or as issued (quick in LibreOffice and Google Sheets).",
    ),
]
TemplatesFolder = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        help="A folder whose templates and styles go before ours, by name; its extra.css is added to ours.",
        exists=True,
        file_okay=False,
    ),
]
WithSummary = Annotated[
    bool, typer.Option("--summary", help="Also write the decision page as a PDF by itself.")
]
BrandOption = Annotated[
    Path | None,
    typer.Option(
        "--brand",
        help="A brand file (YAML): colours, logo, fonts and footer, before those of the case.",
        exists=True,
        dir_okay=False,
    ),
]
Rebuild = Annotated[bool, typer.Option("--rebuild", help="Of many cases, build unchanged ones too.")]
WithPortfolio = Annotated[
    bool, typer.Option("--portfolio", help="Of many cases, also write all answers as a workbook and a PDF.")
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", min=0, help="Of many cases, how many at a time; 0 is as many as the machine can."),
]
ExecutorKind = Annotated[
    Literal["processes", "dask"],
    typer.Option(
        "--executor", help="Where many run: processes of this machine, or the workers of a Dask cluster."
    ),
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        help="The address of the Dask cluster's scheduler, such as tcp://host:8786.",
        show_default=False,
    ),
]


def _allowed(context: typer.Context, allow: bool) -> bool:
    """Let the cases of this command name files outside of their folders; its worker processes too."""
    if allow:
        before = os.environ.get(ALLOW_OUTSIDE, "")
        os.environ[ALLOW_OUTSIDE] = "1"
        context.call_on_close(lambda: os.environ.__setitem__(ALLOW_OUTSIDE, before))
    return allow


AllowOutside = Annotated[
    bool,
    typer.Option(
        "--allow-outside",
        help="Let the case name a price book or a logo outside of its folder.",
        callback=_allowed,
    ),
]


def _book_at_hand() -> Path:
    """Return the price book of a checkout or of this folder, else the one that came with the program."""
    here = next((one for one in (Path("inputs/prices.yaml"), Path("prices.yaml")) if one.is_file()), None)
    if here:
        return here
    from reportgen.files import data_folder

    return data_folder("inputs") / "prices.yaml"


SHIPPED_BOOK = _book_at_hand()
Book = Annotated[Path, typer.Option("--book", help="The price book.")]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        help="The day to be written as `verified`; today unless given.",
        show_default=False,
    ),
]


def day_of(on: datetime | None) -> date:
    """Return the given day, or today."""
    return on.date() if on else datetime.now().astimezone().date()
