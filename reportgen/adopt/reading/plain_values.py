"""Cells that hold no number but a plain value: a formula's, or text such as "3,50", "35%" and "$3.50"."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from reportgen.adopt.reading.rates import is_day, read_day
from reportgen.adopt.three_way import is_number
from reportgen.workbook.read import EditableCell, EditedWorkbook, saved_values

SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "€": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "zł": ("PLN",),
}
"""The currencies that each sign may mean."""
NUMBER = re.compile(r"[+-]?\d[\d.,]*|[+-]?[.,]\d+")
GROUPED = re.compile(r"[+-]?\d{1,3}(?P<group>[.,])\d{3}(?P=group)\d{3}(?:(?P=group)\d{3})*")
HINT = "--values takes it"


class NoPlainValue(ValueError):
    """A cell's content has no plain value; the message says why in plain words."""


def plain_number(cell: EditableCell, currency: str = "") -> float:
    """Return the number that a cell's content stands for; NoPlainValue where that is not plain.

    `currency` is the case's; a sign of another one is refused.
    """
    match cell.now:
        case None:
            raise NoPlainValue("it was emptied")
        case bool():
            raise NoPlainValue(f"it holds {str(cell.now).upper()}, which is no number")
        case int() | float():
            return float(cell.now)
        case str() if not _is_formula(cell.now):
            return _number_in_text(cell.now, currency)
        case date():
            raise NoPlainValue(f"it holds a day, {cell.now:%Y-%m-%d}")
        case time():
            raise NoPlainValue(f"it holds a time, {cell.now:%H:%M}")
    if is_number(cell.saved):
        return float(str(cell.saved))
    raise NoPlainValue(
        "it holds a formula whose value was not saved with it; open the workbook in a spreadsheet program and save it"
        if cell.saved is None
        else f"it holds a formula whose value is {cell.saved}"
    )


def plain_day(cell: EditableCell) -> date:
    """Return the day that a cell's content stands for; NoPlainValue where that is not plain."""
    content = cell.saved if _is_formula(cell.now) else cell.now
    found = read_day(content)
    if isinstance(found, date):
        return found
    if isinstance(found, str):
        try:
            return date.fromisoformat(found.strip())
        except ValueError:
            raise NoPlainValue(f'it holds "{found}"; write the day as 2027-01-31') from None
    raise NoPlainValue("it holds no day")


def refusal(cell: EditableCell, currency: str = "", *, day: bool = False) -> str:
    """Return why a cell is not taken as it stands, and whether its plain value can be."""
    try:
        plain: object = plain_day(cell) if day else plain_number(cell, currency)
    except NoPlainValue as error:
        return str(error)
    shown = f"{plain:.10g}" if isinstance(plain, float) else plain
    if _is_formula(cell.now):
        return f"it holds a formula, whose value is {shown}: {HINT}"
    return f"it holds text, which stands for {shown}: {HINT}"


def with_plain_values(book: EditedWorkbook, currency: str) -> EditedWorkbook:
    """Return a workbook in which every changed cell with a plain value holds that value."""

    def number(cell: EditableCell) -> EditableCell:
        return _plain(cell, lambda: plain_number(cell, currency))

    def day(cell: EditableCell) -> EditableCell:
        return _plain(cell, lambda: plain_day(cell))

    return _each_cell(book, number, day)


def with_saved_values(book: EditedWorkbook) -> EditedWorkbook:
    """Return a workbook in which every formula in an unlocked cell has the value that was saved with it."""
    found: list[str] = []

    def note(cell: EditableCell) -> EditableCell:
        found.extend([cell.cell] if _is_formula(cell.now) else [])
        return cell

    _each_cell(book, note, note)
    if not found:
        return book
    values = saved_values(book.path, found)

    def with_value(cell: EditableCell) -> EditableCell:
        return replace(cell, saved=values[cell.cell]) if cell.cell in values else cell

    return _each_cell(book, with_value, with_value)


def _is_formula(content: object) -> bool:
    """Return whether a content is a formula: text after an equals sign, or one of an array."""
    if isinstance(content, str):
        return content.startswith("=")
    return content is not None and not isinstance(content, bool | int | float | date | time)


Change = Callable[[EditableCell], EditableCell]


def _each_cell(book: EditedWorkbook, number: Change, day: Change) -> EditedWorkbook:
    """Return a workbook with every unlocked cell changed: those of numbers, and those of days."""
    return replace(
        book,
        values={path: (day if is_day_path(path) else number)(cell) for path, cell in book.values.items()},
        ranges={path: (number(low), number(high)) for path, (low, high) in book.ranges.items()},
        days={path: day(cell) for path, cell in book.days.items()},
        risks=tuple(replace(risk, probability=number(risk.probability)) for risk in book.risks),
        effects=tuple(replace(effect, amount=number(effect.amount)) for effect in book.effects),
    )


def refusals(book: EditedWorkbook, currency: str) -> dict[str, str]:
    """Map the address of every changed cell that is no number, or no day, to the reason why it is not taken."""
    numbers = [cell for path, cell in book.values.items() if not is_day_path(path)]
    numbers += [cell for pair in book.ranges.values() for cell in pair]
    numbers += [risk.probability for risk in book.risks]
    numbers += [effect.amount for effect in book.effects if effect.amount.now is not None]
    days = [*book.days.values(), *(cell for path, cell in book.values.items() if is_day_path(path))]
    found = {
        cell.cell: refusal(cell, currency) for cell in numbers if cell.changed and not is_number(cell.now)
    }
    wrong_days = [cell for cell in days if cell.changed and not is_day(read_day(cell.now))]
    return found | {cell.cell: refusal(cell, day=True) for cell in wrong_days}


def is_day_path(path: str) -> bool:
    """Return whether a value is a day: the last one of an item."""
    return path.startswith("prices.") and path.endswith(".retires")


def _plain(cell: EditableCell, read: Callable[[], float | date]) -> EditableCell:
    if not cell.changed or is_number(cell.now) or isinstance(cell.now, date):
        return cell
    try:
        return replace(cell, now=read())
    except NoPlainValue:
        return cell


def _number_in_text(text: str, currency: str) -> float:
    """Return the number that a text writes, with a sign of money or per cent; NoPlainValue where it is not plain."""
    rest = re.sub(r"[\s\u00a0\u202f']", "", text.strip()).replace("\N{MINUS SIGN}", "-")
    if not rest:
        raise NoPlainValue("it holds blanks")
    for sign, meant in SIGNS.items():
        if sign in rest:
            if currency and currency not in meant:
                raise NoPlainValue(f'it holds "{text}", and the case is in {currency}')
            rest = rest.replace(sign, "", 1)
    if currency:
        rest = re.sub(rf"^{currency}|{currency}$", "", rest, flags=re.IGNORECASE)
    percent = rest.endswith("%")
    number = rest.removesuffix("%")
    if not NUMBER.fullmatch(number):
        raise NoPlainValue(f'it holds the text "{text}"')
    return _read(number, text) / (100 if percent else 1)


def _read(number: str, text: str) -> float:
    """Return the number of digits with dots and commas; NoPlainValue where a mark may be either."""
    marks = [mark for mark in number if mark in ".,"]
    if len(set(marks)) == 2:  # the last one is the decimal mark, the others group thousands
        whole, decimals = number[: number.rindex(marks[-1])], number[number.rindex(marks[-1]) + 1 :]
        if marks.count(marks[-1]) > 1:
            raise NoPlainValue(f'it holds the text "{text}"')
        return float(f"{whole.replace(marks[0], '')}.{decimals}")
    if len(marks) > 1:
        if not GROUPED.fullmatch(number):
            raise NoPlainValue(f'it holds the text "{text}"')
        return float(number.replace(marks[0], ""))
    if marks == [","] and re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", number):
        raise NoPlainValue(
            f'it holds the text "{text}", which may be {number.replace(",", "")} or {number.replace(",", ".")}'
        )
    return float(number.replace(",", "."))
