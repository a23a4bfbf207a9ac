"""Cases in an editor with a YAML language server: nothing is marked in a shipped one, slips are marked in their line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.scaffold.examples import copy_examples
from tests.editors.language_server import Editor, editor
from tests.paths import INPUTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("language server")]

SHIPPED = sorted(path.name for path in INPUTS.glob("*.yaml") if path.name != "usual.yaml")
SLIPS = {
    "unknown key": ("annual_growth: {", "anual_growth: {"),
    "text for a number": ("hours_per_month: 730", "hours_per_month: many"),
    "share above 1": ("output_share: {value: 0.25,", "output_share: {value: 25,"),
    "negative volume": ("tokens_per_month: {value: 1000,", "tokens_per_month: {value: -1000,"),
    "unknown kind": ("    kind: platform", "    kind: platfrom"),
    "text for years": ("  years: 3", "  years: three"),
    "too many years": ("  years: 3", "  years: 30"),
    "unknown key of an assumption": ("{value: 0.03, low: 0.0, high: 0.05,", "{value: 0.03, lowest: 0.0, high: 0.05,"),
    "unknown section": ("\nbridge: {", "\nbrigde: {"),
    "missing title": ("  title: Serving one billion tokens a month\n", ""),
}  # fmt: skip
"""What is written in place of what; the line of the slip is that of the second text, of what is missing that of its section."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the examples, as `reportgen examples` does."""
    made = tmp_path_factory.mktemp("editor")
    copy_examples(made)
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Editor]:
    """Start a language server over the examples."""
    with editor(folder) as made:
        yield made


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_marked_in_what_is_shipped(server: Editor, folder: Path, name: str) -> None:
    """The schema, named in the first line, has nothing against a shipped case or the price book."""
    assert (folder / name).read_text("utf-8").startswith("# yaml-language-server: $schema=")
    assert server.diagnostics(folder / name) == []


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_marked_in_its_line(server: Editor, folder: Path, slip: str) -> None:
    """One slip in a case is marked in its line, and in no other."""
    before, after = SLIPS[slip]
    text = (folder / "one-billion-tokens.yaml").read_text("utf-8")
    assert before in text
    path = folder / f"{slip.replace(' ', '-')}.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    at = text.index(before)
    line = text[:at].count("\n") + before.startswith("\n") - (not after)
    assert {one["range"]["start"]["line"] for one in server.diagnostics(path)} == {line}


def test_a_hover_says_unit_usual_and_source(server: Editor, folder: Path) -> None:
    """Over `utilisation` stand its unit, what it usually is, and who says so."""
    path = folder / "one-billion-tokens.yaml"
    server.diagnostics(path)
    lines = path.read_text("utf-8").splitlines()
    line = next(at for at, one in enumerate(lines) if one.lstrip().startswith("utilisation:"))
    found = server.hover(path, line, lines[line].index("utilisation") + 2)
    assert "The share of that throughput that is used, averaged over the day (%)." in found
    assert "Usually 0.35. Teams plan with 70-80% and reach 20-40%" in found
    assert "hosting language models)" in found
