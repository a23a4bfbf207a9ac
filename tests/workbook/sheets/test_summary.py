"""Summary says what holds: the word only while nothing was changed, the amount to approve, and the run chosen there."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import UnsavedWorkbook, write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import Address, Recalculation

pytestmark = pytest.mark.slow

STALE = "Checks: all pass; changed since issue, futures not drawn again"
NOT_FILLED = "what-if results as issued: this program has not calculated them"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UnsavedWorkbook]:
    """Write the shipped case, once."""
    path = tmp_path_factory.mktemp("summary") / "book.xlsx"
    return path, write_workbook(issue_of(analysis_of(SHIPPED)), path)


def cell_of(written: UnsavedWorkbook, key: str, position: int = 0) -> Address:
    """Give the cell of a line of the model by its key."""
    place = next(place for line, place in written.places.lines.items() if line.key == key)
    row, column = place.at(position)
    return place.sheet, f"{get_column_letter(column)}{row}"


def input_cell(written: UnsavedWorkbook, path: str) -> Address:
    """Give the cell in which an assumption is entered."""
    sheet, row, column = written.places.input_cells[path]
    return sheet, f"{get_column_letter(column)}{row}"


def test_after_a_change_no_word_stands_and_every_head_and_the_cover_say_so(
    written: tuple[Path, UnsavedWorkbook],
) -> None:
    """The word rests on futures drawn at issue: an input typed otherwise takes it away, typed back it returns."""
    path, book = written
    heads = [
        (sheet.title, "C8" if sheet.title == "Cover" else "C4") for sheet in load_workbook(path).worksheets
    ]
    word, headline = cell_of(book, "decision.verdict"), ("Summary", "B2")
    typed = input_cell(book, "finance.discount_rate")
    engine = Recalculation(path)
    below = ("TCO", "C5")
    before = engine.values({}, [word, headline, below, *heads])
    after = engine.values({typed: 0.09}, [word, headline, below, ("Summary", "E5"), *heads])
    assert before[word] == "robust"
    assert str(before[headline]).endswith("(robust)")
    assert {before[head] for head in heads} == {"Checks: all pass"}
    assert before[below] == "what-if results hold"
    assert after[word] == "futures not drawn again"
    assert str(after[headline]).endswith("(futures not drawn again)")
    assert {after[head] for head in heads if head[0] != "Cover"} == {STALE}
    assert after["Cover", "C8"] == f"{STALE}; {NOT_FILLED}"
    assert after[below] == after["Summary", "E5"] == NOT_FILLED
    assert engine.values({}, [word])[word] == "robust"


def test_a_run_chosen_is_no_change(written: tuple[Path, UnsavedWorkbook]) -> None:
    """The word says that the futures are of the base case, the head names the run and that all passes; typed values count more."""
    path, book = written
    word, amount = cell_of(book, "decision.verdict"), cell_of(book, "request.holds")
    cells = [word, amount, ("TCO", "B4"), ("TCO", "C4")]
    engine = Recalculation(path)
    chosen = {("Runs", "D6"): "API prices halve"}
    assert list(engine.values(chosen, cells).values()) == [
        "futures of the base case", "as issued", "Run shown: API prices halve", "Checks: all pass",
    ]  # fmt: skip
    both = engine.values(chosen | {input_cell(book, "finance.discount_rate"): 0.09}, cells)
    assert (both[word], both["TCO", "C4"]) == ("futures not drawn again", STALE)


def test_the_share_of_futures_is_that_of_the_option_recommended_now(
    written: tuple[Path, UnsavedWorkbook],
) -> None:
    """With a core of 9 million in every run of its what-if table the api is no longer recommended: the share read is the next one's."""
    path, book = written
    shares = [cell_of(book, "decision.cheapest", position) for position in range(3)]
    place, share = cell_of(book, "decision.place"), cell_of(book, "decision.holds")
    core = next(cells for line, cells in book.places.tables.items() if line.key == "runs.core.api")
    rows = range(core.row, core.row + core.size)
    dear = {(core.sheet, f"{get_column_letter(core.column)}{row}"): 9e6 for row in rows}
    found = Recalculation(path).values(dear, [place, share, *shares])
    assert found[place] == 3.0
    assert found[share] == found[shares[2]] == 0.0008
    assert found[shares[0]] == 0.9992


def test_the_amount_to_approve_is_the_total_with_its_contingency(
    written: tuple[Path, UnsavedWorkbook],
) -> None:
    """By option, and in a sentence for the one recommended."""
    path, book = written
    values = load_workbook(path, data_only=True)["Summary"]
    for position, option in enumerate(analysis_of(SHIPPED).results.options):
        amount = values[cell_of(book, "request.amount", position)[1]].value
        assert option.contingency is not None
        assert amount == pytest.approx(option.tco + option.contingency)
        saved = values[cell_of(book, "request.net_present_saving", position)[1]].value
        assert saved == pytest.approx(option.net_present_saving)
    api = analysis_of(SHIPPED).results.options[0]
    assert api.contingency is not None
    tco, more, both = (
        f"USD {round(x / 1000)}k" for x in (api.tco, api.contingency, api.tco + api.contingency)
    )
    said = values[cell_of(book, "request.sentence")[1]].value
    assert said == f"To approve for Commercial API: {both} (TCO {tco}, contingency {more}; as issued)"


def test_a_run_chosen_on_summary_goes_before_the_one_on_runs(written: tuple[Path, UnsavedWorkbook]) -> None:
    """Chosen there the whole workbook turns to it; a name that is no run's is said in the head."""
    path, book = written
    run = next(one.name for one in issue_of(analysis_of(SHIPPED)).runs if one.purpose == "ladder")
    selector = ("Summary", "D5")
    cells = [("Summary", "B4"), ("Summary", "C4"), cell_of(book, "request.full_cost")]
    engine = Recalculation(path)
    chosen = engine.values({selector: run}, cells)
    assert chosen["Summary", "B4"] == f"Run shown: {run}"
    assert chosen[cells[2]] != engine.values({}, cells)[cells[2]]
    assert engine.values({selector: "nonsense"}, cells)["Summary", "C4"] == "CHECKS FAIL: no such run"
    assert engine.values({("Runs", "D6"): run}, cells)["Summary", "B4"] == f"Run shown: {run}"
