"""Executors for work that may run in parallel: this process, or worker processes."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import active_children, get_context, parent_process, resource_tracker
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread, current_thread, main_thread
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from reportgen import __version__
from reportgen.errors import InputError, SurroundingsError
from reportgen.runtime.memory import keep_freed_memory

P = ParamSpec("P")
T = TypeVar("T")
Part = TypeVar("Part")
CONNECT = 10
"""Seconds to wait for the scheduler of a cluster."""
ENDING = (signal.SIGINT, signal.SIGTERM)
"""The signals with which a program is asked to end."""
RETRIES = 1
"""How often a cluster repeats work that failed; work whose worker ended is repeated by the cluster itself."""


class SerialExecutor(Executor):
    """An executor that runs work at once in this process; errors are raised by `submit`."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the work and return a completed future."""
        future: Future[T] = Future()
        future.set_result(work(*args, **kwargs))
        return future


SERIAL = SerialExecutor()


@contextmanager
def worker_process(*modules: str, shared: Sequence[str] = ()) -> Iterator[Executor]:
    """Provide a worker process that starts by importing `modules`; `shared` modules are imported once for both processes.

    Provides SERIAL instead on a single processor, or where the system has no semaphores.
    Raises SurroundingsError where the worker process is killed.
    """
    pool = None
    if processor_count() > 1:
        # without semaphores, as in some containers, no pool can be made
        with suppress(ImportError, NotImplementedError, OSError):
            pool = process_pool(1, *modules, shared=shared)
    if pool is None:
        yield SERIAL
        return
    children_before = set(active_children())
    try:
        with pool:
            pool.submit(processor_count)  # the pool starts its process on the first submission
            try:
                yield pool
            except InputError:
                # no work was submitted: end the process at once instead of waiting for its imports
                for process in set(active_children()) - children_before:
                    process.terminate()
                raise
    except BrokenExecutor as error:
        raise SurroundingsError(
            "The second process of the program was ended from outside; often memory is short. Run it again."
        ) from error


def processor_count() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Pool(ProcessPoolExecutor):
    """A pool whose processes never see Ctrl-C, not even while they start, when Python would print a traceback."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a pool that this process does not wait for where work can no longer be sent to it.

        Why: where work was cancelled that waits behind other work, Python fails to end the thread that sends work to a
        process that has ended, and would wait for it for ever.
        """
        super().__init__(*args, **kwargs)
        queue: Any = self._call_queue  # type: ignore[attr-defined]
        queue.cancel_join_thread()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit work; a process is started here where one is needed."""
        context: Any = self._mp_context
        with process_start(forked=context.get_start_method() == "fork"):
            return super().submit(fn, *args, **kwargs)


@contextmanager
def process_start(*, forked: bool = False) -> Iterator[None]:
    """Start processes in this block, as a whole: a signal that comes takes effect at its end.

    The processes never see Ctrl-C, and do not run the script that is the main module. `forked` ones need no tracker of
    resources, which is a process of its own.

    Why: a process that this one starts and then does not send its work, since a signal came between the two, prints a
    traceback. A spawned process imports the main module first; a script that calls the library without asking whether it
    is the main one would build again in each of them.
    """
    with interrupts_deferred(), _interrupts_held(tracked=not forked), _main_left_out():
        yield


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Let an empty module stand for the main one."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _interrupts_held(*, tracked: bool) -> Iterator[None]:
    """Hold Ctrl-C back until the end of the block; what is started within inherits that it is held back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if tracked:
        resource_tracker.ensure_running()  # where it starts it lets go of what is held back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let a Ctrl-C or a SIGTERM that comes in this block take effect at its end: what is done in it is done as a whole.

    Why: a masked signal would go to another thread of the process, such as those of numpy, and interrupt all the same.
    """
    if current_thread() is not main_thread():
        yield
        return
    came: list[int] = []
    before = {one: signal.signal(one, lambda number, _: came.append(number)) for one in ENDING}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler or signal.SIG_DFL)
        for number in came[:1]:
            signal.raise_signal(number)


def process_pool(count: int, *modules: str, shared: Sequence[str] = ()) -> ProcessPoolExecutor:
    """Return a pool of processes that end when this one ends; they start by importing `modules`.

    Where there are `shared` modules this process imports them first, and the others are forked from it, so that they have
    them too; where that is not safe they are spawned. Why: a forked process inherits the locks that threads hold.
    """
    for module in shared:
        import_module(module)
    method = "fork" if shared and _can_fork() else "spawn"
    arguments = (gc.get_threshold(), modules)
    return _Pool(count, get_context(method), initializer=_initialise, initargs=arguments)


def _can_fork() -> bool:
    """Return whether this process may be forked: it has a single thread, on a system whose libraries allow it."""
    threads = Path("/proc/self/task")
    return sys.platform == "linux" and threads.exists() and len(list(threads.iterdir())) == 1


def _initialise(thresholds: tuple[int, int, int], modules: Sequence[str]) -> None:
    """Set up a worker process: ignore Ctrl-C, end on SIGTERM and with the parent, collect garbage as it does, import modules."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_exit_with, args=(parent_process(),), daemon=True).start()
    gc.set_threshold(*thresholds)
    keep_freed_memory()
    for module in modules:
        import_module(module)


def _exit_with(parent: BaseProcess | None) -> None:
    """Exit when the parent process ends, even where it was killed."""
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def cluster(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """Provide the executor of a running Dask cluster, and the number of its threads.

    Raises:
        SurroundingsError: where Dask is not installed, no cluster answers, or its workers have another version of this program.
    """
    try:
        connect: Any = import_module("distributed").Client  # whose types are unfinished
    except ImportError as error:
        raise SurroundingsError(
            "A cluster needs the library distributed; install it with: pip install 'reportgen[dask]'"
        ) from error
    if not scheduler:
        raise SurroundingsError("Say where the cluster's scheduler is, such as: --scheduler tcp://host:8786")
    try:
        client = connect(scheduler, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise SurroundingsError(f"No Dask cluster answers at {scheduler}: {error}.") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SurroundingsError(
                f"The cluster at {scheduler} has no workers; start some with: dask worker {scheduler}"
            )
        _require_version(client, scheduler)
        with client.get_executor(pure=False, retries=RETRIES) as executor:
            yield executor, threads


def _require_version(client: Any, scheduler: str) -> None:
    """Raise SurroundingsError unless every worker of a cluster has this version of the program."""
    try:
        versions = set(client.run(program_version).values())
    except Exception as error:  # whatever a worker answers that does not have the program
        raise SurroundingsError(
            f"The workers of the cluster at {scheduler} cannot import reportgen ({error}); install {__version__} there."
        ) from error
    if versions != {__version__}:
        found = ", ".join(sorted(versions))
        raise SurroundingsError(
            f"The workers of the cluster at {scheduler} have reportgen {found}, this is {__version__}; install the same there."
        )


def program_version() -> str:
    """Return the version of this program in this process."""
    return __version__


def share_work(
    executor: Executor, work: Callable[[Part], T], parts: Sequence[Part], after: Future[Any] | None = None
) -> Iterator[T]:
    """Yield the results of `work` over `parts`, in order; each is computed once.

    The executor has the first part that is left whenever it has nothing to do, and this process the last one meanwhile.
    `after` is what the executor does first.
    """
    left, found, given = deque(range(len(parts))), dict[int, Future[T]](), after
    while left:
        if given is None or given.done():
            place = left.popleft()
            given = found[place] = executor.submit(work, parts[place])
        else:
            place = left.pop()
            found[place] = _done_here(work, parts[place])
    for place, part in enumerate(parts):
        yield work(part) if found[place].cancel() else found[place].result()


def stream_work(
    executor: Executor, work: Callable[[Part], T], parts: Iterable[Part], most_held: int = 8
) -> Iterator[T]:
    """Yield the results of `work` over parts that come one after the other, in order; this process works as well.

    Parts go to the executor while it has fewer than two to do. At most `most_held` parts are in memory.
    """
    held: deque[Future[T]] = deque()
    for part in parts:
        is_busy = sum(not future.done() for future in held) > 1
        held.append(_done_here(work, part) if is_busy else executor.submit(work, part))
        while held and (held[0].done() or len(held) >= most_held):
            yield held.popleft().result()
    for future in held:
        yield future.result()


def _done_here(work: Callable[[Part], T], part: Part) -> Future[T]:
    """Do work in this process; what it raises is raised where its result is asked for, in the order of the parts."""
    future: Future[T] = Future()
    try:
        future.set_result(work(part))
    except Exception as error:  # noqa: BLE001  whatever it is, it is raised from the future
        future.set_exception(error)
    return future


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Disable garbage collection, then enable it and collect; what the first time leaves in a worker process is not looked at again.

    Why: collections during a build take a tenth of its time, and most of what a first build leaves are modules, which stay.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
        if parent_process() is not None and not gc.get_freeze_count():
            gc.freeze()
