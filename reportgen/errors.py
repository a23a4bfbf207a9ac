"""The errors that the command line reports, and the exit status of each."""

import re
from collections.abc import Sequence

from reportgen.runtime.records import dataclass

MAX_SHOWN = 50
"""Problems of one file that are shown."""
MAX_EXCERPT = 160
"""Characters of a line of a file that are shown."""
ELLIPSIS = "…"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of what follows: a terminal must not obey them."""


CODES = {
    "file": "the file is not there, not readable, or not what is asked for",
    "syntax": "the file is not YAML, or uses a feature that is not accepted",
    "unknown-key": "a key that is not known here",
    "missing-key": "a required key is missing",
    "wrong-type": "a mapping, list, number or text where another is needed",
    "not-a-choice": "a word that is none of those allowed",
    "invalid-value": "a value out of its bounds, or not as it must be written",
    "unit": "a unit of another thing, or one that is not read",
    "limit": "a number beyond what any case has, or in contradiction to another",
    "names": "names and ids: number, presence, uniqueness",
    "references": "something named that does not exist, or is of the wrong kind",
    "workloads": "workloads, their shares and routes",
    "machines": "replicas, servers, speeds and billing",
    "prices": "prices given twice, not at all, or without a rate",
    "effects": "effects of risks and scenarios",
    "conditions": "what must hold in every run",
    "appearance": "locale, logo, colours and brand",
    "price-book": "the price book by itself",
    "path": "a path that is no input of the case",
}
"""The codes of problems; they are stable: a code keeps its meaning, new ones are added."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in an input file; `line` and `column` count from 1, `excerpt` is that line of the file."""

    file: str
    line: int
    column: int
    path: str
    excerpt: str
    sentence: str
    code: str = "file"
    """What sort of problem it is: a key of `CODES`."""

    @property
    def record(self) -> dict[str, object]:
        """Return the problem as plain data, for editors and annotations."""
        return {
            "severity": "error", "code": self.code, "file": self.file, "line": self.line, "column": self.column,
            "path": self.path or None, "message": self.sentence,
        }  # fmt: skip

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
        shown = self.problems[:MAX_SHOWN]
        more = f"; the first {MAX_SHOWN} are shown" if count > MAX_SHOWN else ""
        super().__init__("\n\n".join([*map(str, shown), f"{count} {noun}{more}. Nothing was written."]))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Return what another process makes the same error of."""
        return type(self), (self.problems,)


class SurroundingsError(ReportgenError):
    """A failure of the environment: a locked file, a full disk, a missing library."""

    status = 4
