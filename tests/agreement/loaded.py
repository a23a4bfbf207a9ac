"""Random cases written to files and worked out by the program, and by the second computation."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from tests.agreement.generated import generated, generated_book
from tests.oracle import with_book


def written_case(folder: Path, seed: int) -> Path:
    """Write the case of a seed, and the price book that it names beside it; give the case's file."""
    book = generated_book(seed)
    if book:
        (folder / "prices.yaml").write_text(yaml.safe_dump(book, sort_keys=False), encoding="utf-8")
    file = folder / f"case_{seed}.yaml"
    file.write_text(yaml.safe_dump(_plain(generated(seed)), sort_keys=False), encoding="utf-8")
    return file


def _plain(written: Any) -> Any:
    """Write months as texts: in YAML 2027-01 is one, a date is none."""
    if isinstance(written, dict):
        return {key: _plain(value) for key, value in written.items()}
    if isinstance(written, list | tuple):
        return [_plain(value) for value in written]
    return written.isoformat() if isinstance(written, date) else written


def loaded(folder: Path, seed: int) -> tuple[Case, Path]:
    """Load the case of a seed as a user's would be."""
    file = written_case(folder, seed)
    return load_case(file), file


def for_oracle(seed: int) -> dict[str, Any]:
    """Give the case of a seed as the second computation takes it."""
    case, book = generated(seed), generated_book(seed)
    return with_book(case, book) if book else case
