"""Writing a changed price book: validated first, then put in the place of the old one."""

from pathlib import Path


def write_book(path: Path, text: str) -> None:
    """Replace a price book by its new text.

    Raises InputError where the new text is no valid price book; the file is then as it was.
    """
    from reportgen.files import rewrite_text
    from reportgen.schema.loading.load import book_of

    book_of(text, f"{path}, as it would be")
    rewrite_text(path, text)
