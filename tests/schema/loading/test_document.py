"""Files that are no case at all: each gives one problem, in the same form."""

from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from reportgen.schema.loading.document import read_document
from reportgen.schema.loading.load import load_case

FILES: list[tuple[str, bytes, int, str]] = [
    ("empty", b"", 1, "This file is empty"),
    ("only comments", b"# nothing\n", 1, "This file is empty"),
    ("a list", b"- case\n- finance\n", 1, "This file is a list; it must be a mapping"),
    ("a word", b"hello\n", 1, "This file is a single value"),
    ("not UTF-8", b"case:\n  title: Gr\xfc\xdfe\n", 2, "not UTF-8 text; save it as UTF-8"),
    ("a tab", b"case:\n\ttitle: x\n", 2, "with spaces, not with tabs"),
    (
        "an open bracket",
        b"case: [\nfinance:\n  years: 3\n",
        3,
        "This is not YAML: in the part that begins in line 1, expected",
    ),
    ("an open quote", b'case:\n  title: "open\n', 3, "This is not YAML"),
    ("two documents", b"case: 1\n---\ncase: 2\n", 2, "a second document begins; keep one case in a file"),
    ("an unknown anchor", b"case: *nobody\n", 1, "This is not YAML"),
    ("an anchor inside itself", b"case: &a [*a]\n", 1, "too large or too deeply nested"),
    (
        "an escape for no character",
        b'case:\n  title: "\\U00110000"\n',
        2,
        "\\U00110000 is no character; write the character",
    ),
    ("a zero byte", b"case:\n  title: \x00\n", 2, "it has zero bytes in it"),
    ("a control character", b"case:\n  title: a\x0bb\n", 2, "Here is the control character U+000B"),
    ("a PDF", b"%PDF-1.7\n%\xe2\xe3\n", 1, "This file is a PDF, not text."),
    ("a workbook", b"PK\x03\x04\x14\0\0\0xl/workbook.xml", 1, "This file is a workbook, not text."),
    ("a Word document", b"PK\x03\x04\x14\0\0\0word/document.xml", 1, "This file is a Word document"),
    ("UTF-16", "case: {}".encode("utf-16"), 1, "UTF-16 text; save it as UTF-8"),
    ("UTF-16 without its mark", "case: {}".encode("utf-16-le"), 1, "UTF-16 text; save it as UTF-8"),
    ("a picture", b"\x89PNG\r\n\x1a\n\0", 1, "This file is a picture, not text."),
]


def problem_of(path: Path) -> Problem:
    """Read a file that cannot be read, and give its one problem."""
    with pytest.raises(InputError) as caught:
        read_document(path)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("row", FILES, ids=[row[0] for row in FILES])
def test_a_file_that_is_no_case_gives_one_problem(row: tuple[str, bytes, int, str], tmp_path: Path) -> None:
    """A file that is no mapping in YAML gives one problem with its line and a remedy."""
    _, content, line, sentence = row
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    problem = problem_of(path)
    assert sentence in problem.sentence
    assert problem.line == min(line, max(len(content.splitlines()), 1))


OTHER_FILES = [
    ("a price book", "schema: reportgen.prices/1\ncurrency: USD\n", "This is a price book, not a case"),
    ("a results file", '{"fingerprint": "a", "program": "b", "case": "c", "inputs": {}}', "the results file of a build"),
    ("other JSON", '{"models": [1], "date": 2}', "This file is JSON with the keys models, date, not a case"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"), [row[1:] for row in OTHER_FILES], ids=[r[0] for r in OTHER_FILES]
)
def test_another_file_than_a_case_is_named_as_what_it_is(text: str, sentence: str, tmp_path: Path) -> None:
    """One problem says what it is; none of its keys is called unknown."""
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(path)
    (problem,) = caught.value.problems
    assert sentence in problem.sentence


def test_a_case_may_be_written_as_json(tmp_path: Path) -> None:
    """JSON is YAML: with a mapping `case` it is read as a case, and its problems are told."""
    path = tmp_path / "case.json"
    path.write_text('{"case": {"title": 3}}', encoding="utf-8")
    with pytest.raises(InputError, match="write text here"):
        load_case(path)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is told like any other problem."""
    problem = problem_of(tmp_path / "nowhere.yaml")
    assert str(problem) == f"{tmp_path}/nowhere.yaml:1\n  There is no such file; check its name and folder."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is told like any other problem."""
    assert problem_of(tmp_path).sentence == "This is a folder; name a file in it."


@pytest.mark.slow
def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    """Nine levels of nine aliases stand for 387 million entries; the reader stops long before."""
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        levels.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(levels), encoding="utf-8")
    assert "too large" in problem_of(path).sentence


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Editors on Windows put a mark before UTF-8; it is skipped."""
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfcase: {title: x}\r\n")
    assert read_document(path).data == {"case": {"title": "x"}}


def test_places_are_those_of_keys_and_values(tmp_path: Path) -> None:
    """`title` stands in line 2, its key in column 3 and its value in column 10."""
    path = tmp_path / "case.yaml"
    path.write_text("case:\n  title: Tokens\n", encoding="utf-8")
    place = read_document(path).positions["case", "title"]
    assert (place.line, place.key_column, place.column) == (2, 3, 10)


@pytest.mark.parametrize("row", FILES, ids=[row[0] for row in FILES])
def test_nothing_unprintable_reaches_the_terminal(row: tuple[str, bytes, int, str], tmp_path: Path) -> None:
    """Whatever the file holds, the message about it is printable text."""
    path = tmp_path / "case.yaml"
    path.write_bytes(row[1])
    shown = str(problem_of(path))
    assert all(line.isprintable() for line in shown.split("\n"))
