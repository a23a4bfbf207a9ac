"""Who does what need not be done in turn: this process after all, or a second one that is kept ready."""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import ParamSpec, TypeVar

from reportgen.errors import InputError, SurroundingsError

P = ParamSpec("P")
T = TypeVar("T")
Part = TypeVar("Part")


class SerialExecutor(Executor):
    """Does what it is given at once, in this process; an error comes up where the work was given."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do the work, and give what it came to."""
        done: Future[T] = Future()
        done.set_result(work(*args, **kwargs))
        return done


SERIAL = SerialExecutor()


@contextmanager
def worker_process(*modules: str) -> Iterator[Executor]:
    """Keep a second process ready, which begins by importing what it will need.

    Where there is one processor, or no way to share a queue, there is no such process, and all is done in turn.
    Raises SurroundingsError where the second process is ended by somebody else.
    """
    pool = None
    if processor_count() > 1:
        # some containers and systems have no semaphores
        with suppress(ImportError, NotImplementedError, OSError):
            pool = process_pool(1, *modules)
    if pool is None:
        yield SERIAL
        return
    before = set(active_children())
    try:
        with pool:
            pool.submit(gc.collect)  # it is started by the first that it is asked for
            try:
                yield pool
            except InputError:
                # nothing was begun, and nobody who mends a file wants to wait for a process to be ready
                for one in set(active_children()) - before:
                    one.terminate()
                raise
    except BrokenExecutor as error:
        raise SurroundingsError(
            "The second process of the program was ended from outside; often memory is short. Run it again."
        ) from error


def processor_count() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_pool(count: int, *modules: str) -> ProcessPoolExecutor:
    """Set processes up that end with this one; spawned, because a fork takes over the locks that threads hold."""
    setting = (gc.get_threshold(), modules)
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=_ready, initargs=setting)


def _ready(thresholds: tuple[int, int, int], modules: Sequence[str]) -> None:
    """Leave Ctrl-C to the process that asks, end with it however it ends, look for rubbish as it does, and import."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    gc.set_threshold(*thresholds)
    for module in modules:
        import_module(module)


def _end_with(asking: BaseProcess | None) -> None:
    """Wait for the end of the process that asks; one that is killed can tell nobody."""
    if asking:
        asking.join()
        os._exit(1)


def shared(executor: Executor, work: Callable[[Part], T], parts: Sequence[Part]) -> Iterator[T]:
    """Do the parts of a piece of work, other hands from the first on, this process from the last until they meet.

    What other hands have taken by then and not done yet is done here as well: nobody waits while something is left to do.
    """
    given = [executor.submit(work, part) for part in parts]
    here: dict[Future[T], T] = {}
    for one, part in zip(reversed(given), reversed(parts), strict=True):
        if one.cancel() or not one.done():
            here[one] = work(part)
    for one in given:
        yield here[one] if one in here else one.result()


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Look for rubbish only after the work: while somebody waits for it, that would be a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
