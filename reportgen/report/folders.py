"""Lookup of templates, style sheets and fonts: the user's folder first, then the built-in one."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from reportgen.errors import SurroundingsError


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

    def read(self, name: str) -> str:
        """Read a text file as UTF-8."""
        return self.find(name).read_text(encoding="utf-8")

    def render(self, name: str, **variables: Any) -> str:
        """Render a template in jinja2's sandbox. Raises SurroundingsError if a template of the user's folder fails."""
        try:
            return self._environment.get_template(name).render(variables)
        except (TemplateError, SecurityError) as error:
            if self.custom is None:
                raise
            where = f"{getattr(error, 'name', None) or name}, line {getattr(error, 'lineno', None) or '?'}"
            raise SurroundingsError(
                f"A template in {self.custom} cannot be used ({where}): {error}."
            ) from error

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        """Cache the jinja2 environment, which compiles each template once; caching needs a `__dict__`, hence no slots."""
        folders = [folder for folder in (self.custom, self.built_in) if folder]
        loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        return SandboxedEnvironment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
