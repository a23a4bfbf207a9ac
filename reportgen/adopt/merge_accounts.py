"""The three-way merge of the accounts that finance names on the sheet Budget."""

from collections.abc import Sequence

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Choices, Origin, format_value
from reportgen.adopt.three_way import MergedCell, merge_cell
from reportgen.model.options.ledger import CATEGORY_TITLES
from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.field_types import FORMULA_STARTS, NAME_LENGTH
from reportgen.workbook.verify.changes import Change

SHEET = "Budget"
CATEGORIES = {title: key for key, title in CATEGORY_TITLES.items()}


@dataclass(frozen=True, slots=True)
class AccountMerge:
    """The result of merging the accounts; a value of None means that a category is booked to no account."""

    merged: tuple[MergedCell, ...]

    def write(self, text: CaseText, origin: Origin) -> None:
        """Write the accounts taken into a case file."""
        for one in self.merged:
            if one.state == "taken":
                named = None if one.theirs is None else str(one.theirs)
                remark = f"was {format_value(one.ours)}; changed {origin.phrase}"
                text.set_account(one.path.rpartition(".")[2], named, remark)


def merge_accounts(changes: Sequence[Change], issued: Case, today: Case, choices: Choices) -> AccountMerge:
    """Merge the edited accounts with those of the case today."""
    found = []
    for change in changes:
        if not _is_account(change):
            continue
        category = CATEGORIES[change.label]
        path, theirs = f"finance.accounts.{category}", _account(change.value)
        before, ours = (_accounts(case).get(category) for case in (issued, today))
        valid = theirs is None or (len(theirs) <= NAME_LENGTH and theirs[0] not in FORMULA_STARTS)
        title = f"Account of {change.label.lower()}"
        found.append(
            merge_cell(
                path, "value", change.where, before, theirs, ours, choices.side_for(path),
                valid=valid, description=title,
            )
        )  # fmt: skip
    return AccountMerge(tuple(found))


def _accounts(case: Case) -> dict[str, str]:
    return dict(case.finance.accounts.items())


def _is_account(change: Change) -> bool:
    """Return whether a change is of an account: nothing else can be edited in the rows of the categories."""
    here = change.where.startswith(f"{SHEET}!") and change.label in CATEGORIES
    return here and change.kind == "cell" and not change.locked


def _account(content: object) -> str | None:
    """Return the account that a cell names; a whole number as it is shown, None for an empty cell."""
    if isinstance(content, float) and content.is_integer():
        content = int(content)
    return " ".join(str(content).split()) or None if content is not None else None
