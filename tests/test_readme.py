"""The README is true: its commands exist, its samples are what the program prints, its files are there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from typer.main import get_command

from reportgen import cli
from reportgen.errors import InputError, ReportgenError, SurroundingsError
from reportgen.schema.loading.load import load_case
from tests.paths import ROOT

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
CASE = ROOT / "inputs" / "one-billion-tokens.yaml"
LARGEST_PICTURE = 300_000


def section(title: str) -> str:
    """Give the text under a heading, up to the next one of its level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"the README has no section {title}"
    return found[1]


def blocks(text: str, language: str = "") -> list[str]:
    """List the fenced blocks of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def ran(folder: Path, *arguments: str) -> str:
    """Run the program in a folder, and give all that it prints, in order."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "reportgen", *arguments]
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=environment
    )
    return done.stdout.decode()


def test_what_it_says_is_what_a_build_prints(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The first command, run where its inputs are: every line it prints; `--golden` writes them anew."""
    (tmp_path / "inputs").symlink_to(ROOT / "inputs")
    printed = ran(tmp_path, "build", "inputs/one-billion-tokens.yaml")
    (shown,) = blocks(section("What it says"))
    if request.config.getoption("--golden"):
        README.write_text(TEXT.replace(shown, printed), encoding="utf-8")
        return
    assert printed.splitlines() == shown.splitlines()


def test_the_two_commands_are_those_of_the_set_up() -> None:
    """Each is one line, sets itself up, and the second is what runs on every change."""
    first, second = (block.strip() for block in blocks(section("Two commands"), "sh"))
    assert first == "sh .ci/setup && .venv/bin/reportgen build inputs/one-billion-tokens.yaml"
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_sample_of_a_case_is_one(tmp_path: Path) -> None:
    """Its options and risks, put over those of the shipped case, load without a problem."""
    (sample,) = (yaml.safe_load(block) for block in blocks(section("A case"), "yaml"))
    whole = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    for key, option in sample["options"].items():
        whole["options"][key].update(option)
    whole["risks"] = [r for r in whole["risks"] if r["name"] not in {s["name"] for s in sample["risks"]}]
    whole["risks"] += sample["risks"]
    path = tmp_path / "sample.yaml"
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    assert load_case(path).options["self_hosted"].name == "Self-hosted GPUs"


def test_the_sample_of_a_problem_is_told_so(tmp_path: Path) -> None:
    """A zero written for the GPUs of a replica: place, line, caret and sentence, wherever in the file it stands."""
    (sample,) = blocks(section("A case"))
    before = "    gpus_per_replica: 2\n"
    text = CASE.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "inputs").mkdir()
    path = tmp_path / "inputs" / "acme.yaml"
    path.write_text(text.replace(before, before.replace("2", "0"), 1), encoding="utf-8")
    printed = ran(tmp_path, "check", "inputs/acme.yaml")
    line = text[: text.index(before)].count("\n") + 1
    expected = sample.replace(":14:", f":{line}:").replace("  14 |", f"{line:>4} |")
    assert printed.startswith(expected)


def _names(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _names(inner, (*path, name))


def test_commands_and_their_options_exist() -> None:
    """Every `reportgen ...` in the text names a command, and every option of it one that the command has."""
    known = dict(_names(get_command(cli.app)))
    said = [
        text.split("reportgen ", 1)[1].split()
        for text in (*re.findall(r"`([^`\n]+)`", TEXT), *"".join(blocks(TEXT, "sh")).splitlines())
        if "reportgen " in text
    ]
    seen = set()
    for words in said:
        path = tuple(words[:2]) if tuple(words[:2]) in known else tuple(words[:1])
        assert path in known, words
        seen.add(path)
        options = {name for p in known[path].params for name in (*p.opts, *p.secondary_opts)}
        asked = {word for word in words if word.startswith("-")}
        assert asked <= options | {"--help", "-h"}, words
    assert {("build",), ("check",), ("explain",), ("compare",), ("verify",)} <= seen


def test_every_command_is_in_the_readme() -> None:
    """A command that nobody reads of might as well not be there."""
    for path, _ in _names(get_command(cli.app)):
        if len(path) == 1:
            assert f"reportgen {path[0]}" in TEXT, path


def test_exit_statuses_are_those_of_the_program() -> None:
    """The numbers of the section, and those that the errors and commands exit with."""
    said = {
        int(number)
        for number in re.findall(r"(?:^|; )(\d+) ", section("Exit status").replace("\n", " ").strip())
    }
    errors = {InputError.status, SurroundingsError.status, ReportgenError.status}
    assert said == errors | {0, click.UsageError.exit_code, cli.CHECK_FAILS, cli.INTERRUPTED, cli.BUG}


def test_files_that_it_names_are_there() -> None:
    """Pictures of a sensible size, and paths of the project."""
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 2
    for name in pictures:
        assert 10_000 < (ROOT / name).stat().st_size < LARGEST_PICTURE, name
    paths = set(re.findall(r"`((?:inputs|templates|tests|reportgen)/[\w./-]+)`", TEXT))
    assert len(paths) >= 4
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
