"""The names of sheets: what an option is called, made into what a sheet may be called."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from reportgen.formula.lines import Model

MAX_LENGTH = 31
"""UTF-16 units of a sheet's name; an emoji is two."""
FORBIDDEN = re.compile(r"[:\\/?*\[\]]")
"""Characters that no sheet name may hold; each becomes a hyphen."""
RESERVED = ("History",)
"""Names that Excel keeps for itself."""
JOINER = "\N{ZERO WIDTH JOINER}"


def with_sheet_names(model: Model, taken: Iterable[str]) -> Model:
    """Return a model in which every sheet has a name that a workbook can bear, none of them twice.

    `taken` are the names of the sheets that the model does not have; sheets of options give way to all others.
    """
    used = {_folded(name) for name in (*taken, *RESERVED, *(s.name for s in model.sheets if not s.option))}
    sheets = []
    for sheet in model.sheets:
        name = _unused(sheet_name(sheet.name), used) if sheet.option else sheet.name
        used.add(_folded(name))
        sheets.append(replace(sheet, name=name))
    return replace(model, sheets=tuple(sheets))


def sheet_name(text: str) -> str:
    """Return a text as the name of a sheet: hyphens for forbidden characters, no apostrophe at an end, not too long."""
    return _cut(FORBIDDEN.sub("-", text).strip(" '"), MAX_LENGTH) or "-"


def _unused(name: str, used: set[str]) -> str:
    """Return a name, with a number appended if it is used."""
    number, found = 1, name
    while _folded(found) in used:
        number += 1
        ending = f" ({number})"
        found = _cut(name, MAX_LENGTH - len(ending)) + ending
    return found


def _folded(name: str) -> str:
    """Return a name as sheets are told apart: without regard to capitals."""
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, most: int) -> str:
    """Return the first `most` UTF-16 units of a text, without a half of an emoji or a letter without its accent."""
    while len(text.encode("utf-16-le")) > 2 * most:
        last, text = text[-1], text[:-1]
        while text and (last == JOINER or text[-1] == JOINER or unicodedata.combining(last)):
            last, text = text[-1], text[:-1]
    return text.rstrip(" '")
