"""Rules on consistency: inconsistent copies, truncated ranges, circular references, exact comparisons of decimals."""

from collections.abc import Callable, Iterator

from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter

from reportgen.workbook.package.reader import CellPosition, Formula, OpenedBook, OpenedSheet, Reference
from reportgen.workbook.verify.rules.rule import Finding, Rule

Step = Callable[[CellPosition, int], CellPosition]
_Node = tuple[str, CellPosition] | Reference
"""What a search for circular references visits: a formula by its sheet and place, or a range."""
FEWEST_COPIES = 3
"""The least number of equal neighbouring formulas that make a row or column of copies."""


def _right(place: CellPosition, by: int) -> CellPosition:
    return place[0], place[1] + by


def _down(place: CellPosition, by: int) -> CellPosition:
    return place[0] + by, place[1]


def _inconsistent_copies(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        found: dict[CellPosition, str] = {}
        for step in (_right, _down):
            for place, what in _inconsistent_along(sheet, step):
                found.setdefault(place, what)
        yield from (Finding(sheet.at(place), what) for place, what in sorted(found.items()))


def _inconsistent_along(sheet: OpenedSheet, step: Step) -> Iterator[tuple[CellPosition, str]]:
    """Yield cells between copies of one formula that contain another formula, a number or nothing."""
    for place, formula in sheet.formulas.items():
        before = step(place, -1)
        if before in sheet.formulas and sheet.formulas[before].relative == formula.relative:
            continue  # a run is examined from its first cell
        run = _run_length(sheet, place, step)
        if run < 2 or "[" not in formula.relative:  # links to one and the same cell are no copies
            continue
        suspect, after = step(place, run), step(place, run + 1)
        continuation = sheet.formulas.get(after)
        # A heading within a list leaves its number columns empty
        gap = (step is _down and suspect not in sheet.cells) or _has_copies_in_column(sheet, suspect, step)
        if (
            continuation
            and continuation.relative == formula.relative
            and run + _run_length(sheet, after, step) >= FEWEST_COPIES
            and not gap
        ):
            yield suspect, _describe_inconsistency(sheet, suspect, formula)
        yield from _inconsistent_ends(sheet, place, run, step)


def _inconsistent_ends(
    sheet: OpenedSheet, place: CellPosition, run: int, step: Step
) -> Iterator[tuple[CellPosition, str]]:
    """Yield the cell before or after a run that breaks it while the neighbouring rows continue."""
    for suspect, neighbour in ((step(place, run), step(place, run - 1)), (step(place, -1), place)):
        other = sheet.formulas.get(suspect)
        number = (
            isinstance(sheet.all_cells[suspect].value, int | float) if suspect in sheet.all_cells else False
        )
        if (
            run < FEWEST_COPIES
            or not (other or number)
            or _has_copies_in_column(sheet, suspect, step)
            or not _locked(sheet, suspect)
        ):
            continue
        across = _down if step is _right else _right
        for side in (-1, 1):
            a, b = sheet.formulas.get(across(suspect, side)), sheet.formulas.get(across(neighbour, side))
            longer = _run_length_around(sheet, across(neighbour, side), step) > run
            if (
                a
                and b
                and a.relative == b.relative
                and longer
                and (number or _same_format(sheet, suspect, neighbour))
            ):
                yield suspect, _describe_inconsistency(sheet, suspect, sheet.formulas[neighbour])
                break


def _has_copies_in_column(sheet: OpenedSheet, suspect: CellPosition, step: Step) -> bool:
    """Return whether a formula in a list has copies elsewhere in its column: lists may have rows of two kinds."""
    return (
        step is _down
        and suspect in sheet.formulas
        and sheet.copies[suspect[1], sheet.formulas[suspect].relative] > 1
    )


def _same_format(sheet: OpenedSheet, suspect: CellPosition, neighbour: CellPosition) -> bool:
    one, other = sheet.all_cells[suspect], sheet.all_cells[neighbour]
    return bool(one.number_format == other.number_format and one.font.b == other.font.b)


def _locked(sheet: OpenedSheet, place: CellPosition) -> bool:
    cell = sheet.all_cells.get(place)
    return cell is None or bool(cell.protection.locked)


def _run_length(sheet: OpenedSheet, place: CellPosition, step: Step) -> int:
    first, length = sheet.formulas[place].relative, 1
    while (found := sheet.formulas.get(step(place, length))) and found.relative == first:
        length += 1
    return length


def _run_length_around(sheet: OpenedSheet, place: CellPosition, step: Step) -> int:
    if place not in sheet.formulas:
        return 0
    back, first = 0, sheet.formulas[place].relative
    while (found := sheet.formulas.get(step(place, back - 1))) and found.relative == first:
        back -= 1
    return _run_length(sheet, step(place, back), step)


def _describe_inconsistency(sheet: OpenedSheet, place: CellPosition, like: Formula) -> str:
    if place in sheet.formulas:
        return f"{sheet.formulas[place].text[:50]} is no copy of its neighbours, {like.text[:50]}"
    value = sheet.all_cells[place].value if place in sheet.all_cells else None
    if value is None:
        return f"is empty amid copies of {like.text[:50]}"
    return f"{str(value)[:30]} was typed over a formula; beside it stands {like.text[:50]}"


def _truncated_ranges(book: OpenedBook) -> Iterator[Finding]:
    starts, ends = _range_ends(book)
    for formula in book.formulas():
        for one in formula.references:
            if one.single or one.sheet not in book.sheets:
                continue
            for beyond, last in _adjacent_cells(one):
                own = (one.sheet, beyond) == (formula.sheet, formula.place) or _reads(
                    formula, one.sheet, beyond
                )
                tiled = (one.sheet, beyond) in (starts if beyond > last else ends)
                if not own and not tiled and _belong_together(book.sheets[one.sheet], last, beyond):
                    where = f"{get_column_letter(beyond[1])}{beyond[0]}"
                    yield Finding(
                        book.sheets[formula.sheet].at(formula.place),
                        f"{formula.text[:60]} leaves {where} out",
                    )
                    break


def _reads(formula: Formula, sheet: str, place: CellPosition) -> bool:
    """Return whether a formula reads a cell by itself, as NPV reads the rate beside its amounts."""
    return any(one.single and (one.sheet, one.first) == (sheet, place) for one in formula.references)


def _range_ends(book: OpenedBook) -> tuple[set[tuple[str, CellPosition]], set[tuple[str, CellPosition]]]:
    """Return the first and the last cells of all ranges.

    Why: a range that begins where another ends covers a part on purpose, as the sums of years do.
    """
    ranges = [one for formula in book.formulas() for one in formula.references if not one.single]
    return {(one.sheet, one.first) for one in ranges}, {(one.sheet, one.last) for one in ranges}


def _adjacent_cells(one: Reference) -> Iterator[tuple[CellPosition, CellPosition]]:
    """Yield the cells adjacent to the ends of a range in one row or column, each with its end."""
    if one.first[0] == one.last[0]:
        yield _right(one.last, 1), one.last
        yield _right(one.first, -1), one.first
    elif one.first[1] == one.last[1]:
        yield _down(one.last, 1), one.last
        yield _down(one.first, -1), one.first


def _belong_together(sheet: OpenedSheet, one: CellPosition, other: CellPosition) -> bool:
    """Return whether two cells belong together: copies of one formula, or numbers of one style."""
    a, b = sheet.formulas.get(one), sheet.formulas.get(other)
    if a or b:
        return bool(a and b and a.relative == b.relative)
    if (one in sheet.table_cells) or (other in sheet.table_cells):
        return one in sheet.table_cells and other in sheet.table_cells
    x, y = sheet.all_cells.get(one), sheet.all_cells.get(other)
    if x is None or y is None or not isinstance(x.value, int | float) or not isinstance(y.value, int | float):
        return False
    return bool(x.style_id == y.style_id)


def _circular_references(book: OpenedBook) -> Iterator[Finding]:
    """Search depth-first along references; a cell that occurs twice on one path is part of a circular reference.

    A range is searched once, however many formulas read it.
    """
    done: set[_Node] = set()
    for formula in book.formulas():
        start: _Node = (formula.sheet, formula.place)
        if start in done:
            continue
        path, on_path = [(start, _precedents(book, start))], {start}
        while path:
            cell, ahead = path[-1]
            following = next(ahead, None)
            if following is None:
                path.pop()
                on_path.discard(cell)
                done.add(cell)
            elif following in on_path:
                done |= on_path
                reading = path[-2][0] if isinstance(cell, Reference) else cell
                assert not isinstance(reading, Reference)
                yield Finding(book.sheets[reading[0]].at(reading[1]), "depends on itself")
                break
            elif following not in done:
                path.append((following, _precedents(book, following)))
                on_path.add(following)


def _precedents(book: OpenedBook, node: _Node) -> Iterator[_Node]:
    """Yield the formulas and ranges that a formula reads, and the formulas of a range."""
    if isinstance(node, Reference):
        yield from _formulas_in(book, node)
        return
    for one in book.sheets[node[0]].formulas[node[1]].references:
        if not one.single:
            yield one
        elif one.sheet in book.sheets and one.first in book.sheets[one.sheet].formulas:
            yield one.sheet, one.first


def _formulas_in(book: OpenedBook, one: Reference) -> Iterator[_Node]:
    sheet = book.sheets.get(one.sheet)
    if sheet is None:
        return
    size = (one.last[0] - one.first[0] + 1) * (one.last[1] - one.first[1] + 1)
    if size > 4 * len(sheet.formulas) + 4:
        yield from (
            (one.sheet, place) for place in sheet.formulas
            if one.first[0] <= place[0] <= one.last[0] and one.first[1] <= place[1] <= one.last[1]
        )  # fmt: skip
    else:
        yield from ((one.sheet, place) for place in one.places() if place in sheet.formulas)


def _exact_comparisons(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        for number, token in enumerate(formula.tokens):
            compares = token.type == Token.OP_IN and token.value in ("=", "<>")
            if compares and any(
                _may_be_decimal(book, formula, side) for side in _operands(formula.tokens, number)
            ):
                what = f"{formula.text[:60]} compares computed decimals exactly"
                yield Finding(book.sheets[formula.sheet].at(formula.place), what)
                break


def _operands(tokens: tuple[Token, ...], number: int) -> Iterator[Token]:
    """Yield the tokens left and right of a comparison, up to the next separator or bracket."""
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


def _may_be_decimal(book: OpenedBook, formula: Formula, token: Token) -> bool:
    """Return whether an operand of a comparison is a computed number that need not be an integer."""
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return token.type in (Token.FUNC, Token.PAREN)
    found = Formula(formula.sheet, formula.place, f"={token.value}").references
    if not found or found[0].sheet not in book.sheets:
        return False
    sheet, place = book.sheets[found[0].sheet], found[0].first
    for _ in range(10):  # follow plain links to the cell that computes the value
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
        "Compared as seen from each cell; a number typed over one of the copies is found the same way.", _inconsistent_copies,
    ),
    Rule(
        "whole-ranges", "Ranges take in all of what they are about", "ICAEW 18", "followed",
        "A sum over a year stands beside the sums of the other years.", _truncated_ranges,
    ),
    Rule("circles", "No circular references", "FAST 1.01", "followed", "Every formula is followed through all cells that it reads.", _circular_references),
    Rule(
        "equality", "No exact comparison of computed decimals", "ICAEW 18", "followed",
        "Checks allow for 1e-9 of the larger side: programs add in different orders.", _exact_comparisons,
    ),
)  # fmt: skip
