"""Workers that crash or are killed cost their piece one retry, and no other piece anything."""

import os
import signal
import threading
import time
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reportgen.batch.crew import PIECES, worked
from reportgen.workers import SERIAL, process_pool


def squared(folder: Path, number: int) -> int:
    """Square a number; 3 kills its process the first time, 7 every time."""
    seen = folder / str(number)
    first = not seen.exists()
    seen.touch()
    if number == 7 or (number == 3 and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.slow
def test_a_killed_worker_costs_its_piece_one_retry(tmp_path: Path) -> None:
    """One that is killed once is done at the second attempt, one that always is comes without a result; all others are done once."""
    done = list(worked(range(10), partial(squared, tmp_path), partial(process_pool, 1), 2))
    found = {one.item: (one.result, one.attempts) for one in done}
    assert len(done) == 10
    assert found == {n: (n * n, 1) for n in range(10)} | {3: (9, 2), 7: (None, 2)}


class Counted(Executor):
    """An executor that works at once and counts its starts and ends."""

    started: list["Counted"] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.pieces, self.ended = 0, False
        self.started.append(self)

    def submit(self, fn: Any, /, *args: Any, **_: Any) -> Future[Any]:
        """Work at once."""
        self.pieces += 1
        return SERIAL.submit(fn, *args)

    def shutdown(self, *_: Any, **__: Any) -> None:
        """End."""
        self.ended = True


def test_processes_are_replaced_after_their_share() -> None:
    """What libraries never give back does not add up over a thousand cases."""
    Counted.started = []
    done = list(worked(range(2 * PIECES + 1), abs, Counted, 1))
    assert [one.result for one in done] == list(range(2 * PIECES + 1))
    assert [one.pieces for one in Counted.started] == [PIECES, PIECES, 1]
    assert all(one.ended for one in Counted.started)


def test_what_is_under_way_is_finished_when_the_caller_stops() -> None:
    """Items are taken when a process is free, and closing waits for those taken: whole packs, none begun after."""
    begun: list[int] = []
    finished: list[int] = []

    class Threaded(Counted):
        """An executor that works in a thread."""

        def submit(self, fn: Any, /, *args: Any, **_: Any) -> Future[Any]:
            """Start a thread."""
            future: Future[Any] = Future()
            self.thread = threading.Thread(target=lambda: future.set_result(fn(*args)))
            self.thread.start()
            return future

        def shutdown(self, *_: Any, **__: Any) -> None:
            """Wait for the thread."""
            self.thread.join()

    def work(item: int) -> int:
        begun.append(item)
        time.sleep(0.02)
        finished.append(item)
        return item

    results = worked(range(100), work, Threaded, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(begun) <= 3
    assert sorted(begun) == sorted(finished)
