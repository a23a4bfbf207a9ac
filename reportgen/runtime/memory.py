"""Memory of a process: what it keeps for its next use, where Python and the system would clear it up again and again."""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

GARBAGE_COLLECTION_THRESHOLD = 1_000_000
"""Allocations between garbage collections.

Why: almost every object of a build lives until its end, and frequent collections cost a tenth of the time.
"""

FRAME_SLOTS = 1 << 16
"""Places of a frame, of eight bytes each. The interpreter takes frames from pieces of memory of 16 KiB, or of the power of two
that the first frame of a piece needs: 1 MiB for this one, of which it leaves half to the calls within."""

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""Parameters of mallopt (malloc.h of the GNU C library)."""

MOST_FREE = 256 << 20
"""Bytes that may be free at the end of the heap before any go back to the system."""

LARGEST_IN_HEAP = 32 << 20
"""Bytes of the largest array that is taken from the heap; the most that the C library allows."""


def with_one_stack(run: Callable[[], T]) -> T:
    """Call a function; it and the calls within it share one piece of memory for their frames.

    Why: where the calls of a loop pass the end of a piece, each turn takes the next one from the system and gives it back. A
    build did so 5,000 to 7,000 times.
    """

    def call() -> T:
        return run()

    call.__code__ = call.__code__.replace(co_stacksize=FRAME_SLOTS)
    return call()


def keep_memory() -> None:
    """Have this process, a command line's, collect garbage rarely, keep what is freed, and leave its objects to the system."""
    gc.set_threshold(GARBAGE_COLLECTION_THRESHOLD)
    atexit.register(gc.freeze)  # why: to take apart what a build leaves takes a twentieth of its time
    keep_freed_memory()


def keep_freed_memory() -> None:
    """Have the C library keep what is freed for the next use, where it is GNU's; elsewhere do nothing.

    Why: it gives the end of its heap back whenever 128 KiB are free there, and the system hands memory out page by page. In a
    build a fourth of all pages were handed out again.
    """
    if sys.platform != "linux":
        return
    from ctypes import CDLL

    if set_option := getattr(CDLL(None), "mallopt", None):
        set_option(MMAP_THRESHOLD, LARGEST_IN_HEAP)
        set_option(TRIM_THRESHOLD, MOST_FREE)
