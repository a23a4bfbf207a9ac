"""What all tests share: where tests run, and the option that writes golden texts anew."""

import gc
import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.paths import LARGE, ROOT, large_cases

DATA = ROOT.parent / "shared" / "data"
"""Tables that the shipped cases quote; they are not part of the project."""
SET_UP = "sh .ci/setup test"
"""What installs the programs of the tests; the reason of every test that is skipped without one names it."""


def pytest_configure() -> None:
    """Collect garbage less often: what a test process works out it keeps, and looking through it takes a twentieth of the run."""
    gc.set_threshold(200_000, 20, 20)


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is long as slow, send tests that share a case or a fixture to one process, leave provenance out without its tables."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.slow)
        shared = _case_of(item) or _sharing(item)
        if shared in LARGE:
            item.add_marker(large_cases)
        elif shared and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(shared))
    if DATA.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("provenance")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _case_of(item: pytest.Item) -> str | None:
    """Name the case file that a test takes as its parameter."""
    parameters = (
        item.callspec.params.values()
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else ()
    )
    return next((one.stem for one in parameters if isinstance(one, Path) and one.suffix == ".yaml"), None)


def _sharing(item: pytest.Item) -> str | None:
    """Name the module of a test that takes a fixture made once per module, or the folder of one that is made once per run."""
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    used = [found[-1] for name, found in fixtures.items() if name[0] != "_"]
    if any(one.scope == "module" for one in used):
        return item.location[0]
    return next((one.baseid for one in used if one.scope == "session" and one.baseid), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what is skipped for want of a program that the set-up installs, where the run has to prove everything."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and SET_UP in str(report.longrepr):
        report.outcome = "failed"
    return report


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of processes of `-n auto`: half as many again as processors where slow tests run.

    Why: slow tests wait for LibreOffice, Chromium and builds that are stopped; the others keep the processors busy.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors if "not slow" in config.getoption("markexpr") else processors + processors // 2


def pytest_report_header() -> str | None:
    """Say that tests of provenance are left out."""
    return (
        None
        if DATA.is_dir()
        else "The tables that the shipped cases quote are not here: tests marked provenance are left out."
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--golden`."""
    parser.addoption("--golden", action="store_true", help="write the golden texts anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the stored one at a path of the project, or store it with `--golden`."""

    def compare(name: str, text: str) -> None:
        path = ROOT / name
        if request.config.getoption("--golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text.splitlines() == stored.splitlines(), (
            f"{name} has changed. Look at the change, then run: pytest tests/golden tests/test_readme.py --golden"
        )

    return compare
