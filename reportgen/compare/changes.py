"""The differences between two registers: assumptions changed, added or removed."""

from collections.abc import Iterator

from reportgen.compare.edition import Edition
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.units import Unit


@dataclass(frozen=True, slots=True)
class Change:
    """One assumption with its value in both editions; None where an edition does not have it."""

    path: str
    label: str
    unit: Unit
    currency: str
    before: float | None
    after: float | None

    @property
    def share(self) -> float | None:
        """Return the change as a share of the value before; None where that is missing or zero."""
        if self.before is None or self.after is None or self.before == 0:
            return None
        return (self.after - self.before) / abs(self.before)


def changes(old: Edition, new: Edition) -> tuple[Change, ...]:
    """List the assumptions that differ, in the order of the newer register; removed ones last.

    Excluded are prices that both take from the price book, since they follow its rates, and assumptions of options
    and workloads that only one edition has.
    """
    return tuple(_changes(old, new))


def _changes(old: Edition, new: Edition) -> Iterator[Change]:
    for path, row in new.rows.items():
        before = old.rows.get(path)
        follows = before is not None and not before.is_input and not row.is_input
        if not follows and _has_owner(old, path) and (before is None or before.value != row.value):
            yield _change(new, row, before.value if before else None, row.value)
    for path, row in old.rows.items():
        if path not in new.rows and _has_owner(new, path):
            yield _change(old, row, row.value, None)


def _has_owner(edition: Edition, path: str) -> bool:
    """Return whether an edition has the option or the workload that an assumption belongs to."""
    head, *rest = path.split(".")
    match head:
        case "options":
            return rest[0] in edition.case.options
        case "workloads":
            return rest[0] in edition.case.workloads
    return True


def _change(edition: Edition, row: Assumption, before: float | None, after: float | None) -> Change:
    return Change(
        row.path, qualified_label(edition, row), row.unit, edition.case.case.currency, before, after,
    )  # fmt: skip


def qualified_label(edition: Edition, row: Assumption) -> str:
    """Return an assumption's label, with the option's short name where it belongs to one."""
    head, *rest = row.path.split(".")
    owner = edition.names.get(rest[0]) if head == "options" else None
    return f"{row.label}, {owner}" if owner else row.label
