"""Loading of WeasyPrint without what its pages here do without."""

import contextlib
import ctypes.util
import io
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from reportgen.report.typesetting.replacing import replaced

LIBRARY = "weasyprint"

RARELY_USED = {"fontTools.subset": (), "fontTools.varLib.instancer": ("instantiateVariableFont",)}
"""Modules that WeasyPrint loads for variable fonts, and for machines whose HarfBuzz takes no parts of fonts, with what it imports
from them by name. They take a fifth of its loading."""


def weasyprint() -> Any:
    """Import WeasyPrint without its own output. Raises OSError if Pango is missing."""
    if LIBRARY not in sys.modules:
        silent = contextlib.redirect_stdout(io.StringIO())
        with replaced((ctypes.util, "find_library", _by_name)), silent, _loaded_when_used():
            return import_module(LIBRARY)
    return import_module(LIBRARY)  # waits where another thread is importing it


def _by_name(search: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Have libraries loaded by the names that WeasyPrint gives, among them those of Linux, and by no search.

    Why: ctypes searches a library by running ldconfig, gcc and ld, which may be anybody's programs.
    """
    return (lambda _: None) if sys.platform == "linux" else search


class _Later(ModuleType):
    """A module that stands in for another one, which is loaded when something of it is used."""

    def __init__(self, name: str, parts: tuple[str, ...]) -> None:
        super().__init__(name)
        for part in parts:
            setattr(
                self,
                part,
                lambda *given, part=part, **named: getattr(import_module(name), part)(*given, **named),
            )

    def __getattr__(self, part: str) -> Any:
        if part.startswith("__"):  # what the import system asks a module
            raise AttributeError(part)
        return getattr(import_module(self.__name__), part)


@contextlib.contextmanager
def _loaded_when_used() -> Iterator[None]:
    """Have rarely used modules stood in for within this context, unless they are loaded already."""
    standing_in = {
        name: _Later(name, parts) for name, parts in RARELY_USED.items() if name not in sys.modules
    }
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name in standing_in:
            sys.modules.pop(name, None)
