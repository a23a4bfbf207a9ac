"""Frames and freed memory are kept: a system that counts the pages it hands out shows it."""

import platform
import subprocess
import sys

import pytest

from reportgen.runtime.memory import with_one_stack

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems count pages in other ways")

COUNTED = """
import resource
from reportgen.runtime.memory import keep_freed_memory, with_one_stack

def pages(work):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
"""
FRAMES = """
def deep(depth):
    return deep(depth - 1) if depth else None

def again_and_again():
    for depth in range(1, 200):
        for _ in range(20):
            deep(depth)
"""
BLOCKS = """
def blocks():
    return [bytearray(100_000) for _ in range(500)]

def again_and_again():
    for _ in range(5):
        blocks()

blocks()
"""


def _counted(*parts: str) -> int:
    """Run a script in a process of its own; it prints a number of pages."""
    script = "\n".join((COUNTED, *parts))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return int(ran.stdout)


def test_calls_share_one_piece_of_memory() -> None:
    """Calls that end and come again take no page each time, however deep they go; without it each passing of an end does."""
    usual = _counted(FRAMES, "print(pages(again_and_again))")
    kept = _counted(FRAMES, "print(pages(lambda: with_one_stack(again_and_again)))")
    assert usual > 1_000
    assert kept < 200


def test_freed_memory_is_used_again() -> None:
    """Fifty megabytes that are freed and taken five times are handed out by the system once."""
    if platform.libc_ver()[0] != "glibc":
        pytest.skip("the C library of this system is not GNU's")
    usual = _counted(BLOCKS, "print(pages(again_and_again))")
    kept = _counted("keep_freed_memory()", BLOCKS, "print(pages(again_and_again))")
    assert usual > 20_000
    assert kept < 1_000


def test_what_is_called_in_one_stack_is_returned_and_raised() -> None:
    """It changes nothing of a call but where its frames are, and one within another works."""
    assert with_one_stack(lambda: with_one_stack(lambda: 7)) == 7
    with pytest.raises(ZeroDivisionError):
        with_one_stack(lambda: 1 // 0)
