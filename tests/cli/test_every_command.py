"""What holds for every command: help that leads with examples, `--quiet`, results on stdout, an end without a traceback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from reportgen.cli import app
from reportgen.cli.exit_status import TERMINATED
from tests.paths import INPUTS, ROOT

SMALL = INPUTS / "small.yaml"


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command with its name, those of groups too."""
    for key, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from commands(one, f"{name}{key} ")
        else:
            yield f"{name}{key}", one


COMMANDS = dict(commands(get_command(app)))


def run(*arguments: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, list(arguments), terminal_width=100)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_leads_with_examples(name: str) -> None:
    """Before arguments and options stand one sentence or two, and calls of the command."""
    shown = run(*name.split(), "--help")
    head = shown.stdout.split("Options:")[0].split("Arguments:")[0]
    assert shown.exit_code == 0
    assert f"  reportgen {name}" in head


@pytest.mark.parametrize(
    "name", [name for name in COMMANDS if name not in ("schema", "new", "examples", "watch")]
)
def test_json_is_offered(name: str) -> None:
    """Every command that finds something out says it as JSON too; those that write files for people do not."""
    assert "--json" in [option for one in COMMANDS[name].params for option in one.opts]


@pytest.mark.parametrize("name", COMMANDS)
def test_quiet_is_offered(name: str) -> None:
    """Every command takes --quiet, or -q."""
    options = [option for one in COMMANDS[name].params for option in one.opts]
    assert {"--quiet", "-q"} <= set(options)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", str(SMALL)),
        ("explain", str(SMALL), "options.api.compute"),
        ("compare", str(SMALL), str(SMALL)),
        ("schema",),
        ("prices", "find", "h100"),
        ("prices", "show", "runpod-h100-sxm"),
        ("prices", "check", str(INPUTS / "prices.yaml")),
    ],
    ids=lambda arguments: " ".join(arguments[:2]) if arguments[0] == "prices" else arguments[0],
)
def test_quiet_leaves_the_results(arguments: tuple[str, ...]) -> None:
    """With --quiet the result is on stdout as before, and stderr is empty."""
    loud, quiet = run(*arguments), run(*arguments, "--quiet")
    assert quiet.stderr == ""
    assert quiet.stdout
    assert quiet.stdout == loud.stdout
    assert quiet.exit_code == loud.exit_code


@pytest.mark.slow
def test_quiet_does_not_hide_what_is_wrong(tmp_path: Path) -> None:
    """The sentence about a missing file is on stderr with --quiet too."""
    command = [sys.executable, "-m", "reportgen", "check", str(tmp_path / "none.yaml"), "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no such file" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["build", "check", "explain", "compare", "usage", "prices check", "watch"])
@pytest.mark.parametrize("part", [0.15, 0.5, pytest.param(1.0, marks=pytest.mark.long)])
def test_ctrl_c_ends_quietly(name: str, part: float, tmp_path: Path) -> None:
    """Interrupted at the start, later, or when it is done already: exit 130, or as it ends; never a traceback."""
    more = {
        "explain": [str(SMALL), "options.api.compute"],
        "compare": [str(SMALL), str(SMALL)],
        "prices check": [],
    }.get(name, [str(SMALL)])
    more += ["-o", str(tmp_path)] if name in ("build", "watch") else []
    command = [sys.executable, "-m", "reportgen", *name.split(), *more]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
    )  # fmt: skip
    time.sleep(part)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode in (0, 1, 3, 130, -signal.SIGINT), said
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.05, 0.4, 0.9, 1.6])
def test_sigterm_ends_without_a_word(part: float, tmp_path: Path) -> None:
    """As a service manager ends a build: nothing is said, no worker process or draft stays."""
    command = [sys.executable, "-m", "reportgen", "build", str(SMALL), "-o", str(tmp_path), "--quiet"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
    )  # fmt: skip
    time.sleep(part)
    started.terminate()
    _, said = started.communicate(timeout=60)
    assert started.returncode in (0, TERMINATED, -signal.SIGTERM)
    assert said == ""
    assert {path.name.removeprefix(SMALL.stem) for path in tmp_path.iterdir()} <= {".xlsx", ".pdf", ".json"}
    assert ended(started.pid)


def ended(group: int) -> bool:
    """Return whether every process of a group ends within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
