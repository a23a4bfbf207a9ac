"""Editing the shipped case: small changes to its text, and what the program then says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from reportgen.schema.loading.load import load_case
from tests.paths import INPUTS

SHIPPED = INPUTS / "one-billion-tokens.yaml"
Edits = tuple[tuple[str, str], ...]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """Write the shipped case with passages replaced, each of which must be there."""

    def write(*edits: tuple[str, str]) -> Path:
        text = SHIPPED.read_text(encoding="utf-8")
        for before, after in edits:
            assert before in text, before
            text = text.replace(before, after, 1)
        path = tmp_path / "acme.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def problems(edited: Callable[..., Path]) -> Callable[..., tuple[Problem, ...]]:
    """List the problems of the shipped case with passages replaced; none where it loads."""

    def find(*edits: tuple[str, str]) -> tuple[Problem, ...]:
        try:
            load_case(edited(*edits))
        except InputError as error:
            return error.problems
        return ()

    return find
