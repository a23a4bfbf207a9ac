"""The budget's exhibit: years, lines, their sums and the note on rounding, against amounts worked out by hand."""

from dataclasses import replace

from reportgen.report.views import budget
from reportgen.report.views.context import ROUNDING_NOTE, ViewContext
from reportgen.results.options import Budget, BudgetPeriod, PeakFunding
from tests.agreement.cases import SHIPPED, analysis_of
from tests.report.claims.body import plain
from tests.report.contexts import context

FIRST = BudgetPeriod(2027, None, 1, 6, 100_000, 50_000, 20_000, 0, 0, None, None, None)
SECOND = BudgetPeriod(2028, None, 7, 18, 0, 80_000, 30_000, 0, -10_000, None, None, None)
"""Half a year with machines for 100,000, then a whole one at whose end they bring 10,000."""


def with_years(*years: BudgetPeriod, gain: float | None = None, tco: float = 220_000) -> ViewContext:
    """Return the shipped case's context with a budget for the recommended option, the Commercial API."""
    months = analysis_of(SHIPPED).results.option("api").budget.months
    return context({"api": {"budget": Budget(months, years, (), gain), "tco": tco}})


def printed(found: ViewContext) -> list[tuple[str, ...]]:
    """Return the rows of the exhibit's table as text."""
    table = budget.section(found).exhibits[0].table
    assert table is not None
    heads = ("", *(plain(head.words) for head in table.heads))
    return [heads, *((plain(row.head), *(plain(cell.words) for cell in row.cells)) for row in table.rows)]


def test_years_lines_and_sums() -> None:
    """100 + 50 = 150 thousand in the first half-year, 80 - 10 = 70 in the second year, 220 in all."""
    assert printed(with_years(FIRST, SECOND)) == [
        ("", "2027 (6 months)", "2028", "In all"),
        ("Capital", "100", "–", "100"),
        ("Operating", "50", "80", "130"),
        ("of which own staff", "20", "30", "50"),
        ("Machines sold at the end", "–", "−10", "−10"),
        ("Cash in all", "150", "70", "220"),
    ]


def test_depreciation_and_charge_stand_below_the_cash() -> None:
    """Where machines are depreciated, the charge to profit and loss is printed, and a book value has no sum."""
    first = replace(FIRST, depreciation=30_000, charge=80_000, book_value=70_000)
    second = replace(SECOND, depreciation=60_000, charge=140_000, book_value=10_000)
    assert printed(with_years(first, second, gain=0.0))[6:] == [
        ("Depreciation", "30", "60", "90"),
        ("Charge to profit and loss", "80", "140", "220"),
        ("Book value at the end of the year", "70", "10", ""),
    ]


def test_the_year_that_costs_most_is_the_title() -> None:
    """150,000 in the fiscal year 2027 against 70,000; of a single year its cash is the title."""
    assert (
        budget.section(with_years(FIRST, SECOND)).title
        == "Commercial API costs most in the fiscal year 2027: $150k"
    )
    assert (
        budget.section(with_years(FIRST, tco=150_000)).title
        == "Commercial API costs $150k in the fiscal year 2027"
    )


def test_sums_that_differ_by_rounding_have_a_note() -> None:
    """1.4 + 1.4 = 2.8 thousand prints 1 + 1 = 3; 1.0 + 1.0 = 2.0 needs no note."""
    plain_year = replace(FIRST, capital=0, own_staff=0)
    odd = [replace(plain_year, year=year, operating=1_400) for year in (2027, 2028)]
    even = [replace(plain_year, year=year, operating=1_000) for year in (2027, 2028)]
    assert ROUNDING_NOTE in plain(budget.section(with_years(*odd, tco=2_800)).exhibits[0].source)
    assert ROUNDING_NOTE not in plain(budget.section(with_years(*even, tco=2_000)).exhibits[0].source)


def test_the_lead_says_when_an_option_is_furthest_behind_the_baseline() -> None:
    """At the end of month 3 of a case from January 2027 it has cost 40,000 more than the baseline would have."""
    found = context(
        {"platform": {"net_present_saving": 12_000.0, "peak_funding": PeakFunding(40_000.0, 3)}},
        recommended="platform",
    )
    lead = plain(budget.section(found).lede)
    assert "in present value, it costs $12k less than Commercial API." in lead
    assert (
        "at the end of March 2027, when it has cost $40k more in all than Commercial API would have." in lead
    )
