"""Replacement of parts of libraries for a while."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any

_ONE_THREAD = RLock()


@contextmanager
def replaced(*parts: tuple[Any, str, Callable[[Any], Any]]) -> Iterator[None]:
    """Replace attributes within this context, which one thread at a time is in: (owner, name, what makes the new one of the usual one).

    Why: a thread that looked at what another one has replaced would take it for the usual one.
    """
    with _ONE_THREAD, ExitStack() as stack:
        for owner, name, made_of in parts:
            usual = getattr(owner, name)
            stack.callback(setattr, owner, name, usual)
            setattr(owner, name, made_of(usual))
        yield
