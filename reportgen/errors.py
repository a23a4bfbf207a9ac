"""The errors that the command line reports, and the exit status of each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in an input file; `line` and `column` count from 1, `excerpt` is that line of the file."""

    file: str
    line: int
    column: int
    path: str
    excerpt: str
    sentence: str

    def __str__(self) -> str:
        """Return the location, the line with a caret under the value, and the sentence that says how to correct it."""
        head = f"{self.file}:{self.line}: {self.path}" if self.path else f"{self.file}:{self.line}"
        if not self.excerpt:
            return f"{head}\n  {self.sentence}"
        number = f"{self.line:>4} | "
        caret = " " * (len(number) - 2) + "| " + " " * max(self.column - 1, 0) + "^"
        return f"{head}\n{number}{self.excerpt}\n{caret}\n  {self.sentence}"


class ReportgenError(Exception):
    """An error that the command line reports as its sentence; `status` is the exit status."""

    status = 70


class InputError(ReportgenError):
    """Invalid inputs: all problems found, in the order of the file."""

    status = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__("\n\n".join([*map(str, self.problems), f"{count} {noun}. Nothing was written."]))


class SurroundingsError(ReportgenError):
    """A failure of the environment: a locked file, a full disk, a missing library."""

    status = 4
