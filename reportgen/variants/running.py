"""A sweep in chunks over an executor: results in the order of the variants, few chunks in memory at a time."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future

from reportgen.runtime.records import dataclass
from reportgen.variants.evaluation import Evaluator, Figures
from reportgen.variants.grid import Columns, Variants

CHUNK = 2_500
"""Variants in one piece of work."""
AHEAD = 4
"""Pieces of work submitted for each worker, so that none waits for the next one."""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive variants with their values and figures; `start` is the place of the first."""

    start: int
    columns: Columns
    figures: Figures

    def __len__(self) -> int:
        """Return the number of variants."""
        return len(self.figures.lead)


def evaluated(evaluator: Evaluator, variants: Variants, executor: Executor, workers: int) -> Iterator[Block]:
    """Yield the blocks of a sweep in order; at most `AHEAD` pieces of work for each worker are under way."""
    waiting: deque[tuple[int, Columns, Future[Figures]]] = deque()
    for start in range(0, len(variants), CHUNK):
        columns = variants.columns(start, start + CHUNK)
        waiting.append((start, columns, executor.submit(evaluator.evaluate, columns)))
        if len(waiting) >= AHEAD * workers:
            yield _block(*waiting.popleft())
    while waiting:
        yield _block(*waiting.popleft())


def _block(start: int, columns: Columns, future: Future[Figures]) -> Block:
    return Block(start, columns, future.result())
