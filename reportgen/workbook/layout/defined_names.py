"""Defined names of cells: the path of an assumption, made into what Excel accepts as a name."""

import re
from collections.abc import Iterable

MAX_LENGTH = 255
REFERENCE = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*|c[0-9]*|r[0-9]*c[0-9]*|true|false", re.IGNORECASE)
"""Names that Excel reads as a cell (AB12), a row or column (R1C1, R, C2), or a value."""


def defined_names(paths: Iterable[str]) -> dict[str, str]:
    """Return a name for every path, none of them twice: its letters and digits, an underscore for all else."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for path in paths:
        name = defined_name(path)
        number, found = 1, name
        while found.lower() in used:
            number += 1
            found = f"{name[: MAX_LENGTH - 1 - len(str(number))]}_{number}"
        used.add(found.lower())
        names[path] = found
    return names


def defined_name(path: str) -> str:
    """Return a path as a name that is no reference to a cell."""
    name = re.sub(r"[^A-Za-z0-9]", "_", path)[:MAX_LENGTH]
    return f"_{name}"[:MAX_LENGTH] if name[:1].isdigit() or REFERENCE.fullmatch(name) else name
