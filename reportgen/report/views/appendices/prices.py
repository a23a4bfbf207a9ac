"""Appendix B: the prices used, their dates, announced changes and retirements."""

from itertools import groupby, pairwise

from markupsafe import Markup

from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, truncate_rows
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import counted, in_words, join_list
from reportgen.results.prices import Price, PriceRate

MOST_ROWS = 80


def section(context: ViewContext) -> Section:
    """Return the appendix on prices."""
    prices = context.results.prices
    if not prices:
        return Section(
            "prices", "Appendix B: prices", "No price comes from a price book", _stated_prices(context)
        )
    return Section("prices", "Appendix B: prices", _title(context), _lede(context), (_exhibit(context),))


def _stated_prices(context: ViewContext) -> Text:
    """State how many prices the case gives itself, and how many have a source or a date."""
    own = [row for row in context.paper.assumptions if row.given and row.unit.kind == "price"]
    dated = sum(row.as_of is not None for row in own)
    sourced = sum(bool(row.source) for row in own)
    return (
        f"The case states its {counted(len(own), 'price')} itself (appendix A): {sourced} with a source, {dated} with a date. No announced "
        f"change and no retirement of a model is known to it."
    )


def _announced_changes(context: ViewContext) -> set[str]:
    """Return the paths of rates with an announced change within the horizon.

    A successor at the same price is no change, and an assumed price is not an announcement.
    """
    start = f"{context.results.start}-01"
    return {
        rate.path
        for price in context.results.prices
        for before, rate in pairwise(price.rates)
        if rate.effective and rate.effective.isoformat() > start
        if rate.basis != "assumed" and (rate.amount, rate.currency) != (before.amount, before.currency)
    }


def _retiring(context: ViewContext) -> set[str]:
    """Return the items that retire before the horizon ends."""
    year, month = context.results.start.split("-")
    end = f"{int(year) + context.results.years}-{month}-01"
    retirements = (retirement for price in context.results.prices for retirement in price.retirements)
    return {retirement.item for retirement in retirements if retirement.last.isoformat() < end}


def _title(context: ViewContext) -> str:
    changed, retiring = len(_announced_changes(context)), len(_retiring(context))
    parts = [
        *([in_words(changed, "announced price change")] if changed else []),
        *([in_words(retiring, "model or offer retires", "models or offers retire")] if retiring else []),
    ]
    return (
        f"Within the horizon: {join_list(parts)}"
        if parts
        else "No price used is announced to change within the horizon"
    )


def _lede(context: ViewContext) -> Text:
    rates = [rate for price in context.results.prices for rate in price.rates]
    oldest, newest = min(rate.verified for rate in rates), max(rate.verified for rate in rates)
    when = (
        f"on {context.day(oldest)}"
        if oldest == newest
        else f"between {context.day(oldest)} and {context.day(newest)}"
    )
    assumed = sum(rate.assumed for rate in rates)
    tail = (
        f" {counted(assumed, 'rate')} marked “assumed”: undated, and used before the day of the check."
        if assumed
        else ""
    )
    return f"Prices out of the price book, checked {when}; each announced change lands in its month.{tail}"


def _exhibit(context: ViewContext) -> Exhibit:
    rows: list[Row] = []
    for (key, item), members in groupby(context.results.prices, key=lambda p: (p.option, p.item)):
        prices = list(members)
        rows.append(Row(_heading(context, key, item, prices[0]), (), "group"))
        before = ""
        for price, rate in [(one, rate) for one in prices for rate in one.rates]:
            rows.append(_row(context, price, rate, repeated=rate.source == before))
            before = rate.source
    heads = (
        Cell("Rate"), Cell("In force from", number=False), Cell("Checked", number=False), Cell("Basis", number=False),
        Cell("Source", number=False),
    )  # fmt: skip
    table = Table(
        "Price",
        heads,
        truncate_rows(rows, MOST_ROWS, "Prices"),
        wide=True,
        breaks_across_pages=True,
        widths=(23, 10, 13, 11, 8, 35),
    )
    title = f"{counted(len(context.results.prices), 'price')} of {counted(len({p.item for p in context.results.prices}), 'item')} used"
    return context.exhibit(
        "prices-used",
        title,
        "Every rate in force within the horizon, in its own currency",
        "sheet Prices.",
        table=table,
    )


def _heading(context: ViewContext, key: str, item: str, price: Price) -> Text:
    name = context.results.option(key).name
    words = f"{name}: {item}, {price.provider}, {price.purchase}"
    for place, retirement in enumerate(price.retirements):
        follow = f", followed by {retirement.successor}" if retirement.successor else ", without a successor"
        words += f"{', which' if place else ';'} retires {context.short_day(retirement.last)}{follow}"
    return words


def _row(context: ViewContext, price: Price, rate: PriceRate, *, repeated: bool) -> Row:
    source: Text = "as above" if repeated else rate.source
    if not repeated and rate.url.startswith("https://"):
        source = Markup('<a href="{}">{}</a>').format(rate.url, rate.source)
    since = context.short_day(rate.effective) or "undated"
    words = (
        f"{since}{' (assumed)' if rate.assumed else ''}",
        context.short_day(rate.verified),
        rate.basis,
        source,
    )
    amount = f"{context.number(rate.amount)} {rate.currency}"
    return Row(price.label, (Cell(amount), *(Cell(text, number=False) for text in words)))
