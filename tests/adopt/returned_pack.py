"""A case with its price book and workbook in the usual folders, and `reportgen adopt` run on them."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from reportgen.cli import app
from reportgen.errors import ReportgenError
from tests.adopt.workbook_editor import WorkbookEditor
from tests.packs import pack, small_dated_case


@dataclass(frozen=True, slots=True)
class ReturnedPack:
    """The paths of a case, its price book and an edited workbook."""

    folder: Path

    @property
    def case(self) -> Path:
        """The case file."""
        return self.folder / "inputs" / "acme.yaml"

    @property
    def prices(self) -> Path:
        """Its price book."""
        return self.folder / "inputs" / "prices.yaml"

    @property
    def back(self) -> Path:
        """The edited workbook."""
        return self.folder / "back.xlsx"

    def opened(self) -> WorkbookEditor:
        """Open the workbook as issued for editing."""
        return WorkbookEditor(self.folder / "out" / "acme.xlsx")

    def adopt(self, *options: str) -> Result:
        """Run the command on the edited workbook; known errors are raised."""
        arguments = [
            "adopt",
            str(self.back),
            "--case",
            str(self.case),
            "--by",
            "Finance",
            "--on",
            "2026-11-24",
        ]
        done = CliRunner().invoke(app, [*arguments, *options])
        if isinstance(done.exception, ReportgenError):
            raise done.exception
        return done

    def edit(self, file: Path, before: str, after: str) -> None:
        """Replace a text in a file, once."""
        text = file.read_text(encoding="utf-8")
        assert before in text, before
        file.write_text(text.replace(before, after, 1), encoding="utf-8")


def issued(folder: Path) -> ReturnedPack:
    """Write the small case with dated prices into folders, and build its workbook."""
    returned = ReturnedPack(folder)
    (folder / "inputs").mkdir(parents=True)
    (folder / "out").mkdir()
    small_dated_case(folder / "inputs", "acme")
    pack(returned.case, folder / "out")
    return returned


def changed_lines(before: str, after: str) -> list[str]:
    """Return the removed and added lines, stripped of blanks."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "+-"]
