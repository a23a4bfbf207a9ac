"""Random numbers by name: each assumption and each risk has a stream of its own, whatever else is drawn."""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Stream:
    """An endless row of random numbers between 0 and 1, fixed by a seed and a name.

    Why: an option, a range or a risk added to a case changes no number drawn for the others, so that the futures
    of two editions differ in what was changed and in nothing else.
    """

    def __init__(self, seed: int, name: str) -> None:
        digest = sha256(f"{seed}:{name}".encode()).digest()
        self._numbers = np.random.Generator(np.random.Philox(key=int.from_bytes(digest[:16], "big")))

    def take(self, count: int) -> Array:
        """Take the next numbers: shape (count, 1), above 0 and below 1."""
        return np.maximum(self._numbers.random((count, 1)), np.finfo(float).tiny)
