"""Results of commands as plain data, for `--json`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportgen.analysis import Analysis
    from reportgen.results.results import Results


def answer_record(results: "Results") -> dict[str, Any]:
    """Return the answer of a case: what is recommended, how surely, and what each option costs."""
    from reportgen.report.answer import answer_sentence

    return {
        "answer": answer_sentence(results), "recommended": results.recommended, "verdict": results.verdict, "currency": results.currency,
        "options": {
            one.key: {"name": one.name, "eligible": one.eligible, "tco": one.tco, "full_cost": one.full_cost} for one in results.options
        },
        "checks": {"passed": sum(one.passes for one in results.checks), "all": len(results.checks)},
    }  # fmt: skip


def finding_records(analysis: "Analysis") -> list[dict[str, Any]]:
    """Return the findings about a case, each with its place in the case file where it has one."""
    from reportgen.schema.loading.document import read_document

    file = analysis.file
    document = read_document(file) if file.suffix in (".yaml", ".yml") and file.is_file() else None
    out = []
    for one in analysis.results.findings:
        sentence = f"{one.title}. {one.detail}" if one.detail else one.title
        place = None
        if document and one.path:
            place = document.problem_at(document.location_of(one.path), sentence)
        out.append({
            "severity": "warning", "code": f"finding.{one.kind}", "file": str(file), "line": place.line if place else 1,
            "column": place.column if place else 1, "path": one.path, "message": sentence, "option": one.option, "cost": one.cost,
            "source": one.source,
        })  # fmt: skip
    return out


def files_record(paths: Sequence[Path | None]) -> list[str]:
    """Return the paths of what was written."""
    return [str(path) for path in paths if path]
