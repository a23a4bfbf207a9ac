"""A guard against what never ends: work that takes more seconds of the processor than it may fails."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class NeverEndsError(BaseException):
    """The work took more time than it may; no handler of ordinary errors catches this."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise NeverEndsError in this process once the block has used so many seconds of its processor."""

    def stop(*_: object) -> None:
        raise NeverEndsError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
