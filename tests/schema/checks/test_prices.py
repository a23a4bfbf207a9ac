"""Prices out of the book: rates by day, successors, currencies, and everything that can be wrong with them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import InputError, Problem
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_book, load_case
from reportgen.schema.schedules import migrations, schedules
from tests.agreement.cases import sampled
from tests.paths import INPUTS
from tests.schema.conftest import SHIPPED

BOOK = """\
schema: reportgen.prices/1
currency: USD
sources:
  list: {title: Price list, url: "https://example.com/prices", licence: MIT, retrieved: 2026-11-20}
items:
  - id: swift-3.8
    kind: token
    provider: example
    model: swift-3.8
    purchase: standard
    retires: 2028-06-30
    successor: swift-4
    rates:
      - {verified: 2026-11-09, source: list, basis: list, input: 0.75, cached_input: 0.075, output: 3.75}
      - {effective: 2027-03-15, verified: 2026-11-09, source: list, basis: list, input: 1.5, cached_input: 0.15, output: 7.5}
      - {effective: 2030-01-01, verified: 2026-11-09, source: list, basis: list, input: 3, cached_input: 0.3, output: 9}
  - id: swift-4
    kind: token
    provider: example
    model: swift-4
    purchase: standard
    currency: EUR
    rates:
      - {effective: 2028-01-01, verified: 2026-11-09, source: list, basis: assumed, input: 2, cached_input: 0.2, output: 8}
  - id: h100
    kind: gpu_hour
    provider: example
    gpu: H100 SXM
    purchase: on_demand
    rates:
      - {effective: 2026-10-19, verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 39.9}
"""
Edits = tuple[tuple[str, str], ...]


def booked(folder: Path, in_book: Edits = (), in_case: Edits = ()) -> Path:
    """Write the shipped case with its prices out of a book, both with passages replaced."""
    case = SHIPPED.read_text(encoding="utf-8")
    own = r"    input_price.*\n    cached_input_price.*\n    output_price.*\n"
    case = re.sub(own, "    prices: swift-3.8\n    input_price: {low: 0.5, high: 1.0}\n", case)
    case = re.sub(r"    gpu_hourly_price: .*unit.*\n", "    gpu_prices: h100\n", case)
    case = case.replace(
        "  years: 3\n", "  years: 3\n  exchange_rates: {EUR: {value: 1.1, low: 1.0, high: 1.2}}\n"
    )
    book = BOOK
    for before, after in in_book:
        assert before in book, before
        book = book.replace(before, after)
    for before, after in in_case:
        assert before in case, before
        case = case.replace(before, after)
    (folder / "prices.yaml").write_text(book, encoding="utf-8")
    (folder / "acme.yaml").write_text(case, encoding="utf-8")
    return folder / "acme.yaml"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Load the case with prices out of the book."""
    return load_case(booked(tmp_path))


def test_rates_follow_each_other_and_the_successor_takes_over(case: Case) -> None:
    """0.75 at the start, 1.5 from 15 March 2027, and from the day after 30 June 2028 the successor's 2 euros."""
    schedule = next(found for found in schedules(case) if found.path == "options.api.input_price")
    assert [(rate.effective, rate.path, rate.amount, rate.exchange_rate) for rate in schedule.rates] == [
        (None, "prices.swift-3.8.input.undated", 0.75, None),
        (date(2027, 3, 15), "prices.swift-3.8.input.2027-03-15", 1.5, None),
        (date(2028, 7, 1), "prices.swift-4.input.2028-01-01", 2.0, "finance.exchange_rates.EUR"),
    ]


def test_every_component_that_an_item_has_is_scheduled(case: Case) -> None:
    """An item of tokens gives three prices, one of GPU-hours gives one."""
    assert [schedule.path for schedule in schedules(case)] == [
        "options.api.input_price", "options.api.cached_input_price", "options.api.output_price",
        "options.self_hosted.gpu_hourly_price",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("retires", "expected"),
    [
        ("2028-06-30", [date(2028, 7, 1)]),
        ("2028-07-01", [date(2028, 8, 1)]),
        ("2028-12-31", [date(2029, 1, 1)]),
        ("2029-12-15", []),
        ("2030-06-30", []),
    ],
)
def test_migration_falls_in_the_first_month_that_starts_after_retirement(
    retires: str, expected: list[date], tmp_path: Path
) -> None:
    """The horizon ends with December 2029; a model that retires in its last month moves after it."""
    case = load_case(booked(tmp_path, (("retires: 2028-06-30", f"retires: {retires}"),)))
    assert list(migrations(case, "api")) == expected


def test_rates_and_prices_are_assumptions(case: Case) -> None:
    """The rates stand in rows of their own; the option's price is the rate at the start, its range beside it."""
    table = {row.path: row for row in assumptions(case)}
    price = table["options.api.input_price"]
    assert (price.value, price.low, price.high, price.from_price_book, price.reachable) == (
        0.75,
        0.5,
        1.0,
        True,
        True,
    )
    rate = table["prices.swift-4.input.2028-01-01"]
    assert (rate.value, rate.unit.name, rate.group, rate.source) == (
        2,
        "EUR / M tokens",
        "Prices",
        "Price list",
    )
    assert rate.as_of == date(2026, 11, 9)
    assert table["finance.exchange_rates.EUR"].label == "USD for one EUR"
    assert "prices.swift-3.8.input.2030-01-01" not in table


def test_a_price_in_another_currency_is_converted(tmp_path: Path) -> None:
    """3.75 euros at 1.1 dollars are 4.125 dollars."""
    edits = (("    model: swift-3.8\n", "    model: swift-3.8\n    currency: EUR\n"),)
    table = {row.path: row for row in assumptions(load_case(booked(tmp_path, edits)))}
    assert table["options.api.output_price"].value == pytest.approx(4.125, rel=1e-15)


def test_effects_reach_rates(tmp_path: Path) -> None:
    """A scenario may change one dated rate."""
    edits = (
        (
            "assumption: options.api.input_price, multiply: 0.5",
            "assumption: prices.swift-3.8.input.2027-03-15, set: 1",
        ),
    )
    assert load_case(booked(tmp_path, in_case=edits)).price_scenarios


def test_an_undated_rate_before_anybody_looked_is_assumed(tmp_path: Path) -> None:
    """A start in October 2026 lies before the day on which the undated rate was verified."""
    path = booked(tmp_path, (("2026-10-19", "2026-10-01"),), (("start: 2027-01", "start: 2026-10"),))
    first = schedules(load_case(path))[0].rates[0]
    assert first.assumed


CASE_ROWS: list[tuple[str, Edits, Edits, str, str]] = [
    ("a price and an item", (), (("input_price: {low: 0.5, high: 1.0}", "input_price: {value: 1, low: 0.5}"),),
     "options.api.input_price", "is given here and by the item swift-3.8"),
    ("a range that leaves the rate out", (), (("{low: 0.5, high: 1.0}", "{low: 0.8, high: 1.0}"),),
     "options.api.input_price.low", "low is 0.8, above the value 0.75"),
    ("an unknown item", (), (("prices: swift-3.8", "prices: swift-3.9"),),
     "options.api.prices", "Did you mean swift-3.8?"),
    ("an item of the wrong kind", (), (("gpu_prices: h100", "gpu_prices: swift-4"),),
     "options.self_hosted.gpu_prices", "names an item of kind gpu_hour"),
    ("no exchange rate", (), (("  exchange_rates: {EUR: {value: 1.1, low: 1.0, high: 1.2}}\n", ""),),
     "options.api.prices", "give finance.exchange_rates.EUR"),
    ("a start before the first rate", (), (("start: 2027-01", "start: 2026-10"),),
     "options.self_hosted.gpu_prices", "no rate before 2026-10-19"),
    ("retirement without a successor", (("    successor: swift-4\n", ""),), (),
     "options.api.prices", "retires on 2028-06-30, inside the horizon, and names no successor"),
    ("retirement before the start", (("retires: 2028-06-30", "retires: 2026-12-31"),), (),
     "options.api.prices", "before the start"),
    ("a successor that comes too late", (("effective: 2028-01-01", "effective: 2028-09-01"),), (),
     "options.api.prices", "swift-4 has no rate before 2028-09-01"),
    ("a rate of nothing that changes", (("cached_input: 0.075", "cached_input: 0"),), (),
     "options.api.prices", "which is no step; give cached_input_price in the case"),
    ("no rate for cached input", ((", cached_input: 0.075", ""), (", cached_input: 0.15", ""), (", cached_input: 0.3", ""), (", cached_input: 0.2", "")), (),
     "options.api.cached_input_price", "the price item swift-3.8 has no cached_input"),
]  # fmt: skip


@pytest.mark.parametrize("row", sampled(((row,) for row in CASE_ROWS), lambda one: one[0][0], every=4))
def test_a_case_that_its_book_cannot_serve_is_refused(
    row: tuple[str, Edits, Edits, str, str], tmp_path: Path
) -> None:
    """What a case needs and the book does not give is one problem in the case."""
    _, in_book, in_case, path, sentence = row
    found = refusal(load_case, booked(tmp_path, in_book, in_case))
    assert [(problem.path, Path(problem.file).name) for problem in found] == [(path, "acme.yaml")], "\n".join(
        map(str, found)
    )
    assert sentence in found[0].sentence


BOOK_ROWS: list[tuple[str, Edits, str, str]] = [
    ("an id twice", (("id: h100", "id: swift-4"),), "items.swift-4.id", 'The id "swift-4" is taken by item 2'),
    ("dates out of order", (("effective: 2030-01-01", "effective: 2027-01-01"),),
     "items.swift-3.8.rates[3].effective", "not after the one before, 2027-03-15"),
    ("a later rate without a date", (("effective: 2030-01-01, ", ""),),
     "items.swift-3.8.rates[3]", "Only the first rate may be without `effective`"),
    ("a successor that is not there", (("successor: swift-4", "successor: swift-5"),),
     "items.swift-3.8.successor", "Did you mean swift-"),
    ("a successor of another kind", (("successor: swift-4", "successor: h100"),),
     "items.swift-3.8.successor", "is of kind gpu_hour"),
    ("an unknown source", (("verified: 2026-11-09, source: list, basis: assumed", "verified: 2026-11-09, source: lost, basis: assumed"),),
     "items.swift-4.rates[1].source", "Did you mean list?"),
    ("a rate without its amount", ((", output: 8", ""),), "items.swift-4.rates[1].output", "`output` is missing"),
    ("a rate of the other kind", (("per_gpu_hour: 39.9", "per_gpu_hour: 39.9, input: 1"),),
     "items.h100.rates[1].input", "does not belong to items of kind gpu_hour"),
    ("a negative rate", (("per_gpu_hour: 39.9", "per_gpu_hour: -1"),),
     "items.h100.rates[1].per_gpu_hour", "You wrote -1; it must be at least 0"),
    ("a purchase of the other kind", (("purchase: on_demand", "purchase: flex"),), "items.h100.purchase", "on_demand, spot"),
    ("another form of file", (("reportgen.prices/1", "reportgen.prices/2"),), "schema", "write one of reportgen.prices/1"),
    ("a basis that does not exist", (("basis: assumed", "basis: guess"),), "items.swift-4.rates[1].basis", "list, quote, contract"),
]  # fmt: skip


@pytest.mark.parametrize("row", sampled(((row,) for row in BOOK_ROWS), lambda one: one[0][0], every=4))
def test_a_mistake_in_the_book_is_told_with_its_place(
    row: tuple[str, Edits, str, str], tmp_path: Path
) -> None:
    """A mistake in the price book is one problem in the book, whether it is read alone or for a case."""
    _, edits, path, sentence = row
    where = booked(tmp_path, edits)
    found = refusal(load_book, where.with_name("prices.yaml"))
    assert [problem.path for problem in found] == [path], "\n".join(map(str, found))
    assert sentence in found[0].sentence
    assert [problem.path for problem in refusal(load_case, where)] == [path]


def test_successors_in_a_circle_are_refused(tmp_path: Path) -> None:
    """Two items that follow each other are told, each at its successor."""
    edits = (
        ("    currency: EUR\n", "    currency: EUR\n    retires: 2029-01-31\n    successor: swift-3.8\n"),
    )
    found = refusal(load_book, booked(tmp_path, edits).with_name("prices.yaml"))
    assert [problem.path for problem in found] == ["items.swift-3.8.successor", "items.swift-4.successor"]
    assert "swift-3.8 -> swift-4 -> swift-3.8" in found[0].sentence


@pytest.mark.slow
def test_a_book_that_cannot_be_read_is_the_only_problem(tmp_path: Path) -> None:
    """A slip in the book of a shipped case, whose runs change cached prices, is told once, and nothing for what hangs on it."""
    shipped = INPUTS
    case = tmp_path / "ten-to-twenty-billion-tokens.yaml"
    case.write_bytes((shipped / case.name).read_bytes())
    book = (shipped / "prices.yaml").read_text(encoding="utf-8")
    (tmp_path / "prices.yaml").write_text(
        book.replace("effective: 2026-08-26", "effective: 2020-08-26"), encoding="utf-8"
    )
    assert {Path(problem.file).name for problem in refusal(load_case, case)} == {"prices.yaml"}


def test_a_dear_gpu_hour_is_no_error(tmp_path: Path) -> None:
    """39.9 for a GPU-hour looks like the price of a whole machine: a finding, and the case loads."""
    assert load_case(booked(tmp_path))


def refusal(load: Callable[[Path], object], path: Path) -> tuple[Problem, ...]:
    """List the problems with which a file is refused."""
    with pytest.raises(InputError) as caught:
        load(path)
    return caught.value.problems
