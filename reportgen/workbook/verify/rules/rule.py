"""What a rule is: its title, where it comes from, whether this program's workbooks keep it, and the function that looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from reportgen.workbook.package.reader import OpenedBook


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is not kept, and what is wrong there."""

    where: str
    what: str


RuleFunction = Callable[[OpenedBook], Iterator[Finding]]
Adherence = Literal["followed", "in part", "departed from"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `only_ours` where it is about this program's own layout and says nothing of other workbooks."""

    id: str
    title: str
    source: str
    adherence: Adherence
    reason: str
    find: RuleFunction
    own_workbooks_only: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """A rule of a standard that our workbooks do not keep, nothing to look for, and why."""

    title: str
    source: str
    reason: str
