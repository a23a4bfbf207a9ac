"""Budget, books and funding: the same cash by fiscal year, as capital and operating, and against the baseline."""

from itertools import accumulate

from tests.oracle.evaluate import Found
from tests.oracle.excel import Months, below, tied, total
from tests.oracle.inputs.case import Case, calendar, stated

BY_PERIOD = ("capital", "operating", "own_staff", "recruitment", "residual", "depreciation", "charge")
STAFF = (
    "deployment_engineering", "ongoing_engineering", "refresh", "stabilisation", "tuning", "interim_staff", "migrations",
)  # fmt: skip


def budget(case: Case, found: Found, vat: float) -> Found:
    """Split an option's cash: by month, fiscal year and quarter; the books where depreciation years are given."""
    lines = found["lines"]
    capital = [paid * (1.0 + vat) for paid in lines["purchases"]]
    operating = [
        cost - left - bought
        for cost, left, bought in zip(found["monthly"], lines["residual"], capital, strict=True)
    ]
    months: Found = {
        "capital": capital,
        "operating": operating,
        "own_staff": total(*(lines[name] for name in STAFF)),
        "recruitment": lines["recruitment"],
        "residual": lines["residual"],
        "depreciation": None,
        "book_value": None,
        "charge": None,
    }
    disposal = None
    years = stated(case["finance"].get("depreciation_years"))
    if years is not None:
        months["depreciation"] = depreciation(capital, int(years))
        months["book_value"] = [
            bought - lost
            for bought, lost in zip(accumulate(capital), accumulate(months["depreciation"]), strict=True)
        ]
        months["charge"] = total(operating, months["depreciation"])
        disposal = found["worth"][-1] - months["book_value"][-1]
    periods = [fiscal(case, m) for m in range(1, len(capital) + 1)]
    return {
        "months": months,
        "fiscal_years": by_period(months, [(year, None) for year, _ in periods]),
        "quarters": by_period(months, periods),
        "disposal_gain": disposal,
    }


def depreciation(capital: Months, years: int) -> Months:
    """Spread each purchase evenly over so many years from its own month on."""
    life = 12 * years
    bought = list(accumulate(capital))
    return [
        (bought[m - 1] - (bought[m - 1 - life] if m > life else 0.0)) / life
        for m in range(1, len(capital) + 1)
    ]


def fiscal(case: Case, m: int) -> tuple[int, int]:
    """Name the fiscal year of a month, by the calendar year in which it ends, and the quarter within it."""
    begins = int(stated(case["finance"].get("fiscal_year_start")) or calendar(case, 1)[1])
    year, month = calendar(case, m)
    passed = (month - begins) % 12
    ends = year if begins == 1 or month < begins else year + 1
    return ends, passed // 3 + 1


def by_period(months: Found, periods: list[tuple[int, int | None]]) -> list[Found]:
    """Add up the months of each period, in order."""
    found = []
    for period in dict.fromkeys(periods):
        inside = [i for i, one in enumerate(periods) if one == period]
        sums = {
            name: None if months[name] is None else sum(months[name][i] for i in inside) for name in BY_PERIOD
        }
        book = None if months["book_value"] is None else months["book_value"][inside[-1]]
        place = {
            "year": period[0],
            "quarter": period[1],
            "first_month": inside[0] + 1,
            "last_month": inside[-1] + 1,
        }
        found.append(place | sums | {"book_value": book})
    return found


def peak_funding(option: Months, baseline: Months) -> Found:
    """Find the largest cumulative nominal excess over the baseline, and the first month that reaches it."""
    amount, month = 0.0, None
    for m, (ours, theirs) in enumerate(zip(accumulate(option), accumulate(baseline), strict=True), start=1):
        excess = 0.0 if tied(ours, theirs) else ours - theirs
        if below(amount, excess):
            amount, month = excess, m
    return {"amount": amount, "month": month}
