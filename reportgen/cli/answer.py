"""The answer of a case on the terminal: one sentence on stdout, the findings about the case on stderr."""

from typing import TYPE_CHECKING

import typer

from reportgen.cli.console import print_status

if TYPE_CHECKING:
    from reportgen.results.results import Results


def print_answer(results: "Results", *, quiet: bool = False) -> None:
    """Print which option has the lowest full cost and what the others cost, then the findings unless `quiet`."""
    from reportgen.report.answer import answer_sentence
    from reportgen.report.findings_summary import findings_summary

    typer.echo(answer_sentence(results))
    for line in () if quiet else findings_summary(results):
        print_status(line)
