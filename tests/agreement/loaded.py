"""Random cases as the program and as the second computation take them, out of memory or of a file."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reportgen.schema.case import Case
from reportgen.schema.loading import load
from reportgen.schema.loading.document import Document
from reportgen.schema.loading.validation import ValidatedDocument
from reportgen.schema.prices import PriceBook
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


def built(seed: int) -> Case:
    """Give the case of a seed, validated and checked as one out of a file is: reading YAML takes longer than all else."""
    return validated(generated(seed), generated_book(seed))


def validated(written: dict[str, Any], book: dict[str, Any] | None) -> Case:
    """Give a case as `generated` makes them, with its price book."""
    plain = _plain(written)
    case = Case.model_validate(plain).with_book(PriceBook.model_validate(_plain(book)) if book else None)
    document = ValidatedDocument(Document("case", [], plain), case)
    load._check(document, case)
    assert [problem.sentence for problem in document.problems] == []
    return case


def loaded(folder: Path, seed: int) -> tuple[Case, Path]:
    """Load the case of a seed from its file as a user's would be."""
    file = written_case(folder, seed)
    return load.load_case(file), file


def for_oracle(seed: int) -> dict[str, Any]:
    """Give the case of a seed as the second computation takes it."""
    case, book = generated(seed), generated_book(seed)
    return with_book(case, book) if book else case
