"""Annotated field types of the input files: text, names, days, months and numbers, each with its error messages."""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from datetime import date
from math import isfinite
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError, core_schema

from reportgen.runtime.records import dataclass

MAX_TEXT_LENGTH = 32767
"""Characters that fit in one cell of a workbook."""
FORMULA_STARTS = "=+-@\t\r"
"""First characters with which a spreadsheet would read a name as a formula."""
NON_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""The last two code points of every plane, which are no characters."""
CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{NON_CHARACTERS}]")
"""Characters that XML does not allow or that nobody sees, halves of a character, and what is no character."""
ERROR_VALUES = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")
EARLIEST_MONTH, LATEST_MONTH = "1900-01", "9899-12"
"""The months that a case may name: any horizon that begins there ends within the calendar."""
KEY = r"[a-z][a-z0-9_]*"
NAME_LENGTH = 50
EVENT_LENGTH = 60
SHORT_LENGTH = 18
TITLE_LENGTH = 120
SENTENCE_LENGTH = 240


def sentence_error(sentence: str) -> PydanticCustomError:
    """Create a validation error whose message is this sentence; half a character that it quotes is written as its escape."""
    shown = sentence.encode(errors="backslashreplace").decode()
    return PydanticCustomError("sentence", "{sentence}", {"sentence": shown})


def read_text(value: object) -> str:
    """Validate text; numbers, dates and booleans must be quoted to count as text."""
    if not isinstance(value, str):
        shown = (
            "nothing"
            if value is None
            else "a list or mapping"
            if isinstance(value, list | dict)
            else str(value)
        )
        raise sentence_error(
            f"You wrote {shown}; write text here, in quotes if YAML would read it as something else."
        )
    if len(value) > MAX_TEXT_LENGTH:
        raise sentence_error(
            f"This text has {len(value)} characters; a cell of a workbook holds {MAX_TEXT_LENGTH}. Shorten it."
        )
    if found := CONTROL.search(value):
        raise sentence_error(
            f"This text holds the control character U+{ord(found[0]):04X} after "
            f'"{value[max(found.start() - 20, 0) : found.start()]}", which no workbook can bear; take it out.'
        )
    if value.strip().upper() in ERROR_VALUES:
        raise sentence_error(f"A spreadsheet reads {value.strip()} as an error; write other words.")
    return value


def read_figure(value: object) -> str:
    """Validate a figure as printed in a source: a number, or text with its unit."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return read_text(str(value) if plain else value)


def line_reader(most: int) -> Callable[[object], str]:
    """Create a validator of one line of text, neither empty nor longer than `most` characters."""

    def read(value: object) -> str:
        found = read_text(value).strip()
        if not found:
            raise sentence_error(
                "This is empty; write at least one word, or leave the key out if it is optional."
            )
        if len(found.splitlines()) > 1:
            raise sentence_error("This runs over several lines; write it on one.")
        if len(found) > most:
            raise sentence_error(
                f"This has {len(found)} characters; it must have at most {most}. Shorten it."
            )
        return found

    return read


def name_reader(most: int) -> Callable[[object], str]:
    """Create a validator of a name: one line that a spreadsheet does not read as a formula."""
    read = line_reader(most)

    def check(value: object) -> str:
        raw = read_text(value)
        start = raw[:1] if raw[:1] in tuple(FORMULA_STARTS) else raw.lstrip()[:1]
        if start and start in FORMULA_STARTS:
            raise sentence_error(
                f"A name must not start with {start!r}: a spreadsheet would read it as a formula."
            )
        return read(value)

    return check


def read_day(value: object) -> date:
    """Validate a day, written YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise sentence_error(f"You wrote {value}; there is no such day in the calendar.") from None
    raise sentence_error(f"You wrote {value}; write a day as YYYY-MM-DD, such as 2026-11-23.")


def read_month(value: object) -> date:
    """Validate a month, written YYYY-MM; return its first day."""
    if isinstance(value, date):
        raise sentence_error(f"You wrote {value}; write the month alone: {value:%Y-%m}.")
    if isinstance(value, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        if not EARLIEST_MONTH <= value <= LATEST_MONTH:
            raise sentence_error(f"You wrote {value}; write a month from {EARLIEST_MONTH} to {LATEST_MONTH}.")
        return date.fromisoformat(f"{value}-01")
    raise sentence_error(f"You wrote {value}; write a month as YYYY-MM, such as 2027-01.")


def read_integer(value: object) -> int:
    """Validate an integer."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value % 1:
        raise sentence_error(
            f"You wrote {str(value).lower() if isinstance(value, bool) else value}; write a whole number."
        )
    return int(value)


def read_boolean(value: object) -> bool:
    """Validate a boolean."""
    if not isinstance(value, bool):
        raise sentence_error(f"You wrote {value}; write true or false.")
    return value


def pattern_reader(expression: str, sentence: str) -> Callable[[object], str]:
    """Create a validator of text that matches a regular expression; `sentence` states what to write."""

    def read(value: object) -> str:
        found = read_text(value)
        if not re.fullmatch(expression, found):
            raise sentence_error(f'You wrote "{found}"; {sentence}')
        return found

    return read


def slug(name: str) -> str:
    """Derive an id from a name: lower-case letters, digits and underscores, a letter first; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return f"x_{joined}" if joined[:1].isdigit() else joined


def entry_ids(entries: Sequence[object]) -> list[str]:
    """Return the id of each entry of a list as written: its own, else the slug of its name; "" where it has neither.

    Of entries with the same name, later ones that have an `option` have its key added, so that two options may displace
    projects of one name.
    """
    taken: set[str] = set()
    found = []
    for entry in entries:
        id_ = _entry_id(entry, taken)
        taken.add(id_)
        found.append(id_)
    return found


def _entry_id(entry: object, taken: Collection[str]) -> str:
    if not isinstance(entry, dict):
        return ""
    if isinstance(own := entry.get("id"), str) and own:
        return own
    name, option = entry.get("name"), entry.get("option")
    id_ = slug(name) if isinstance(name, str) else ""
    first = option[0] if isinstance(option, list | tuple) and option else option
    return f"{id_}_{first}" if id_ in taken and isinstance(first, str) else id_


KEY_HINT = "use small letters, digits and underscores, with a letter first, such as self_hosted."
_STRING = {"type": "string"}
_KEY_SCHEMA = {**_STRING, "pattern": f"^{KEY}$"}
read_key = pattern_reader(KEY, KEY_HINT)


def read_keys(value: object, read_list: Callable[[object], tuple[str, ...]]) -> tuple[str, ...]:
    """Validate a list of keys, or one key, which stands for a list of one."""
    return read_list(value) if isinstance(value, list | tuple) else (read_key(value),)


Text = Annotated[str, BeforeValidator(read_text), WithJsonSchema(_STRING)]
Line = Annotated[
    str, BeforeValidator(line_reader(TITLE_LENGTH)), WithJsonSchema({**_STRING, "maxLength": TITLE_LENGTH})
]
Sentence = Annotated[
    str,
    BeforeValidator(line_reader(SENTENCE_LENGTH)),
    WithJsonSchema({**_STRING, "maxLength": SENTENCE_LENGTH}),
]
Title = Annotated[
    str, BeforeValidator(name_reader(TITLE_LENGTH)), WithJsonSchema({**_STRING, "maxLength": TITLE_LENGTH})
]
Name = Annotated[
    str, BeforeValidator(name_reader(NAME_LENGTH)), WithJsonSchema({**_STRING, "maxLength": NAME_LENGTH})
]
EventName = Annotated[
    str, BeforeValidator(name_reader(EVENT_LENGTH)), WithJsonSchema({**_STRING, "maxLength": EVENT_LENGTH})
]
ShortName = Annotated[
    str, BeforeValidator(name_reader(SHORT_LENGTH)), WithJsonSchema({**_STRING, "maxLength": SHORT_LENGTH})
]
Key = Annotated[str, BeforeValidator(read_key), WithJsonSchema(_KEY_SCHEMA)]
Keys = Annotated[
    tuple[Key, ...], Field(min_length=1), WrapValidator(read_keys),
    WithJsonSchema({"anyOf": [_KEY_SCHEMA, {"type": "array", "items": _KEY_SCHEMA, "minItems": 1}]}),
]  # fmt: skip
"""One key, or a list of keys."""
Currency = Annotated[
    str, BeforeValidator(pattern_reader("[A-Z]{3}", "write the currency's three letters, such as USD.")),
    WithJsonSchema({**_STRING, "pattern": "^[A-Z]{3}$"}),
]  # fmt: skip
Link = Annotated[
    str, BeforeValidator(pattern_reader(r"https://\S+", "write a link that starts with https://.")),
    WithJsonSchema({**_STRING, "pattern": "^https://"}),
]  # fmt: skip
Colour = Annotated[
    str, BeforeValidator(pattern_reader("#[0-9A-Fa-f]{6}", 'write a colour as "#4C8FCB", in quotes.')),
    WithJsonSchema({**_STRING, "pattern": "^#[0-9A-Fa-f]{6}$"}),
]  # fmt: skip
ClaimId = Annotated[
    str,
    BeforeValidator(pattern_reader(r"[A-Za-z][A-Za-z0-9_.-]*", "use letters, digits, dots, hyphens, underscores.")),
    WithJsonSchema(_STRING),
]  # fmt: skip
LocaleTag = Annotated[
    str, BeforeValidator(pattern_reader("[a-z]{2}(-[A-Z]{2})?", "write a locale such as en, en-GB or en-IN.")),
    WithJsonSchema({**_STRING, "pattern": "^[a-z]{2}(-[A-Z]{2})?$"}),
]  # fmt: skip
Figure = Annotated[str, BeforeValidator(read_figure), WithJsonSchema({"type": ["string", "number"]})]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({**_STRING, "format": "date"})]
Month = Annotated[
    date, BeforeValidator(read_month), WithJsonSchema({**_STRING, "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
    PlainSerializer(lambda day: f"{day:%Y-%m}", when_used="json"),
]  # fmt: skip
Integer = Annotated[int, BeforeValidator(read_integer), WithJsonSchema({"type": "integer"})]
Boolean = Annotated[bool, BeforeValidator(read_boolean), WithJsonSchema({"type": "boolean"})]


@dataclass(frozen=True, slots=True)
class Between:
    """A validator that an integer lies between two bounds, both included; editors see them too."""

    least: int
    most: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], core_schema.CoreSchema]
    ) -> core_schema.CoreSchema:
        """Return the schema that validates the integer, then its bounds."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON schema with the bounds."""
        return {**handler(schema), "minimum": self.least, "maximum": self.most}

    def _check(self, value: int) -> int:
        if not self.least <= value <= self.most:
            raise sentence_error(f"You wrote {value}; it must be between {self.least:,} and {self.most:,}.")
        return value


def between(least: int, most: int) -> Between:
    """Create a validator that an integer lies between two bounds, both included."""
    return Between(least, most)


item_id_validator = BeforeValidator(
    pattern_reader(
        r"[a-z0-9][a-z0-9._-]*", "use small letters, digits, dots, hyphens and underscores for an item's id."
    )
)
