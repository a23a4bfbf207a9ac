"""`reportgen check`: every problem of a case, without writing anything."""

from reportgen.cli.answer import print_answer
from reportgen.cli.console import print_status, print_step
from reportgen.cli.parameters import CaseFile


def check(case: CaseFile) -> None:
    """Read a case and say what is wrong with it; write nothing.

    \b
    reportgen check inputs/one-billion-tokens.yaml
    """
    from reportgen.pipeline.build import read

    analysis = read(case, print_step, widen=True)
    for sentence in analysis.case.widened:
        print_status(f"  ! {sentence}")
    print_answer(analysis.results)
