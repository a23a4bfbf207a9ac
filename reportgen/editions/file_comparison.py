"""Comparison of two files: read both, evaluate both with this version of the program, compare the outcomes."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from reportgen.compare.comparison import Comparison, compare
from reportgen.editions.costs import outcomes
from reportgen.editions.reader import read_edition
from reportgen.units import Unit


def compare_files(old: Path, new: Path) -> Comparison:
    """Compare two files, each a case file, a workbook or a results file; InputError if one cannot be read."""
    return compare(read_edition(old), read_edition(new), outcomes)


def comparison_json(found: Comparison) -> str:
    """Return a comparison as JSON text with unrounded amounts."""
    decisive = found.decisive_step.key if found.decisive_step else None
    data = {
        "schema": "reportgen.output/1",
        "command": "compare",
        "ok": True,
        "problems": [],
        **plain_data(found),
        "flipped": found.flipped,
        "flipped_by": decisive,
        "versions_differ": found.versions_differ,
    }
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)


def plain_data(value: Any) -> Any:
    """Convert dataclasses into JSON-compatible data; a unit becomes its name."""
    match value:
        case Unit():
            return value.name
        case dict():
            return {key: plain_data(item) for key, item in value.items()}
        case tuple():
            return [plain_data(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: plain_data(getattr(value, field.name)) for field in fields(value)}
    return value
