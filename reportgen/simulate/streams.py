"""Streams of random numbers, one for each assumption and each risk, independent of what else is drawn."""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Stream:
    """An endless sequence of uniform random numbers, determined by a seed and a name.

    Why: an option, a range or a risk added to a case changes no number drawn for the others, so that the futures
    of two editions differ only in what was changed.
    """

    def __init__(self, seed: int, name: str) -> None:
        digest = sha256(f"{seed}:{name}".encode()).digest()
        self._numbers = np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "big")))

    def take(self, count: int) -> Array:
        """Return the next numbers: shape (count, 1), above 0 and below 1."""
        return np.maximum(self._numbers.random((count, 1)), np.finfo(float).tiny)
