"""Small cases for the tests of certainty, with as many futures as a case has by default."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.model.worked import Part, Work, Worked, work


@pytest.fixture
def worked(tmp_path: Path) -> Work:
    """Work small cases out."""

    def of(options: Mapping[str, Part], **parts: Any) -> Worked:
        return work(tmp_path, options, **{"simulation": {"draws": 10_000}, **parts})

    return of
