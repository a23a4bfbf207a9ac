"""`reportgen check`: every problem of a case, without writing anything."""

from reportgen.cli.answer import print_answer
from reportgen.cli.console import print_status, print_step
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import AllowOutside, CaseFile
from reportgen.cli.unfinished import finish_adoption


def check(
    case: CaseFile, as_json: AsJson = False, quiet: Quiet = False, _outside: AllowOutside = False
) -> None:
    """Read a case and say what is wrong with it; write nothing.

    With --json every problem has file, line, column, path, code and message; findings are warnings.

    \b
    reportgen check inputs/one-billion-tokens.yaml
    reportgen check mine.yaml --json
    """
    from reportgen.cli.records import answer_record, finding_records
    from reportgen.pipeline.build import read

    finish_adoption(case)
    silent = as_json or quiet
    analysis = read(case, (lambda *_: None) if silent else print_step, widen=True)
    if as_json:
        print_json("check", answer_record(analysis.results), finding_records(analysis))
        return
    for sentence in analysis.case.widened:
        print_status(f"  ! {sentence}")
    guesses = sum("a guess: replace" in row.note.lower() for row in analysis.assumptions)
    if guesses and not quiet:
        print_status(f"  ! {guesses} of {len(analysis.assumptions)} assumptions are guesses to be replaced")
    print_answer(analysis.results, quiet=quiet)
