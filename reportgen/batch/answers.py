"""Results files read back: what a case came to, and what it came to last time."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.compare.portfolio import Answer, OptionAnswer

Record = Mapping[str, Any]


def record_of(results_file: Path) -> Record | None:
    """Read a results file; None where there is none, or none that can be read."""
    try:
        found = json.loads(results_file.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "fingerprint" in found else None


def answer_of(record: Record, before: str | None) -> Answer:
    """Give what a results file says; `before` is who was recommended last time."""
    inputs, best = record["inputs"], record["recommended"]
    names = {key: option["short_name"] or option["name"] for key, option in inputs["options"].items()}
    return Answer(
        record["case"],
        inputs["case"]["title"],
        date.fromisoformat(inputs["case"]["date"]),
        inputs["case"]["currency"],
        inputs["finance"]["years"],
        record["fingerprint"],
        tuple(OptionAnswer(k, names[k], o["tco"], o["full_cost"]) for k, o in record["options"].items()),
        best,
        record.get("verdict") or ("too close to call" if record["too_close"] else "not judged"),
        record["joint"][best]["p80"] if best else None,
        tuple(_said(finding, names) for finding in record.get("findings") or ()),
        before,
    )


def _said(finding: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say a finding with the option that it is about."""
    option = finding["option"]
    return f"{names[option]}: {finding['title']}" if option else str(finding["title"])
