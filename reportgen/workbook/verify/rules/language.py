"""Rules on the language of formulas: functions, constants, length and nesting."""

from collections.abc import Iterator

from openpyxl.formula.tokenizer import Token

from reportgen.workbook.package.reader import Formula, OpenedBook
from reportgen.workbook.verify.rules.rule import Finding, Rule

FUNCTIONS = {
    "IF", "MIN", "MAX", "SUM", "SUMPRODUCT", "INDEX", "MATCH", "SUMIFS", "COUNTIFS", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "AND", "OR",
    "IFERROR", "DATE", "EDATE", "LARGE", "SMALL", "ISNUMBER",
}  # fmt: skip
VOLATILE = {"OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "CELL", "INFO"}
DISCOUNTING = {"NPV", "XNPV", "IRR", "XIRR", "MIRR", "PV", "PMT"}
TABLES = {"TABLE", "MULTIPLE.OPERATIONS"}
"""What-if tables as other programs save them; the rule `what-if-tables` reports them."""
CONSTANTS = {0.0, 1.0, 2.0, 12.0, 100.0, 1000.0, 3600.0, 1e6, 0.01, 1e-9, 1e-12}
"""Constants that never change: 0, 1, 2, months of a year, percent, thousand, seconds of an hour, million; the least time in which
work is done, tolerances."""
WITH_PLACES = {"ROUND", "ROUNDUP", "ROUNDDOWN", "SMALL", "LARGE"}
"""Functions whose second argument is a number of digits or a rank."""
LONGEST = 160


def _finding(formula: Formula, book: OpenedBook, what: str) -> Finding:
    return Finding(book.sheets[formula.sheet].at(formula.place), what)


def _functions(book: OpenedBook) -> Iterator[Finding]:
    known = FUNCTIONS | VOLATILE | DISCOUNTING | TABLES
    for formula in book.formulas():
        for name in dict.fromkeys(formula.functions):
            if name not in known and not name.startswith("_XLFN"):
                yield _finding(formula, book, f"{name} is none of the {len(FUNCTIONS)} functions")


def _volatile(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        for name in VOLATILE & set(formula.functions):
            yield _finding(formula, book, f"{name} recalculates without reason, or hides what it reads")


def _discounting(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        for name in DISCOUNTING & set(formula.functions):
            yield _finding(formula, book, f"{name} hides the discount factors and the timing")


def _modern(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        for place in sheet.arrays:
            yield Finding(sheet.at(place), "is an array formula")
    for formula in book.formulas():
        if "_xlfn." in formula.text.lower() or "_xlws." in formula.text.lower():
            yield _finding(formula, book, "uses a function that older programs do not know")
        elif any(
            _is_table_column(t.value)
            for t in formula.tokens
            if t.type == Token.OPERAND and t.subtype == Token.RANGE
        ):
            yield _finding(formula, book, "names a column of a table instead of cells")


def _is_table_column(reference: str) -> bool:
    return reference.endswith("#") or ("[" in reference and "!" not in reference)


def _external(book: OpenedBook) -> Iterator[Finding]:
    for target in book.links:
        yield Finding("workbook", f"links to {target[:80]}")
    for formula in book.formulas():
        if any(t.subtype == Token.RANGE and "[" in t.value and "!" in t.value for t in formula.tokens):
            yield _finding(formula, book, f"reads another workbook: {formula.text[:60]}")


def _constants(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        for number in _numbers(formula):
            if float(number) not in CONSTANTS:
                yield _finding(formula, book, f"the number {number} is written into {formula.text[:60]}")


def _numbers(formula: Formula) -> Iterator[str]:
    """Yield the constants of a formula, without the digits of rounding functions and the ranks of SMALL and LARGE."""
    stack: list[tuple[str, int]] = []
    for token in formula.tokens:
        match token.type, token.subtype:
            case Token.FUNC, Token.OPEN:
                stack.append((token.value[:-1].upper(), 0))
            case Token.PAREN, Token.OPEN:
                stack.append(("", 0))
            case ((Token.FUNC | Token.PAREN), Token.CLOSE):
                stack.pop()
            case Token.SEP, _ if stack:
                stack[-1] = (stack[-1][0], stack[-1][1] + 1)
            case Token.OPERAND, Token.NUMBER if not (
                stack and stack[-1][0] in WITH_PLACES and stack[-1][1] == 1
            ):
                yield token.value


def _length(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        if len(formula.text) > LONGEST or "\n" in formula.text:
            yield _finding(formula, book, f"has {len(formula.text)} characters")


def _nested(book: OpenedBook) -> Iterator[Finding]:
    for formula in book.formulas():
        open_calls: list[str] = []
        for token in formula.tokens:
            if token.type not in (Token.FUNC, Token.PAREN):
                continue
            if token.subtype == Token.CLOSE:
                open_calls.pop()
                continue
            name = token.value[:-1].upper()
            if name == "IF" and "IF" in open_calls:
                yield _finding(formula, book, f"an IF stands within an IF: {formula.text[:60]}")
                break
            open_calls.append(name)


LANGUAGE = (
    Rule(
        "functions", "Only a short list of plain functions", "FAST 3.03-04; ICAEW 16", "followed",
        f"{len(FUNCTIONS)} functions, which every spreadsheet program computes alike.", _functions,
    ),
    Rule("volatile", "No OFFSET, INDIRECT, NOW, RAND", "FAST 4.01-03", "followed", "What a cell reads can be traced.", _volatile),
    Rule(
        "discounting", "No NPV, IRR and the like", "FAST 4.01-02", "followed",
        "A row of discount factors and a discounted row instead: the timing can be seen.", _discounting,
    ),
    Rule(
        "plain-formulas", "No array formulas, new functions or table columns", "FAST 3.03; ICAEW 16", "followed",
        "The file computes alike in Excel since 2010 and in LibreOffice.", _modern,
    ),
    Rule("external", "No links to other workbooks", "FAST 1.03; ICAEW 8", "followed", "The file stands alone.", _external),
    Rule(
        "constants", "No number in a formula that might change", "FAST 3.04-01; ICAEW 14", "followed",
        "Only 0, 1, 2, 12, 100, 1000, 3600, a million, digits to round to, ranks, 0.01 and the tolerances of 1e-9 and 1e-12.", _constants,
    ),
    Rule(
        "length", "Short formulas on one line", "FAST 3.03-01 and 3.03-03; ICAEW 13", "in part",
        f"At most {LONGEST} characters; names of sheets alone take many of them.", _length,
    ),
    Rule("nested-if", "No IF within an IF", "FAST 3.03-07; ICAEW 13", "followed", "A helper row instead.", _nested),
)  # fmt: skip
