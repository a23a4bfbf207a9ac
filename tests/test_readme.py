"""The documents are true: commands exist, the samples are what the program prints, the files named are there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from typer.main import get_command

from reportgen import cli
from reportgen.errors import InputError, ReportgenError, SurroundingsError
from tests.paths import ROOT

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
GUIDE = ROOT / "inputs" / "README.md"
DOCUMENTS = (
    README,
    GUIDE,
    ROOT / "CONTRIBUTING.md",
    ROOT / "tests" / "README.md",
    ROOT / "reportgen" / "README.md",
)
LARGEST_PICTURE = 300_000
PLACE = re.compile(
    r"`((?:inputs|templates|tests|reportgen|\.ci)/[\w./-]+|(?:README|CONTRIBUTING|CHANGELOG)\.md)`|\]\((?!https?:)([^)#]+)\)"
)


def section(title: str, text: str = TEXT) -> str:
    """Give the text under a heading, up to the next one of its level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {title}"
    return found[1]


def blocks(text: str, language: str = "") -> list[str]:
    """List the fenced blocks of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def small_case(folder: Path) -> Path:
    """Save the case that the README shows, under the name that its commands use."""
    (sample,) = blocks(section("A case of your own"), "yaml")
    path = folder / "mine.yaml"
    path.write_text(sample, encoding="utf-8")
    return path


def ran(folder: Path, *arguments: str, status: int = 0) -> str:
    """Run the program in a folder, and give all that it prints, in order."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "reportgen", *arguments]
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=environment
    )
    printed = done.stdout.decode()
    assert done.returncode == status, printed
    return printed


@pytest.mark.slow
def test_the_case_of_the_readme_is_built_as_it_says(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The small case, built: every line printed is the README's, and the files are there; `--golden` writes anew."""
    small_case(tmp_path)
    printed = ran(tmp_path, "build", "mine.yaml")
    (shown,) = blocks(section("A case of your own"))
    if request.config.getoption("--golden"):
        README.write_text(TEXT.replace(f"```\n{shown}```", f"```\n{printed}```"), encoding="utf-8")
        return
    assert printed.splitlines() == shown.splitlines()
    for ending in ("xlsx", "pdf", "json"):
        assert f"out/mine.{ending}" in section("What comes out")
        assert (tmp_path / "out" / f"mine.{ending}").stat().st_size > 10_000


@pytest.mark.slow
def test_the_case_of_the_readme_has_the_answer_shown(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """`check` on the small case finds no problem and prints the sentence of the answer that the README shows."""
    if request.config.getoption("--golden"):
        pytest.skip("the README is being written")
    small_case(tmp_path)
    (shown,) = blocks(section("A case of your own"))
    (answer,) = (line for line in shown.splitlines() if "has the lowest full cost" in line)
    assert answer in ran(tmp_path, "check", "mine.yaml").splitlines()


def test_the_two_commands_are_those_of_the_set_up() -> None:
    """Each is one line, sets itself up, and the second is what runs on every change."""
    first, second = (block.strip() for block in blocks(section("Two commands"), "sh"))
    assert first == "sh .ci/setup && .venv/bin/reportgen build inputs/one-billion-tokens.yaml"
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
def test_the_sample_of_a_problem_is_told_so(tmp_path: Path) -> None:
    """A zero for the GPUs of a replica in the README's case: place, line, caret and sentence are the guide's."""
    (sample,) = blocks(section("Problems", GUIDE.read_text(encoding="utf-8")))
    path = small_case(tmp_path)
    text = path.read_text(encoding="utf-8")
    changed = text.replace("gpus_per_replica: 4", "gpus_per_replica: 0")
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert ran(tmp_path, "check", "mine.yaml", status=InputError.status).startswith(sample)


def _names(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _names(inner, (*path, name))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_and_their_options_exist(document: Path) -> None:
    """Every `reportgen ...` of a document names a command, and every option of it one that the command has."""
    text = document.read_text(encoding="utf-8")
    known = dict(_names(get_command(cli.app)))
    said = [
        part.split("reportgen ", 1)[1].split()
        for part in (*re.findall(r"`([^`\n]+)`", text), *"".join(blocks(text, "sh")).splitlines())
        if re.match(r"(?:.*/|.*-m )?reportgen ", part)
    ]
    for words in said:
        path = tuple(words[:2]) if tuple(words[:2]) in known else tuple(words[:1])
        assert path in known, words
        options = {name for p in known[path].params for name in (*p.opts, *p.secondary_opts)}
        asked = {word for word in words if word.startswith("-")}
        assert asked <= options | {"--help", "-h"}, words
    assert said or document not in (README, GUIDE)


def test_every_command_is_in_the_readme() -> None:
    """A command that nobody reads of might as well not be there."""
    for path, _ in _names(get_command(cli.app)):
        if len(path) == 1:
            assert f"reportgen {path[0]}" in TEXT, path


def test_exit_statuses_are_those_of_the_program() -> None:
    """The numbers that the README gives, and those that the errors and commands exit with."""
    found = re.search(r"^Exit status: (.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    said = {int(number) for number in re.findall(r"(?:^|; )(\d+) ", found[1].replace("\n", " "))}
    errors = {InputError.status, SurroundingsError.status, ReportgenError.status}
    assert said == errors | {0, click.UsageError.exit_code, cli.CHECK_FAILS, cli.INTERRUPTED, cli.BUG}


def test_pictures_are_there() -> None:
    """Two of them at least, of a sensible size."""
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 2
    for name in pictures:
        assert 10_000 < (ROOT / name).stat().st_size < LARGEST_PICTURE, name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_it_names_are_there(document: Path) -> None:
    """Every path from the project's root and every link is a file or folder of the project."""
    named = PLACE.findall(document.read_text(encoding="utf-8"))
    found = {ROOT / path if path else document.parent / link for path, link in named}
    assert found
    assert [str(path) for path in sorted(found) if not path.exists()] == []
