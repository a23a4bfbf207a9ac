"""The shipped cases, price book, usual figures and schemas, copied to a folder of the user's."""

from pathlib import Path

from reportgen.errors import SurroundingsError
from reportgen.files import data_folder, replace_text
from reportgen.scaffold.new_case import SCHEMA_LINE
from reportgen.scaffold.schemas import SCHEMAS

SCHEMA_OF = {"prices.yaml": "prices.schema.json", "usual.yaml": ""}
"""The schema of each shipped file that is no case."""


def copy_examples(folder: Path, *, force: bool = False) -> list[Path]:
    """Copy every example and schema into a folder; files that are there and differ are left alone without `force`.

    Raises:
        SurroundingsError: where a file is there that differs, or the folder cannot be written.
    """
    texts = {path.name: _with_schema_line(path) for path in sorted(data_folder("inputs").glob("*.yaml"))}
    texts |= {f"{name}.schema.json": make() for name, make in SCHEMAS.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [
            name
            for name, text in texts.items()
            if (folder / name).exists() and (folder / name).read_text(encoding="utf-8") != text
        ]
    except OSError as error:
        raise SurroundingsError(
            f"The folder {folder} cannot be written: {error.strerror or error}."
        ) from error
    if others and not force:
        raise SurroundingsError(
            f"{folder / others[0]} is there and differs; nothing was written. Name another folder, or write over it with --force."
        )
    for name, text in texts.items():
        replace_text(folder / name, text)
    return [folder / name for name in texts]


def _with_schema_line(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    schema = SCHEMA_OF.get(path.name, "case.schema.json")
    if not schema or text.startswith("# yaml-language-server:"):
        return text
    return SCHEMA_LINE.format(schema) + text
