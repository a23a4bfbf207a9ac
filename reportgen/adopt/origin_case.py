"""The case file that a workbook was issued from, whatever the workbook is called now."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.errors import InputError, Problem
from reportgen.files import read_text
from reportgen.schema.loading.document import parse_document
from reportgen.workbook.read import EditedWorkbook


def find_case_file(book: EditedWorkbook) -> Path:
    """Return the case file of a workbook, from the usual folders.

    It has the workbook's name, or else the text that the workbook carries, or else the title and the options of that text.
    Raises InputError where there is none, or more than one.
    """
    places = tuple(dict.fromkeys(_places(book.path)))
    name = f"{book.path.stem}.yaml"
    named = next((place / name for place in places if (place / name).is_file()), None)
    if named:
        return named
    files = {path.resolve(): path for place in places for path in sorted(place.glob("*.yaml"))}
    same = [path for path in files.values() if _lines(_text(path)) == _lines(book.case)]
    found = same or [path for path in files.values() if _identity(_text(path)) == _identity(book.case) != ()]
    if len(found) == 1:
        return found[0]
    raise InputError([Problem(str(book.path), 1, 1, "", "", _sentence(name, places, found))])


def _places(book: Path) -> Iterator[Path]:
    yield from (Path("inputs"), book.parent, book.parent.parent / "inputs", book.parent.parent)


def _sentence(name: str, places: Sequence[Path], found: Sequence[Path]) -> str:
    if found:
        listed = ", ".join(map(str, found))
        return f"It may have been issued from any of {listed}; name the case with --case."
    where = ", ".join(map(str, places))
    return f"There is no {name} in {where}, and no case that it was issued from; name the case with --case."


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError):
        return ""


def _lines(text: str) -> list[str]:
    """Return the lines of a text as a workbook carries them: tabs as blanks, nothing after the last word."""
    return [line.replace("\t", "    ").rstrip() for line in text.strip().splitlines()]


def _identity(text: str) -> tuple[object, ...]:
    """Return the title and the options of a case's text; () where it is no case."""
    try:
        data = parse_document(text, "").data
    except InputError:
        return ()
    if not isinstance(data, dict):
        return ()
    heading, options = data.get("case"), data.get("options")
    if not isinstance(heading, dict) or not isinstance(options, dict):
        return ()
    return (heading.get("title"), *options)
