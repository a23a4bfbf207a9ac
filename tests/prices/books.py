"""A small price book with comments in awkward places, and ways to change it."""

from pathlib import Path

from reportgen.schema.loading.load import load_book
from reportgen.schema.prices import PriceBook

BOOK = """\
# Prices of two models and two GPUs.
schema: reportgen.prices/1
currency: USD

sources:
  list: {title: Price list, url: "https://example.com/prices", licence: MIT, retrieved: 2026-11-20}
  other:                # a second look
    title: Another list

items:
  - id: swift
    kind: token
    provider: acme
    model: swift
    purchase: standard
    rates:
      - {verified: 2026-11-09, source: list, basis: list, input: 0.75, output: 3.75}  # read twice

  # GPUs by the hour.
  - id: h100
    kind: gpu_hour
    provider: cloud
    gpu: H100 SXM
    purchase: on_demand
    rates:
      - {effective: 2026-10-19, verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 3.99}
      # the last one
"""


def book(folder: Path, *edits: tuple[str, str]) -> Path:
    """Write the book with passages replaced, each of which must be there."""
    text = BOOK
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after)
    path = folder / "prices.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, *edits: tuple[str, str]) -> PriceBook:
    """Read the book with passages replaced."""
    return load_book(book(folder, *edits))
