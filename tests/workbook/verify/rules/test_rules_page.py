"""The table of rules in the README of the rules' folder is generated from the rules themselves."""

from collections.abc import Callable

from reportgen.workbook.verify.rules.table import DEVIATIONS, RULES, rules_table
from tests.paths import ROOT

README = "reportgen/workbook/verify/rules/README.md"


def test_the_readme_ends_with_the_table_of_rules(golden: Callable[[str, str], None]) -> None:
    """Below the introduction stands every rule with its source and adherence; `--golden` on this file rewrites the table."""
    introduction, head, _ = (ROOT / README).read_text(encoding="utf-8").partition("| rule | from |")
    assert head
    golden(README, f"{introduction}{rules_table()}\n")


def test_every_rule_names_its_source_and_a_reason() -> None:
    """Each rule and each deviation names FAST or ICAEW, and has a reason."""
    assert len({rule.id for rule in RULES}) == len(RULES) > 30
    assert all(("FAST" in rule.source or "ICAEW" in rule.source) and rule.reason for rule in RULES)
    assert all(("FAST" in one.source or "ICAEW" in one.source) and one.reason for one in DEVIATIONS)
