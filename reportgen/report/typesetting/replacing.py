"""Replacement of parts of libraries for a while."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any

_ONE_THREAD = RLock()


@contextmanager
def replaced(*parts: tuple[Any, str, Any]) -> Iterator[None]:
    """Replace attributes (owner, name, value) within this context, which one thread at a time is in."""
    with _ONE_THREAD, ExitStack() as usual:
        for owner, name, value in parts:
            usual.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, value)
        yield
