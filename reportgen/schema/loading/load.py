"""Load a case or a price book from YAML; one `InputError` carries all problems with line, excerpt and remedy."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from reportgen.errors import InputError, Problem
from reportgen.files import data_folder, lies_outside
from reportgen.schema.appearance.brand import Brand, BrandFile
from reportgen.schema.assumption_fields import Written
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.checks.appearance import check_appearance
from reportgen.schema.checks.brand import brand_problems
from reportgen.schema.checks.conditions import check_conditions
from reportgen.schema.checks.doubts import all_doubts
from reportgen.schema.checks.effects import check_effects, stated_runs
from reportgen.schema.checks.machines import check_machines
from reportgen.schema.checks.names import check_names
from reportgen.schema.checks.price_book import check_price_book
from reportgen.schema.checks.price_ranges import with_widened_ranges
from reportgen.schema.checks.prices import check_item_names, check_prices
from reportgen.schema.checks.references import check_references
from reportgen.schema.checks.workloads import check_workloads
from reportgen.schema.field_types import MAX_TEXT_LENGTH
from reportgen.schema.loading.document import Document, parse_document, read_document
from reportgen.schema.loading.suggestions import listed
from reportgen.schema.loading.validation import ValidatedDocument, Violation, validate
from reportgen.schema.prices import PriceBook
from reportgen.schema.schedules import price_item_id
from reportgen.schema.usual_figures import UsualFigures

Part = TypeVar("Part", bound=Written)
DEFAULT_BOOK = "prices.yaml"
"""The name of the price book in the case's folder, unless the case names another."""


def load_case(path: Path, prices: Path | None = None, *, widen: bool = False, limits: bool = False) -> Case:
    """Load a case with the price book it names, or with `prices`.

    `widen` widens a range that a price of the book has left, in place of refusing it; the case says which. `limits` refuses
    numbers beyond the limits of the usual figures, as every command does that says something new about a case; an
    edition that was issued is read as it is.

    Raises:
        InputError: with all problems of the case and of its price book.
    """
    document = read_document(path)
    _refuse_other_files(document)
    found = validate(document, Case)
    problems: list[Problem] = []
    if found.model is not None:
        found.add_violations(_outside(found.model, path.parent), "file")
        if found.problems and found.problems[-1].code == "file":
            raise InputError(found.problems)  # before anything outside is read
        where = prices or book_path(path, found.model)
        book, problems, content = _book(where, found, found.model)
        found.model = found.model.with_book(None if problems else book)
        found.model = found.model.with_files((document.content, content))
        if widen and found.model.book is not None:
            found.model = with_widened_ranges(found.model)
        _check(found, found.model)
        if problems and book and not any(problem.path.endswith(".id") for problem in problems):
            found.add_violations(check_item_names(found.model, book), "prices")
        found.add_violations(check_appearance(found.model, path.parent), "appearance")
        if limits:
            problems += _check_usual(found, path, found.model)
    found.problems += _overlong_lines(found)
    return _model_or_raise(found, problems)


def _refuse_other_files(document: Document) -> None:
    """Raise InputError for a file of this program that is no case, or JSON that is none."""
    data = document.data
    schema = str(data.get("schema", "")) if isinstance(data, dict) else ""
    sentence = ""
    if schema.startswith("reportgen.prices/"):
        sentence = (
            f"This is a price book, not a case; look at it with: reportgen prices check {document.file}"
        )
    elif schema.startswith("reportgen."):
        sentence = "This is a file that reportgen wrote or brings along, not a case; name the case itself."
    elif isinstance(data, dict) and {"fingerprint", "program", "inputs"} <= data.keys():
        sentence = "This is the results file of a build, not a case; name the case that it was made from."
    elif document.lines[0].lstrip().startswith("{") and isinstance(data, dict) and "case" not in data:
        sentence = f"This file is JSON with the keys {listed(map(str, data), 4)}, not a case, which starts with `case:`."
    if sentence:
        raise InputError([Problem(document.file, 1, 1, "", "", sentence)])


def _overlong_lines(found: ValidatedDocument[Case]) -> list[Problem]:
    """Return a problem for each line that no cell of the workbook's sheet Case could hold."""
    document, out = found.document, []
    reported = {problem.line for problem in found.problems}
    for number, line in enumerate(document.lines, start=1):
        if len(line) > MAX_TEXT_LENGTH and number not in reported:
            sentence = (
                f"This line has {len(line)} characters; a cell of the workbook, which carries the case, holds "
                f"{MAX_TEXT_LENGTH}. Break it."
            )
            out.append(Problem(document.file, number, 1, "", document.line_text(number), sentence))
    return out


def case_of(text: str, name: str, prices: str) -> Case:
    """Load a case and its price book from YAML texts, such as a workbook embeds; `name` is the file name in messages."""
    found = validate(parse_document(text, name), Case)
    if found.model is not None:
        book = _checked_book(parse_document(prices, f"{name}, prices")) if prices.strip() else None
        found.model = found.model.with_book(book).with_files((text.encode(), prices.encode()))
        _check(found, found.model)
    return _model_or_raise(found)


def case_with_text(path: Path, text: str) -> Case:
    """Load a case with another text than its file holds, as if it had been written; InputError with all its problems."""
    found = validate(parse_document(text, str(path)), Case)
    problems: list[Problem] = []
    if found.model is not None:
        book, problems, content = _book(book_path(path, found.model), found, found.model)
        found.model = found.model.with_book(None if problems else book).with_files((text.encode(), content))
        _check(found, found.model)
        problems += _check_usual(found, path, found.model)
    return _model_or_raise(found, problems)


def load_book(path: Path) -> PriceBook:
    """Load a price book; InputError with all its problems."""
    return _checked_book(read_document(path))


def book_of(text: str, name: str) -> PriceBook:
    """Load a price book from YAML text; `name` is the file name in messages."""
    return _checked_book(parse_document(text, name))


def _checked_book(document: Document) -> PriceBook:
    return _model_or_raise(_validated_book(document))


def _validated_book(document: Document) -> ValidatedDocument[PriceBook]:
    found = validate(document, PriceBook)
    if found.model is not None:
        found.add_violations(check_price_book(found.model), "price-book")
    return found


def is_book(path: Path) -> bool:
    """Return whether a file is a price book, by its `schema` key; InputError if it is not YAML."""
    data = read_document(path).data
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("reportgen.prices/")


def load_brand(path: Path) -> Brand:
    """Load a brand file; InputError with all its problems."""
    found = validate(read_document(path), BrandFile)
    if found.model is not None:
        found.add_violations(
            Violation(where, sentence) for where, sentence in brand_problems(found.model, path.parent)
        )
    return _model_or_raise(found)


def load_usual(path: Path) -> UsualFigures:
    """Load the usual figures that findings compare a case with."""
    return _model_or_raise(validate(read_document(path), UsualFigures))


@cache
def shipped_usual() -> UsualFigures:
    """Load the usual figures that come with the program."""
    return load_usual(data_folder("inputs") / "usual.yaml")


def usual_figures(path: Path, case: Case) -> UsualFigures:
    """Load the usual figures of a case: the file that it names, beside it, else the shipped one."""
    own = path.parent / case.usual if case.usual else None
    return load_usual(own) if own and own.is_file() else shipped_usual()


def _check_usual(found: ValidatedDocument[Case], path: Path, case: Case) -> list[Problem]:
    """Refuse numbers beyond their limits; return the problems of the file of usual figures itself."""
    if case.usual and not (path.parent / case.usual).is_file():
        sentence = f"There is no file {path.parent / case.usual}; write it, or leave the key out for the shipped figures."
        found.add_violations([Violation(("usual",), sentence)])
        return []
    try:
        usual = usual_figures(path, case)
    except InputError as error:
        return list(error.problems)
    taken = {problem.path for problem in found.problems}
    for doubt in all_doubts(case, usual):
        if doubt.refused and doubt.path not in taken:
            found.add_violations([Violation(doubt.location, doubt.sentence)], "limit")
    return []


def is_auxiliary(path: Path) -> bool:
    """Return whether a file is no case but another file of this program, such as a price book, by its `schema` key."""
    data = read_document(path).data
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("reportgen.")


def book_path(path: Path, case: Case) -> Path | None:
    """Return the path of the price book of a case file; None if the case takes no price from a book."""
    if case.price_book is None and not any(price_item_id(option) for option in case.options.values()):
        return None
    return path.parent / (case.price_book or DEFAULT_BOOK)


def input_files(path: Path, case: Case) -> tuple[Path, ...]:
    """Return the files that a case is made from: itself, price book, usual figures, logos, the folder of fonts and those in it."""
    brand = case.report.brand
    named = (case.usual, case.report.logo, brand.logo, brand.fonts)
    beside = [path.parent / name for name in named if name]
    fonts = sorted((path.parent / brand.fonts).iterdir()) if brand.fonts else []
    book = book_path(path, case)
    return (path, *((book,) if book else ()), *beside, *fonts)


def _book(
    where: Path | None, found: ValidatedDocument[Case], case: Case
) -> tuple[PriceBook | None, list[Problem], bytes]:
    """Load the price book of a case; return it, or None, with its problems and the bytes that were read."""
    if where is None:
        return None, [], b""
    if not where.exists():
        location = ("price_book",) if case.price_book else _first_item(case)
        found.add_violations(
            [
                Violation(
                    location, f"There is no price book {where}; write it, or name another with `price_book:`."
                )
            ]
        )
        return None, [], b""
    try:
        document = read_document(where)
        validated = _validated_book(document)
    except InputError as error:
        return None, list(error.problems), b""
    return validated.model, validated.problems, document.content


def _outside(case: Case, folder: Path) -> Iterator[Violation]:
    """Yield a violation for each file that a case names outside of its folder: a case comes from others."""
    for key in ("price_book", "usual"):
        name = getattr(case, key)
        if name and lies_outside(folder, name):
            sentence = f"{name} lies outside of the folder of this file; put it beside the case, or allow it with --allow-outside."
            yield Violation((key,), sentence)


def _first_item(case: Case) -> tuple[str, ...]:
    for key, option in case.options.items():
        for field in ("prices", "gpu_prices"):
            if getattr(option, field, None):
                return ("options", key, field)
    return ("options",)


def _check(found: ValidatedDocument[Case], case: Case) -> None:
    """Run the checks that involve more than one field."""
    table = {row.path: row for row in assumptions(case)}
    found.add_violations(check_names(case), "names")
    found.add_violations(check_references(case), "references")
    found.add_violations(check_workloads(case), "workloads")
    found.add_violations(check_machines(case, table), "machines")
    found.add_violations(check_prices(case), "prices")
    found.add_violations(check_effects(case, table), "effects")
    found.add_violations(check_conditions(case, table, stated_runs(case, table)), "conditions")


def _model_or_raise(found: ValidatedDocument[Part], book_problems: Sequence[Problem] = ()) -> Part:
    """Return the validated model, or raise all problems: those of the document first, in the order of its lines."""
    problems = dict.fromkeys([*found.problems, *book_problems])
    if problems or found.model is None:
        file = found.document.file
        raise InputError(
            sorted(problems, key=lambda problem: (problem.file != file, problem.line, problem.column))
        )
    return found.model
