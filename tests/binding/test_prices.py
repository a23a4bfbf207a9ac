"""Prices out of the book: tables that serve every option, cache writes, and no price of nothing."""

from pathlib import Path

import pytest

from reportgen.binding.bound import Bound, bind
from reportgen.formula.nodes import Line
from reportgen.model.answer import EvaluatedCase, evaluate
from reportgen.model.checks import checks
from reportgen.schema.loading.load import load_case

CASE = """\
case: {title: Two models with one successor, date: 2026-11-23, currency: USD}
finance: {start: 2027-01, discount_rate: 0.1}
workload: {tokens_per_month: 1000, output_share: 0.2}
people: {loaded_cost_per_fte: 100000}
options:
"""
FIRST = "  a: {kind: api, name: Model A, prices: model-a}\n"
SECOND = "  b: {kind: api, name: Model B, prices: model-b}\n"
BOOK = """\
schema: reportgen.prices/1
currency: USD
sources: {list: {title: Price list}}
items:
  - {id: model-a, kind: token, provider: p, purchase: standard, retires: 2027-06-30, successor: new-model,
     rates: [{verified: 2026-11-09, source: list, basis: list, input: 2, output: 10}]}
  - {id: model-b, kind: token, provider: p, purchase: standard, retires: 2029-01-15, successor: new-model,
     rates: [{verified: 2026-11-09, source: list, basis: list, input: 1.5, output: 8}]}
  - id: new-model
    kind: token
    provider: p
    purchase: standard
    rates:
      - {effective: 2026-06-01, verified: 2026-11-09, source: list, basis: list, input: 3, output: 15}
      - {effective: 2028-12-01, verified: 2026-11-09, source: list, basis: list, input: 2.5, output: 12}
"""
WRITING = """\
schema: reportgen.prices/1
currency: USD
sources: {list: {title: Price list}}
items:
  - id: model-a
    kind: token
    provider: p
    purchase: standard
    retires: 2027-08-31
    successor: new-model
    rates:
      - {verified: 2026-11-09, source: list, basis: list, input: 2, cache_write: 2.5, output: 10}
      - {effective: 2027-04-15, verified: 2026-11-09, source: list, basis: list, input: 3, output: 10}
  - id: new-model
    kind: token
    provider: p
    purchase: standard
    rates:
      - {effective: 2027-05-01, verified: 2026-11-09, source: list, basis: list, input: 1, output: 5}
      - {effective: 2027-11-01, verified: 2026-11-09, source: list, basis: list, input: 1, cache_write: 1.25, output: 5}
"""


def worked(folder: Path, options: str, book: str, workload: str = "") -> tuple[Bound, EvaluatedCase]:
    """Bind and evaluate a case with these options and this price book."""
    text = CASE.replace("output_share: 0.2}", f"output_share: 0.2{workload}}}") + options
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    (folder / "prices.yaml").write_text(book, encoding="utf-8")
    bound = bind(load_case(folder / "case.yaml"))
    return bound, evaluate(bound.lines, bound.values)


def line(bound: Bound, key: str) -> Line:
    """Find the line of a price by its key."""
    return next(found for o in bound.lines.options for found in o.looked_up.values() if found.key == key)


@pytest.mark.parametrize("options", [FIRST + SECOND, SECOND + FIRST])
def test_options_that_come_to_one_item_at_different_times_pay_what_is_in_force(
    options: str, tmp_path: Path
) -> None:
    """A: 6 x 3,600, 17 x 5,400, 13 x 4,400 = 170,600; B: 25 x 2,800, 11 x 4,400 = 118,400, in either order."""
    bound, done = worked(tmp_path, options, BOOK)
    totals = {option.key: done.number(option.tco) for option in bound.lines.options}
    assert totals == {"a": pytest.approx(170_600), "b": pytest.approx(118_400)}


def test_the_table_of_an_item_holds_what_any_option_needs(tmp_path: Path) -> None:
    """B comes to the new model after its price has fallen; the table has the earlier rate too, which A pays."""
    bound, _ = worked(tmp_path, SECOND + FIRST, BOOK)
    tables = {table.key: table for table in bound.lines.outline.tables}
    assert [rate.amount for rate in tables["new-model.input"].rates] == [
        "prices.new-model.input.2026-06-01", "prices.new-model.input.2028-12-01",
        "prices.new-model.input.spare_1", "prices.new-model.input.spare_2",
    ]  # fmt: skip


def test_an_option_that_names_the_successor_of_another_is_no_obstacle(tmp_path: Path) -> None:
    """New model from the start: 23 x 5,400 and 13 x 4,400 = 181,400 beside A's 170,600."""
    options = "  now: {kind: api, name: Move now, prices: new-model}\n" + FIRST
    bound, done = worked(tmp_path, options, BOOK)
    totals = {option.key: done.number(option.tco) for option in bound.lines.options}
    assert totals == {"now": pytest.approx(181_400), "a": pytest.approx(170_600)}


def test_writes_to_a_cache_cost_the_input_rate_where_a_rate_states_none(tmp_path: Path) -> None:
    """2.50 to April, 3 from May (stated none), the successor's 1 from September (states none), its 1.25 from November."""
    bound, done = worked(tmp_path, FIRST + FIRST.replace("a:", "c:").replace("Model A", "C"), WRITING)
    rates = done.series(line(bound, "options.a.cache_write_price_rate"))
    assert rates[:12] == (2.5,) * 4 + (3.0,) * 4 + (1.0,) * 2 + (1.25,) * 2
    paths = {row.path for row in bound.assumptions if row.path.startswith("prices.")}
    assert "prices.model-a.cache_write.undated" in paths
    assert "prices.model-a.cache_write.2027-04-15" not in paths


def test_effects_on_an_input_rate_reach_the_cache_writes_that_cost_it(tmp_path: Path) -> None:
    """A risk doubles the input rate of April: from May writes cost 6, and what has a rate of its own stays."""
    risk = """\
risks:
  - name: Dearer
    probability: 0.5
    effects: [{assumption: prices.model-a.input.2027-04-15, multiply: 2}]
"""
    bound, done = worked(tmp_path, FIRST + FIRST.replace("a:", "c:").replace("Model A", "C") + risk, WRITING)
    place = [run.name for run in bound.lines.outline.runs].index("Dearer")
    rates = done.every[line(bound, "options.a.cache_write_price_rate")][place]
    assert list(rates[:9]) == [2.5] * 4 + [6.0] * 4 + [1.0]


def test_a_price_that_becomes_nothing_fails_a_check(tmp_path: Path) -> None:
    """A spare rate with a day and no amount makes the price 0 from then on: the check of that price says so."""
    bound, done = worked(tmp_path, FIRST + SECOND, BOOK)
    spare = {"prices.model-a.input.spare_1.effective": bound.values["prices.model-a.retires"] - 90}
    broken = evaluate(bound.lines, {**bound.values, **spare})
    rates = line(bound, "options.a.input_price_rate")
    assert (min(done.series(rates)), min(broken.series(rates))) == (2.0, 0.0)
    assert _failed(bound, done) == []
    assert _failed(bound, broken) == ["Model A: input price above 0 where the book's is"]


def test_a_price_of_nothing_in_the_book_fails_no_check(tmp_path: Path) -> None:
    """A last rate of 0 in the book is what the book says."""
    book = BOOK.replace("input: 2.5, output: 12", "input: 0, output: 12")
    assert _failed(*worked(tmp_path, FIRST + SECOND, book)) == []


def test_a_component_that_begins_later_is_no_price_yet(tmp_path: Path) -> None:
    """A rate for cached input that the book has only from April on is no price of a case that starts in January."""
    book = WRITING.replace("input: 3, output", "input: 3, cached_input: 0.3, output")
    bound, _ = worked(tmp_path, FIRST + FIRST.replace("a:", "c:").replace("Model A", "C"), book)
    assert "options.a.cached_input_price" not in bound.values


def _failed(bound: Bound, done: EvaluatedCase) -> list[str]:
    """Name the checks that fail."""
    case = bound.lines
    tables = {table.key: rates for table, rates in zip(case.outline.tables, case.rates, strict=True)}
    block = checks(case.shared, case.options, case.runs, case.risks, case.bridge, case.budget, tables)
    lines = {found.key: found for section in block.sections for found in section.lines}
    passes = done.series(lines["checks.passes"])
    return [
        name for name, passed in zip(lines["checks.passes"].axis.labels, passes, strict=True) if not passed
    ]
