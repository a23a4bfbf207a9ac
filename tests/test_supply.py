"""What is installed is known: the lock file holds every dependency with hashes, and every licence is listed."""

import os
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import pytest_runtest_makereport
from tests.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = ("prices", "watch", "usage")
LOCK = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
LICENCES = dict(
    line.split(": ", 1)
    for line in (ROOT / ".ci" / "licences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
FREE = {
    "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "ISC", "PSF-2.0", "Apache-2.0", "MPL-2.0", "MPL-1.1",
    "LGPL-2.1-or-later",
}  # fmt: skip
"""Licences under which a program of any licence may use a package; where there is a choice, one of them is enough."""
WORDS = {
    "BSD": r"BSD|0BSD", "MIT": r"MIT", "Apache": r"Apache", "MPL": r"MPL|Mozilla", "ISC": r"ISC", "PSF": r"PSF|Python",
    "GPL": r"GPL|General Public",
}  # fmt: skip


def locked() -> dict[str, list[tuple[str, int]]]:
    """Return the versions of each locked package, each with the number of its hashes."""
    out: dict[str, list[tuple[str, int]]] = {}
    for entry in re.split(r"\n(?=\S)", LOCK.strip()):
        found = re.match(r"([a-z0-9-]+)==([\w.]+)", entry)
        assert found, entry[:80]
        out.setdefault(found[1], []).append((found[2], entry.count("--hash=sha256:")))
    return out


def numbers(version: str) -> tuple[int, ...]:
    """Return the parts of a version."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def wanted() -> list[str]:
    """Return the requirements of the program and of the extras that are installed with it."""
    extras = (one for extra in EXTRAS for one in PROJECT["optional-dependencies"][extra])
    return [*PROJECT["dependencies"], *extras]


def test_every_entry_has_hashes_and_no_place() -> None:
    """Each version has its hashes; no address of a registry, of which everybody has their own."""
    assert all(count for versions in locked().values() for _, count in versions)
    assert "://" not in LOCK
    assert "index-url" not in LOCK


@pytest.mark.parametrize("requirement", wanted())
def test_the_lock_keeps_what_is_required(requirement: str) -> None:
    """The lock is fresh: each requirement stands in it, in a version that it allows."""
    name, operator, version = re.split("(>=|==)", requirement)
    versions = [numbers(one) for one, _ in locked()[name.replace("_", "-").replace(".", "-").lower()]]
    bound = numbers(version)
    assert all(one[: len(bound)] == bound if operator == "==" else one >= bound for one in versions)


def test_every_licence_is_listed_and_free() -> None:
    """The list names every locked package and no other; each may be used by a program of any licence."""
    assert set(LICENCES) == set(locked())
    for name, licence in LICENCES.items():
        parts = [re.split(" OR ", part.strip("()")) for part in re.split(r" AND (?=\(|\S+$)", licence)]
        assert all(FREE & {one.strip("()") for one in choice} for choice in parts), name


@pytest.mark.parametrize("name", LICENCES)
def test_what_is_installed_says_the_same(name: str) -> None:
    """The metadata of an installed package has the words of the licence that is listed."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here.")
    said = " ".join(
        [
            found.get("License-Expression") or "",
            (found.get("License") or "")[:300],
            *(found.get_all("Classifier") or ()),
        ]
    )
    family = next(words for word, words in WORDS.items() if word in LICENCES[name])
    assert re.search(family, said), said


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


@pytest.mark.xdist_group("one process")
def test_tests_that_share_work_share_a_process(request: pytest.FixtureRequest) -> None:
    """In a process of several, a test's group is part of its address: the versions of pytest and pytest-xdist fit each other."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert request.node.nodeid.endswith("@one process") != alone
