"""Completion in shells: the script that is installed, sourced in a real shell, completes commands, options and values."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

SHIM = """\
#!{python}
import sys
sys.argv[0] = "reportgen"
from reportgen.__main__ import main
main()
"""
BASH = """\
eval "$(reportgen --show-completion bash)"
COMP_WORDS=({words}) COMP_CWORD={place}
_reportgen_completion reportgen
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """\
autoload -Uz compinit && compinit -u -D
compdef() {{ :; }}
_arguments() {{ :; }}
eval "$(reportgen --show-completion zsh)"
_describe() {{ :; }}
env _TYPER_COMPLETE_ARGS="{line}" _REPORTGEN_COMPLETE=complete_zsh reportgen
"""
FISH = """\
reportgen --show-completion fish | source
complete -C "{line}"
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Put a command `reportgen` of this checkout on the path."""
    shim = tmp_path / "reportgen"
    shim.write_text(SHIM.format(python=sys.executable), encoding="utf-8")
    shim.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def shell(name: str, script: str, environment: dict[str, str]) -> list[str]:
    """Run a script in a shell and return its lines; skip where the shell is missing."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed: sh .ci/setup test installs it.")
    plain = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
    done = subprocess.run(
        [name, *plain, "-c", script], check=False, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


CASES = [
    (("reportgen", "pri"), "prices"),
    (("reportgen", "prices", "di"), "diff"),
    (("reportgen", "build", "--por"), "--portfolio"),
    (("reportgen", "usage", "--by", "mo"), "model"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "completed"), CASES, ids=lambda one: " ".join(one) if isinstance(one, tuple) else ""
)
def test_bash_completes(words: tuple[str, ...], completed: str, environment: dict[str, str]) -> None:
    """The function that bash calls offers the word that is begun."""
    script = BASH.format(words=" ".join(words), place=len(words) - 1)
    assert [one for one in shell("bash", script, environment) if one] == [completed]


@pytest.mark.slow
def test_zsh_completes(environment: dict[str, str]) -> None:
    """The script evaluates in zsh, and the answer names command and help."""
    lines = "\n".join(shell("zsh", ZSH.format(line="reportgen pri"), environment))
    assert '"prices"' in lines


@pytest.mark.slow
def test_fish_completes(environment: dict[str, str]) -> None:
    """Fish offers the command that is begun."""
    found = shell("fish", FISH.format(line="reportgen pri"), environment)
    assert [one.split("\t")[0] for one in found if one] == ["prices"]
