"""Files that a case names lie in its folder, unless it is said otherwise."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportgen.cli import app
from reportgen.errors import InputError
from reportgen.schema.loading.load import load_case
from tests.paths import INPUTS


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Write the smallest case in a folder, its price book outside of it."""
    book = tmp_path / "prices.yaml"
    book.write_text((INPUTS / "prices.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "mine" / "small.yaml"
    path.parent.mkdir()
    text = (INPUTS / "small.yaml").read_text(encoding="utf-8")
    path.write_text(f"{text}price_book: ../prices.yaml\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["../prices.yaml", "{root}/prices.yaml", "link.yaml"])
def test_a_price_book_outside_is_refused(case: Path, name: str) -> None:
    """By dots, by a root and by a link: refused at the key, before it is read."""
    (case.parent / "link.yaml").symlink_to(case.parent.parent / "prices.yaml")
    (case.parent.parent / "prices.yaml").write_text("not: a book", encoding="utf-8")
    named = name.format(root=case.parent.parent)
    case.write_text(case.read_text(encoding="utf-8").replace("../prices.yaml", named), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_case(case)
    assert [one.path for one in raised.value.problems] == ["price_book"]
    assert "lies outside of the folder of this file" in raised.value.problems[0].sentence


@pytest.mark.slow
def test_allowed_for_one_command(case: Path) -> None:
    """With --allow-outside the command reads it; afterwards it is refused again."""
    done = CliRunner().invoke(app, ["check", str(case), "--quiet", "--allow-outside"])
    assert done.exit_code == 0
    with pytest.raises(InputError, match="lies outside"):
        load_case(case)
