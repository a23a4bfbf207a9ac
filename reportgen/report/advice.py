"""Findings in a few lines, as the terminal shows them."""

from reportgen.report.charts.drawing.money import Notation, money, signed_money
from reportgen.results.checks import Finding
from reportgen.results.results import Results

FIRST = 3
"""So many are shown; the workbook and the paper have all."""


def advice(results: Results) -> tuple[str, ...]:
    """List the first findings, with what they would cost; nothing where there are none."""
    found = results.findings
    if not found:
        return ()
    count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
    more = len(found) - FIRST
    return (
        f"{count} on the inputs, and what the usual figure would change the option's full cost by:",
        *(f"  · {_line(one, results)}" for one in found[:FIRST]),
        *([f"    and {more} more on the sheet Findings"] if more > 0 else []),
    )


def _line(finding: Finding, results: Results) -> str:
    about = f"{results.option(finding.option).short_name}: " if finding.option else ""
    if finding.cost is None:
        return about + finding.title
    notation = Notation(results.currency)
    changed = signed_money(finding.cost, notation)
    return f"{about}{finding.title}: {'nothing' if changed == money(0, notation) else changed}"
