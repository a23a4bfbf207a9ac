"""What all tests share: the option that writes golden texts anew."""

from collections.abc import Callable

import pytest

from tests.paths import ROOT


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
