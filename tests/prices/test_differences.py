"""Two price books apart, and one made of the other difference by difference."""

from datetime import date
from pathlib import Path

from reportgen.prices.differences import apply_difference, differences
from reportgen.schema.loading.load import load_book
from tests.prices.books import book, loaded
from tests.schema.checks.test_prices import BOOK as RETIRING

ANNOUNCED = (
    "  # read twice\n",
    "\n      - {effective: 2027-06-01, verified: 2026-11-20, source: list, basis: list, input: 1.50, output: 7.50}\n",
)
CHANGED = ("per_gpu_hour: 3.99", "per_gpu_hour: 4.20")
GONE = ("  # GPUs by the hour.\n", "")


def test_every_kind_of_difference_is_told(tmp_path: Path) -> None:
    """Announced, changed and new; the other way round withdrawn, changed and gone."""
    old, new = loaded(tmp_path), loaded(tmp_path, ANNOUNCED, CHANGED, ("- id: swift\n", "- id: swifter\n"))
    found = [(d.kind, d.item.id, d.day) for d in differences(old, new)]
    assert found == [
        ("new", "swifter", None),
        ("changed", "h100", date(2026, 10, 19)),
        ("gone", "swift", None),
    ]
    new = loaded(tmp_path, ANNOUNCED, CHANGED)
    announced, changed = differences(old, new)
    assert announced.label == "swift announced from 2027-06-01"
    assert announced.amounts == (("input", 0.75, 1.5), ("output", 3.75, 7.5))
    assert changed.amounts == (("per_gpu_hour", 3.99, 4.2),)
    assert [d.kind for d in differences(new, old)] == ["withdrawn", "changed"]
    assert differences(old, old) == ()


def test_all_differences_made_give_the_newer_book(tmp_path: Path) -> None:
    """One after the other, in both directions."""
    old, new = loaded(tmp_path), loaded(tmp_path, ANNOUNCED, CHANGED)
    for a, b in ((old, new), (new, old)):
        here = a
        for difference in differences(a, b):
            here = apply_difference(here, b, difference)
        assert here.items == b.items


def test_what_follows_a_retired_item_comes_with_it(tmp_path: Path) -> None:
    """A book in which swift-3.8 does not retire, and one in which it does and names a model that is new."""
    path = book(tmp_path)
    path.write_text(RETIRING, encoding="utf-8")
    new = load_book(path)
    text = RETIRING.replace("    retires: 2028-06-30\n    successor: swift-4\n", "")
    begin, end = text.index("  - id: swift-4"), text.index("  - id: h100")
    path.write_text(text[:begin] + text[end:], encoding="utf-8")
    old = load_book(path)
    retired, fresh = differences(old, new)
    assert (retired.kind, retired.sentence) == ("retired", "retires on 2028-06-30, swift-4 follows")
    assert fresh.kind == "new"
    assert apply_difference(old, new, retired).item("swift-4") == new.item("swift-4")
