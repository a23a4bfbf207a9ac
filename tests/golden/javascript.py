"""The model in JavaScript as text: a statement for every line, lines and inputs under their names."""

from collections.abc import Iterable

from reportgen.formula.javascript import statement
from reportgen.formula.nodes import Line


class Named:
    """Places by the names of lines and inputs."""

    def input(self, path: str) -> str:
        """Return the name of an assumption."""
        return f"x[{path}]"

    def changed(self, path: str) -> tuple[str, str, str]:
        """Return the names of the change of an assumption that is looked up."""
        return f"x[{path} scale]", f"x[{path} shift]", f"x[{path} least]"

    def stated(self, path: str) -> str:
        """Return the name of an assumption as stated."""
        return f"s[{path}]"

    def cell(self, line: Line, place: str) -> str:
        """Return the name of a line, with the position unless it is the only or the current one."""
        return f"{{{line.key}}}" if place in ("0", "m") else f"{{{line.key}}}[{place}]"

    def span(self, line: Line, first: int = 0, count: int | None = None) -> str:
        """Return the name of a line, with the part of it that is meant."""
        return f"{{{line.key}}}" if count is None else f"{{{line.key}}},{first},{count}"

    def in_run(self, line: Line, place: str) -> str:
        """Return the name of a line in the runs."""
        return f"w{{{line.key}}}[{place}]"

    def selected_run(self) -> str:
        """Return the name of the run shown."""
        return "n"

    def as_issued(self) -> str:
        """Return a call."""
        return "asIssued(s)"

    def effect_amount(self, run: str) -> str:
        """Return the look-up of an amount."""
        return f"effectAmount({run})"


def statements(lines: Iterable[Line]) -> str:
    """Write every line's statement, in the order of the workbook."""
    return "\n".join(dict.fromkeys(statement(line, Named()) for line in lines)) + "\n"
