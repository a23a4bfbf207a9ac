"""`reportgen explain`: lines of the model in words and in figures, assumptions with range and source."""

from typing import Annotated

import typer

from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import AllowOutside, CaseFile
from reportgen.cli.unfinished import finish_adoption


def explain(
    case: CaseFile,
    line: Annotated[
        str,
        typer.Argument(
            help="A line of the model or an assumption, or the beginning of some.", show_default=False
        ),
    ],
    month: Annotated[int, typer.Option("-m", "--month", min=1, help="The month to show in figures.")] = 1,
    as_json: AsJson = False,
    _quiet: Quiet = False,
    _outside: AllowOutside = False,
) -> None:
    """Show lines of the model in words, and in figures for one month; assumptions with their range and source.

    \b
    reportgen explain inputs/one-billion-tokens.yaml options.self_hosted.replicas --month 6
    reportgen explain inputs/one-billion-tokens.yaml options.self_hosted.utilisation
    """
    from reportgen.pipeline.explanation import explained

    finish_adoption(case)
    if as_json:
        texts = explained(case, line, month)
        print_json(
            "explain",
            {"month": month, "lines": [{"name": text.split("\n", 1)[0], "text": text} for text in texts]},
        )
        return
    for text in explained(case, line, month):
        typer.echo(text)
