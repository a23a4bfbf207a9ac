"""Points in time as exports write them: ISO texts with and without zone, seconds since 1970."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

HOUR, DAY = 3600, 86_400
SECONDS_AT_LEAST = 10**8
"""From here on a bare number is seconds since 1970; smaller ones count from the beginning of a trace."""
MILLISECONDS_FROM, MICROSECONDS_FROM = 10**11, 10**14
PREFIX = 16
"""Characters of an ISO text up to its minutes."""


class TimeReader(dict[str, int]):
    """Times as text to whole seconds since 1970, remembered by their minute; `zone` is that of times without one."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, text: str) -> int:
        """Read a time that was not met before; ValueError where it is none."""
        found = self[text] = self.read(text)
        return found

    def read(self, text: str) -> int:
        """Return seconds since 1970."""
        plain = text.strip()
        if plain.replace(".", "", 1).isdigit():
            return seconds(float(plain))
        found = _parsed(plain)
        return int((found if found.tzinfo else found.replace(tzinfo=self.zone)).timestamp())

    def minute(self, text: str) -> int:
        """Return the seconds of a time down to its minute, read once for each minute and zone."""
        if text[-1:] == "Z" and (found := self.get(f"{text[:PREFIX]}Z")) is not None:
            return found  # met before
        plain = text.strip()
        if len(plain) <= PREFIX or not plain[:4].isdigit() or plain[4] != "-":
            return self[plain]
        tail = plain[-6:] if plain[-6] in "+-" else plain[-1] if plain[-1] in "Zz" else ""
        return self[plain[:PREFIX] + tail]

    def minutes(self, texts: Sequence[str]) -> list[int]:
        """Return the seconds of many times down to their minutes; ValueError where one is none."""
        first = texts[0].strip()
        if (
            len(first) > PREFIX
            and first[:4].isdigit()
            and first[4] == "-"
            and first[-1].isdigit()
            and first[-6] not in "+-"
        ):
            long = [
                text for text in texts if len(text) <= PREFIX or not text[-1].isdigit() or text[-6] in "+-"
            ]
            if not long:  # no zones: the minute is the first sixteen characters
                return [self[text[:PREFIX]] for text in texts]
        return [self.minute(text) for text in texts]


def seconds(number: float) -> int:
    """Return whole seconds of a number in seconds, milliseconds or microseconds since 1970."""
    if number >= MICROSECONDS_FROM:
        return int(number / 1e6)
    return int(number / 1e3) if number >= MILLISECONDS_FROM else int(number)


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in (
        "%Y-%m-%d %H:%M:%S.%f",
        "%Y/%m/%d %H:%M:%S",
        "%Y/%m/%d %H:%M",
        "%Y/%m/%d",
        "%m/%d/%Y %H:%M",
        "%m/%d/%Y",
        "%d.%m.%Y %H:%M",
        "%d.%m.%Y",
        "%Y-%m-%d %H:%M:%S UTC",
    ):
        try:
            return datetime.strptime(text[:26] if "%f" in form else text, form)  # noqa: DTZ007 (the zone is set by who calls)
        except ValueError:
            continue
    raise ValueError(text)
