"""A workbook with every function that the model uses, on data where engines differ, and Excel's results."""

from pathlib import Path

from openpyxl import Workbook

from reportgen.workbook.package.writer import Value, save, set_text
from tests.workbook.demo import ISSUED

# C holds "a", "b?", "a", "bc", "c"; D the numbers 1 to 5; E 7, "-", 9; F nothing; 'Other''s'!B2 holds 42.
CASES: tuple[tuple[str, Value], ...] = (
    ('=SUMIFS(D1:D5,C1:C5,"a")', 4),
    ("=SUMIFS(D1:D5,C1:C5,C1,D1:D5,1)", 1),
    ("=COUNTIFS(C1:C5,C1)", 2),
    ("=COUNTIFS(C1:C5,C5,D1:D5,5)", 1),
    ("=COUNTIFS(C1:C5,C2)", 2),  # "b?" is a pattern that "bc" fits too: why names are never criteria
    ("=INDEX(D1:D5,3)", 3),
    ("=MATCH(3,D1:D5,0)", 3),
    ("=MATCH(3.5,D1:D5,1)", 3),
    ('=MATCH("A",C1:C5,0)', 1),
    ("=MATCH(9,D1:D5,0)", "#N/A"),
    ('=INDEX(D1:D5,MATCH("c",C1:C5,0))', 5),
    ("=SUMPRODUCT(D1:D5,D1:D5)", 55),
    ("=SUMPRODUCT(E1:E3,D1:D3)", 34),
    ("=IFERROR(1/0,7)", 7),
    ('=IFERROR(MATCH("none",C1:C5,0),0)', 0),
    ("=1/0", "#DIV/0!"),
    ("=ROUND(2.5,0)", 3),
    ("=ROUND(-2.5,0)", -3),
    ("=ROUND(1.005,2)", 1.01),
    ("=ROUNDUP(ROUND(0.1*3/0.1,6),0)", 3),
    ("=ROUNDUP(2.1,0)", 3),
    ("=SMALL(D1:D5,2)", 2),
    ("=SMALL(E1:E3,1)", 7),
    ("=LARGE(D1:D5,2)", 4),
    ("=MIN(E1:E3)", 7),
    ("=MAX(F1:F3)", 0),
    ("=DATE(2027,1,1)", 46388),
    ("=EDATE(DATE(2027,1,1),1)", 46419),
    ("=EDATE(DATE(2027,1,31),1)", 46446),
    ('="a"&"b"&1', "ab1"),
    ('="x"&0.1', "x0.1"),
    ("='Other''s'!B2+1", 43),
    ("=SUM('Other''s'!B2:B4)", 42),
    ("=F1+1", 1),
    ('=F1&""', ""),
    ("=IF(F1=0,1,2)", 1),
    ('=IF(F1="",1,2)', 1),
    ('="a"="A"', True),
    ('=IF("text">5,1,0)', 1),
    ('=IF(5<"",1,0)', 1),
    ("=-2^2", 4),
    ("=2^3^2", 64),
    ("=AND(D1=1,D2=2)", True),
    ("=OR(1=2,D1=1)", True),
    ("=ABS(-3)", 3),
    ('="abc"+1', "#VALUE!"),
    ('=IF(1,"",2)', ""),
    ("=1E-9*1000", 1e-6),
)


def saved_functions(folder: Path) -> Path:
    """Save the workbook with wrong cached values, so that an engine must compute."""
    book = Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("Other's")
    sheet.title, other["B2"] = "Functions", 42
    for row, (name, number) in enumerate(zip(("a", "b?", "a", "bc", "c"), range(1, 6), strict=True), 1):
        set_text(sheet.cell(row, 3), name)
        sheet.cell(row, 4, number)
    sheet["E1"], sheet["E2"], sheet["E3"] = 7, "-", 9
    for row, (formula, _) in enumerate(CASES, 1):
        sheet.cell(row, 1, formula)
    path = folder / "functions.xlsx"
    save(book, path, {"Functions": {f"A{row}": -12345.0 for row in range(1, len(CASES) + 1)}}, ISSUED)
    return path
