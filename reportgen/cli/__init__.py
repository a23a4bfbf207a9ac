"""The command line: the only part that prints or exits; results on stdout, everything else on stderr.

Each command is a module of its name; this file assembles them and turns errors into exit statuses.
"""

import errno
import os
import signal
import sys
from _thread import interrupt_main
from threading import Timer
from types import FrameType
from typing import Annotated, NoReturn

import typer

from reportgen.cli import (
    adopt,
    build,
    check,
    compare,
    doctor,
    explain,
    watch,
)
from reportgen.cli.console import print_status
from reportgen.cli.data import actual, bench, examples, new, usage
from reportgen.cli.exit_status import BUG, CHECK_FAILS, INTERRUPTED, TERMINATED
from reportgen.cli.prices import app as prices_app
from reportgen.cli.sweeping.sweep import sweep
from reportgen.cli.verification import sign, verify
from reportgen.errors import InputError, ReportgenError, SurroundingsError
from reportgen.runtime.memory import keep_memory

__all__ = ["BUG", "CHECK_FAILS", "INTERRUPTED", "app", "main"]

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables of the environment by which numpy's libraries of linear algebra take one thread.

Why: sums of products over more than ten thousand numbers would be split by the number of processors, so that their last digit depends on
the machine, and threads that wait for each other use twice the processor time.
"""
SURROUNDINGS = (
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENAMETOOLONG,
    errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN,
)  # fmt: skip
"""Errors of the system that are no bug: full or read-only disks, limits, names that are too long."""
AGAIN = 0.05
"""Seconds after which an interruption that was lost comes again."""
EPILOG = (
    "Exit status: 0 done; 1 the input needs fixing; 2 wrong command line; 3 a check fails, verify has findings, "
    "adopt could not take an edit, or the recommendation changes; 4 the surroundings; 70 a bug."
)
app = typer.Typer(
    name="reportgen", no_args_is_help=True, add_completion=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _show_version(requested: bool) -> None:
    if requested:
        from reportgen import __version__

        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG)
def commands(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """Build a business case for serving language models: a live workbook and a board paper from one file.

    \b
    reportgen new mine.yaml                            a complete case to begin with
    reportgen build inputs/one-billion-tokens.yaml     workbook, paper and results in out/
    reportgen build mine.yaml -o /somewhere/else       the same for your own case
    reportgen build inputs --portfolio                 all cases of a folder, and their answers side by side
    reportgen watch mine.yaml                          built again at every save
    reportgen check mine.yaml                          every problem in a case, nothing written
    reportgen explain mine.yaml options.api.compute    one line of the model, in words and figures
    reportgen sweep mine.yaml --over PATH=LOW..HIGH:N  many variants at once: what decides between the options
    reportgen adopt out/mine.xlsx                      what was typed into the workbook, back into the case
    reportgen compare old.xlsx mine.yaml               what changed, and what each change did to the answer
    reportgen verify out/mine.xlsx                     any workbook: safe, by the rules, true, unchanged
    reportgen usage export.json                        usage exports as the workload of a case
    reportgen bench result.json --gpus 8               benchmark results as the speed of a replica
    reportgen prices --help                            the price book: find, check, update, compare
    """


# The order of registration is the order in --help.
app.command()(new.new)
app.command()(build.build)
app.command()(check.check)
app.command()(explain.explain)
app.command()(compare.compare)
app.command()(sweep)
app.command()(adopt.adopt)
app.command()(watch.watch)
app.command()(verify.verify)
app.command()(sign.sign)
app.command()(actual.actual)
app.command()(usage.usage)
app.command()(bench.bench)
app.command()(examples.examples)
app.command()(examples.schema)
app.command()(doctor.doctor)
app.add_typer(prices_app, name="prices")


def _print_error(arguments: list[str], error: ReportgenError) -> None:
    """Print an error in the shape of --json."""
    from reportgen.cli.output import print_json

    problems = (
        [one.record for one in error.problems]
        if isinstance(error, InputError)
        else [{"severity": "error", "code": "surroundings", "message": str(error)}]
    )
    words = [word for word in arguments if not word.startswith("-")]
    command = " ".join(words[:2] if words[:1] == ["prices"] else words[:1])
    print_json(command, None, problems)


def main() -> None:
    """Run the command line; known errors become sentences, unknown ones a sentence and a traceback on request."""
    keep_memory()
    signal.signal(signal.SIGTERM, _terminated)
    sys.unraisablehook = _not_raised
    for name in THREADS:
        os.environ.setdefault(name, "1")
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    output = sys.stdout
    try:
        app(arguments)
    except ReportgenError as error:
        if "--json" in arguments:
            _print_error(arguments, error)
        else:
            print_status(str(error))
        sys.exit(error.status)
    except KeyboardInterrupt:
        print_status("Interrupted; what was finished is complete.")
        sys.exit(INTERRUPTED)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            print_status("Interrupted; what was finished is complete.")
        closed = isinstance(ended.__context__, BrokenPipeError)  # as rich ends
        if closed or sys.stdout is not output:  # as click does, which puts its own output in place
            _end_silently()
        raise
    except BrokenPipeError:
        _end_silently()
    except Exception as error:  # the last line of defence: a bug must not look like a wrong input
        if debug:
            raise
        if sentence := _surroundings(error):
            print_status(sentence)
            sys.exit(SurroundingsError.status)
        print_status(
            f"This is a bug in reportgen: {type(error).__name__}: {error}. Run again with --debug for the traceback."
        )
        sys.exit(BUG)


def _not_raised(found: "sys.UnraisableHookArgs") -> None:
    """Interrupt again where a Ctrl-C was lost in code that cannot be left by an exception, such as that of a library in Rust."""
    if issubclass(found.exc_type, KeyboardInterrupt):
        Timer(AGAIN, interrupt_main).start()
    else:
        sys.__unraisablehook__(found)


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    """End without a word, worker processes and drafts included."""
    sys.exit(TERMINATED)


def _end_silently() -> NoReturn:
    """End as if all had been written: who closed the pipe, such as head, wants no more."""
    os._exit(0)  # without flushing what nobody reads


def _surroundings(error: Exception) -> str:
    """Return the sentence about a failure of the machine; "" for any other error."""
    match error:
        case MemoryError():
            return "There is not enough memory for this: close other programs, or raise the limit, and run it again."
        case OSError(errno=number, filename=name) if number in SURROUNDINGS:
            what = f"{name}: " if name else "Writing failed: "
            return f"{what}{(error.strerror or str(error)).lower()}."
    return ""
