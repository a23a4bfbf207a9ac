"""The definition of a rule: title, source in the standards, adherence of this program's workbooks, and its function."""

from collections.abc import Callable, Iterator
from typing import Literal

from reportgen.runtime.records import dataclass
from reportgen.workbook.package.reader import OpenedBook


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is violated, and a description of the violation."""

    where: str
    what: str


RuleFunction = Callable[[OpenedBook], Iterator[Finding]]
Adherence = Literal["followed", "in part", "departed from"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `own_workbooks_only` marks a rule on this program's own layout, not applied to other workbooks."""

    id: str
    title: str
    source: str
    adherence: Adherence
    reason: str
    find: RuleFunction
    own_workbooks_only: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """A rule of a standard that this program's workbooks do not follow, with the reason; it has no function."""

    title: str
    source: str
    reason: str
