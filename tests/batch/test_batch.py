"""Many cases in one go: which files are cases, what is skipped, what a bad one does, and what the portfolio says."""

import json
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import typer
from openpyxl import load_workbook

import reportgen.batch.build as building
from reportgen.batch.answers import portfolio_answer
from reportgen.batch.build import BatchOptions, CaseBuild, build_all, worst_status
from reportgen.batch.cases import find_cases
from reportgen.batch.crew import PIECES, Done
from reportgen.batch.index import NAME as INDEX
from reportgen.batch.portfolio import write_portfolio
from reportgen.cli.build_many import build_many
from reportgen.compare.portfolio import Answer, OptionAnswer, Portfolio
from reportgen.errors import InputError
from reportgen.files import templates
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_page
from reportgen.report.portfolio import changed_recommendations, portfolio_page, portfolio_title
from reportgen.results_file.write import record
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import formualizer_values, write_changed
from tests.paths import CASES
from tests.prices.books import BOOK

pytestmark = pytest.mark.slow

SMALL = CASES / "nothing_known.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with two cases, a price book, and a file that is no case."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    text = f"{SMALL.read_text(encoding='utf-8')}\nreport: {{sections: [decision, tco]}}\n"
    for name in ("one", "two"):
        (inputs / f"{name}.yaml").write_text(text, encoding="utf-8")
    (inputs / "prices.yaml").write_text(BOOK, encoding="utf-8")
    (inputs / "notes.txt").write_text("not a case", encoding="utf-8")
    return inputs


@pytest.fixture
def without_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the paper out, which takes a second; an empty file stands for it."""

    def no_paper(_: object, target: Path, *__: object) -> None:
        target.write_bytes(b"")

    monkeypatch.setattr("reportgen.pipeline.writing.write_paper", no_paper)


def built(cases: Sequence[Path], out: Path, *, rebuild: bool = False) -> tuple[CaseBuild, ...]:
    """Build in this process."""
    return build_all(cases, BatchOptions(out, force=False, rebuild=rebuild), 1, lambda _: None)


def test_a_folder_holds_cases_and_price_books(folder: Path) -> None:
    """Two cases in order, each once however often it is named; the book is passed over, the text file no matter."""
    found = find_cases([folder, folder / "two.yaml"])
    assert [case.name for case in found.cases] == ["one.yaml", "two.yaml"]
    assert [other.name for other in found.skipped] == ["prices.yaml"]


def test_no_case_and_two_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    """A folder with a price book only; two cases that would be written to the same files."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "prices.yaml").write_text(BOOK, encoding="utf-8")
    with pytest.raises(InputError, match="There is no case here"):
        find_cases([other])
    (other / "one.yaml").write_text("case: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="has the same name"):
        find_cases([folder, other])


@pytest.mark.usefixtures("without_paper")
def test_unchanged_cases_are_skipped(folder: Path, tmp_path: Path) -> None:
    """Built, then unchanged; a changed number, a changed workbook or a missing paper is built again, and so is all on request."""
    cases, out = find_cases([folder]).cases, tmp_path / "out"
    assert [done.state for done in built(cases, out)] == ["built", "built"]
    assert [done.state for done in built(cases, out)] == ["unchanged", "unchanged"]
    assert [done.state for done in built(cases, out, rebuild=True)] == ["built", "built"]
    text = cases[0].read_text(encoding="utf-8")
    cases[0].write_text(text.replace("tokens_per_month: ", "tokens_per_month: 1"), encoding="utf-8")
    (out / "two.pdf").unlink()
    assert [done.state for done in built(cases, out)] == ["built", "built"]
    issued = (out / "two.xlsx").rename(tmp_path / "issued.xlsx")
    write_changed(issued, out / "two.xlsx", {("Inputs", "D12"): 0.2})
    first, second = built(cases, out)
    assert (first.state, second.state, second.status) == ("unchanged", "failed", 4)
    assert "was edited since it was issued" in second.sentence


@pytest.mark.usefixtures("without_paper")
def test_a_bad_case_does_not_stop_the_rest(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in one file and a bug with another: both are told, the third is built; the bug gives the exit status."""
    (folder / "bad.yaml").write_text("case: {title: Bad}\n", encoding="utf-8")
    real = building._build_changed

    def buggy(case: Path, *rest: object) -> CaseBuild:
        if case.stem == "one":
            raise ZeroDivisionError("no such luck")
        return real(case, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "_build_changed", buggy)
    done = built(find_cases([folder]).cases, tmp_path / "out")
    assert [(one.case.stem, one.state, one.status) for one in done] == [
        ("bad", "failed", 1), ("one", "failed", 70), ("two", "built", 0),
    ]  # fmt: skip
    assert "`currency` is missing" in done[0].sentence
    assert "ZeroDivisionError: no such luck" in done[1].sentence
    assert worst_status(done) == 70
    assert worst_status(done[:1]) == 1
    assert worst_status(done[2:]) == 0


@pytest.mark.usefixtures("without_paper")
def test_a_file_that_is_no_results_file_is_left(folder: Path, tmp_path: Path) -> None:
    """Another JSON file of that name, even one nested without end: its case is refused, the other one is built."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "one.json").write_text("[" * 100_000, encoding="utf-8")
    first, second = built(find_cases([folder]).cases, out)
    assert (first.state, first.status, second.state) == ("failed", 4, "built")
    assert "one.json" in first.sentence


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # WeasyPrint leaves its colour profile open
def test_cases_are_built_side_by_side(folder: Path, tmp_path: Path) -> None:
    """Two processes give the same files as one, and each case is told once."""
    cases = find_cases([folder]).cases
    told: list[str] = []
    built(cases, tmp_path / "alone")
    order = BatchOptions(tmp_path / "together", force=False, rebuild=False)
    done = build_all(cases, order, 2, lambda one: told.append(one.case.stem))
    assert [one.state for one in done] == ["built", "built"]
    assert sorted(told) == ["one", "two"]
    names = sorted(path.name for path in (tmp_path / "alone").iterdir() if path.name != INDEX)
    assert {"one.xlsx", "one.json", "one.pdf", "two.pdf"} <= set(names)
    for name in names:
        assert (tmp_path / "alone" / name).read_bytes() == (tmp_path / "together" / name).read_bytes()


def answer(case: str, best: str | None, currency: str = "USD", before: str | None = None) -> Answer:
    """Make an answer: A costs 100 and in full 110, B 200 and 210."""
    options = (OptionAnswer("a", "Option A", 100.0, 110.0), OptionAnswer("b", "Option B", 200.0, 210.0))
    day = date(2026, 11, 23)
    return Answer(
        case,
        f"Case {case}",
        day,
        currency,
        3,
        "f" * 64,
        options,
        best,
        "robust",
        120.0 if best else None,
        ("Look",),
        before,
    )


def test_totals_keep_currencies_apart() -> None:
    """Two cases in dollars: 100 and 200; one in euros apart; one without an eligible option counts nothing."""
    found = Portfolio((answer("x", "a"), answer("y", "b"), answer("z", "a", "EUR"), answer("w", None)), ())
    assert found.totals("USD") == {"tco": 300.0, "full_cost": 320.0, "budget": 240.0}
    assert found.totals("EUR")["tco"] == 100.0
    assert (
        portfolio_title(found)
        == "Four cases: what is recommended costs $300 and €100, nominal and before risk"
    )


def test_what_flipped_is_said() -> None:
    """Another option than last time; the same; nothing to compare with."""
    assert changed_recommendations(Portfolio((answer("x", "a", before="b"),), ())) == (
        "Case x: Option A, it was Option B.",
    )
    assert changed_recommendations(Portfolio((answer("x", "a", before="a"),), ())) == (
        "Every recommendation is that of last time.",
    )
    assert changed_recommendations(Portfolio((answer("x", "a"),), ()))[0].startswith(
        "These cases were built for the first time"
    )
    assert changed_recommendations(Portfolio((answer("x", None, before="a"),), ())) == (
        "Case x: none eligible, it was Option A.",
    )


def test_the_portfolio_is_written_and_written_again_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Totals are live formulas that agree with their values; the same answers give the same bytes, a flip is told once."""
    monkeypatch.setattr("reportgen.batch.portfolio._write_paper", lambda *_: None)

    def write(*answers: Answer) -> bytes:
        done = [CaseBuild(Path(f"{a.case}.yaml"), "built", 0, "", a) for a in answers]
        write_portfolio([*done, CaseBuild(Path("bad.yaml"), "failed", 1, "", None)], tmp_path)
        return (tmp_path / "portfolio.xlsx").read_bytes()

    write(answer("x", "a"), answer("y", "b", "EUR"))
    values = formualizer_values(tmp_path / "portfolio.xlsx")
    cached = load_workbook(tmp_path / "portfolio.xlsx", data_only=True)
    assert len(values) == 6
    for (sheet, cell), value in values.items():
        assert cached[sheet][cell].value == pytest.approx(value)
    moved = replace(answer("x", "b"), fingerprint="e" * 64)
    flipped = write(moved, answer("y", "b", "EUR"))
    assert load_workbook(tmp_path / "portfolio.xlsx")["Portfolio"]["K7"].value == 1
    assert write(moved, answer("y", "b", "EUR")) == flipped
    record = json.loads((tmp_path / "portfolio.json").read_text(encoding="utf-8"))
    assert record["recommended"] == {"x": "b", "y": "b"}


@pytest.mark.usefixtures("without_paper")
def test_the_terminal_sums_up(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line per case while it is built, a table at the end, the problems of the bad one, exit 1."""
    (folder / "bad.yaml").write_text("case: {title: Bad}\n", encoding="utf-8")
    with pytest.raises(typer.Exit) as stopped:
        build_many([folder], BatchOptions(tmp_path / "out", force=False, rebuild=False), 1, portfolio=False)
    assert stopped.value.exit_code == 1
    shown = capsys.readouterr()
    assert "prices.yaml is no case: passed over" in shown.err
    assert "✗ bad" in shown.err
    assert shown.err.rstrip().endswith("2 built, 1 failed.")
    assert [line.split()[0] for line in shown.out.splitlines()] == ["Case", "bad", "one", "two"]


def test_the_portfolio_is_a_paper_of_its_own(tmp_path: Path) -> None:
    """Its text has every answer and what flipped; findings have a section; rebuilt, it has the same bytes."""
    found = Portfolio((answer("x", "a", before="b"), answer("z", "a", "EUR")), ("bad",))
    folders = Folders(templates())
    created = datetime.combine(found.date, datetime.min.time(), UTC)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        for name in ("one.pdf", "two.pdf"):
            write_page(portfolio_page(found, folders), tmp_path / name, folders, created)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with pdfplumber.open(tmp_path / "one.pdf") as pdf:
        text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert "Two cases: what is recommended costs $100 and €100" in text
    assert "Case x: Option A, it was Option B." in text
    assert "bad could not be built" in text
    assert "Case z Option A robust €110 €100 €120 1" in text
    assert "What deserves a second look" in text


def test_findings_of_a_portfolio_name_their_option() -> None:
    """Two options whose throughput names no latency target are told apart; what concerns the whole case stands alone."""
    told = portfolio_answer(record(analysis_of(SHIPPED)), None).findings
    assert "Self-hosted GPUs: The throughput names no latency target" in told
    assert "Managed platform: The throughput names no latency target" in told
    assert "2 assumptions that matter have no range" in told


def test_many_cases_one_at_a_time_are_built_in_a_process_that_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the share of a process they are built here; more go to a crew of one, in order."""
    monkeypatch.setattr(building, "built_here", lambda work: (work.case.stem, None))
    asked: list[int] = []

    def crew(
        items: Sequence[Any], work: Callable[[Any], Any], _: object, count: int
    ) -> Iterator[Done[Any, Any]]:
        asked.append(count)
        yield from (Done(item, work(item), 1) for item in items)

    monkeypatch.setattr(building, "worked", crew)
    options = BatchOptions(tmp_path, force=False, rebuild=True)
    works = [building.Work(Path(f"{number:03}.yaml"), options, trusted=True) for number in range(PIECES + 1)]
    for these, crews in ((works[:-1], []), (works, [1])):
        asked.clear()
        assert [name for name, _ in building._builds(these, 1, None)] == [one.case.stem for one in these]
        assert asked == crews
