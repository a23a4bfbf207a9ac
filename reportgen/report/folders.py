"""Lookup of templates, style sheets and fonts: the user's folder first, then the built-in one."""

from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, StrictUndefined

from reportgen.errors import SurroundingsError
from reportgen.report.sandbox import MEMORY, Sandbox, limited
from reportgen.runtime.records import dataclass

EXTRA_STYLE = "extra.css"
"""The user's style sheet that is added after ours and replaces none."""

ASSETS = (".ttf", ".otf", ".woff", ".woff2", ".png", ".svg", ".jpg", ".jpeg")
"""Fonts and pictures that the user's own templates and styles may load, under any name."""


@dataclass(frozen=True)
class Folders:
    """The folders in which a template, the style sheet or a font is looked up by name."""

    built_in: Path
    custom: Path | None = None
    """The user's folder; files that it lacks are taken from the built-in one."""

    def find(self, name: str) -> Path:
        """Find a file by name in the user's folder, then in the built-in one.

        Raises SurroundingsError if there is no such file, or if the name or a link leads out of the folders.
        """
        for folder in (self.custom, self.built_in):
            if folder is None:
                continue
            root = folder.resolve()
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        raise SurroundingsError(f"The paper needs {name}, which is not in the folder of templates.")

    @property
    def extra_style(self) -> str:
        """Return the text of the user's `extra.css`; empty if there is none."""
        return self.read(EXTRA_STYLE) if EXTRA_STYLE in self.custom_names() else ""

    def custom_names(self) -> tuple[str, ...]:
        """List the user's files that replace or follow ours, fonts and pictures of other names left out.

        Raises SurroundingsError if a file of the user's folder is none that the paper is made from.
        """
        if self.custom is None:
            return ()
        known = {*_names(self.built_in), EXTRA_STYLE}
        found = _names(self.custom)
        for name in found:
            if name not in known and not name.lower().endswith(ASSETS):
                expected = ", ".join(sorted(n for n in known if n.endswith((".j2", ".css"))))
                raise SurroundingsError(f"{self.custom / name} is none of the paper's files: {expected}.")
        return tuple(name for name in found if name in known)

    def read(self, name: str) -> str:
        """Read a text file as UTF-8."""
        return self.find(name).read_text(encoding="utf-8")

    def render(self, name: str, **variables: Any) -> str:
        """Render a template in jinja2's sandbox. Raises SurroundingsError if a template of the user's folder fails."""
        try:
            with limited(self._environment):
                return self._environment.get_template(name).render(variables)
        except MemoryError as error:
            raise SurroundingsError(
                f"The templates in {self.custom or self.built_in} take more than {MEMORY // 2**20:,} MB of memory."
            ) from error
        except Exception as error:  # a template of the user's may fail in any way
            if self.custom is None:
                raise
            where = f"{getattr(error, 'name', None) or name}, line {getattr(error, 'lineno', None) or '?'}"
            raise SurroundingsError(
                f"A template in {self.custom} cannot be used ({where}): {error}."
            ) from error

    @cached_property
    def _environment(self) -> Sandbox:
        """Cache the jinja2 environment, which compiles each template once; caching needs a `__dict__`, hence no slots."""
        folders = [folder for folder in (self.custom, self.built_in) if folder]
        loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        return Sandbox(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )


def _names(folder: Path) -> list[str]:
    """List the files in and below a folder by name, hidden ones left out."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))
