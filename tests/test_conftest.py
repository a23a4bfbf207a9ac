"""What the tests share does what it says."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import pytest_runtest_makereport


def outcome(reason: str) -> str:
    """Return what becomes of a test that was skipped for a reason."""
    report: Any = SimpleNamespace(
        skipped=True, longrepr=("test_it.py", 1, f"Skipped: {reason}"), outcome="skipped"
    )
    hook = pytest_runtest_makereport()
    next(hook)
    with pytest.raises(StopIteration) as done:
        hook.send(report)
    return str(done.value.value.outcome)


def test_a_program_that_the_set_up_installs_must_be_there_on_every_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With CI=true a test skipped without Node fails; one that another system could not run stays skipped."""
    missing = "Node is not installed: sh .ci/setup test installs it"
    monkeypatch.setenv("CI", "true")
    assert outcome(missing) == "failed"
    assert outcome("has no such signal") == "skipped"
    monkeypatch.delenv("CI")
    assert outcome(missing) == "skipped"
