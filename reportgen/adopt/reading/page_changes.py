"""The changes that the web page saves as YAML, read as the edits of a workbook, so that one merge serves both."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen.adopt.three_way import is_number
from reportgen.binding.outline import outline_of
from reportgen.binding.prices import price_rows
from reportgen.errors import InputError, Problem
from reportgen.files import read_text
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.document import parse_document
from reportgen.schema.loading.load import book_path, load_case
from reportgen.workbook.read import EditableCell, EditedEffect, EditedRisk, EditedWorkbook

HEAD, CHANGES = "changes_of", "changes"
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class PageChanges:
    """What a page saved: the name of its case file, and by path each value as issued and as it is now."""

    file: Path
    case: str
    values: Mapping[str, tuple[float, float]]


def is_page_changes(path: Path) -> bool:
    """Return whether a file is named as the changes of a page are."""
    return path.suffix.lower() in ENDINGS


def read_page_changes(path: Path) -> PageChanges:
    """Read the changes that a page saved. Raises InputError where the file is missing or is something else."""
    if not path.is_file():
        raise _error(path, "There is no such file; check its name and folder.")
    data = parse_document(read_text(path), str(path)).data
    head = data.get(HEAD) if isinstance(data, dict) else None
    found = data.get(CHANGES) if isinstance(data, dict) else None
    if not isinstance(head, dict) or not isinstance(head.get("case"), str) or not isinstance(found, dict):
        raise _error(path, "These are no changes of a web page: save them there with Save changes.")
    return PageChanges(path, head["case"], dict(_values(path, found)))


def _values(path: Path, found: Mapping[str, Any]) -> Iterator[tuple[str, tuple[float, float]]]:
    for name, change in found.items():
        was, now = (change.get("was"), change.get("now")) if isinstance(change, dict) else (None, None)
        if not is_number(was) or not is_number(now):
            raise _error(path, f"{name}: a change has two numbers, was and now.")
        yield str(name), (float(str(was)), float(str(now)))


def find_case_of(changes: PageChanges) -> Path:
    """Return the case file of a page's changes, from the usual folders. Raises InputError where there is none."""
    name = Path(changes.case).name
    places = dict.fromkeys(
        (Path("inputs"), changes.file.parent, changes.file.parent.parent / "inputs", Path())
    )
    found = next((place / name for place in places if (place / name).is_file()), None)
    if found is None:
        where = ", ".join(str(place) for place in places)
        raise _error(changes.file, f"There is no {name} in {where}; name the case with --case.")
    return found


def as_edited_workbook(changes: PageChanges, case_file: Path) -> EditedWorkbook:
    """Return a page's changes as the edits of a workbook of the case; each path stands for the address of a cell.

    Raises InputError where the case has no assumption of a path.
    """
    case = load_case(case_file)
    rows = {row.path: row.value for row in (*assumptions(case), *price_rows(case))}
    unknown = [path for path in changes.values if path not in rows]
    if unknown:
        raise _error(changes.file, f"{unknown[0]}: the case {case_file.name} has no such assumption.")
    cells = {
        path: EditableCell(path, *reversed(changes.values.get(path, (value, value))))
        for path, value in rows.items()
    }
    book = book_path(case_file, case)
    risks = tuple(
        EditedRisk(risk.name, f"risks.{risk.id}", cells[f"risks.{risk.id}.probability"])
        for risk in case.risks
    )
    return EditedWorkbook(
        changes.file,
        read_text(case_file),
        read_text(book) if book else "",
        {path: cell for path, cell in cells.items() if not _is_probability(path) and not _is_day(path)},
        dict(_widened(changes, case)),
        dict(_days(cells)),
        risks,
        tuple(_effects(case)),
        (),
        is_unmodified=False,
    )


def _widened(changes: PageChanges, case: Case) -> Iterator[tuple[str, tuple[EditableCell, EditableCell]]]:
    """Yield the ranges of changed values; a value beyond an end takes the end with it, as the page's futures do."""
    for row in assumptions(case):
        if row.path not in changes.values or row.low is None or row.high is None:
            continue
        now = changes.values[row.path][1]
        low = EditableCell(f"{row.path}.low", min(row.low, now), row.low)
        yield row.path, (low, EditableCell(f"{row.path}.high", max(row.high, now), row.high))


def _is_probability(path: str) -> bool:
    return path.startswith("risks.") and path.endswith(".probability")


def _is_day(path: str) -> bool:
    return path.startswith("prices.") and path.endswith((".effective", ".from"))


def _days(cells: Mapping[str, EditableCell]) -> Iterator[tuple[str, EditableCell]]:
    """Yield the first day of each rate by the path of its amount."""
    for path, cell in cells.items():
        amount, _, last = path.rpartition(".")
        if path.startswith("prices.") and last in ("effective", "from"):
            yield amount, cell


def _effects(case: Case) -> Iterator[EditedEffect]:
    """Yield every effect of the risks and of the price scenarios as issued."""
    for run in outline_of(case, assumptions(case)).runs:
        if run.purpose not in ("risk", "scenario"):
            continue
        for effect in run.effects:
            amount = EditableCell(effect.path, effect.amount, effect.amount)
            yield EditedEffect(run.name, effect.operation, effect.path, amount)


def _error(path: Path, sentence: str) -> InputError:
    return InputError([Problem(str(path), 1, 1, "", "", sentence)])
