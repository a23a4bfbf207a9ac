"""Comparing two files: read each, work both out with this version of the program, and put the comparison together."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from reportgen.compare.comparison import Comparison, compare
from reportgen.editions.costs import outcomes
from reportgen.editions.read import edition
from reportgen.units import Unit


def compare_files(old: Path, new: Path) -> Comparison:
    """Compare two files, each a case file, a workbook or a results file."""
    return compare(edition(old), edition(new), outcomes)


def as_json(found: Comparison) -> str:
    """Give a comparison as JSON, amounts unrounded."""
    flip = found.flip.key if found.flip else None
    whole = {
        **plain(found),
        "flipped": found.flipped,
        "flipped_by": flip,
        "versions_differ": found.versions_differ,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Turn dataclasses into plain data; a unit is its name."""
    match value:
        case Unit():
            return value.name
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case tuple():
            return [plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value
