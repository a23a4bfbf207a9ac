"""Texts that adoption writes without a workbook: rates that state no price of cache writes, and what workloads share."""

from datetime import date

from reportgen.adopt.case_text import CaseText
from reportgen.adopt.choices import Origin
from reportgen.adopt.merge_rates import RateChange, RateMerge
from reportgen.adopt.price_book_text import rewrite_price_book
from reportgen.adopt.three_way import MergedCell
from reportgen.schema.loading.load import book_of

BOOK = """\
schema: reportgen.prices/1
currency: USD
sources: {list: {title: Price list}}
items:
  - id: swift
    kind: token
    provider: p
    purchase: standard
    rates:
      - {verified: 2026-11-09, source: list, basis: list, input: 2, output: 10}
      - {effective: 2027-04-01, verified: 2026-11-09, source: list, basis: list, input: 3, cache_write: 4, output: 10}
      - {effective: 2027-08-01, verified: 2026-11-09, source: list, basis: list, input: 5, output: 10}
"""
ORIGIN = Origin("back.xlsx", "Finance", "2026-11-24")


def test_a_rate_without_a_price_of_cache_writes_gets_none_from_the_rate_before_it() -> None:
    """4.50 for 5 from August: that rate goes on without a price of cache writes, and the others stay as they are."""
    path = "prices.swift.input.2027-08-01"
    cell = MergedCell(path, "value", "Prices!D9", 5.0, 4.5, 5.0, "taken")
    merge = RateMerge((RateChange("amount", "swift", "input", date(2027, 8, 1), 4.5, cell),), ())
    found = rewrite_price_book(BOOK, book_of(BOOK, "prices.yaml"), merge, ORIGIN)
    before, after, last = (rate for rate in book_of(found.text, "prices.yaml").items[0].rates)
    assert (before.input, before.cache_write) == (2.0, None)
    assert (after.input, after.cache_write) == (3.0, 4.0)
    assert (last.input, last.cache_write, last.output) == (4.5, None, 10.0)
    assert found.carried == ()


def test_what_workloads_share_is_written_where_the_case_says_nothing_of_it() -> None:
    """A volume factor typed into the workbook of a case with several workloads makes the section `workload`."""
    text = CaseText("case: {title: t}\nworkloads:\n  chat: {name: Chat}\n")
    text.set_assumption("workload.volume_factor", {"value": 1.2}, 1.0, "Changed; value was 1")
    assert text.text == (
        "case: {title: t}\nworkloads:\n  chat: {name: Chat}\n"
        'workload:\n  volume_factor: {value: 1.2, note: "Changed; value was 1"}\n'
    )


def test_a_project_whose_id_was_made_is_found_in_the_text() -> None:
    """Of two projects of one name the second one's value is changed by the id that the program made for it."""
    project = "  - {name: Assistant, option: %s, monthly_value: 100}\n"
    text = CaseText("opportunity:\n" + project % "rented" + project % "bought")
    text.set_assumption("opportunity.assistant_bought.monthly_value", {"value": 90.0}, 100.0, "Changed")
    assert text.text.splitlines()[1] == (project % "rented").rstrip()
    assert 'option: bought, monthly_value: {value: 90, note: "Changed"}' in text.text
