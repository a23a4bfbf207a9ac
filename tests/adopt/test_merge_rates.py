"""Edited and added rates are merged into the price book; the cases that share it are listed."""

import shutil
from datetime import datetime

import pytest

from reportgen.errors import InputError
from reportgen.schema.loading.load import load_book, load_case
from tests.adopt.returned_pack import ReturnedPack, changed_lines

pytestmark = pytest.mark.long

BY = "in back.xlsx by Finance on 2026-11-24"
SOURCE = '+ back-2026-11-24: {title: "back.xlsx, typed by Finance on 2026-11-24", retrieved: 2026-11-24}'
OF = "verified: 2026-11-24, source: back-2026-11-24, basis: assumed"
WAS = "(basis list, source list, verified 2026-11-09)"
COMPONENTS = ("input", "cached_input", "output")


def day(year: int, month: int, number: int) -> datetime:
    """Return a day as Excel saves it."""
    return datetime(year, month, number)  # noqa: DTZ001  cells have no zone


def written(returned: ReturnedPack, *options: str) -> list[str]:
    """Adopt, and return the changed lines of the price book."""
    before = returned.prices.read_text(encoding="utf-8")
    done = returned.adopt("--apply", *options)
    assert done.exit_code == 0, done.output
    assert "There is nothing to take." in returned.adopt().stderr
    return changed_lines(before, returned.prices.read_text(encoding="utf-8"))


def test_an_amount_is_corrected_where_it_stands(returned: ReturnedPack) -> None:
    """3.50 for 3.19: the basis becomes assumed and the source the workbook; the case file is unchanged."""
    editor = returned.opened()
    editor.value("prices.h100-cloud.per_gpu_hour.2027-07-01", 3.5)
    editor.save(returned.back)
    case = returned.case.read_bytes()
    assert written(returned) == [
        SOURCE,
        "- - {effective: 2027-07-01, verified: 2026-11-09, source: list, basis: list, per_gpu_hour: 3.19}",
        f'+ - {{effective: 2027-07-01, {OF}, per_gpu_hour: 3.50, note: "Changed {BY}; per_gpu_hour was 3.19 {WAS}"}}',
    ]
    assert returned.case.read_bytes() == case


def test_a_day_that_moved_takes_the_rate_along_and_what_a_risk_does_to_it(returned: ReturnedPack) -> None:
    """All three components move from March to May: the path contains the day, so the risk's effect is renamed."""
    editor = returned.opened()
    for component in COMPONENTS:
        editor.day(f"prices.swift-3.8.{component}.2027-03-15", day(2027, 5, 1))
    editor.save(returned.back)
    assert written(returned)[1:] == [
        "- - {effective: 2027-03-15, verified: 2026-11-09, source: list, basis: list, input: 1.5, cached_input: 0.15, output: 7.5}",
        f"+ - {{effective: 2027-05-01, {OF}, input: 1.5, cached_input: 0.15, output: 7.5, "
        f'note: "Changed {BY}; in force from 2027-03-15 {WAS}"}}',
    ]
    assert load_case(returned.case).risks[0].effects[0].assumption == "prices.swift-3.8.input.2027-05-01"


def test_a_day_that_moved_for_one_component_leaves_the_others(returned: ReturnedPack) -> None:
    """Input doubles in May, output still in March: the rate of March keeps the old input, that of May has all components."""
    editor = returned.opened()
    editor.day("prices.swift-3.8.input.2027-03-15", 46508)  # 2027-05-01, counted from 1899-12-30
    editor.save(returned.back)
    written(returned)
    item = load_book(returned.prices).item("swift-3.8")
    assert item is not None
    assert [(rate.day, rate.input, rate.cached_input, rate.output) for rate in item.rates] == [
        ("undated", 0.75, 0.075, 3.75),
        ("2027-03-15", 0.75, 0.15, 7.5),
        ("2027-05-01", 1.5, 0.15, 7.5),
        ("2030-01-01", 3.0, 0.3, 9.0),
    ]


def test_a_rate_in_a_spare_row_stands_among_the_others_by_its_day(returned: ReturnedPack) -> None:
    """Output at 8 from 2028: input and cached input continue unchanged, and so does the risk that raises input by half."""
    editor = returned.opened()
    editor.value("prices.swift-3.8.output.spare_1", 8)
    editor.day("prices.swift-3.8.output.spare_1", day(2028, 1, 1))
    editor.save(returned.back)
    assert written(returned) == [
        SOURCE,
        f"+ - {{effective: 2028-01-01, {OF}, input: 1.50, cached_input: 0.15, output: 8.00, "
        f'note: "Added {BY}; input and cached_input as before"}}',
    ]
    does = [(effect.assumption, effect.multiply) for effect in load_case(returned.case).risks[0].effects]
    assert ("prices.swift-3.8.input.2027-03-15", 1.5) in does
    assert ("prices.swift-3.8.input.2028-01-01", 1.5) in does


def test_a_rate_that_no_month_pays_any_more_loses_its_effects(returned: ReturnedPack) -> None:
    """The doubling moves to 2029, when the model is retired: the risk's effect on it is removed and reported."""
    editor = returned.opened()
    for component in COMPONENTS:
        editor.day(f"prices.swift-3.8.{component}.2027-03-15", day(2029, 1, 1))
    editor.save(returned.back)
    said = "prices.swift-3.8.input.2029-01-01: no month pays this rate any more; what a run did to it is taken out."
    assert said in returned.adopt().stdout
    written(returned)
    effects = load_case(returned.case).risks[0].effects
    assert [effect.assumption for effect in effects] == ["prices.h100-cloud.per_gpu_hour.2026-10-19"]


def test_what_begins_before_the_first_rate_begins_with_it(returned: ReturnedPack) -> None:
    """Input of the second model from 2026 instead of 2028, where its output begins: no month pays it earlier, nothing changes."""
    editor = returned.opened()
    editor.day("prices.swift-4.input.2028-01-01", day(2026, 10, 17))
    editor.save(returned.back)
    done = returned.adopt("--apply")
    assert "there already" in done.stdout
    assert "There is nothing to take." in done.stderr


def test_two_rates_may_change_places(returned: ReturnedPack) -> None:
    """The rates of 2028 and 2029 exchange their days: each keeps its amount."""
    editor = returned.opened()
    for component in COMPONENTS:
        editor.day(f"prices.swift-4.{component}.2028-01-01", day(2029, 2, 1))
        editor.day(f"prices.swift-4.{component}.2029-02-01", day(2028, 1, 1))
    editor.save(returned.back)
    assert returned.adopt("--apply").exit_code == 0
    item = load_book(returned.prices).item("swift-4")
    assert item is not None
    assert [(rate.day, rate.input, rate.output) for rate in item.rates] == [
        ("2028-01-01", 1.5, 6.0),
        ("2029-02-01", 2.0, 8.0),
    ]
    assert "There is nothing to take." in returned.adopt().stderr


def test_a_retirement_and_an_exchange_rate(returned: ReturnedPack) -> None:
    """The last day is written into the book with a comment, the exchange rate into the case with a note."""
    editor = returned.opened()
    editor.value("prices.swift-3.8.retires", day(2028, 3, 31))
    editor.value("finance.exchange_rates.EUR", 1.2)
    editor.save(returned.back)
    assert written(returned) == [
        "- retires: 2028-06-30",
        f"+ retires: 2028-03-31   # changed {BY}; was 2028-06-30",
    ]
    assert load_case(returned.case).finance.exchange_rates["EUR"].value == 1.2


def test_a_rate_that_changed_on_both_sides_is_a_conflict(returned: ReturnedPack) -> None:
    """3.19 as issued, 3.50 in the workbook, 2.99 in the book today: exit 1 until it is decided."""
    path = "prices.h100-cloud.per_gpu_hour.2027-07-01"
    editor = returned.opened()
    editor.value(path, 3.5)
    editor.save(returned.back)
    returned.edit(returned.prices, "per_gpu_hour: 3.19", "per_gpu_hour: 2.99")
    stopped = returned.adopt("--apply")
    assert stopped.exit_code == 1
    assert f"{path}: 3.19 as issued" in stopped.stdout
    assert f"--theirs {path}   takes 3.5 from the workbook" in stopped.stdout
    assert f"--ours {path}   keeps 2.99" in stopped.stdout
    kept = returned.adopt("--apply", "--ours", "all")
    assert "today's is kept" in kept.stdout
    assert "per_gpu_hour: 2.99" in returned.prices.read_text(encoding="utf-8")
    returned.adopt("--apply", "--theirs", path)
    assert "per_gpu_hour: 3.50" in returned.prices.read_text(encoding="utf-8")


def test_the_price_book_is_shown_apart_with_the_cases_that_share_it(returned: ReturnedPack) -> None:
    """It has its own heading and difference; a case beside this one is listed with the items, and with the error it would have."""
    editor = returned.opened()
    for component in COMPONENTS:
        editor.day(f"prices.swift-3.8.{component}.2027-03-15", day(2027, 5, 1))
    editor.risk("The dollar falls", 0.35)
    editor.save(returned.back)
    alone = returned.adopt().stdout
    assert alone.index("The case file") < alone.index("probability: 0.3") < alone.index("The price book")
    assert alone.index("The price book") < alone.index("effective: 2027-05-01")
    assert "no other case beside this one takes these prices, cases elsewhere may" in alone
    shutil.copy(returned.case, returned.case.with_name("subsidiary.yaml"))
    shared = returned.adopt()
    assert "these cases take the same prices, and change with them" in shared.stdout
    assert (
        'subsidiary.yaml: swift-3.8; it would not load any more: There is no assumption "prices.'
        in shared.stdout
    )
    assert f"--apply writes 4 changes into {returned.case} and {returned.prices}." in shared.stderr


def test_what_would_break_the_case_is_refused_whole(returned: ReturnedPack) -> None:
    """A first rate after the start leaves January without a price: an error with the reason, and nothing is written."""
    editor = returned.opened()
    editor.day("prices.h100-cloud.per_gpu_hour.2026-10-19", day(2027, 2, 1))
    editor.save(returned.back)
    before = returned.prices.read_bytes(), returned.case.read_bytes()
    with pytest.raises(
        InputError, match=r"h100-cloud has no rate before 2027-02-01(.|\n)*Nothing was written"
    ):
        returned.adopt("--apply")
    assert (returned.prices.read_bytes(), returned.case.read_bytes()) == before


SPARE = "prices.swift-3.8.output.spare_1"
NOT_TAKEN = [
    ({SPARE: 8.0}, {}, "a rate of swift-3.8 was added without its first day; type it under In force from."),
    ({SPARE: 8.0}, {SPARE: day(2027, 3, 15)}, "two output rates of swift-3.8 begin on 2027-03-15; keep one."),
    ({SPARE: 8.0}, {SPARE: "soon"}, "refused: no day"),
    ({"prices.swift-3.8.retires": "never"}, {}, "refused: no day"),
    ({"prices.swift-3.8.input.undated": "=0.7"}, {}, "refused: no number"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "days", "said"), NOT_TAKEN)
def test_a_rate_that_is_not_whole_is_not_taken(
    returned: ReturnedPack, values: dict[str, float | str], days: dict[str, datetime | str], said: str
) -> None:
    """A rate needs an amount and a first day of its own."""
    editor = returned.opened()
    for key, value in values.items():
        editor.value(key, value)
    for key, one in days.items():
        editor.day(key, one)
    editor.save(returned.back)
    done = returned.adopt()
    assert said in done.stdout
    assert "1 edit was not taken: the reasons stand above." in done.stderr
    assert done.exit_code == 3


def test_an_item_that_is_gone_today_is_not_brought_back(returned: ReturnedPack) -> None:
    """The case states its GPU price itself today: there is no item to correct."""
    editor = returned.opened()
    editor.value("prices.h100-cloud.per_gpu_hour.2027-07-01", 3.5)
    editor.save(returned.back)
    returned.edit(
        returned.case, "gpu_prices: h100-cloud", "gpu_hourly_price: {value: 3, low: 2.5, high: 4.5}"
    )
    returned.edit(returned.case, "    gpu_hourly_price: {low: 2.5, high: 4.5}\n", "")
    returned.edit(
        returned.case, "      - {assumption: prices.h100-cloud.per_gpu_hour.2026-10-19, add: 0.5}\n", ""
    )
    text = returned.prices.read_text(encoding="utf-8")
    returned.prices.write_text(text[: text.index("  - id: h100-cloud")], encoding="utf-8")
    done = returned.adopt()
    assert "Prices!D41: the price book has no item h100-cloud today" in done.stdout
    assert "1 edit was not taken: the reasons stand above." in done.stderr
