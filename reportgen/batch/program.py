"""The digest of the program itself: what packs are made by, besides the files of their cases."""

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from platform import python_version
from re import match

import reportgen
from reportgen.files import data_folder, templates

PACKAGE = "reportgen"


@cache
def program_digest() -> str:
    """Hash the package, templates, shipped usual figures, and the versions of Python and of the libraries."""
    package = Path(reportgen.__file__).parent
    found = sha256()
    for folder, pattern in ((package, "*.py"), (templates(), "*"), (data_folder("inputs"), "usual.yaml")):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(folder)}\n".encode())
                found.update(sha256(path.read_bytes()).digest())
    found.update("\n".join((reportgen.__version__, python_version(), *_libraries())).encode())
    return found.hexdigest()


def _libraries() -> list[str]:
    """Return the libraries that the program needs, each with the installed version."""
    try:
        stated = requires(PACKAGE) or []
    except PackageNotFoundError:
        return []
    names = (found[0] for line in stated if "extra ==" not in line and (found := match(r"[\w.-]+", line)))
    return [f"{name} {_version(name)}" for name in sorted(names)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
