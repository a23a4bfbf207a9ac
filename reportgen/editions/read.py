"""Reading an edition: a case file, a workbook or a results file, told apart by what is in it."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reportgen.compare.edition import Edition, Outcome
from reportgen.errors import InputError, Problem
from reportgen.schema.case import Case
from reportgen.schema.load import load_case
from reportgen.schema.prices import PriceBook


def edition(path: Path) -> Edition:
    """Read an edition by the ending of its name; InputError with all problems where there are any."""
    match path.suffix.lower():
        case ".json":
            return _results_file(path)
        case ".xlsx":
            return _workbook(path)
        case _:
            return Edition(str(path), "case file", load_case(path))


def _results_file(path: Path) -> Edition:
    record = _record(path)
    try:
        case = Case.model_validate(record["inputs"]).with_book(_book(record))
    except (KeyError, TypeError):
        raise _unreadable(path, "it holds no inputs; it is no results file of this program.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _unreadable(
            path,
            f"it was written by {record.get('program', 'another program')}, whose inputs this version does not "
            f"know: {where}: {first['msg']}. Compare its case file or its workbook instead.",
        ) from None
    return Edition(
        str(path), "results file", case, record.get("program"), _recorded(record), record.get("edition")
    )


def _record(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise _unreadable(path, f"{error.strerror or error}.") from error
    except ValueError as error:
        raise _unreadable(path, "it is not JSON.") from error
    if not isinstance(found, dict):
        raise _unreadable(path, "it is no results file of this program.")
    return found


def _book(record: dict[str, Any]) -> PriceBook | None:
    prices = record.get("prices")
    return PriceBook.model_validate(prices) if prices else None


def _recorded(record: dict[str, Any]) -> Outcome | None:
    options = record.get("options")
    if not isinstance(options, dict):
        return None
    return Outcome(
        {key: float(option["full_cost"]) for key, option in options.items()},
        {key: float(option["tco"]) for key, option in options.items()},
        record.get("recommended"),
    )


def _unreadable(path: Path, sentence: str) -> InputError:
    return InputError([Problem(str(path), 1, 1, "", "", f"This file cannot be compared: {sentence}")])


def _workbook(path: Path) -> Edition:
    raise NotImplementedError(path)
