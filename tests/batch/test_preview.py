"""The preview: a server on the loopback address alone, with a page, its frame and the number of builds."""

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from reportgen.batch.preview import LOOPBACK, Builds, Preview, preview


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Preview]:
    """Serve a page of one line."""
    (tmp_path / "page.html").write_text("<p>first</p>", encoding="utf-8")
    with preview(tmp_path / "page.html") as found:
        yield found


def asked(address: str, **headers: str) -> str:
    """Return what the server answers."""
    with urlopen(Request(address, headers=headers), timeout=10) as answer:  # noqa: S310  an address of this machine
        return str(answer.read().decode())


def test_page_stands_in_a_frame_that_follows_builds(shown: Preview) -> None:
    """The frame loads the page, and asks for the number of the next build."""
    assert 'src="/page.html"' in asked(shown.address)
    assert "location.reload" in asked(f"{shown.address}frame.js")
    assert asked(f"{shown.address}page.html") == "<p>first</p>"
    assert asked(f"{shown.address}build?after=0") == "1"
    shown.builds.add()
    assert asked(f"{shown.address}build?after=1") == "2"


def test_waiting_ends_without_a_build() -> None:
    """Who waits for a build that does not come gets the number of the last one."""
    assert Builds().wait(1, seconds=0.01) == 1


def test_only_this_machine_is_answered(shown: Preview) -> None:
    """The address is that of this machine, another host's name is refused, and no other file is given out."""
    assert shown.address.startswith(f"http://{LOOPBACK}:")
    for address, host in ((shown.address, "example.org"), (f"{shown.address}../secret", LOOPBACK)):
        with pytest.raises(HTTPError):
            asked(address, Host=host)
