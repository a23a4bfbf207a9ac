"""Worker processes of which each does one piece of work at a time: one that ends costs its piece one retry, and no other any."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Generic, TypeVar

from reportgen.runtime.records import dataclass

Item = TypeVar("Item")
Result = TypeVar("Result")

PIECES = 200
"""Pieces of work after which a process is replaced, so that what libraries never give back does not add up."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Item, Result]):
    """A piece of work with its result; None where every process that began it ended, `attempts` of them."""

    item: Item
    result: Result | None
    attempts: int


@dataclass(slots=True)
class _Seat:
    """One process and what it is at."""

    executor: Executor
    pieces: int = 0


def worked(
    items: Iterable[Item],
    work: Callable[[Item], Result],
    start: Callable[[], Executor],
    count: int,
    attempts: int = 2,
) -> Iterator[Done[Item, Result]]:
    """Yield the results of `work` as they come; `start` starts an executor of one process, `count` of them work side by side.

    Items are taken when a process is free. When this generator is closed, what is under way is finished first.
    """
    waiting: deque[tuple[Item, int]] = deque()
    source = iter(items)
    seats = [_Seat(start()) for _ in range(count)]
    busy: dict[Future[Result], tuple[_Seat, Item, int]] = {}
    try:
        while True:
            taken = {id(seat) for seat, _, _ in busy.values()}
            for seat in (seat for seat in seats if id(seat) not in taken):
                if (piece := _next(waiting, source)) is None:
                    break
                _renew(seat, start)
                busy[seat.executor.submit(work, piece[0])] = (seat, *piece)
            if not busy:
                return
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                seat, item, before = busy.pop(future)
                try:
                    yield Done(item, future.result(), before + 1)
                except BrokenExecutor:
                    seat.executor.shutdown(wait=False)
                    seat.executor, seat.pieces = start(), 0
                    if before + 1 < attempts:
                        waiting.append((item, before + 1))
                    else:
                        yield Done(item, None, before + 1)
    finally:
        for seat in seats:
            seat.executor.shutdown(wait=True, cancel_futures=True)


def _next(waiting: "deque[tuple[Item, int]]", source: Iterator[Item]) -> tuple[Item, int] | None:
    """Return the next piece with the number of processes that have begun it: one that is to be repeated first."""
    if waiting:
        return waiting.popleft()
    for item in source:
        return item, 0
    return None


def _renew(seat: _Seat, start: Callable[[], Executor]) -> None:
    """Count a piece of work, and replace a process that has done its share."""
    if seat.pieces >= PIECES:
        seat.executor.shutdown(wait=True)
        seat.executor, seat.pieces = start(), 0
    seat.pieces += 1
