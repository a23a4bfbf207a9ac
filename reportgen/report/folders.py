"""Where templates, style and fonts come from: ours, and the user's own folder, which goes first by name."""

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
    """The folders in which a template, the style sheet or a font is looked up."""

    built_in: Path
    custom: Path | None = None
    """The user's own folder; what it lacks is taken from ours."""

    def find(self, name: str) -> Path:
        """Find a file by its name; a name that leads out of the folders is as good as none."""
        for folder in (self.custom, self.built_in):
            if folder is None:
                continue
            root = folder.resolve()
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        raise SurroundingsError(f"The paper needs {name}, which is not in the folder of templates.")

    def read(self, name: str) -> str:
        """Read a text file."""
        return self.find(name).read_text(encoding="utf-8")

    def render(self, name: str, **variables: Any) -> str:
        """Render a template in a sandbox. Raises SurroundingsError where one cannot be used."""
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
        """Hold the templates, each read and compiled once; hence no slots here."""
        folders = [folder for folder in (self.custom, self.built_in) if folder]
        loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        return SandboxedEnvironment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
