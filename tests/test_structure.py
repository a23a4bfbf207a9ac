"""The shape of the project: layers, types, style, sizes, and what the command line imports before it is asked."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.paths import ROOT

MODULES = sorted((ROOT / "reportgen").rglob("*.py"))
TOP = {
    "pyproject.toml", "reportgen", "templates", "inputs", "tests",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
FOLDERS = sorted({path.parent for root in ("reportgen", "tests") for path in (ROOT / root).rglob("*.py")})
"""Every folder with modules in it, of the package and of the tests."""
ROOMS = [folder for folder in FOLDERS if folder.is_relative_to(ROOT / "reportgen")]
MOST_MODULES = 17
NAMED_FILE = re.compile(r"`([\w./-]+\.(?:py|md|yaml|json|toml|txt|j2|css|xlsx))`")
OUTPUT = {
    "brand.yaml",
    "extra.css",
    "logo.svg",
    "case.yaml",
    "mine.yaml",
    "book.xlsx",
    "mine.xlsx",
    "out/mine.xlsx",
}
"""Files that a README names as examples of what people have."""
PRIVATE = frozenset((
    "desk", "hands", "told", "glance", "asks", "leaving", "evens", "capitals", "manuscript", "touched", "in_turn", "closest",
))  # fmt: skip
"""Words that once were names here and said nothing to a reader from outside."""
PRIVATE_MODULES = PRIVATE | {"flips", "asked", "voice", "returned", "framing", "certainty"}
HEAVY = ("numpy", "openpyxl", "pydantic", "jinja2", "weasyprint", "ruamel")


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in the project's folder."""
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a module, once per process."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_there_are_modules() -> None:
    """The tests below look at something."""
    assert len(MODULES) > 80


@pytest.mark.parametrize(
    "command",
    [
        ("lint-imports",),
        pytest.param(("mypy",), marks=pytest.mark.slow),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
    ],
    ids=lambda c: "-".join(c[:2]),
)
def test_tool_is_content(command: tuple[str, ...]) -> None:
    """Import contracts, types and style hold."""
    done = ran(*command)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-500:]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    """At most 400 lines, a docstring, and functions of at most 40 lines of code."""
    tree = parsed(path)
    assert path.read_text(encoding="utf-8").count("\n") <= 400
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


def named(path: Path) -> str:
    """Name a file or folder from the project's root, as a test's id."""
    return path.relative_to(ROOT).as_posix()


def modules(folder: Path) -> list[str]:
    """List the modules of a folder by their file names."""
    return sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")


def rooms(folder: Path) -> list[str]:
    """List the folders with modules directly in a folder."""
    return sorted(found.name for found in FOLDERS if found.parent == folder)


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Give every name that a module defines, imports under a name of its own, or passes by keyword."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name, asname=own):
                yield own or name.rpartition(".")[2]


def test_there_are_folders() -> None:
    """The tests on folders look at something."""
    assert len(ROOMS) > 25
    assert len(FOLDERS) > len(ROOMS) + 25


@pytest.mark.parametrize("folder", [*ROOMS, ROOT / "tests"], ids=named)
def test_folder_has_a_readme(folder: Path) -> None:
    """It says in a screen or so what comes in, what goes out, and where to change what."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.split()) > 25


@pytest.mark.parametrize("folder", [*ROOMS, ROOT / "tests"], ids=named)
def test_readme_of_a_folder_names_all_that_is_in_it(folder: Path) -> None:
    """Every module by its file name, and every folder: nothing stands outside the listing of the map."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert modules(folder) or rooms(folder)
    unnamed = [name for name in modules(folder) if not re.search(rf"(?<![\w]){re.escape(name)}", text)]
    unnamed += [name for name in rooms(folder) if not re.search(rf"(?<!\w){name}/|`{name}`", text)]
    assert unnamed == []


def test_the_map_places_every_room_in_its_table() -> None:
    """Every top-level module and folder is a row of the map's table of rooms, and every row one of them."""
    text = (ROOT / "reportgen" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.]+)/?` \|", text, re.MULTILINE)
    package = ROOT / "reportgen"
    assert sorted(rows) == sorted([*modules(package), *rooms(package)])


@pytest.mark.parametrize("folder", [*ROOMS, ROOT / "tests", ROOT / "inputs"], ids=named)
def test_files_named_in_a_readme_exist(folder: Path) -> None:
    """A file in backticks is there: in that folder, below it by its path, in the package, or from the project's root."""
    found = NAMED_FILE.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert found
    places = (folder, ROOT, ROOT / "reportgen", ROOT / "tests")
    missing = {name for name in found if not any((place / name).exists() for place in places)}
    assert sorted(missing - OUTPUT) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_folder_is_soon_taken_in(folder: Path) -> None:
    """No more than seventeen modules stand at one level."""
    assert len(modules(folder)) <= MOST_MODULES


@pytest.mark.slow
def test_names_are_terms_of_the_trade() -> None:
    """No function, class, variable or module bears a word that only this project understands."""
    names = {(name, named(path)) for path in MODULES for name in identifiers(parsed(path))}
    assert len(names) > 5_000
    private = {(name, where) for name, where in names if name.strip("_").lower() in PRIVATE}
    assert sorted(private) == []
    assert [named(path) for path in MODULES if path.stem in PRIVATE_MODULES] == []
