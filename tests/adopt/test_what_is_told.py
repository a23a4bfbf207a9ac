"""What has no place in the case is told one by one where it is little, and counted where it is much."""

from reportgen.adopt.other_edits import MOST_ALIKE, other_edits
from reportgen.workbook.verify.changes import Change


def test_many_edits_of_one_kind_are_counted() -> None:
    """Ten formulas written over on one sheet: eight in words, two counted; another sheet has its own."""
    changes = [Change("cell", f"TCO!D{row}", "=A1", "1") for row in range(1, 11)]
    changes.append(Change("cell", "Exit!D1", "=A1", "1"))
    found = list(other_edits(changes, (), (), {}))
    assert len(found) == MOST_ALIKE + 2
    assert found[0].startswith("TCO!D1 is 1, was =A1: a formula was written over")
    assert found[-1].startswith("TCO has 2 more cells of this kind: a formula was written over")


def test_what_is_merged_is_not_told_again() -> None:
    """A cell whose content is merged, a comment that goes into a note, a deleted row of effects."""
    changes = [
        Change("cell", "Inputs!D7", "1", "2"),
        Change("comment", "Inputs!D7", "", "why"),
        Change("row deleted", "Runs!9:9", "set"),
    ]
    assert list(other_edits(changes, {"Inputs!D7"}, {"Inputs!D7"}, {})) == []
    assert len(list(other_edits(changes, (), (), {}))) == 2
