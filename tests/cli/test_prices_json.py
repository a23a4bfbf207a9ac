"""`reportgen prices ... --json`: every command answers in the one shape, and says nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_prices import ROW, run
from tests.prices.books import book
from tests.schema.checks.test_prices import booked

DAY = ("--on", "2026-11-24")


def answer(command: str, *arguments: str | Path, status: int = 0) -> Any:
    """Run a command with --json; return its result, the rest of the shape checked."""
    done = run(command, *arguments, "--json")
    assert (done.exit_code, done.stderr) == (status, "")
    found = json.loads(done.stdout)
    assert set(found) == {"schema", "command", "ok", "result", "problems"}
    assert (found["schema"], found["command"]) == ("reportgen.output/1", f"prices {command}")
    return found if found["problems"] else found["result"]


def test_find_and_show(tmp_path: Path) -> None:
    """An item with its rates as the book has them, amounts by component; of models of the package the newest price."""
    path = book(tmp_path)
    found = answer("find", "h100", "--book", path)["items"]
    assert [one["id"] for one in found] == ["h100"]
    rate = {
        "effective": "2026-10-19", "amounts": {"per_gpu_hour": 3.99}, "basis": "list", "verified": "2026-11-09", "source": "Price list",
        "note": None,
    }  # fmt: skip
    assert found[0]["rates"] == [rate]
    assert answer("show", "h100", "--book", path)["rates"] == [rate]
    models = answer("find", "mistral-large", "--book", path)["models"]
    assert "mistral" in {one["provider"] for one in models}


def test_update_writes_only_where_asked(tmp_path: Path) -> None:
    """The state of every item, and whether the book was written."""
    path = book(tmp_path, ("provider: acme", "provider: mistral"), ("model: swift", "model: mistral-large-4"))
    before = path.read_bytes()
    found = answer("update", "--book", path, *DAY)
    assert [(one["item"], one["state"], found["written"]) for one in found["items"]] == [
        ("swift", "new", False)
    ]
    assert path.read_bytes() == before
    assert answer("update", "--book", path, *DAY, "--write")["written"]
    assert not answer("update", "--book", path, *DAY, "--write")["written"]


def test_import_with_what_is_doubtful(tmp_path: Path) -> None:
    """Entries as they would stand in the book; a price under half of the book's is a problem, a warning."""
    rows, path = tmp_path / "cloud.csv", book(tmp_path)
    rows.write_text(ROW.format("3.50"), encoding="utf-8")
    found = answer("import", "gpuhunt", rows, "--match", "h100", "--book", path, *DAY)
    assert [(one["item"], one["state"], one["amounts"]) for one in found["entries"]] == [
        ("h100", "new rate", {"per_gpu_hour": 3.5})
    ]
    assert (found["more"], found["written"]) == (0, False)
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(ROW.format("1.00"), encoding="utf-8")
    doubtful = answer("import", "gpuhunt", elsewhere, "--match", "h100", "--book", path, *DAY)
    assert doubtful["ok"]
    assert [one["severity"] for one in doubtful["problems"]] == ["warning"]
    assert doubtful["problems"][0]["path"] == "elsewhere-h100-sxm-north"


def test_add_shows_the_item(tmp_path: Path) -> None:
    """A model of the package as an item, nothing written."""
    found = answer("add", "mistral", "mistral-large-4", "--book", book(tmp_path), *DAY)
    assert not found["written"]
    assert found["quotes"][-1]["amounts"]["input"] > 0


@pytest.mark.slow
def test_diff_of_books_and_of_a_case(tmp_path: Path) -> None:
    """3.99 becomes 4.99: the amounts before and after; the same books differ in nothing."""
    path, newer = book(tmp_path), tmp_path / "newer"
    newer.mkdir()
    other = book(newer, ("per_gpu_hour: 3.99", "per_gpu_hour: 4.99"))
    (one,) = answer("diff", path, other)["differences"]
    assert (one["item"], one["kind"], one["from"]) == ("h100", "changed", "2026-10-19")
    assert (one["before"], one["after"]) == ({"per_gpu_hour": 3.99}, {"per_gpu_hour": 4.99})
    assert answer("diff", path, path) == {"differences": [], "case": None}
    case = booked(tmp_path)
    prices = case.with_name("prices.yaml")
    dearer = newer / "dearer.yaml"
    dearer.write_text(prices.read_text("utf-8").replace("input: 0.75", "input: 0.80"), encoding="utf-8")
    effect = answer("diff", prices, dearer, "--case", case)["case"]
    assert not effect["flipped"]
    assert effect["before"]["recommended"] == effect["after"]["recommended"]
    assert any(value > 0 for value in effect["effects"][0]["tco"].values())


@pytest.mark.parametrize("command", ["find", "show", "check", "update", "add", "import", "diff"])
def test_every_command_has_json_and_quiet(command: str) -> None:
    """Both options are named in the help of every command."""
    shown = run(command, "--help").stdout
    assert "--json" in shown
    assert "--quiet" in shown
