"""Reader of editions: case files, workbooks and results files, distinguished by file extension."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reportgen.adopt.edited_case import current_case, issued_case
from reportgen.compare.edition import Edition
from reportgen.compare.outcome import Outcome
from reportgen.editions.recorded import recorded_editions, recorded_outcome
from reportgen.errors import InputError, Problem
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from reportgen.schema.prices import PriceBook
from reportgen.workbook.read import read_workbook


def read_edition(path: Path, *, issued: bool = False) -> Edition:
    """Read an edition from a file; InputError with all problems if it cannot be read.

    A workbook is read with its current values, or with those it was `issued` with.
    """
    match path.suffix.lower():
        case ".json":
            return _read_results_file(path)
        case ".xlsx":
            return _read_workbook(path, issued=issued)
        case _:
            return Edition(str(path), "case file", load_case(path, widen=True))


def _read_results_file(path: Path) -> Edition:
    record = _load_json(path)
    try:
        case = Case.model_validate(record["inputs"]).with_book(_book(record))
    except (KeyError, TypeError):
        raise _reading_error(path, "it holds no inputs; it is no results file of this program.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _reading_error(
            path,
            f"it was written by {record.get('program', 'another program')}, whose inputs this version does not "
            f"know: {where}: {first['msg']}. Compare its case file or its workbook instead.",
        ) from None
    return Edition(
        str(path),
        "results file",
        case,
        record.get("program"),
        recorded_outcome(record),
        record.get("edition"),
        recorded_editions(record),
    )


def _load_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise _reading_error(path, f"{error.strerror or error}.") from error
    except ValueError as error:
        raise _reading_error(path, "it is not JSON.") from error
    if not isinstance(found, dict):
        raise _reading_error(path, "it is no results file of this program.")
    return found


def _book(record: dict[str, Any]) -> PriceBook | None:
    prices = record.get("prices")
    return PriceBook.model_validate(prices) if prices else None


def _reading_error(path: Path, sentence: str) -> InputError:
    return InputError([Problem(str(path), 1, 1, "", "", f"This file cannot be compared: {sentence}")])


def _read_workbook(path: Path, *, issued: bool) -> Edition:
    book = read_workbook(path)
    last = book.editions[-1] if book.editions else None
    same = issued or book.is_unmodified
    return Edition(
        str(path),
        "workbook",
        issued_case(book) if issued else current_case(book),
        last.program if last else None,
        Outcome(last.full_cost, last.tco, last.recommended) if last and same else None,
        last.number if last else None,
        book.editions,
    )
