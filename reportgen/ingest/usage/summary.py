"""What usage files show: read, worked out, and as text, as a record, or as a change of a case."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from reportgen.files import read_text
from reportgen.ingest.usage.figures import Figures, drop_partial, figures
from reportgen.ingest.usage.groups import largest
from reportgen.ingest.usage.into_case import with_section, with_workload
from reportgen.ingest.usage.read import Reading, read_usage
from reportgen.ingest.usage.records import By
from reportgen.ingest.usage.remarks import figures_record, reading_record, remark_lines
from reportgen.ingest.usage.text import Origin, peak_entry, stream_entries, workload_yaml, workloads_yaml
from reportgen.ingest.usage.totals import Amounts
from reportgen.runtime.records import dataclass

MOST_NAMED = 3
"""The files that the source of a figure names."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What usage files show, as text, as a record, and as a change of a case."""

    found: Reading
    whole: Figures
    groups: dict[str, Figures]
    origin: Origin
    zone: tzinfo = UTC

    @property
    def yaml(self) -> str:
        """Return the workload, or workloads, as YAML."""
        if len(self.groups) > 1:
            return workloads_yaml(self.groups, self.whole, self.origin)
        return workload_yaml(self.whole, self.origin)

    def into(self, case: Path) -> tuple[str, str]:
        """Return the text of a case before and after; KeyError where it has several workloads and this is one."""
        before = read_text(case)
        if len(self.groups) > 1:
            return before, with_section(before, self.yaml)
        entries = stream_entries(self.whole, self.origin) + peak_entry(self.whole, self.origin)
        return before, with_workload(before, entries)

    def by_month(self) -> dict[str, Amounts]:
        """Return the numbers of every calendar month, in the order of `COLUMNS`."""
        out: dict[str, Amounts] = {}
        for start, amounts in self.found.totals.by_bucket().items():
            name = f"{datetime.fromtimestamp(start, self.zone):%Y-%m}"
            out[name] = out[name] + amounts if name in out else amounts.copy()
        return out

    def lines(self) -> list[str]:
        """Return what is said beside the figures, for people."""
        return remark_lines(self.found, self.whole)

    def record(self) -> dict[str, object]:
        """Return everything as plain data."""
        groups = {name: figures_record(one) for name, one in self.groups.items()}
        return {
            **reading_record(self.found),
            "workload": figures_record(self.whole),
            "workloads": groups,
            "yaml": self.yaml,
        }


def summary_of(
    files: Sequence[Path], by: By | None = None, zone: tzinfo = UTC, columns: Mapping[str, str] | None = None
) -> Summary:
    """Read usage files as one and work out what they show; `by` makes several workloads of them.

    Raises:
        InputError: for a file whose format is not recognised, or that is damaged.
    """
    found = read_usage(files, by or "model", zone, columns)
    drop_partial(found.totals, max((path.stat().st_mtime for path in files), default=0.0))
    unknown = set.intersection(*(notes.unknown for notes in found.notes.values())) if found.notes else set()
    trace = any(notes.is_trace for notes in found.notes.values())
    whole = figures(found.totals, unknown, zone, is_trace=trace)
    formats = ", ".join(dict.fromkeys(notes.format for notes in found.notes.values()))
    newest = (whole.end - timedelta(seconds=1)).date() if whole.end else date(1970, 1, 1)
    more = " and more" if len(files) > MOST_NAMED else ""
    origin = Origin(f"{formats}: {', '.join(path.name for path in files[:MOST_NAMED])}{more}", newest)
    parts = largest(found.totals) if by else {}
    groups = {name: figures(one, unknown, zone, is_trace=trace) for name, one in parts.items()}
    return Summary(found, whole, groups, origin, zone)
