"""What the program writes for the first case is what it wrote before; a change shows as a changed line."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from reportgen.cli import app
from reportgen.results_file.schema import results_schema
from reportgen.schema.loading.json_schema import case_schema
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import lay_out
from tests.agreement.cases import CASES, SHIPPED, WHOLE, analysis_of
from tests.golden.formulas import formulas, relative
from tests.golden.javascript import statements
from tests.papers import rendered
from tests.paths import ROOT

Golden = Callable[[str, str], None]
STORED = "tests/golden/headlines.txt"
HEADLINES = ("tco", "pv", "core", "expected_risk", "opportunity", "expected_exit", "full_cost", "contingency")


@pytest.mark.slow
def test_formulas(golden: Golden) -> None:
    """Every formula of the workbook, in R1C1, cells that hold the same one in one line."""
    issue = issue_of(analysis_of(SHIPPED))
    book = lay_out(issue, evaluate_state(issue.values, issue.runs)).book
    text = formulas(book.worksheets)
    assert text.count("\n") > 200
    golden("tests/golden/formulas.txt", text)


def test_javascript(golden: Golden) -> None:
    """Every line of the model as the web page computes it, a statement a line."""
    golden("tests/golden/javascript.txt", statements(analysis_of(SHIPPED).model.lines()))


@pytest.mark.slow
@pytest.mark.xdist_group(SHIPPED.stem)
def test_paper(golden: Golden) -> None:
    """The text of the PDF, about a sentence a line, without the fingerprint."""
    mark = analysis_of(SHIPPED).fingerprint
    pages = [
        text.replace(mark, "FINGERPRINT").replace(mark[:8], "FINGERPR") for text in rendered(SHIPPED).pages
    ]
    golden(
        "tests/golden/paper.txt",
        "\n".join(f"== page {n}\n{_flowing(text)}\n" for n, text in enumerate(pages, start=1)),
    )


@pytest.mark.slow
def test_help(golden: Golden) -> None:
    """The help of the program and of each command."""
    golden("tests/golden/help.txt", "\n".join(_helps()))


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(WHOLE, id="whole"),
        pytest.param(tuple(path.stem for path in CASES), id="all", marks=pytest.mark.long),
    ],
)
def test_headlines(golden: Golden, names: tuple[str, ...], request: pytest.FixtureRequest) -> None:
    """Who is recommended, and the main figures of every option; of the cases of the whole run, and in the long run of all."""
    stored = dict(_sections((ROOT / STORED).read_text(encoding="utf-8")))
    anew = request.config.getoption("--golden")
    lines = (_headlines(case) if anew or case.stem in names else stored[case.stem] for case in CASES)
    golden(STORED, "\n".join(line for section in lines for line in section))


@pytest.mark.parametrize(
    ("name", "schema"), [("case", case_schema), ("results", results_schema)], ids=("case", "results")
)
def test_schema(golden: Golden, name: str, schema: Callable[[], str]) -> None:
    """The JSON schemas that ship are those that the program generates."""
    golden(f"inputs/{name}.schema.json", schema())


def test_r1c1_is_seen_from_the_cell() -> None:
    """From C5: the cell to the left, a fixed column two rows up, its own row anchored; text left alone."""
    assert relative("=$A$5+A5", 5, 3) == "=R$C1+RC[-2]"
    assert relative("=B5+$A3", 5, 3) == "=RC[-1]+R[-2]C1"
    assert relative("=SUM('My A1'!$D$4:E5)&\"B5\"", 5, 3) == "=SUM('My A1'!R4C4:RC[2])&\"B5\""


def _flowing(text: str) -> str:
    """Put the words of a page together again, wherever its lines were broken, and break after sentences."""
    words = " ".join(text.replace("\ufffe", "").split())
    return re.sub(r"(?<=[a-z0-9)%][.;:]) (?=[A-Z0-9])", "\n", words)


def _helps() -> Iterable[str]:
    runner = CliRunner()
    commands = [[], *([name] for name in sorted(get_command(app).commands))]
    for command in commands:
        done = runner.invoke(app, [*command, "--help"], prog_name="reportgen", terminal_width=100)
        assert done.exit_code == 0
        yield done.output


def _sections(text: str) -> Iterable[tuple[str, list[str]]]:
    """Split the stored headlines by case."""
    for section in re.split(r"^(?=== )", text, flags=re.MULTILINE)[1:]:
        yield section[3 : section.index(":")], section.splitlines()


def _headlines(case: Path) -> Iterable[str]:
    results = analysis_of(case).results
    lead = "none" if results.lead is None else f"{results.lead:.6g}"
    close = "too close to call" if results.too_close else "clear"
    yield f"== {case.stem}: {results.recommended or 'nobody'}, lead {lead}, {close}"
    for option in results.options:
        figures = ((name, getattr(option, name)) for name in HEADLINES)
        yield f"{option.key}: " + ", ".join(f"{name} {_figure(value)}" for name, value in figures)


def _figure(value: float | None) -> str:
    return "not quantified" if value is None else f"{value:.9g}"
