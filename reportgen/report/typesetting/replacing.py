"""Replacement of parts of libraries for a while, as by functions that compute once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import RLock
from typing import Any, TypeVar

Found = TypeVar("Found")
Key = TypeVar("Key")

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


def kept(
    compute: Callable[[Any], Found], state: Callable[[Any], object] = lambda _: None
) -> Callable[[Any], Found]:
    """Return a function of an object that keeps what it returned with the object, and computes again only in another state of it."""
    name = f"kept {compute.__name__}"

    def kept_or_computed(one: Any) -> Found:
        before: tuple[object, Found] | None = one.__dict__.get(name)
        if before is None or before[0] != state(one):
            before = one.__dict__[name] = (state(one), compute(one))
        return before[1]

    return kept_or_computed


def keep(known: dict[Key, Found], key: Key, found: Found, most: int) -> None:
    """Add what was found to what is known; of more than `most` the first ones go."""
    while len(known) >= most:
        known.pop(next(iter(known)))
    known[key] = found
