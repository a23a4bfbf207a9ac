"""Work shared between processes: results in order, whichever process computes them; no process is left running."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from reportgen.assessment import analyse
from reportgen.errors import InputError, Problem, SurroundingsError
from reportgen.workers import SERIAL, share_work, stream_work, worker_process
from tests.agreement.cases import SHIPPED, analysis_of

pytestmark = pytest.mark.slow

SENDS_TO_ONE_THAT_ENDS = """
from reportgen import workers
workers.processor_count = lambda: 2
with workers.worker_process("no_module_of_this_name") as executor:
    sent, waiting = (executor.submit(len, bytes(10_000_000)) for _ in range(2))
    waiting.cancel()
    sent.result()
"""
SIGNALLED_BETWEEN = """
import os, signal, sys
from multiprocessing import util
from time import sleep
from reportgen import workers
from reportgen.workbook.package.confined import confined

def start_and_signal(*arguments):
    process = start(*arguments)
    if "spawn_main" in str(arguments):  # not the process that looks after semaphores
        sleep(0.3)  # it has started, and waits for what it is sent
        {signal}
    return process

start, util.spawnv_passfds = util.spawnv_passfds, start_and_signal
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
workers.processor_count = lambda: 2
try:
    {work}
except KeyboardInterrupt:
    sys.exit(130)
"""
WORKERS = {
    "pool": "with workers.worker_process() as executor: executor.submit(len, b'').result()",
    "confined": "confined(len, b'')",
}
SIGNALS = {"os.kill(os.getpid(), signal.SIGTERM)": 143, "os.killpg(0, signal.SIGINT)": 130}
"""As a service manager ends the program, and as Ctrl-C ends it with its processes; the status that each gives here."""
PATIENCE = 20.0
"""Seconds after which a process that should have ended has not."""


class Idle(Executor):
    """An executor that accepts everything and never begins."""

    def submit(self, _fn: Callable[..., Any], /, *_: Any, **__: Any) -> Future[Any]:
        """Accept the work."""
        return Future()


def whoever(_: int) -> int:
    """Return the id of this process."""
    return os.getpid()


def test_in_turn_everything_is_done_where_and_when_it_is_given() -> None:
    """The result is there at once; an error comes up at once."""
    assert SERIAL.submit(divmod, 7, 2).result() == (3, 1)
    with pytest.raises(ZeroDivisionError):
        SERIAL.submit(divmod, 7, 0)


def test_parts_come_in_order_whoever_did_them() -> None:
    """By this process alone, with an executor that never begins, and by both."""
    parts = list(range(40))
    with worker_process() as executor:
        for chosen in (SERIAL, Idle(), executor):
            assert list(share_work(chosen, abs, parts)) == parts
        done_by = list(share_work(executor, whoever, parts))
    assert done_by[-1] == os.getpid()
    assert list(share_work(SERIAL, abs, [])) == []


def noted(file: Path, part: int) -> int:
    """Note in a file that a part was computed; return it."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{part}\n")
    sleep(0.01)
    return part


@pytest.mark.parametrize("busy", [0.0, 0.1, 2.0])
def test_each_part_is_computed_once(tmp_path: Path, busy: float) -> None:
    """Also where the other process has something else to do first, for a while or until all is done."""
    file, parts = tmp_path / "parts", list(range(30))
    with worker_process() as executor:
        before = executor.submit(sleep, busy)
        assert list(share_work(executor, partial(noted, file), parts, before)) == parts
        assert before.done() == (busy < 1)
    assert sorted(map(int, file.read_text().split())) == parts


def half(number: int) -> int:
    """Return a half; ValueError for an odd number."""
    if number % 2:
        raise ValueError(number)
    return number // 2


@pytest.mark.parametrize("executor", [SERIAL, Idle()], ids=["serial", "idle"])
def test_a_stream_of_parts_is_done_in_order(executor: Executor) -> None:
    """Results come in the order of the parts; this process does what the executor has no time for."""
    if executor is SERIAL:
        assert list(stream_work(SERIAL, half, iter(range(0, 40, 2)))) == list(range(20))
        return
    taken: list[int] = []

    def parts() -> Iterator[int]:
        for number in range(0, 40, 2):
            taken.append(number)
            yield number

    stream = stream_work(executor, half, parts(), most_held=5)
    thread = Thread(target=lambda: next(stream), daemon=True)
    thread.start()
    thread.join(0.5)
    assert taken == [0, 2, 4, 6, 8]  # the first never ends: no more than five are held


def test_an_error_in_a_stream_comes_where_its_part_stands() -> None:
    """The results before it are given."""
    stream = stream_work(SERIAL, half, [2, 4, 7, 8])
    assert (next(stream), next(stream)) == (1, 2)
    with pytest.raises(ValueError, match="7"):
        next(stream)


def test_one_processor_is_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process would only be in the way."""
    monkeypatch.setattr("reportgen.workers.processor_count", lambda: 1)
    with worker_process("reportgen.assessment") as executor:
        assert executor.submit(whoever, 0).result() == os.getpid()


def test_where_nothing_can_be_shared_is_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some containers have no semaphores."""

    def none(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("reportgen.workers.process_pool", none)
    with worker_process() as executor:
        assert executor is SERIAL


def test_an_input_error_ends_the_worker_process_at_once() -> None:
    """It is ended while it sleeps, and the problem is reported."""

    def wrong() -> None:
        with worker_process() as executor:
            executor.submit(sleep, 5 * PATIENCE)
            raise InputError([Problem("acme.yaml", 1, 1, "case", "slip", "There is a slip.")])

    began = monotonic()
    with pytest.raises(InputError, match="There is a slip"):
        wrong()
    assert monotonic() - began < PATIENCE


def test_a_worker_process_that_is_killed_is_reported() -> None:
    """The error is one sentence."""

    def killed() -> None:
        with worker_process() as executor:
            os.kill(executor.submit(os.getpid).result(), signal.SIGKILL)
            executor.submit(abs, 1).result()

    with pytest.raises(SurroundingsError, match="was ended from outside"):
        killed()


@pytest.mark.xdist_group(SHIPPED.stem)
def test_two_processes_find_what_one_does() -> None:
    """The results of the shipped case are the same to the last bit."""
    alone = analysis_of(SHIPPED)
    with worker_process("reportgen.assessment") as executor:
        assert analyse(alone.case, SHIPPED, executor).results == alone.results


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_second_process_ends_with_a_first_one_that_is_killed() -> None:
    """The worker process exits by itself."""
    program = (
        "from reportgen.workers import worker_process\n"
        "import os, time\n"
        "with worker_process() as executor:\n"
        "    print(executor.submit(os.getpid).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    first = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    with first.stdout:
        second = int(first.stdout.readline())
        first.send_signal(signal.SIGKILL)
        first.wait()
    began = monotonic()
    while running(second) and monotonic() - began < PATIENCE:
        sleep(0.05)
    assert not running(second)


def running(process: int) -> bool:
    """Return whether a process exists and is no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_a_program_ends_whose_second_process_ended_before_it_took_its_work() -> None:
    """10 MB do not fit into its pipe, and other work that waits is cancelled: the error is reported, and the program ends."""
    done = subprocess.run(
        [sys.executable, "-c", SENDS_TO_ONE_THAT_ENDS],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "was ended from outside" in done.stderr) == (1, True)


FORKED_OR_SPAWNED = """
import sys
from multiprocessing import resource_tracker
from threading import Event, Thread
from reportgen import workers

workers.processor_count = lambda: 2
workers.mark = "shared"
stop = Event()
if sys.argv[1] == "two threads":
    Thread(target=stop.wait).start()
try:
    with workers.worker_process(shared=["reportgen.units"]) as executor:
        print(executor.submit(eval, "getattr(__import__('reportgen.workers').workers, 'mark', 'its own')").result())
    print("tracker" if resource_tracker._resource_tracker._pid else "no tracker")
finally:
    stop.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
@pytest.mark.parametrize(
    ("threads", "told"),
    [("one thread", "shared\nno tracker\n"), ("two threads", "its own\ntracker\n")],
)
def test_modules_are_shared_where_a_process_has_one_thread(threads: str, told: str) -> None:
    """Forked, the worker has what this process has imported, and no third process is started; beside another thread it is spawned."""
    command = [sys.executable, "-W", "error", "-c", FORKED_OR_SPAWNED, threads]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.stderr, done.stdout) == ("", told)


@pytest.mark.parametrize("work", WORKERS)
@pytest.mark.parametrize("sent", SIGNALS)
def test_a_signal_between_the_start_of_a_process_and_its_work(work: str, sent: str) -> None:
    """It takes effect when the process has been sent its work; the process says nothing and ends."""
    script = SIGNALLED_BETWEEN.format(signal=sent, work=WORKERS[work])
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=PATIENCE, start_new_session=True
    )
    assert (done.stderr, done.returncode) == ("", SIGNALS[sent])
