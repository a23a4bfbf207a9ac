"""Rules on formulas beside each other: copies that are none, ranges that stop short, circles, comparisons of decimals."""

from collections.abc import Callable, Iterator

from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter

from reportgen.workbook.package.reader import Formula, OpenedBook, OpenedSheet, Place, Reference
from reportgen.workbook.verify.rules.rule import Finding, Rule

Step = Callable[[Place, int], Place]
FEWEST = 3
"""How many equal formulas beside each other make a row or a column of copies."""


def _right(place: Place, by: int) -> Place:
    return place[0], place[1] + by


def _down(place: Place, by: int) -> Place:
    return place[0] + by, place[1]


def _odd_ones(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        found: dict[Place, str] = {}
        for step in (_right, _down):
            for place, what in _odd_along(sheet, step):
                found.setdefault(place, what)
        yield from (Finding(sheet.at(place), what) for place, what in sorted(found.items()))


def _odd_along(sheet: OpenedSheet, step: Step) -> Iterator[tuple[Place, str]]:
    """Give cells amid copies of one formula that hold another formula, a number or nothing."""
    for place, formula in sheet.formulas.items():
        before = step(place, -1)
        if before in sheet.formulas and sheet.formulas[before].relative == formula.relative:
            continue  # only the first of a run looks on
        run = _run(sheet, place, step)
        if run < 2 or "[" not in formula.relative:  # links that all name one cell are no copies
            continue
        odd, after = step(place, run), step(place, run + 1)
        further = sheet.formulas.get(after)
        # A heading stands in the label's column
        gap = (step is _down and odd not in sheet.cells) or _of_its_own_kind(sheet, odd, step)
        if (
            further
            and further.relative == formula.relative
            and run + _run(sheet, after, step) >= FEWEST
            and not gap
        ):
            yield odd, _oddness(sheet, odd, formula)
        yield from _odd_end(sheet, place, run, step)


def _odd_end(sheet: OpenedSheet, place: Place, run: int, step: Step) -> Iterator[tuple[Place, str]]:
    """Give the cell before or after a run that breaks it while the rows beside it go on."""
    for odd, near in ((step(place, run), step(place, run - 1)), (step(place, -1), place)):
        other = sheet.formulas.get(odd)
        number = isinstance(sheet.every[odd].value, int | float) if odd in sheet.every else False
        if (
            run < FEWEST
            or not (other or number)
            or _of_its_own_kind(sheet, odd, step)
            or not _locked(sheet, odd)
        ):
            continue
        across = _down if step is _right else _right
        for side in (-1, 1):
            a, b = sheet.formulas.get(across(odd, side)), sheet.formulas.get(across(near, side))
            longer = _run_through(sheet, across(near, side), step) > run
            if a and b and a.relative == b.relative and longer and (number or _mixed(sheet, odd, near)):
                yield odd, _oddness(sheet, odd, sheet.formulas[near])
                break


def _of_its_own_kind(sheet: OpenedSheet, odd: Place, step: Step) -> bool:
    """Say whether a formula amid a list has copies further up or down: lists may have rows of two kinds."""
    return step is _down and odd in sheet.formulas and sheet.copies[odd[1], sheet.formulas[odd].relative] > 1


def _mixed(sheet: OpenedSheet, odd: Place, near: Place) -> bool:
    one, other = sheet.every[odd], sheet.every[near]
    return bool(one.number_format == other.number_format and one.font.b == other.font.b)


def _locked(sheet: OpenedSheet, place: Place) -> bool:
    cell = sheet.every.get(place)
    return cell is None or bool(cell.protection.locked)


def _run(sheet: OpenedSheet, place: Place, step: Step) -> int:
    first, length = sheet.formulas[place].relative, 1
    while (found := sheet.formulas.get(step(place, length))) and found.relative == first:
        length += 1
    return length


def _run_through(sheet: OpenedSheet, place: Place, step: Step) -> int:
    if place not in sheet.formulas:
        return 0
    back, first = 0, sheet.formulas[place].relative
    while (found := sheet.formulas.get(step(place, back - 1))) and found.relative == first:
        back -= 1
    return _run(sheet, step(place, back), step)


def _oddness(sheet: OpenedSheet, place: Place, like: Formula) -> str:
    if place in sheet.formulas:
        return f"{sheet.formulas[place].text[:50]} is no copy of its neighbours, {like.text[:50]}"
    value = sheet.every[place].value if place in sheet.every else None
    if value is None:
        return f"is empty amid copies of {like.text[:50]}"
    return f"{str(value)[:30]} was typed over a formula; beside it stands {like.text[:50]}"


def _short_ranges(book: OpenedBook) -> Iterator[Finding]:
    starts, ends = _edges(book)
    for formula in book.formulas():
        for one in formula.references:
            if one.single or one.sheet not in book.sheets:
                continue
            for beyond, last in _beyond(one):
                own = (one.sheet, beyond) == (formula.sheet, formula.place)
                tiled = (one.sheet, beyond) in (starts if beyond > last else ends)
                if not own and not tiled and _alike(book.sheets[one.sheet], last, beyond):
                    where = f"{get_column_letter(beyond[1])}{beyond[0]}"
                    yield Finding(
                        book.sheets[formula.sheet].at(formula.place),
                        f"{formula.text[:60]} leaves {where} out",
                    )
                    break


def _edges(book: OpenedBook) -> tuple[set[tuple[str, Place]], set[tuple[str, Place]]]:
    """Give where ranges begin and end: one that begins where another ends covers a part, as years do."""
    ranges = [one for formula in book.formulas() for one in formula.references if not one.single]
    return {(one.sheet, one.first) for one in ranges}, {(one.sheet, one.last) for one in ranges}


def _beyond(one: Reference) -> Iterator[tuple[Place, Place]]:
    """Give the cells next to the ends of a row or column, each with the end that it is next to."""
    if one.first[0] == one.last[0]:
        yield _right(one.last, 1), one.last
        yield _right(one.first, -1), one.first
    elif one.first[1] == one.last[1]:
        yield _down(one.last, 1), one.last
        yield _down(one.first, -1), one.first


def _alike(sheet: OpenedSheet, one: Place, other: Place) -> bool:
    """Say whether two cells belong together: copies of one formula, or numbers typed in one look."""
    a, b = sheet.formulas.get(one), sheet.formulas.get(other)
    if a or b:
        return bool(a and b and a.relative == b.relative)
    if (one in sheet.table_cells) or (other in sheet.table_cells):
        return one in sheet.table_cells and other in sheet.table_cells
    x, y = sheet.every.get(one), sheet.every.get(other)
    if x is None or y is None or not isinstance(x.value, int | float) or not isinstance(y.value, int | float):
        return False
    return bool(x.style_id == y.style_id)


def _circles(book: OpenedBook) -> Iterator[Finding]:
    """Follow references from cell to cell; a formula that is met again on its own way is part of a circle."""
    done: set[tuple[str, Place]] = set()
    for formula in book.formulas():
        start = (formula.sheet, formula.place)
        if start in done:
            continue
        way, on_way = [(start, _read(book, start))], {start}
        while way:
            cell, ahead = way[-1]
            following = next(ahead, None)
            if following is None:
                way.pop()
                on_way.discard(cell)
                done.add(cell)
            elif following in on_way:
                done |= on_way
                yield Finding(book.sheets[cell[0]].at(cell[1]), "depends on itself")
                break
            elif following not in done:
                way.append((following, _read(book, following)))
                on_way.add(following)


def _read(book: OpenedBook, cell: tuple[str, Place]) -> Iterator[tuple[str, Place]]:
    for one in book.sheets[cell[0]].formulas[cell[1]].references:
        sheet = book.sheets.get(one.sheet)
        if sheet is None:
            continue
        size = (one.last[0] - one.first[0] + 1) * (one.last[1] - one.first[1] + 1)
        if size > 4 * len(sheet.formulas) + 4:
            yield from (
                (one.sheet, place) for place in sheet.formulas
                if one.first[0] <= place[0] <= one.last[0] and one.first[1] <= place[1] <= one.last[1]
            )  # fmt: skip
        else:
            yield from ((one.sheet, place) for place in one.places() if place in sheet.formulas)


def _equality(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        for number, token in enumerate(formula.tokens):
            compares = token.type == Token.OP_IN and token.value in ("=", "<>")
            if compares and any(_decimal(book, formula, side) for side in _sides(formula.tokens, number)):
                what = f"{formula.text[:60]} compares computed decimals exactly"
                yield Finding(book.sheets[formula.sheet].at(formula.place), what)
                break


def _sides(tokens: tuple[Token, ...], number: int) -> Iterator[Token]:
    """Give what stands left and right of a comparison, up to the next comma or bracket."""
    for step in (-1, 1):
        place = number + step
        while 0 <= place < len(tokens):
            token = tokens[place]
            if token.type == Token.SEP or token.subtype == (Token.CLOSE if step > 0 else Token.OPEN):
                break
            yield token
            if token.type in (Token.FUNC, Token.PAREN):
                break
            place += step


def _decimal(book: OpenedBook, formula: Formula, token: Token) -> bool:
    """Say whether one side of a comparison is a computed number that need not be whole."""
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return token.type in (Token.FUNC, Token.PAREN)
    found = Formula(formula.sheet, formula.place, f"={token.value}").references
    if not found or found[0].sheet not in book.sheets:
        return False
    sheet, place = book.sheets[found[0].sheet], found[0].first
    for _ in range(10):  # a plain link is as exact as what it links to
        source = sheet.formulas.get(place)
        if source is None:
            return False
        if len(source.tokens) != 1 or not source.references:
            value = sheet.saved.get(place)
            return isinstance(value, float) and value != int(value)
        sheet, place = book.sheets.get(source.references[0].sheet, sheet), source.references[0].first
    return False


CONSISTENCY = (
    Rule(
        "copies", "One formula per row, copied across, and one per column of a list", "FAST 3.02 and 2.01-03; ICAEW 12", "followed",
        "Compared as seen from each cell; a number typed over one of the copies is found the same way.", _odd_ones,
    ),
    Rule(
        "whole-ranges", "Ranges take in all of what they are about", "ICAEW 18", "followed",
        "A sum over a year stands beside the sums of the other years.", _short_ranges,
    ),
    Rule("circles", "No circular references", "FAST 1.01", "followed", "Every formula is followed through all cells that it reads.", _circles),
    Rule(
        "equality", "No exact comparison of computed decimals", "ICAEW 18", "followed",
        "Checks allow for 1e-9 of the larger side: programs add in different orders.", _equality,
    ),
)  # fmt: skip
