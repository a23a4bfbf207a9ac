"""The errors that the command line reports, and the exit status of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_EXCERPT = 160
"""Characters of a line of a file that are shown."""
ELLIPSIS = "…"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of what follows: a terminal must not obey them."""


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
        head = printable(head)
        if not self.excerpt:
            return f"{head}\n  {printable(self.sentence)}"
        number = f"{self.line:>4} | "
        excerpt, column = _clipped(self.excerpt, max(self.column - 1, 0))
        caret = " " * (len(number) - 2) + "| " + " " * column + "^"
        return f"{head}\n{number}{printable(excerpt)}\n{caret}\n  {printable(self.sentence)}"


def _clipped(line: str, column: int) -> tuple[str, int]:
    """Return at most `MAX_EXCERPT` characters of a line around a column counted from 0, and the column in them."""
    if len(line) <= MAX_EXCERPT:
        return line, column
    start = max(min(column - MAX_EXCERPT // 2, len(line) - MAX_EXCERPT), 0)
    shown = line[start : start + MAX_EXCERPT]
    if start:
        shown = ELLIPSIS + shown[1:]
    if start + MAX_EXCERPT < len(line):
        shown = shown[:-1] + ELLIPSIS
    return shown, column - start


def printable(text: str) -> str:
    """Return a text in which characters that a terminal would obey are replaced by a sign for them."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


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

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Return what another process makes the same error of."""
        return type(self), (self.problems,)


class SurroundingsError(ReportgenError):
    """A failure of the environment: a locked file, a full disk, a missing library."""

    status = 4
