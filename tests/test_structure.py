"""The shape of the project: layers, types, style, sizes, and what the command line imports before it is asked."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

MODULES = sorted((ROOT / "reportgen").rglob("*.py"))
TOP = {"pyproject.toml", "reportgen", "templates", "inputs", "tests", "README.md", "LICENSE", "CHANGELOG.md"}
HEAVY = ("numpy", "openpyxl", "pydantic", "jinja2", "weasyprint", "ruamel")


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in the project's folder."""
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)


def test_there_are_modules() -> None:
    """The tests below look at something."""
    assert len(MODULES) > 80


@pytest.mark.parametrize(
    "command",
    [("lint-imports",), ("mypy",), ("ruff", "check", "."), ("ruff", "format", "--check", ".")],
    ids=lambda c: "-".join(c[:2]),
)
def test_tool_is_content(command: tuple[str, ...]) -> None:
    """Import contracts, types and style hold."""
    done = ran(*command)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    """At most 400 lines, a docstring, and functions of at most 40 lines of code."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 400
    assert ast.get_docstring(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno > 40]
    assert long == []


def test_top_level_holds_only_what_the_layout_names() -> None:
    """Nothing else stands beside the package but dot-files."""
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    if not files:
        pytest.skip("not a git checkout")
    assert {file.split("/")[0] for file in files if not file.startswith(".")} <= TOP


def test_command_line_imports_nothing_heavy() -> None:
    """--help must be fast: no library of the model, the workbook or the paper is imported for it."""
    code = f"import sys, reportgen.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stdout.strip() == "[]"
