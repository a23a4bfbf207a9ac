"""The page as a file: its size, its policy, and what it is without a script."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from reportgen.files import templates
from reportgen.live.contents import contents, page_layout
from reportgen.report.composition import paper_of
from reportgen.report.views.context import ViewContext
from tests.agreement.cases import SHIPPED, analysis_of
from tests.live.browser import written
from tests.paths import INPUTS, large_cases

LARGEST = INPUTS / "ten-to-twenty-billion-tokens.yaml"
MOST_BYTES = 900_000


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the page of the first shipped case."""
    return written(analysis_of(SHIPPED), tmp_path_factory.mktemp("live") / "page.html").read_text(
        encoding="utf-8"
    )


def policy(html: str) -> dict[str, list[str]]:
    """Return the directives of a page's policy."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return {name: rest for name, *rest in (part.split() for part in found[1].split(";"))}


def digest(text: str) -> str:
    """Return the hash of a text as a policy has it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_policy_names_every_script_and_style_by_its_hash(html: str) -> None:
    """Nothing is loaded; exactly the scripts and styles of the page may apply; no style stands in an attribute."""
    rules = policy(html)
    scripts = re.findall(r"<script(?: id=\"engine\")?>(.*?)</script>", html, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [digest(script) for script in scripts]
    assert len(scripts) == 2
    assert rules["style-src"] == [digest(style) for style in styles]
    assert rules["worker-src"] == ["blob:"]
    assert "unsafe" not in str(rules)
    assert ' style="' not in html.partition("<script")[0]


@pytest.mark.slow
def test_without_scripts_it_is_the_paper(html: str) -> None:
    """The live parts are hidden until a script shows them; the paper stands beside them, its appendices folded."""
    assert re.search(r'<section class="sec live" id="live"[^>]* hidden>', html)
    assert '<h2 id="decision"' in html
    assert html.count("<details><summary>Appendix") >= 4


@pytest.mark.slow
@large_cases
def test_the_largest_case_stays_small(tmp_path: Path) -> None:
    """Model, paper and fonts of the largest shipped case stay below 900 kB."""
    assert written(analysis_of(LARGEST), tmp_path / "page.html").stat().st_size < MOST_BYTES


def test_controls_are_the_inputs_of_the_case() -> None:
    """Every number that the case states has a control with its value, bounds and unit; the volume comes first."""
    analysis = analysis_of(SHIPPED)
    layout, values = page_layout(analysis)
    found = contents(analysis, ViewContext.from_paper(paper_of(analysis)), layout)
    usual: Any = found["usual"]
    controls = {one["path"]: usual | one for one in found["controls"]}  # type: ignore[attr-defined]
    stated = {
        row.path for row in analysis.assumptions if row.given and row.is_input and row.unit.kind != "date"
    }
    assert stated <= controls.keys()
    assert (
        min((one for one in controls.values() if one["first"] >= 0), key=lambda one: one["first"])["path"]
        == "workload.tokens_per_month"
    )
    assert all(one["value"] == values[path] for path, one in controls.items())


def test_scripts_are_part_of_the_package() -> None:
    """What the page is made from lies among the templates, which the wheel carries."""
    names = {path.name for path in (templates() / "live").iterdir()}
    assert {"functions.js", "model.js", "futures.js", "page.js", "worker.js", "panel.html.j2"} <= names
