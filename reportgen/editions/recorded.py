"""The outcome and the editions that a results file records; no workbook is opened for them."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from reportgen.compare.history import Issued
from reportgen.compare.outcome import Outcome


def record_of(results_file: Path) -> Mapping[str, Any]:
    """Return what a results file holds; nothing where there is no file, or one of another kind."""
    try:
        found = json.loads(results_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def recorded_outcome(record: Mapping[str, Any]) -> Outcome | None:
    """Return the costs and the recommendation of a results file; None where it has no options."""
    options = record.get("options")
    if not isinstance(options, dict):
        return None
    return Outcome(
        {key: float(option["full_cost"]) for key, option in options.items()},
        {key: float(option["tco"]) for key, option in options.items()},
        record.get("recommended"),
    )


def recorded_editions(record: Mapping[str, Any]) -> tuple[Issued, ...]:
    """Return the edition history of a results file, its own edition last; () for a file without editions."""
    outcome = recorded_outcome(record)
    if outcome is None or "edition" not in record:
        return ()
    heading, options = record["inputs"]["case"], record["inputs"]["options"]
    names = {key: option["short_name"] or option["name"] for key, option in options.items()}
    day = date.fromisoformat(heading["date"])
    own = Issued.of(record["edition"], day, record["fingerprint"], record["program"], outcome, names)
    return (*TypeAdapter(tuple[Issued, ...]).validate_python(record["history"]), own)
