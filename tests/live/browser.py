"""A page of a case in Chromium, as a user has it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reportgen.analysis import Analysis
from reportgen.files import templates
from reportgen.live.page import live_parts
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.web import write_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: sh .ci/setup test installs it"
)
PATIENCE = 180_000
"""Milliseconds that a step may take on a machine with other work."""


def written(analysis: Analysis, target: Path) -> Path:
    """Write the page of an analysed case."""
    folders, paper = Folders(templates()), paper_of(analysis)
    write_html(paper, target, folders, live_parts(analysis, paper, folders))
    return target


@dataclass
class Opened:
    """A page, with what it loaded and what it complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """Return what an element shows."""
        return str(self.page.inner_text(selector))

    def show_model(self) -> None:
        """Scroll to the live model, and wait until its futures are drawn."""
        self.page.evaluate("document.getElementById('live').scrollIntoView({ behavior: 'instant' })")
        self.settle(0)

    def settled(self) -> int:
        """Return the number of the last change whose futures are drawn."""
        return int(self.page.get_attribute("html", "data-settled") or 0)

    def settle(self, before: int) -> None:
        """Wait until the futures of a later change are drawn."""
        while self.settled() <= before:
            self.page.wait_for_timeout(50)

    def type(self, label: str, value: str) -> None:
        """Type a value into the control of an assumption, and wait for what follows from it."""
        before = self.settled()
        self.page.get_by_label(label, exact=False).and_(self.page.locator("input[type=number]")).first.fill(
            value
        )
        self.settle(before)


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the system's Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Any, file: Path, *, hash_: str = "", width: int = 1200, scheme: str = "light") -> Opened:
    """Open a page, recording its requests and errors."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    found = Opened(page)
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("console", lambda message: found.complaints.append(message.text))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.goto(f"{file.as_uri()}{hash_}", timeout=PATIENCE)
    return found
