"""Text, names, days and months as people write them, each with the sentence that says what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST = 32767
"""Characters that fit in one cell of a workbook."""
FORMULA_STARTS = "=+-@\t\r"
"""First characters with which a spreadsheet would read a name as a formula."""
KEY = r"[a-z][a-z0-9_]*"
NAME_LENGTH = 50
EVENT_LENGTH = 60
SHORT_LENGTH = 18
TITLE_LENGTH = 120


def _refuse(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def text(value: object) -> str:
    """Read text: numbers, dates and truth values need quotes to be text."""
    if not isinstance(value, str):
        shown = (
            "nothing"
            if value is None
            else "a list or mapping"
            if isinstance(value, list | dict)
            else str(value)
        )
        raise _refuse(
            f"You wrote {shown}; write text here, in quotes if YAML would read it as something else."
        )
    if len(value) > LONGEST:
        raise _refuse(
            f"This text has {len(value)} characters; a cell of a workbook holds {LONGEST}. Shorten it."
        )
    return value


def figure(value: object) -> str:
    """Read a figure as printed: a number, or text with its unit."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return text(str(value) if plain else value)


def line(most: int) -> Callable[[object], str]:
    """Make a reader of one line of text, neither empty nor longer than `most` characters."""

    def read(value: object) -> str:
        found = text(value).strip()
        if not found:
            raise _refuse("This is empty; write at least one word, or leave the key out if it is optional.")
        if "\n" in found:
            raise _refuse("This runs over several lines; write it on one.")
        if len(found) > most:
            raise _refuse(f"This has {len(found)} characters; it must have at most {most}. Shorten it.")
        return found

    return read


def label(most: int) -> Callable[[object], str]:
    """Make a reader of a name: one line that no spreadsheet takes for a formula."""
    read = line(most)

    def check(value: object) -> str:
        raw = text(value)
        if raw[:1] and raw[0] in FORMULA_STARTS:
            raise _refuse(f"A name must not start with {raw[0]!r}: a spreadsheet would read it as a formula.")
        return read(value)

    return check


def day(value: object) -> date:
    """Read a day, YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise _refuse(f"You wrote {value}; there is no such day in the calendar.") from None
    raise _refuse(f"You wrote {value}; write a day as YYYY-MM-DD, such as 2026-11-23.")


def month(value: object) -> date:
    """Read a month, YYYY-MM, as its first day."""
    if isinstance(value, date):
        raise _refuse(f"You wrote {value}; write the month alone: {value:%Y-%m}.")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value) and value >= "1900":
        return date.fromisoformat(f"{value}-01")
    raise _refuse(f"You wrote {value}; write a month as YYYY-MM, such as 2027-01.")


def whole(value: object) -> int:
    """Read a whole number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value % 1:
        raise _refuse(
            f"You wrote {str(value).lower() if isinstance(value, bool) else value}; write a whole number."
        )
    return int(value)


def truth(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise _refuse(f"You wrote {value}; write true or false.")
    return value


def pattern(expression: str, sentence: str) -> Callable[[object], str]:
    """Make a reader of text that matches an expression; `sentence` says what to write."""

    def read(value: object) -> str:
        found = text(value)
        if not re.fullmatch(expression, found):
            raise _refuse(f'You wrote "{found}"; {sentence}')
        return found

    return read


def slug(name: str) -> str:
    """Make an id of a name: small letters, digits, underscores, a letter first; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return f"x_{joined}" if joined[:1].isdigit() else joined


KEY_HINT = "use small letters, digits and underscores, with a letter first, such as self_hosted."
_STRING = {"type": "string"}

Text = Annotated[str, BeforeValidator(text), WithJsonSchema(_STRING)]
Line = Annotated[
    str, BeforeValidator(line(TITLE_LENGTH)), WithJsonSchema({**_STRING, "maxLength": TITLE_LENGTH})
]
Title = Annotated[
    str, BeforeValidator(label(TITLE_LENGTH)), WithJsonSchema({**_STRING, "maxLength": TITLE_LENGTH})
]
Name = Annotated[
    str, BeforeValidator(label(NAME_LENGTH)), WithJsonSchema({**_STRING, "maxLength": NAME_LENGTH})
]
EventName = Annotated[
    str, BeforeValidator(label(EVENT_LENGTH)), WithJsonSchema({**_STRING, "maxLength": EVENT_LENGTH})
]
ShortName = Annotated[
    str, BeforeValidator(label(SHORT_LENGTH)), WithJsonSchema({**_STRING, "maxLength": SHORT_LENGTH})
]
Key = Annotated[
    str, BeforeValidator(pattern(KEY, KEY_HINT)), WithJsonSchema({**_STRING, "pattern": f"^{KEY}$"})
]
Currency = Annotated[
    str, BeforeValidator(pattern("[A-Z]{3}", "write the currency's three letters, such as USD.")),
    WithJsonSchema({**_STRING, "pattern": "^[A-Z]{3}$"}),
]  # fmt: skip
Link = Annotated[
    str, BeforeValidator(pattern(r"https://\S+", "write a link that starts with https://.")),
    WithJsonSchema({**_STRING, "pattern": "^https://"}),
]  # fmt: skip
Colour = Annotated[
    str, BeforeValidator(pattern("#[0-9A-Fa-f]{6}", 'write a colour as "#4C8FCB", in quotes.')),
    WithJsonSchema({**_STRING, "pattern": "^#[0-9A-Fa-f]{6}$"}),
]  # fmt: skip
ClaimId = Annotated[
    str,
    BeforeValidator(pattern(r"[A-Za-z][A-Za-z0-9_.-]*", "use letters, digits, dots, hyphens, underscores.")),
    WithJsonSchema(_STRING),
]  # fmt: skip
Language = Annotated[
    str, BeforeValidator(pattern("[a-z]{2}(-[A-Z]{2})?", "write a language such as en or en-GB.")),
    WithJsonSchema({**_STRING, "pattern": "^[a-z]{2}(-[A-Z]{2})?$"}),
]  # fmt: skip
Figure = Annotated[str, BeforeValidator(figure), WithJsonSchema({"type": ["string", "number"]})]
Day = Annotated[date, BeforeValidator(day), WithJsonSchema({**_STRING, "format": "date"})]
Month = Annotated[
    date, BeforeValidator(month), WithJsonSchema({**_STRING, "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
    PlainSerializer(lambda day: f"{day:%Y-%m}", when_used="json"),
]  # fmt: skip
Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer"})]
Truth = Annotated[bool, BeforeValidator(truth), WithJsonSchema({"type": "boolean"})]


def between(least: int, most: int) -> AfterValidator:
    """Make a check that a whole number lies between two others."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise _refuse(f"You wrote {value}; it must be between {least:,} and {most:,}.")
        return value

    return AfterValidator(check)


item_id = BeforeValidator(
    pattern(
        r"[a-z0-9][a-z0-9._-]*", "use small letters, digits, dots, hyphens and underscores for an item's id."
    )
)
