"""The shipped price book and cases, each read once, and the data they quote, which the project does not hold."""

import csv
from functools import cache

from reportgen.analysis import Analysis
from reportgen.schema.loading.load import load_book
from reportgen.schema.prices import PriceBook
from tests.agreement.cases import analysis_of
from tests.paths import INPUTS

CASES = tuple(
    sorted(path.stem for path in INPUTS.glob("*.yaml") if "\noptions:" in path.read_text(encoding="utf-8"))
)
DATA = INPUTS.parent.parent / "shared" / "data"


def worked_out(name: str) -> Analysis:
    """Work a shipped case out, once per test process."""
    return analysis_of(INPUTS / f"{name}.yaml")


@cache
def book() -> PriceBook:
    """Read the shipped price book."""
    return load_book(INPUTS / "prices.yaml")


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of the data beside the project; tests that do are marked `provenance`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
