"""The small case of the model's tests, and the findings of a kind in it."""

from collections.abc import Callable

import pytest

from reportgen.results.checks import Finding
from tests.model.conftest import worked
from tests.model.worked import Work

__all__ = ["found", "worked"]
Find = Callable[..., tuple[Finding, ...]]


@pytest.fixture
def found(worked: Work) -> Find:
    """List the findings of one kind on a small case, in their order."""

    def of(kind: str, *case: object, **parts: object) -> tuple[Finding, ...]:
        return tuple(one for one in worked(*case, **parts).results.findings if one.kind == kind)

    return of
