"""The text of a file's bytes; a file of another kind is named as what it is, and never printed."""

ZIP = b"PK\x03\x04"
KINDS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet table"),
)
"""The first bytes of files that are often named by mistake."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class NotTextError(ValueError):
    """A file is not UTF-8 text: the sentence says what it is and what to do, `line` where it stops to be text."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def text_of(content: bytes) -> str:
    """Return the text of a UTF-8 file; NotTextError where it is none."""
    if kind := _kind(content):
        raise NotTextError(f"This file is {kind}, not text.")
    if content.startswith(UTF_16) or _is_utf_16(content):
        raise NotTextError(
            "This file is UTF-16 text; save it as UTF-8 in your editor, or export it as UTF-8."
        )
    try:
        text = content.removeprefix(BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = "This file is not UTF-8 text; save it as UTF-8 in your editor."
        raise NotTextError(sentence, line) from error
    if "\0" in text:
        raise NotTextError(
            "This file is no text: it has zero bytes in it.", text[: text.index("\0")].count("\n") + 1
        )
    return text


def _kind(content: bytes) -> str:
    """Return what a file is by its first bytes, with its article; "" if it may be text."""
    if content.startswith(ZIP):
        if b"xl/" in content:
            return "a workbook"
        return "a Word document" if b"word/" in content else "a ZIP archive"
    return next((kind for start, kind in KINDS if content.startswith(start)), "")


def _is_utf_16(content: bytes) -> bool:
    """Return whether text without a byte order mark has a zero in every other byte."""
    head = content[:200]
    return len(head) > 1 and (not any(head[1::2]) or not any(head[::2]))
