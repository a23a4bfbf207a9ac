"""Answers of cases for the portfolio, read from their results files."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.compare.portfolio import Answer, OptionAnswer
from reportgen.editions.recorded import record_of

NEEDED = {"fingerprint", "inputs", "recommended", "options", "joint", "too_close"}
"""Keys of a results file; another JSON file is none."""
Record = Mapping[str, Any]


def read_record(results_file: Path) -> Record | None:
    """Read a results file; None if it does not exist or is not readable."""
    found = record_of(results_file)
    return found if found.keys() >= NEEDED else None


def portfolio_answer(record: Record, before: str | None) -> Answer:
    """Create the portfolio answer of a results file; `before` is the option recommended by the previous build."""
    inputs, best = record["inputs"], record["recommended"]
    names = {key: option["short_name"] or option["name"] for key, option in inputs["options"].items()}
    return Answer(
        record["case"],
        inputs["case"]["title"],
        date.fromisoformat(inputs["case"]["date"]),
        inputs["case"]["currency"],
        inputs["finance"]["years"],
        record["fingerprint"],
        tuple(
            OptionAnswer(k, names[k], o["tco"], o["full_cost"], o.get("eligible", True))
            for k, o in record["options"].items()
        ),
        best,
        record.get("verdict") or ("too close to call" if record["too_close"] else "not judged"),
        record["joint"][best]["p80"] if best else None,
        tuple(_finding_text(finding, names) for finding in record.get("findings") or ()),
        before,
    )


def _finding_text(finding: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the title of a finding, preceded by the name of the option that it is about."""
    option = finding["option"]
    return f"{names[option]}: {finding['title']}" if option else str(finding["title"])
