"""Business cases for serving language models: one model as numbers, as a live workbook and as a board paper.

As a library: `load`, `evaluate`, `sweep` and `build`, which are documented in `reportgen.library`; their types stand in
`__init__.pyi`, because an import of the library here would be one of everything that reads the version.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
LIBRARY = ("LoadedCase", "Result", "Sweep", "build", "evaluate", "load", "sweep")


def __getattr__(name: str) -> Any:
    """Import the library when it is first used, so that the command line starts fast."""
    if name not in LIBRARY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("reportgen.library"), name)
