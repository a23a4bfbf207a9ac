"""Work on an untrusted file in a child process with limits on time and memory."""

import contextlib
import gc
import time
import warnings
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from reportgen.errors import ReportgenError
from reportgen.workers import process_start

P = ParamSpec("P")
T = TypeVar("T")
State = TypeVar("State")

SECONDS, PATIENCE, MEMORY = 20, 600, 2**30
"""The limits of the child: seconds of a processor, seconds that it may take beside other programs, bytes of address space."""
OUT_OF_TIME = 24
"""The signal at the limit of processor time, SIGXCPU; it has no name on Windows."""
TOO_MUCH_MEMORY = f"Looking at it takes more than {MEMORY // 2**20:,} MB of memory."
TOO_LONG = "It takes longer than {} seconds to look at."


class TooMuch(Exception):
    """The file took more time or memory than it may; the message is a sentence about it."""


class Unreadable(Exception):
    """The work failed on the file; the message names the error."""


class Confined(Generic[State]):
    """A child process that holds what `confined_process` had it make, and works on that."""

    def __init__(self, process: BaseProcess, connection: Connection, seconds: float) -> None:
        self._process, self._connection, self._seconds = process, connection, seconds

    def ask(self, work: Callable[Concatenate[State, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` gives for the state in the child; work, arguments and result have to be picklable.

        Raises:
            TooMuch: if the work takes more than is left of the time, or than the memory.
            Unreadable: if it fails with an error that is none of this program's.
            ReportgenError: if the work raises it.
        """
        with contextlib.suppress(BrokenPipeError):
            self._connection.send((work, args, kwargs))
        result: T = self.answer()
        return result

    def answer(self) -> Any:
        """Return the answer to the last question."""
        start = time.monotonic()
        try:
            if not self._connection.poll(max(self._seconds, 0)):
                raise TooMuch(TOO_LONG.format(SECONDS))
            outcome, content = self._connection.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            raise TooMuch(_exit_sentence(self._process.exitcode or 0)) from None
        self._seconds -= time.monotonic() - start
        match outcome:
            case "done":
                return content
            case "refused":
                raise content
            case "exhausted":
                raise TooMuch(content)
            case _:
                raise Unreadable(content)


@contextlib.contextmanager
def confined_process(
    make: Callable[P, State], /, *args: P.args, **kwargs: P.kwargs
) -> Iterator[Confined[State]]:
    """Provide a child process that begins by making its state; raises as `Confined.ask` does."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(there, make, args, kwargs), daemon=True)
    with process_start():
        process.start()
    there.close()
    try:
        child: Confined[State] = Confined(process, here, PATIENCE)
        child.answer()
        yield child
    finally:
        process.kill()
        process.join()
        here.close()


def confined(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the result of `work` in a child process; raises as `Confined.ask` does."""
    with confined_process(work, *args, **kwargs) as child:
        return child.ask(_itself)


def _itself(state: T) -> T:
    return state


def _exit_sentence(code: int) -> str:
    """Return the sentence for a child process that ended without an answer; by another signal than the clock's: memory."""
    if code == -OUT_OF_TIME:
        return TOO_LONG.format(SECONDS)
    return TOO_MUCH_MEMORY if code < 0 else f"It could not be looked at: the look ended with status {code}."


def _serve(connection: Connection, make: Callable[..., object], args: Any, kwargs: Any) -> None:
    """Make the state within the limits, and answer questions about it; warnings of libraries are swallowed."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows: there only the time is limited

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # where the parent was killed
    warnings.simplefilter("ignore")
    gc.set_threshold(
        100_000
    )  # a book is millions of objects that stay: searching them often takes a sixth of the time
    made, state = _outcome(make, args, kwargs)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send((made, None if made == "done" else state))
        while made == "done":
            work, given, named = connection.recv()
            connection.send(_outcome(work, (state, *given), named))


def _outcome(work: Callable[..., object], args: Any, kwargs: Any) -> tuple[str, object]:
    try:
        return "done", work(*args, **kwargs)
    except ReportgenError as error:
        return "refused", error
    except MemoryError:
        return "exhausted", TOO_MUCH_MEMORY
    except RecursionError:
        return "failed", "its parts are nested too deeply"
    except Exception as error:  # noqa: BLE001  a library may fail in any way on a damaged file
        return "failed", f"{type(error).__name__}: {error}"[:300]
