"""All rules, the deviations from the standards, and both as a table for the README of this folder."""

from collections.abc import Iterator

from reportgen.workbook.package.reader import OpenedBook
from reportgen.workbook.verify.rules.appearance import APPEARANCE
from reportgen.workbook.verify.rules.consistency import CONSISTENCY
from reportgen.workbook.verify.rules.language import LANGUAGE
from reportgen.workbook.verify.rules.rule import Deviation, Finding, Rule
from reportgen.workbook.verify.rules.structure import STRUCTURE

RULES: tuple[Rule, ...] = (*STRUCTURE, *LANGUAGE, *CONSISTENCY, *APPEARANCE)

DEVIATIONS = (
    Deviation(
        "Calculation blocks repeat their ingredients", "FAST 2.02",
        "Formulas read other sheets directly: blocks of links would treble the rows, and the rows of an option are few.",
    ),
    Deviation("A formula is no longer than a thumb", "FAST 3.03-01", "The names of sheets stand in it; its length is bounded instead."),
    Deviation("Spaces between arguments", "FAST 3.04-02", "Excel and LibreOffice treat them differently when they save."),
    Deviation(
        "No advanced features", "ICAEW 16",
        "What-if tables are one: without them each question would be a copy of the model. A check compares them with the live model.",
    ),
    Deviation("Links between sheets are coloured by direction", "FAST Appendix A", "Black is any formula; what it reads is one key away."),
)  # fmt: skip


def applicable(book: OpenedBook) -> tuple[Rule, ...]:
    """Return the rules that apply to a workbook; rules on layout apply only to this program's own."""
    return tuple(rule for rule in RULES if book.made_by_reportgen or not rule.own_workbooks_only)


def apply_rules(book: OpenedBook) -> Iterator[tuple[Rule, tuple[Finding, ...]]]:
    """Apply the rules to a workbook; yields each rule with its findings."""
    for rule in applicable(book):
        yield rule, tuple(rule.find(book))


def rules_table() -> str:
    """Return the rules as a Markdown table: title, source, adherence, reason."""
    rows = ["| rule | from | ours | how, or why not |", "|---|---|---|---|"]
    rows += [
        f"| {rule.title} (`{rule.id}`) | {rule.source} | {rule.adherence} | {rule.reason} |" for rule in RULES
    ]
    rows += [f"| {one.title} | {one.source} | departed from | {one.reason} |" for one in DEVIATIONS]
    return "\n".join(rows)
