"""The page in Chromium: what a user sees follows a change, is kept, and asks nobody for anything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from reportgen.adopt.reading.page_changes import as_edited_workbook, read_page_changes
from reportgen.assessment import analyse
from reportgen.binding.bound import bind
from reportgen.compare.portfolio import Answer, OptionAnswer, Portfolio
from reportgen.files import templates
from reportgen.model.answer import evaluate
from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.folders import Folders
from reportgen.report.portfolio import portfolio_web_page
from reportgen.schema.loading.load import case_of, load_case
from reportgen.uncertainty.best_split import best_split
from tests.agreement.cases import SHIPPED, analysis_of
from tests.live.browser import Opened, chromium, needs_browser, opened, written
from tests.paths import CASES

pytestmark = [pytest.mark.slow, needs_browser, pytest.mark.xdist_group("chromium")]
THREE = CASES / "three_workloads.yaml"
VOLUME = "Tokens a month at the start"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the first shipped case."""
    return written(analysis_of(SHIPPED), tmp_path_factory.mktemp("live") / "page.html")


@pytest.fixture
def shown(browser: Any, file: Path) -> Opened:
    """Open the page at its live model."""
    page = opened(browser, file)
    page.show_model()
    return page


LIVE = "#live", "#live-bar"
"""The parts of the page that follow a change; the paper around them stays as issued."""


def violations(page: Opened, *parts: str) -> list[tuple[str, str]]:
    """Return what axe-core finds wrong in a page or in parts of it, with the first element of each."""
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    page.page.evaluate(source.read_text(encoding="utf-8"))
    result = page.page.evaluate(
        "(parts) => axe.run(parts.length ? { include: parts } : document, { resultTypes: ['violations'] })",
        [[one] for one in parts],
    )
    assert result["passes"], "axe-core looked at nothing"
    return [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]]


def test_the_answer_follows_a_change(shown: Opened) -> None:
    """Eight times the volume: the headline, the table and the bar show what Python computes for it."""
    shown.type(VOLUME, "8000")
    bound = bind(load_case(SHIPPED))
    done = evaluate(bound.lines, {**bound.values, "workload.tokens_per_month": 8000.0})
    name = str(done.shown[done.case.decision.recommended][0, 0])
    lead = done.number(done.case.decision.lead)
    assert name in shown.text("#live-headline")
    assert f"{100 * lead:.1f}".rstrip("0").rstrip(".") in shown.text("#live-headline")
    costs = done.series(done.case.decision.full_cost)
    cells = shown.page.locator("#live-glance tbody tr td:nth-child(3) span:first-child").all_inner_texts()
    assert len(cells) == len(costs)
    assert shown.text("#live-bar-answer") == shown.text("#live-headline")
    assert "1 assumption changed here" in shown.text("#live-bar-count")
    assert shown.complaints == []


def test_every_line_agrees_in_chromium(shown: Opened) -> None:
    """The model of the page has Python's numbers in its scratch of all lines, to a billionth."""
    analysis = analysis_of(SHIPPED)
    found = shown.page.evaluate(
        "() => { const model = new Model().evaluate(MODEL.values); return VARIABLES.core.map(([, cell]) => model.numbers[cell]); }"
    )
    expected = [option.core for option in analysis.results.options]
    assert found == pytest.approx(expected, rel=1e-9)


def test_futures_are_those_of_python_within_sampling_error(shown: Opened) -> None:
    """At Python's 10th, 50th and 90th percentile of TCO stand a tenth, half and nine tenths of the page's futures."""
    analysis = analysis_of(SHIPPED)
    assert analysis.results.simulation
    drawn = shown.page.evaluate(
        "() => { const model = new Model(); model.evaluateRun(MODEL.values, 0); const found = new Futures(model).draw(MODEL.values, 0, 4000); return [...found.tco]; }"
    )
    costs = np.array(drawn).reshape(len(analysis.results.options), 4000)
    for option, values in zip(analysis.results.options, costs, strict=True):
        spread = analysis.results.simulation.options[option.key].tco
        for percentile, share in ((spread.p10, 0.1), (spread.p50, 0.5), (spread.p90, 0.9)):
            # five standard errors of a share in 4,000 and in 10,000 draws
            error = 5 * np.sqrt(share * (1 - share) * (1 / 4000 + 1 / 10_000))
            assert abs(np.mean(values <= percentile) - share) < error


def test_the_word_is_the_papers_where_nothing_is_changed(shown: Opened) -> None:
    """A change there and back leaves the answer, its word and its reasons as issued."""
    before = shown.text("#live-verdict")
    shown.type(VOLUME, "2000")
    shown.type(VOLUME, "1000")
    assert shown.text("#live-verdict") == before
    assert not shown.page.is_visible("#live-bar")


def test_swings_are_drawn_around_the_base(shown: Opened) -> None:
    """The widest swing is named with what the option costs at its low and at its high, as in the paper's results."""
    results = analysis_of(SHIPPED).results
    best = results.recommended or ""
    widest = max(results.swings, key=lambda swing: abs(swing.core_high[best] - swing.core_low[best]))
    words = shown.page.get_attribute("#live-x-swings svg", "aria-label") or ""
    ends = (money(widest.core_low[best], Notation()), money(widest.core_high[best], Notation()))
    assert f"{widest.label} from {ends[0]} to {ends[1]}" in words


def test_what_no_longer_holds_is_marked(shown: Opened) -> None:
    """A change marks the paper as issued, lists the sentences that no longer hold, and a reset takes the marks away."""
    assert not shown.page.is_visible("p.as-issued")
    shown.type(VOLUME, "20000")
    assert shown.page.locator("p.as-issued:visible").count() > 5
    assert "No longer holds" in shown.text("#live-broken")
    assert shown.page.locator("h2#decision.broken").count() == 1
    assert "No longer holds with your changes" in shown.text("#live-decision-note")
    shown.page.locator("#live-bar button").click()
    assert not shown.page.is_visible("p.as-issued")
    assert not shown.page.is_visible("#live-broken")


def test_changes_are_saved_and_adopted(shown: Opened, tmp_path: Path) -> None:
    """What is saved as YAML are the edits that adopt merges: two values, as issued and as they are now."""
    shown.type(VOLUME, "1500")
    shown.type("Discount rate", "9") if shown.page.get_by_label("Discount rate").count() else None
    with shown.page.expect_download() as saving:
        shown.page.locator("#live [data-live=save]").click()
    target = tmp_path / "changes.yaml"
    saving.value.save_as(target)
    assert yaml.safe_load(target.read_text(encoding="utf-8"))["changes"]["workload.tokens_per_month"] == {
        "was": 1000,
        "now": 1500,
    }
    book = as_edited_workbook(read_page_changes(target), SHIPPED)
    assert [path for path, cell in book.values.items() if cell.changed][:1] == ["workload.tokens_per_month"]


def test_a_link_shows_what_its_sender_saw(shown: Opened, browser: Any, file: Path) -> None:
    """The address carries the changes: opened elsewhere it shows the same answer beside the same figures issued."""
    shown.type(VOLUME, "3000")
    address = shown.page.url
    assert address.endswith("#workload.tokens_per_month=3000")
    other = opened(browser, file, hash_="#workload.tokens_per_month=3000")
    other.show_model()
    assert other.text("#live-headline") == shown.text("#live-headline")
    assert other.text("#live-issued") == shown.text("#live-issued")


def test_keys_move_a_slider_which_says_its_value(shown: Opened) -> None:
    """An arrow key moves the slider, the number beside it and the answer; the change is said aloud."""
    slider = shown.page.locator("#live-first input[type=range]").first
    before, settled = slider.get_attribute("aria-valuetext"), shown.settled()
    slider.focus()
    shown.page.keyboard.press("ArrowRight")
    shown.settle(settled)
    assert slider.get_attribute("aria-valuetext") != before
    shown.page.wait_for_selector("#live-said:not(:empty)", state="attached")
    assert "changed here" in str(shown.page.text_content("#live-said"))


def test_a_value_out_of_bounds_is_refused(shown: Opened) -> None:
    """A negative volume is marked as invalid, with the bounds in words, and changes nothing."""
    entry = shown.page.locator("#live-first input[type=number]").first
    entry.fill("-1")
    assert entry.get_attribute("aria-invalid") == "true"
    assert not shown.page.is_visible("#live-bar")


def test_nothing_is_requested(shown: Opened) -> None:
    """The page loads itself and starts workers from its own text; it asks nobody for anything and complains of nothing."""
    shown.type(VOLUME, "1200")
    assert {url.partition(":")[0] for url in shown.requests} == {"file", "blob"}
    assert sum(url.startswith("file:") for url in shown.requests) == 1
    assert shown.complaints == []


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 390),
        ("dark", 1200),
        pytest.param("light", 1200, marks=pytest.mark.long),
        pytest.param("dark", 390, marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing(browser: Any, file: Path, width: int, scheme: str) -> None:
    """The page as issued and its live parts after a change, all unfolded: no violation, and nothing is wider than the screen."""
    page = opened(browser, file, width=width, scheme=scheme)
    page.show_model()
    for volume, parts in (("1000", ()), ("6000", LIVE)):
        if volume != "1000":
            page.type(VOLUME, volume)
        page.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert violations(page, *parts) == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1200, "light")])
def test_portfolio_is_sorted_and_reachable(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    """A head sorts the cases by its column, totals stay below; axe-core finds nothing."""
    options = (OptionAnswer("own", "Own", 100.0, 110.0), OptionAnswer("api", "API", 2e6, 2.1e6))
    answers = tuple(
        Answer(case, case, date(2026, 12, 1), "USD", 3, "abc", options, best, "robust", 120.0, ())
        for case, best in (("dear", "api"), ("cheap", "own"))
    )
    file = tmp_path / "portfolio.html"
    page_text = portfolio_web_page(Portfolio(answers, ()), Folders(templates()), {"dear": "dear.html"})
    file.write_text(page_text, encoding="utf-8")
    page = opened(browser, file, width=width, scheme=scheme)
    page.page.get_by_role("button", name="TCO").first.click()
    names = page.page.locator("#answers-table tbody th").all_inner_texts()
    assert names == ["cheap", "dear", "Total in USD"]
    assert violations(page) == []
    assert page.complaints == []


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a case with three workloads."""
    return written(analysis_of(THREE), tmp_path_factory.mktemp("live") / "three.html")


def test_the_best_split_is_found_again(browser: Any, several: Path) -> None:
    """Ten times the volume: routes, cost and lead are those of Python, beside the ones issued; a reset takes them away."""
    page, bound = opened(browser, several), bind(load_case(THREE))
    page.show_model()
    issued = page.page.locator("#live-split-table td").all_inner_texts()
    assert "as issued" in page.text("#live-split-words")
    case = analysis_of(THREE).case
    page.change("workload.volume_factor", 10)
    values = {**bound.values, "workload.volume_factor": 10.0}
    done = evaluate(bound.lines, values)
    costs = dict(zip(case.options, done.series(done.case.decision.full_cost), strict=True))
    results = analysis_of(THREE).results
    options = [replace(option, full_cost=costs[option.key]) for option in results.options]
    found, before = best_split(bound.lines, values, options), results.best_split
    assert found
    assert found.best
    assert found.lead is not None
    assert before
    assert before.best
    assert found.best.routes != before.best.routes
    names = {option.key: option.short_name for option in results.options}
    rows = page.page.locator("#live-split-table tbody tr")
    shown = [row.locator("td").all_inner_texts() for row in rows.all()]
    assert shown[:3] == [
        [names[found.best.routes[key]], names[before.best.routes[key]]] for key in case.workloads
    ]
    notation = Notation(results.currency)
    assert shown[3] == [money(found.best.full_cost, notation), money(before.best.full_cost, notation)]
    assert f"{100 * found.lead:.1f}".rstrip("0").rstrip(".") in shown[4][0]
    assert "differs from the one issued" in page.text("#live-split-words")
    assert "the best split is Chat on" in page.text("#live-broken")
    assert violations(page) == []
    page.page.locator("#live-bar button").click()
    page.page.wait_for_selector("#live-bar", state="hidden")
    assert page.page.locator("#live-split-table td").all_inner_texts() == issued
    assert page.complaints == []


def test_a_case_of_one_workload_has_no_split(shown: Opened) -> None:
    """Neither a table nor a line of the search is in its page."""
    assert not shown.page.is_visible("#live-split")
    assert shown.page.evaluate("SPLIT === null && MODEL.answer === MODEL.steps.length")


HOSTILE = '</script><script>window.taken=1</script><img src=x onerror="window.taken=1">'


def test_names_are_only_ever_text(browser: Any, tmp_path: Path) -> None:
    """A name that is a script stands in the page as it is written, and runs nowhere."""
    source = SHIPPED.read_text(encoding="utf-8")
    case = case_of(source, str(SHIPPED), "")
    option = case.options["api"].model_copy(update={"name": f"API {HOSTILE}", "short_name": "<b>API</b>"})
    risks = (case.risks[0].model_copy(update={"name": f"Risk {HOSTILE}"}), *case.risks[1:])
    case = case.model_copy(update={"options": {**case.options, "api": option}, "risks": risks})
    page = opened(browser, written(analyse(case, SHIPPED), tmp_path / "page.html"))
    page.show_model()
    page.type(VOLUME, "1500")
    assert HOSTILE in page.text("#live-headline")
    assert page.page.evaluate("window.taken === undefined")
    assert page.complaints == []
