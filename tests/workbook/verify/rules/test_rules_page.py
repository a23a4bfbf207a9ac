"""The README's table of rules is the linter's own."""

from reportgen.workbook.verify.rules.table import DEVIATIONS, RULES, rules_table
from tests.agreement.cases import ROOT


def test_the_readme_holds_the_table_of_rules() -> None:
    """Every rule with where it comes from and whether it is kept; `python -c` of `rules_page` writes it anew."""
    assert rules_table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_rule_says_where_it_comes_from_and_how_it_is_kept() -> None:
    """A standard and a reason stand by each; what is departed from has one too."""
    assert len({rule.id for rule in RULES}) == len(RULES) > 30
    assert all(("FAST" in rule.source or "ICAEW" in rule.source) and rule.reason for rule in RULES)
    assert all(("FAST" in one.source or "ICAEW" in one.source) and one.reason for one in DEVIATIONS)
