"""Findings on the inputs as the few lines that the terminal prints."""

from reportgen.report.charts.drawing.money import Notation, money, needs_cents, signed_money
from reportgen.results.checks import Finding
from reportgen.results.results import Results

MOST_SHOWN = 3
"""Number of findings printed; the workbook and the paper list all of them."""


def findings_summary(results: Results) -> tuple[str, ...]:
    """List the first findings with their effect on full cost; empty if there are none."""
    found = results.findings
    if not found:
        return ()
    count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
    more = len(found) - MOST_SHOWN
    return (
        f"{count} on the inputs, and what the usual figure would change the option's full cost by:",
        *(f"  · {_line(one, results)}" for one in found[:MOST_SHOWN]),
        *([f"    and {more} more on the sheet Findings"] if more > 0 else []),
    )


def _line(finding: Finding, results: Results) -> str:
    about = f"{results.option(finding.option).short_name}: " if finding.option else ""
    if finding.cost is None:
        return about + finding.title
    notation = Notation(results.currency, cents=needs_cents(option.tco for option in results.options))
    changed = signed_money(finding.cost, notation)
    return f"{about}{finding.title}: {'nothing' if changed == money(0, notation) else changed}"
