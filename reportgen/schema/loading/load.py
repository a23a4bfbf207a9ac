"""YAML to a case: every problem with its file, line, excerpt and remedy, all at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from reportgen.errors import InputError, Problem
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.checks.appearance import look
from reportgen.schema.checks.catalogue import catalogue
from reportgen.schema.checks.conditions import conditions
from reportgen.schema.checks.effects import effects, runs
from reportgen.schema.checks.names import names
from reportgen.schema.checks.pricing import pricing
from reportgen.schema.checks.references import references
from reportgen.schema.loading.document import Document, parse, read
from reportgen.schema.loading.reading import Reading, Remark, reading
from reportgen.schema.prices import PriceBook
from reportgen.schema.schedules import item_name
from reportgen.schema.stated import Written
from reportgen.schema.usual import UsualFigures

Part = TypeVar("Part", bound=Written)
BOOK = "prices.yaml"
"""The price book beside a case, unless the case names another."""


def load_case(path: Path, prices: Path | None = None) -> Case:
    """Read a case and the price book it names, or another one; InputError with all problems where there are any."""
    found = reading(read(path), Case)
    problems: list[Problem] = []
    if found.whole is not None:
        book, problems = _book(prices or book_path(path, found.whole), found, found.whole)
        found.whole = found.whole.with_book(book)
        _check(found, found.whole)
        found.tell(look(found.whole, path.parent))
    return _sound(found, problems)


def case_of(text: str, name: str, prices: str) -> Case:
    """Read a case and the prices that it uses out of text, such as a workbook carries; `name` is for messages."""
    found = reading(parse(text, name), Case)
    if found.whole is not None:
        book = _checked_book(parse(prices, f"{name}, prices")) if prices.strip() else None
        found.whole = found.whole.with_book(book)
        _check(found, found.whole)
    return _sound(found)


def load_book(path: Path) -> PriceBook:
    """Read a price book; InputError with all problems where there are any."""
    return _checked_book(read(path))


def book_of(text: str, name: str) -> PriceBook:
    """Read a price book out of text; `name` is for messages."""
    return _checked_book(parse(text, name))


def _checked_book(document: Document) -> PriceBook:
    found = reading(document, PriceBook)
    if found.whole is not None:
        found.tell(catalogue(found.whole))
    return _sound(found)


def is_book(path: Path) -> bool:
    """Say whether a file is a price book, by its first keys; InputError where it cannot be read as YAML."""
    data = read(path).data
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("reportgen.prices/")


def load_usual(path: Path) -> UsualFigures:
    """Read the usual figures that findings hold a case against."""
    return _sound(reading(read(path), UsualFigures))


def is_beside(path: Path) -> bool:
    """Say whether a file stands beside cases and is none: it names its own form, as a price book does."""
    data = read(path).data
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("reportgen.")


def book_path(path: Path, case: Case) -> Path | None:
    """Give the price book of the case in a file; None where the case takes no price from a book."""
    if case.price_book is None and not any(item_name(option) for option in case.options.values()):
        return None
    return path.parent / (case.price_book or BOOK)


def _book(where: Path | None, found: Reading[Case], case: Case) -> tuple[PriceBook | None, list[Problem]]:
    """Read the price book of a case, its problems beside it."""
    if where is None:
        return None, []
    if not where.is_file():
        location = ("price_book",) if case.price_book else _first_item(case)
        found.tell(
            [
                Remark(
                    location, f"There is no price book {where}; write it, or name another with `price_book:`."
                )
            ]
        )
        return None, []
    try:
        return load_book(where), []
    except InputError as error:
        return None, list(error.problems)


def _first_item(case: Case) -> tuple[str, ...]:
    for key, option in case.options.items():
        for field in ("prices", "gpu_prices"):
            if getattr(option, field, None):
                return ("options", key, field)
    return ("options",)


def _check(found: Reading[Case], case: Case) -> None:
    """Look at everything that takes more than one place to see."""
    table = {row.path: row for row in assumptions(case)}
    found.tell(names(case))
    found.tell(references(case))
    found.tell(pricing(case))
    found.tell(effects(case, table))
    found.tell(conditions(case, table, runs(case, table)))


def _sound(found: Reading[Part], beside: Sequence[Problem] = ()) -> Part:
    """Give what was read; raise all problems, those of the document first and in the order of its lines."""
    problems = dict.fromkeys([*found.problems, *beside])
    if problems or found.whole is None:
        file = found.document.file
        raise InputError(
            sorted(problems, key=lambda problem: (problem.file != file, problem.line, problem.column))
        )
    return found.whole
